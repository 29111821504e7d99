// tests/app/example_scene.h: a probe frame that looks like one of a trained network, the same on every machine.
#pragma once

#include <algorithm>
#include <cmath>

#include "resonate/divergence_boundary.h"
#include "resonate/samples.h"
#include "views/frame_facts.h"
#include "views/shown_sample.h"

namespace resonate::tests {

/// The first test sequence of a generated set.
inline app::SharedSample generated_sample(const char* dataset) {
    DatasetConfig config;
    config.name = dataset;
    config.synthetic_train = 2;
    config.synthetic_test = 2;
    const SampleBrowser browser(config, {});
    app::ShownSample shown;
    shown.info = browser.info();
    shown.sample = browser.sample(Split::test, 0);
    shown.stepOrder = browser.step_order();
    shown.place = QStringLiteral("test sequence 0");
    return std::make_shared<const app::ShownSample>(std::move(shown));
}

/// BRF neurons by the equations of the paper, driven by the sequence through weights that a formula gives; the classes
/// follow the true ones with a delay. `training` in [0, 1] moves ω and b̂ from where they start.
inline std::shared_ptr<ProbeFrame> resonating_frame(const app::ShownSample& shown, int neurons = 24,
                                                    double training = 1) {
    constexpr double dt = 0.01;
    auto frame = std::make_shared<ProbeFrame>();
    frame->steps = shown.steps();
    frame->inputs = shown.inputs();
    frame->neurons = neurons;
    frame->classes = shown.info.classes;
    frame->epoch = static_cast<int>(20 * training);
    frame->input = shown.sample.input;
    frame->labels.assign(shown.sample.labels.begin(), shown.sample.labels.end());
    struct Neuron {
        double omega, rest, u, v, q;
    };
    std::vector<Neuron> cells;
    for (int h = 0; h < neurons; ++h) {
        // The golden ratio spreads them without a pattern.
        const double spread = std::fmod(0.618034 * h, 1.0);
        const double omega = 3 + 7 * static_cast<double>(h) / neurons + training * std::sin(2.0 * h);
        cells.push_back({omega, divergence_boundary(omega, dt) - (0.3 + spread) * (1 - 0.4 * training), 0, 0, 0});
        frame->omega.push_back(static_cast<float>(omega));
        frame->b.push_back(static_cast<float>(cells.back().rest));
    }
    std::vector<double> potential(static_cast<size_t>(frame->classes), 0);
    for (int t = 0; t < frame->steps; ++t) {
        for (int h = 0; h < neurons; ++h) {
            Neuron& cell = cells[static_cast<size_t>(h)];
            double current = 0;
            for (int i = 0; i < frame->inputs; ++i)
                current += 34 * std::sin(1.7 * h + 2.3 * i + 1) * static_cast<double>(shown.at(t, i));
            const double b = cell.rest - cell.q;
            const double u = cell.u + dt * (b * cell.u - cell.omega * cell.v + current);
            cell.v += dt * (cell.omega * cell.u + b * cell.v);
            cell.u = u;
            const double threshold = 1 + cell.q;
            const bool spikes = u > threshold;
            cell.q = 0.9 * cell.q + (spikes ? 1 : 0);
            frame->u.push_back(static_cast<float>(cell.u));
            frame->v.push_back(static_cast<float>(cell.v));
            frame->threshold.push_back(static_cast<float>(threshold));
            frame->spikes.push_back(spikes ? 1 : 0);
        }
        const auto label = static_cast<size_t>(app::trueClass(*frame, t));
        double sum = 0;
        for (size_t c = 0; c < potential.size(); ++c) {
            potential[c] +=
                0.04 * ((c == label ? 4.0 : 0.6 * std::sin(0.02 * t + static_cast<double>(c))) - potential[c]);
            sum += std::exp(potential[c]);
        }
        for (const double value : potential) frame->probabilities.push_back(static_cast<float>(std::exp(value) / sum));
    }
    return frame;
}

/// Rows of a run that learns: `epochs` passes.
inline std::vector<EpochMetrics> learning_rows(int epochs) {
    std::vector<EpochMetrics> rows;
    for (int epoch = 0; epoch <= epochs; ++epoch) {
        EpochMetrics row;
        row.epoch = epoch;
        const double left = std::exp(-epoch / 5.0);
        const double wave = std::sin(1.3 * epoch);
        row.test = {0.45 + 1.4 * left + 0.02 * wave, 86 - 66 * left + 0.8 * wave, 900 + 2600 * left + 40 * wave};
        row.validation = SplitMetrics{row.test.loss + 0.03, row.test.accuracy - 1.5 - 0.6 * wave, row.test.sop + 30};
        if (epoch > 0) row.train = SplitMetrics{row.test.loss - 0.05, row.test.accuracy + 1.2, row.test.sop - 20};
        row.best = epoch == epochs - 2;
        rows.push_back(row);
    }
    return rows;
}

}  // namespace resonate::tests
