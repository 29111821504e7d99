// tests/bench/bench_kernels.cpp: one table of step times over T, B, H, I and spike rate, beside the matrix product's
// rate. A step is forward, loss and backward of one random batch; the median of several. Usage: bench_kernels [THREADS]
// [ROUNDS]
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "kernels/kernel_table.h"
#include "networks/network.h"
#include "training/objective.h"

using namespace resonate;

namespace {

using Clock = std::chrono::steady_clock;

struct Case {
    NeuronType neuron = NeuronType::brf;
    int64_t steps = 250, batch = 32, inputs = 4, hidden = 128, classes = 10;
    double input_rate = 0.05;
    double weight_scale = 1;  ///< more weight, more spikes
};

struct Timing {
    double milliseconds = 0;
    double spike_rate = 0;  ///< spikes per neuron and step
};

template <class Work>
double median_ms(int rounds, Work work) {
    std::vector<double> times;
    constexpr int warm_up = 4;
    for (int round = 0; round < warm_up + rounds; ++round) {
        const auto start = Clock::now();
        work();
        if (round >= warm_up) times.push_back(1e3 * std::chrono::duration<double>(Clock::now() - start).count());
    }
    std::nth_element(times.begin(), times.begin() + rounds / 2, times.end());
    return times[static_cast<size_t>(rounds / 2)];
}

Timing measure(const Case& c, int rounds) {
    torch::manual_seed(1);
    ExperimentConfig config;
    config.neuron.type = c.neuron;
    config.neuron.omega = {15, 50};
    config.network.hidden_size = static_cast<int>(c.hidden);
    Network network(config, c.inputs, c.classes, 1);
    {
        const torch::NoGradGuard no_grad;
        network.hidden().named_parameters()["linear.weight"].mul_(c.weight_scale);
    }
    const Batch batch{(torch::rand({c.steps, c.batch, c.inputs}) < c.input_rate).to(torch::kFloat32),
                      torch::randint(c.classes, {c.batch}, torch::kInt64)};
    Timing timing;
    timing.milliseconds = median_ms(rounds, [&] {
        network.zero_grad();
        const Objective objective =
            compute_objective(network, batch, config.training, {.used = {0, c.steps}, .steps_in_all = c.steps}, true);
        objective.value.backward();
        timing.spike_rate = objective.spikes / static_cast<double>(c.steps * c.batch * c.hidden);
    });
    return timing;
}

/// The product that no kernel can avoid, dI [B, H] · W_rec [H, H] for every step and both ways counted as 2 B H² each.
double product_gflop(const Case& c) {
    return 2e-9 * static_cast<double>(c.steps * c.batch) * static_cast<double>(c.hidden * c.hidden);
}

void row(const char* varied, const Case& c, int rounds) {
    const Timing timing = measure(c, rounds);
    std::printf("%-8s %-5s %6lld %5lld %5lld %5lld %8.2f %10.2f %12.3f %12.1f\n", varied, to_string(c.neuron).c_str(),
                static_cast<long long>(c.steps), static_cast<long long>(c.batch), static_cast<long long>(c.inputs),
                static_cast<long long>(c.hidden), 100 * timing.spike_rate, timing.milliseconds,
                1e6 * timing.milliseconds / static_cast<double>(c.steps * c.batch * c.hidden),
                product_gflop(c) / timing.milliseconds * 1e3);
    std::fflush(stdout);
}

double matrix_product_gflops() {
    const torch::Tensor a = torch::rand({1024, 1024});
    const torch::Tensor b = torch::rand({1024, 1024});
    return 2.147483648 / median_ms(10, [&] { torch::mm(a, b); }) * 1e3;
}

}  // namespace

int main(int argc, char** argv) {
    const int threads = argc > 1 ? std::max(1, std::atoi(argv[1])) : 2;
    const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 7;
    at::set_num_threads(threads);
    set_kernel_threads(threads);
    std::printf("%s kernels, %d threads, median of %d; matrix product 1024³ of this LibTorch: %.0f GFLOP/s\n",
                kernels::best_kernels().name, threads, rounds, matrix_product_gflops());
    std::printf("%-8s %-5s %6s %5s %5s %5s %8s %10s %12s %12s\n", "varied", "", "T", "B", "I", "H", "spikes %",
                "ms / step", "ns / neuron", "GFLOP/s rec");
    for (const int64_t steps : {250, 500, 1000}) row("T", {.steps = steps}, rounds);
    for (const int64_t batch : {16, 32, 64, 128}) row("B", {.batch = batch}, rounds);
    for (const int64_t hidden : {36, 64, 128, 256, 512}) row("H", {.hidden = hidden}, rounds);
    for (const int64_t inputs : {1, 13, 140, 700}) row("I", {.inputs = inputs, .input_rate = 0.02}, rounds);
    for (const double scale : {1.0, 150.0, 300.0, 600.0, 1500.0}) row("spikes", {.weight_scale = scale}, rounds);
    for (const NeuronType neuron :
         {NeuronType::brf, NeuronType::rf, NeuronType::hrf, NeuronType::alif, NeuronType::lif})
        row("neuron", {.neuron = neuron}, rounds);
    return 0;
}
