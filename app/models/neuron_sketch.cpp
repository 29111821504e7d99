// app/models/neuron_sketch.cpp: see neuron_sketch.h. The equations of engine/neurons for one neuron, without tensors.
#include "models/neuron_sketch.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace resonate::app {
namespace {

double middle(const UniformRange& range) { return (range.min + range.max) / 2; }

NeuronSketch leaky(const NeuronConfig& neuron) {
    constexpr int steps = 130, on = 12, off = 90;
    const bool adapts = neuron.type == NeuronType::alif;
    const double alpha = std::exp(-1 / std::max(1.0, neuron.tau_mem.mean));
    const double rho = std::exp(-1 / std::max(1.0, neuron.tau_adp.mean));
    // Well above the threshold, which for ALIF starts at 0.01 and jumps with each spike.
    const double drive = adapts ? 0.3 : 1.9 * neuron.threshold;
    NeuronSketch sketch;
    double u = 0, a = 0, z = 0;
    for (int t = 0; t < steps; ++t) {
        if (adapts) a = rho * a + (1 - rho) * z;
        const double bound = adapts ? 0.01 + 1.8 * a : neuron.threshold;
        u = alpha * u + (1 - alpha) * (t >= on && t < off ? drive : 0);
        z = u > bound ? 1 : 0;
        sketch.u.push_back(u);
        sketch.bound.push_back(bound);
        if (z > 0) sketch.spikes.push_back(t);
        u -= z * bound;
    }
    return sketch;
}

/// Strokes of a height, in time with the neuron. Without `fires` it swings past its threshold and nothing happens.
NeuronSketch resonator(const NeuronConfig& neuron, double stroke, bool fires) {
    const double delta = neuron.dt;
    // δω near 1 would leave nothing to see.
    const double omega = std::clamp(middle(neuron.omega), 1e-3, 0.3 / delta);
    const double offset = middle(neuron.b_offset);
    const double period = 2 * std::numbers::pi / (delta * omega);
    constexpr double periods = 6;
    constexpr int strokes = 4;
    const int steps = static_cast<int>(periods * period);
    const double root = std::sqrt(1 - delta * omega * delta * omega);
    const bool imaginary = neuron.type == NeuronType::izhikevich;
    const bool recovers = neuron.type == NeuronType::brf || neuron.type == NeuronType::hrf;
    NeuronSketch sketch;
    double u = 0, v = 0, q = 0;
    for (int t = 0; t < steps; ++t) {
        const bool struck = std::fmod(t + 0.85 * period, period) < 1 && t < strokes * period;
        const double current = struck ? stroke / delta : 0;
        if (neuron.type == NeuronType::hrf) {
            const double b = 0.005 * omega * omega + offset + q;
            v += delta * u;
            u += delta * current - 2 * delta * b * u - delta * omega * omega * v;
        } else {
            const double b = neuron.type == NeuronType::brf ? (-1 + root) / delta - offset - q : -offset;
            const double before = u;
            u += delta * (b * u - omega * v + current);
            v += delta * (omega * before + b * v);
        }
        const double bound = neuron.threshold + q;
        const double z = fires && (imaginary ? v : u) > bound ? 1 : 0;
        sketch.u.push_back(imaginary ? v : u);
        sketch.bound.push_back(bound);
        if (z > 0) sketch.spikes.push_back(t);
        if (imaginary && z > 0) u = 0, v = 1;
        if (recovers) q = neuron.gamma * q + z;
    }
    return sketch;
}

}  // namespace

NeuronSketch sketchNeuron(const NeuronConfig& neuron) {
    if (neuron.type == NeuronType::alif || neuron.type == NeuronType::lif) return leaky(neuron);
    // Undisturbed it would reach this many thresholds: whatever its damping, it fires at the height of its swing.
    constexpr double wanted = 1.35;
    const NeuronSketch quiet = resonator(neuron, 1, false);
    const double peak = *std::max_element(quiet.u.begin(), quiet.u.end());
    return resonator(neuron, wanted * neuron.threshold / std::max(peak, 1e-6), true);
}

}  // namespace resonate::app
