// tests/kernels/thread_check.cpp: many batches on several threads, for a thread sanitizer; knows neither Torch nor Qt.
// Exit status 1 where the same batch on as many threads gave other numbers.
#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

#include "kernels/run_sequence.h"

using namespace resonate;
using namespace resonate::kernels;

namespace {

constexpr std::int64_t steps = 40, batch = 19, inputs = 5, classes = 4;

/// A random network of one neuron type with a random batch, and its gradients.
class RandomProblem {
 public:
    /// `layers` of `hidden` neurons each.
    RandomProblem(NeuronType neuron, std::int64_t hidden, int layers)
        : neuron_(neuron), hidden_(hidden), layer_count_(layers) {
        const bool resonates = neuron != NeuronType::alif && neuron != NeuronType::lif;
        fill(input_, steps * batch * inputs, 0, 1);
        for (float& value : input_) value = value < 0.3F ? 1.0F : 0.0F;
        const float reach = resonates ? 8.0F : 1.5F;
        for (int l = 0; l < layers; ++l)
            fill(weight_[l], hidden * ((l == 0 ? inputs : hidden) + hidden), -reach, reach);
        fill(rates_[0], hidden, resonates ? 2.0F : 0.85F, resonates ? 10.0F : 0.95F);
        fill(rates_[1], hidden, resonates ? -3.0F : 0.85F, resonates ? -2.0F : 0.95F);
        if (neuron == NeuronType::hrf) fill(rates_[1], hidden, 0.5F, 1.5F);
        fill(out_weight_, classes * hidden, -1, 1);
        fill(alpha_, classes, 0.85F, 0.95F);
        for (std::int64_t b = 0; b < batch; ++b) labels_.push_back(b % classes);
    }

    /// All gradients in a row.
    std::vector<float> run(WorkerPool& pool) {
        const auto hidden = static_cast<size_t>(hidden_);
        std::vector<float> weight[2], first[2], second[2], out(out_weight_.size()), alpha(classes);
        SequenceProblem p;
        p.steps = steps;
        p.batch = batch;
        p.inputs = inputs;
        p.classes = classes;
        p.input = input_.data();
        p.layer_count = layer_count_;
        for (int l = 0; l < layer_count_; ++l) {
            weight[l].resize(weight_[l].size());
            first[l].resize(hidden);
            second[l].resize(hidden);
            LayerProblem& layer = p.layers[l];
            layer.neuron = neuron_;
            layer.dt = 0.05F;
            layer.threshold = neuron_ == NeuronType::lif ? 0.2F : 1.0F;
            layer.gamma = 0.9F;
            layer.inputs = l == 0 ? inputs : hidden_;
            layer.hidden = hidden_;
            layer.weight = weight_[l].data();
            layer.rates[0] = rates_[0].data();
            layer.rates[1] = rates_[1].data();
            layer.weight_gradient = weight[l].data();
            layer.rate_gradients[0] = first[l].data();
            layer.rate_gradients[1] = second[l].data();
        }
        p.out_weight = out_weight_.data();
        p.out_alpha = alpha_.data();
        p.out_weight_gradient = out.data();
        p.out_alpha_gradient = alpha.data();
        p.labels = labels_.data();
        p.used = steps;
        p.with_gradient = true;
        spikes = run_sequence(p, pool).spikes;
        std::vector<float> all;
        for (int l = 0; l < layer_count_; ++l)
            for (const std::vector<float>* more : {&weight[l], &first[l], &second[l]})
                all.insert(all.end(), more->begin(), more->end());
        for (const std::vector<float>* more : {&out, &alpha}) all.insert(all.end(), more->begin(), more->end());
        return all;
    }

    double spikes = 0;

 private:
    void fill(std::vector<float>& values, std::int64_t count, float low, float high) {
        std::uniform_real_distribution<float> uniform(low, high);
        values.clear();
        for (std::int64_t i = 0; i < count; ++i) values.push_back(uniform(random_));
    }

    NeuronType neuron_;
    std::int64_t hidden_;
    int layer_count_;
    std::mt19937 random_{5};
    std::vector<float> input_, weight_[2], rates_[2], out_weight_, alpha_;
    std::vector<std::int64_t> labels_;
};

bool is_the_same_on_every_run(NeuronType neuron, std::int64_t hidden, int layers) {
    RandomProblem problem(neuron, hidden, layers);
    for (const int threads : {1, 2, 3, 5}) {
        WorkerPool pool(threads);
        const std::vector<float> first = problem.run(pool);
        for (int round = 0; round < 6; ++round)
            if (problem.run(pool) != first) {
                std::printf("%d threads: another result in round %d\n", threads, round);
                return false;
            }
        for (const float value : first)
            if (!std::isfinite(value)) {
                std::printf("%d threads: a gradient is not finite\n", threads);
                return false;
            }
    }
    if (problem.spikes > 0) return true;
    std::printf("neuron %d never fired: little was checked\n", static_cast<int>(neuron));
    return false;
}

}  // namespace

int main() {
    // Rows that are added spike by spike, and rows long enough to be sorted or taken as runs.
    for (const std::int64_t hidden : {21, 150})
        for (const int layers : {1, 2})
            for (const NeuronType neuron :
                 {NeuronType::brf, NeuronType::rf, NeuronType::hrf, NeuronType::alif, NeuronType::lif})
                if (!is_the_same_on_every_run(neuron, hidden, layers)) return 1;
    std::printf("equal on every run\n");
    return 0;
}
