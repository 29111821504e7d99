// tests/app/example_frame.h: a small probe frame with known spikes.
#pragma once

#include <cmath>

#include "views/raster_view.h"

namespace resonate::tests {

/// Neuron h swings with its own frequency and spikes at every step t with t % (10 + h) == 0; classes change every
/// quarter of the time. [steps, neurons], four classes.
inline app::SharedFrame example_frame(int steps = 200, int neurons = 8) {
    auto frame = std::make_shared<ProbeFrame>();
    frame->steps = steps;
    frame->inputs = 1;
    frame->neurons = neurons;
    frame->classes = 4;
    for (int t = 0; t < steps; ++t) {
        const int label = 4 * t / steps;
        frame->input.push_back(static_cast<float>(t % 2));
        frame->labels.push_back(label);
        for (int c = 0; c < 4; ++c) frame->probabilities.push_back(c == label ? 0.7F : 0.1F);
        for (int h = 0; h < neurons; ++h) {
            frame->u.push_back(static_cast<float>(std::sin(0.05 * (h + 1) * t)));
            frame->v.push_back(static_cast<float>(std::cos(0.05 * (h + 1) * t)));
            frame->threshold.push_back(1);
            frame->spikes.push_back(t % (10 + h) == 0 ? 1 : 0);
        }
    }
    frame->omega.assign(static_cast<size_t>(neurons), 5);
    frame->b.assign(static_cast<size_t>(neurons), -1);
    return frame;
}

}  // namespace resonate::tests
