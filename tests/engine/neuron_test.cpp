// tests/engine/neuron_test.cpp: each neuron against numbers worked out by hand and facts of its physics.
#include <torch/torch.h>

#include <QTest>
#include <cmath>

#include "networks/network.h"
#include "neurons/alif.h"
#include "neurons/brf.h"
#include "neurons/hrf.h"
#include "neurons/izhikevich.h"
#include "neurons/leaky_integrator.h"
#include "neurons/lif.h"
#include "neurons/rf.h"
#include "neurons/surrogate.h"
#include "test_registry.h"
#include "training/sequence_loss.h"

using namespace resonate;

namespace {

const auto precise = torch::TensorOptions().dtype(torch::kFloat64);

torch::Tensor cell(double value) { return torch::full({1, 1}, value, precise); }
torch::Tensor parameter(double value) { return torch::full({1}, value, precise); }
double number(const torch::Tensor& tensor) { return tensor.item<double>(); }

/// Largest |u + iv| over `steps` steps of one neuron driven by current(t), from the given start.
using Step = std::function<NeuronState(const torch::Tensor& current, const NeuronState& before)>;

double amplitude(const Step& step, NeuronState state, int steps, const std::function<double(int)>& current) {
    double largest = 0;
    for (int t = 0; t < steps; ++t) {
        state = step(cell(current(t)), state);
        largest = std::max(largest, std::hypot(number(state.u), number(state.v)));
    }
    return largest;
}

NeuronState resting(double u) { return {cell(0), cell(u), cell(0), cell(0), {}}; }

}  // namespace

class NeuronTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void brfStepIsTheEquation() {
        const NeuronConstants constants;
        const NeuronState before{cell(1), cell(0.8), cell(-0.3), cell(0.5), {}};
        const ResonatorRates rates = brf_rates({parameter(-10), parameter(-0.4)}, constants);
        const double p = (-1 + std::sqrt(1 - 0.01)) / 0.01;
        const double b = p - 0.4 - 0.5;
        const double u = 0.8 + 0.01 * (b * 0.8 - 10 * -0.3 + 90);
        const double v = -0.3 + 0.01 * (10 * 0.8 + b * -0.3);
        const NeuronState after = brf_step(cell(90), before, rates, constants);
        QVERIFY(std::abs(number(after.u) - u) < 1e-14);
        QVERIFY(std::abs(number(after.v) - v) < 1e-14);
        QCOMPARE(number(after.z), u - 1 - 0.5 > 0 ? 1.0 : 0.0);
        QVERIFY(u > 1.5);
        QVERIFY(std::abs(number(after.q) - (0.9 * 0.5 + 1)) < 1e-14);
    }

    void aMembraneExactlyAtTheThresholdDoesNotSpike() {
        const torch::Tensor x = torch::tensor({-1e-9, 0.0, 1e-9}, precise);
        QVERIFY(torch::equal(spike(x, Surrogate::linear), torch::tensor({0.0, 0.0, 1.0}, precise)));
    }

    void theDivergenceBoundaryIsSustainedOscillation() {
        const NeuronConstants constants{.threshold = 1e9};
        for (const double omega : {3.0, 20.0, 80.0}) {
            const ResonatorRates rates = brf_rates({parameter(omega), parameter(0)}, constants);
            NeuronState state = resting(1);
            for (int t = 0; t < 2000; ++t) state = brf_step(cell(0), state, rates, constants);
            QVERIFY(std::abs(std::hypot(number(state.u), number(state.v)) - 1) < 1e-9);
        }
    }

    void brfShrinksWithDampingAndRfGrowsBeyondTheBoundary() {
        const NeuronConstants constants{.threshold = 1e9};
        const ResonatorRates damped = brf_rates({parameter(20), parameter(0.5)}, constants);
        const ResonatorRates wild{parameter(20), parameter(-0.5)};  // p(20) = −2.02 < −0.5: too little damping
        NeuronState brf = resting(1);
        NeuronState rf = resting(1);
        for (int t = 0; t < 500; ++t) {
            brf = brf_step(cell(0), brf, damped, constants);
            rf = rf_step(cell(0), rf, wild, constants);
        }
        QVERIFY(std::hypot(number(brf.u), number(brf.v)) < 0.2);
        QVERIFY(std::hypot(number(rf.u), number(rf.v)) > 100);
    }

    void anRfNeuronRespondsMostAtItsOwnFrequency() {
        const NeuronConstants constants{.threshold = 1e9};
        const ResonatorRates rates{parameter(10), parameter(-1)};
        const Step step = [&](const torch::Tensor& current, const NeuronState& state) {
            return rf_step(current, state, rates, constants);
        };
        const auto driven = [&](double omega) {
            return amplitude(step, resting(0), 1500, [&](int t) { return std::sin(omega * 0.01 * t); });
        };
        QVERIFY(driven(10) > 2 * driven(5));
        QVERIFY(driven(10) > 2 * driven(20));
    }

    void aSpikeRaisesBrfDampingAndThreshold() {
        const NeuronConstants constants;
        const NeuronDefinition& brf = brf_neuron();
        NeuronState before = resting(0);
        before.q = cell(2);
        QCOMPARE(number(brf.threshold(before, before, constants)), 3.0);
        const ResonatorRates rates = brf_rates({parameter(5), parameter(0.1)}, constants);
        before.u = cell(1);
        NeuronState calm = before;
        calm.q = cell(0);
        QVERIFY(number(brf_step(cell(0), before, rates, constants).u) <
                number(brf_step(cell(0), calm, rates, constants).u));
    }

    void alifStepIsTheEquation() {
        const NeuronConstants constants;
        const double alpha = std::exp(-1.0 / 20);
        const double rho = std::exp(-1.0 / 7);
        const AlifRates rates{decay_per_step(parameter(-20), Decay::exponential),
                              decay_per_step(parameter(7), Decay::exponential)};
        const NeuronState before{cell(1), cell(0.3), {}, {}, cell(0.2)};
        const double a = rho * 0.2 + (1 - rho);
        const double threshold = 0.01 + 1.8 * a;
        const double membrane = alpha * 0.3 + (1 - alpha) * 40;
        QVERIFY(membrane > threshold);
        const NeuronState after = alif_step(cell(40), before, rates, constants);
        QVERIFY(std::abs(number(after.a) - a) < 1e-14);
        QCOMPARE(number(after.z), 1.0);
        QVERIFY(std::abs(number(after.u) - (membrane - threshold)) < 1e-14);
    }

    void lifLosesItsThresholdWithASpike() {
        const NeuronConstants constants;
        const torch::Tensor alpha = decay_per_step(parameter(20), Decay::exponential);
        const double decay = std::exp(-1.0 / 20);
        const NeuronState after = lif_step(cell(30), {cell(0), cell(0.5), {}, {}, {}}, alpha, constants);
        QVERIFY(std::abs(number(after.u) - (decay * 0.5 + (1 - decay) * 30 - 1)) < 1e-14);
    }

    void hrfStepIsTheEquation() {
        const NeuronConstants constants;
        const NeuronState before{cell(1), cell(0.8), cell(-0.3), cell(0.5), {}};
        const NeuronRates rates =
            hrf_neuron().rates({{"omega", parameter(-10)}, {"b_offset", parameter(0.4)}}, constants);
        const double b = 0.005 * 100 + 0.4 + 0.5;
        const double v = -0.3 + 0.01 * 0.8;
        const double u = 0.8 + 0.01 * 90 - 2 * 0.01 * b * 0.8 - 0.01 * 100 * v;
        const NeuronState after = hrf_neuron().step(cell(90), before, rates, constants);
        QVERIFY(std::abs(number(after.v) - v) < 1e-14);
        QVERIFY(std::abs(number(after.u) - u) < 1e-14);
        QVERIFY(u > 1.5);
        QVERIFY(std::abs(number(after.q) - (0.9 * 0.5 + 1)) < 1e-14);
    }

    void izhikevichResetsToI() {
        const NeuronConstants constants;
        const NeuronDefinition& neuron = izhikevich_neuron();
        const NeuronRates rates = neuron.rates({{"omega", parameter(10)}, {"b_offset", parameter(0.4)}}, constants);
        // v = 0.99 + 0.01 (10 · 1.2 − 0.4 · 0.99) > 1
        const NeuronState fired = neuron.step(cell(0), {cell(0), cell(1.2), cell(0.99), {}, {}}, rates, constants);
        QCOMPARE(number(fired.z), 1.0);
        QCOMPARE(number(fired.u), 0.0);
        QCOMPARE(number(fired.v), 1.0);
        const NeuronState calm = neuron.step(cell(2), {cell(0), cell(0.2), cell(0.1), {}, {}}, rates, constants);
        QCOMPARE(number(calm.z), 0.0);
        QVERIFY(std::abs(number(calm.u) - (0.2 + 0.01 * (-0.4 * 0.2 - 10 * 0.1 + 2))) < 1e-14);
        QVERIFY(std::abs(number(calm.v) - (0.1 + 0.01 * (10 * 0.2 - 0.4 * 0.1))) < 1e-14);
    }

    void linearDecayIsAConstantInsteadOfARate() {
        const NeuronConstants constants{.decay = Decay::linear};
        const ResonatorRates rates{parameter(10), parameter(-0.5)};
        const NeuronState after = rf_step(cell(3), {cell(0), cell(0.2), cell(0.1), {}, {}}, rates, constants);
        QVERIFY(std::abs(number(after.u) - (0.2 + 0.01 * (0.5 - 10 * 0.1 + 3))) < 1e-14);
        QVERIFY(std::abs(number(after.v) - (0.1 + 0.01 * (10 * 0.2 + 0.5))) < 1e-14);
        QVERIFY(std::abs(number(decay_per_step(parameter(-20), Decay::linear)) - 0.95) < 1e-14);
        QCOMPARE(number(decay_per_step(parameter(0.5), Decay::linear)), 0.0);
    }

    void theListedParametersAreThoseOfTheNetwork() {
        for (const NeuronType type : {NeuronType::brf, NeuronType::rf, NeuronType::hrf, NeuronType::alif,
                                      NeuronType::lif, NeuronType::izhikevich}) {
            ExperimentConfig config;
            config.neuron.type = type;
            config.network.second_hidden_size = 5;
            config.network.hidden_bias = config.network.output_bias = true;
            std::vector<std::string> found;
            for (const auto& parameter : Network(config, 3, 2, 1).named_parameters()) found.push_back(parameter.key());
            QVERIFY(found == parameter_names(config));
        }
    }

    void aMaskCutsItsShareOfRecurrentWeightsForGood() {
        ExperimentConfig config;
        config.network.hidden_size = 60;
        config.network.mask_probability = 0.7;
        Network network(config, 4, 6, 1);
        const torch::Tensor weight = network.hidden().weight();
        QVERIFY(number((weight.narrow(1, 0, 4) == 0).sum()) == 0);
        const double cut = number((weight.narrow(1, 4, 60) == 0).to(torch::kFloat64).mean());
        QVERIFY(std::abs(cut - 0.7) < 0.05);
        QVERIFY(network.named_buffers().contains("hidden.linear.mask"));
        // What is cut has no gradient either.
        weight.sum().backward();
        const torch::Tensor gradient = network.hidden().named_parameters()["linear.weight"].grad();
        QVERIFY(torch::equal(gradient == 0, weight == 0));
    }

    void surrogatesAreTheirFormulas() {
        const auto normal = [](double x, double mean, double deviation) {
            const double z = (x - mean) / deviation;
            return std::exp(-0.5 * z * z) / (deviation * std::sqrt(2 * std::acos(-1.0)));
        };
        for (const double x : {-2.0, -0.3, 0.0, 0.7, 4.0}) {
            const auto derivative = [&](Surrogate surrogate) {
                return number(surrogate_derivative(cell(x), surrogate));
            };
            QVERIFY(std::abs(derivative(Surrogate::double_gaussian) -
                             0.5 * (1.15 * normal(x, 0, 0.5) - 0.3 * normal(x, 0, 3))) < 1e-15);
            QVERIFY(std::abs(derivative(Surrogate::multi_gaussian) -
                             0.5 * (1.15 * normal(x, 0, 0.5) - 0.15 * normal(x, 0.5, 3) - 0.15 * normal(x, -0.5, 3))) <
                    1e-15);
            QVERIFY(std::abs(derivative(Surrogate::gaussian) - normal(x, 0, 1)) < 1e-15);
            QVERIFY(std::abs(derivative(Surrogate::linear) - std::max(0.0, 1 - std::abs(x))) < 1e-15);
            QVERIFY(std::abs(derivative(Surrogate::exponential) - std::exp(-std::abs(x))) < 1e-15);
        }
    }

    void theSpikeFunctionPassesTheSurrogateBack() {
        const torch::Tensor x = torch::tensor({-0.5, 0.2, 1.5}, precise).requires_grad_();
        (spike(x, Surrogate::linear) * torch::tensor({1.0, 2.0, 3.0}, precise)).sum().backward();
        QVERIFY(torch::allclose(x.grad(), torch::tensor({0.5, 1.6, 0.0}, precise)));
    }

    void aSilentNetworkStillHasAGradient() {
        ExperimentConfig config;
        Network network(config, 4, 6, 1);
        network.to(torch::kFloat64);
        const torch::Tensor input = (torch::rand({50, 2, 4}, precise) < 0.1).to(torch::kFloat64);
        const NetworkOutput output = network.forward(input);
        QCOMPARE(number(output.spikes.sum()), 0.0);
        const torch::Tensor labels = torch::zeros({50, 2}, torch::kInt64);
        sequence_loss(output.outputs, labels, config.training).sum.backward();
        QVERIFY(number(network.hidden().neuron_parameters().at("omega").grad().abs().sum()) > 0);
    }

    void parameterCountsAreThePublishedOnes() {
        ExperimentConfig config;
        QCOMPARE(Network(config, 4, 6, 1).parameter_count(), 1734);
        config.network.hidden_size = 256;
        QCOMPARE(Network(config, 1, 10, 1).parameter_count(), 68874);
        config.network.hidden_size = 128;
        QCOMPARE(Network(config, 700, 20, 1).parameter_count(), 108820);
    }

    void initialParametersLieInTheirRanges() {
        ExperimentConfig config;
        config.network.hidden_size = 400;
        config.neuron.omega = {15, 50};
        Network network(config, 1, 10, 3);
        const torch::Tensor omega = network.hidden().neuron_parameters().at("omega");
        QVERIFY(number(omega.min()) >= 15 && number(omega.max()) <= 50 && number(omega.max() - omega.min()) > 30);
        const torch::Tensor weight = network.hidden().named_parameters()["linear.weight"];
        const double bound = std::sqrt(6.0 / 801);
        QVERIFY(number(weight.abs().max()) <= bound && number(weight.abs().max()) > 0.95 * bound);
        Network same(config, 1, 10, 3);
        QVERIFY(torch::equal(weight, same.hidden().named_parameters()["linear.weight"]));
    }
};

class SequenceLossTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void lossIsTheSumOverStepsOfTheBatchMean() {
        const torch::Tensor outputs = torch::randn({7, 3, 4}, precise);
        const torch::Tensor labels = torch::randint(4, {7, 3}, torch::kInt64);
        TrainingConfig config;
        config.sub_seq_length = 2;
        const SequenceLoss loss = sequence_loss(outputs, labels, config);
        double expected = 0;
        int right = 0;
        const torch::Tensor likelihood = torch::log_softmax(outputs, -1);
        for (int t = 2; t < 7; ++t)
            for (int b = 0; b < 3; ++b) {
                const auto label = labels[t][b].item<int64_t>();
                expected -= number(likelihood[t][b][label]) / 3;
                right += outputs[t][b].argmax().item<int64_t>() == label;
            }
        QVERIFY(std::abs(number(loss.sum) - expected) < 1e-12);
        QCOMPARE(loss.correct.item<int64_t>(), right);
        QCOMPARE(loss.steps, 5);
        QCOMPARE(loss.decisions, 15);
    }

    void aLabelPerSequenceDecidesOnTheMeanOrOnTheLastStep() {
        // Class 1 is ahead on average, class 0 at the last step.
        const torch::Tensor outputs = torch::tensor({{{0.0, 5.0}}, {{0.0, 5.0}}, {{1.0, 0.0}}}, precise);
        const torch::Tensor labels = torch::zeros({1}, torch::kInt64);
        TrainingConfig config;
        QCOMPARE(sequence_loss(outputs, labels, config).correct.item<int64_t>(), 0);
        config.label_last = true;
        const SequenceLoss last = sequence_loss(outputs, labels, config);
        QCOMPARE(last.correct.item<int64_t>(), 1);
        QCOMPARE(last.steps, 1);
        QVERIFY(std::abs(number(last.sum) - std::log(1 + std::exp(-1.0))) < 1e-12);
    }
};

RESONATE_TEST(NeuronTest)
RESONATE_TEST(SequenceLossTest)
#include "neuron_test.moc"
