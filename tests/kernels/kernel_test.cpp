// tests/kernels/kernel_test.cpp: the fused kernels against the step loop, and each instruction set against the others.
#include <torch/torch.h>

#include <QTest>
#include <cmath>

#include "kernels/run_sequence.h"
#include "networks/network.h"
#include "neurons/surrogate.h"
#include "test_registry.h"
#include "training/objective.h"
#include "training/truncation.h"

using namespace resonate;

namespace {

const NeuronType neurons[] = {NeuronType::brf, NeuronType::rf, NeuronType::hrf, NeuronType::alif, NeuronType::lif};
const Surrogate surrogates[] = {Surrogate::double_gaussian, Surrogate::multi_gaussian, Surrogate::gaussian,
                                Surrogate::linear, Surrogate::exponential};

struct Shape {
    int64_t steps, batch, inputs, hidden, classes;
};

/// One thing to compare: an experiment, its shape and how labels are given.
struct Setting {
    ExperimentConfig config;
    Shape shape{};
    bool label_per_step = false;
    double input_scale = 1;
    bool binary_input = true;
    bool excited = false;  ///< a hidden bias that makes every neuron fire as often as it can
};

/// Constants that let a short sequence spike now and then.
ExperimentConfig lively(NeuronType type) {
    ExperimentConfig config;
    config.neuron.type = type;
    config.neuron.dt = 0.05;
    config.neuron.omega = {2, 12};
    config.neuron.b_offset = {0.1, 1.5};
    config.neuron.tau_mem = {8, 2};
    config.neuron.tau_adp = {20, 5};
    config.network.output_tau = {6, 1};
    if (type == NeuronType::lif) config.neuron.threshold = 0.3;
    return config;
}

struct Nets {
    std::shared_ptr<Network> exact, single;
    Batch exact_batch, single_batch;
};

/// The same network and batch in float64 and float32; weights are large enough for spikes.
Nets make(const Setting& setting, uint64_t seed) {
    torch::manual_seed(seed);
    const Shape& s = setting.shape;
    Nets nets;
    nets.single = std::make_shared<Network>(setting.config, s.inputs, s.classes, seed);
    {
        const torch::NoGradGuard no_grad;
        const bool resonates =
            setting.config.neuron.type != NeuronType::alif && setting.config.neuron.type != NeuronType::lif;
        for (const auto& layer : nets.single->layers())
            layer->named_parameters()["linear.weight"].mul_(setting.excited ? 1 : resonates ? 40 : 6);
        if (setting.excited)
            for (const auto& layer : nets.single->layers()) layer->bias().fill_(resonates ? 30 : 3);
    }
    nets.exact = std::make_shared<Network>(setting.config, s.inputs, s.classes, seed);
    nets.exact->to(torch::kFloat64);
    {
        const torch::NoGradGuard no_grad;
        const auto from = nets.single->named_parameters();
        for (auto& parameter : nets.exact->named_parameters()) parameter.value().copy_(from[parameter.key()]);
        // Buffers were drawn from the same seed.
    }
    torch::Tensor input = torch::rand({s.steps, s.batch, s.inputs}, torch::kFloat64);
    input = setting.binary_input ? (input < 0.3).to(torch::kFloat64) : (input - 0.5) * (input > 0.4);
    input = (input * setting.input_scale).to(torch::kFloat32);
    const torch::Tensor labels = setting.label_per_step ? torch::randint(s.classes, {s.steps, s.batch}, torch::kInt64)
                                                        : torch::randint(s.classes, {s.batch}, torch::kInt64);
    nets.single_batch = {input, labels};
    nets.exact_batch = {input.to(torch::kFloat64), labels};
    return nets;
}

torch::Tensor shifted(const torch::Tensor& trace) {
    return torch::cat({torch::zeros_like(trace.narrow(0, 0, 1)), trace.narrow(0, 0, trace.size(0) - 1)});
}

/// Smallest distance of any membrane from its threshold: float rounding cannot flip a spike above it.
double spike_margin(Network& network, const torch::Tensor& input) {
    const NetworkTrace trace = network.trace(input, false);
    double margin = 1e9;
    for (size_t l = 0; l < trace.hidden.size(); ++l) {
        const NeuronState& after = trace.hidden[l];
        const RecurrentLayer& layer = *network.layers()[l];
        NeuronState before;
        if (after.q.defined()) before.q = shifted(after.q);
        const torch::Tensor threshold = layer.neuron().threshold(before, after, layer.constants());
        const bool resets = layer.neuron().type == NeuronType::alif || layer.neuron().type == NeuronType::lif;
        const torch::Tensor reached = resets ? after.u + after.z * threshold : after.u;
        margin = std::min(margin, (reached - threshold).abs().min().item<double>());
    }
    return margin;
}

double relative(const torch::Tensor& found, const torch::Tensor& expected) {
    if (found.sizes() != expected.sizes()) return 1e9;
    const double scale = std::max(expected.abs().max().item<double>(), 1e-9);
    return (found.to(torch::kFloat64) - expected.to(torch::kFloat64)).abs().max().item<double>() / scale;
}

/// What differs most between kernels and loop, and where.
struct Difference {
    double value = 0;
    std::string where = "nothing";
    double spikes = 0;  ///< of the loop

    void note(double error, const std::string& place) {
        if (error <= value) return;
        value = error;
        where = place;
    }
    QByteArray text() const {
        return QByteArray::fromStdString(where) + ' ' + QByteArray::number(value) + ", spikes " +
               QByteArray::number(spikes);
    }
};

/// `piece` cuts the sequence in two and compares the second half, which starts from the state of the first.
Difference difference(const Setting& setting, bool piece = false) {
    // The first seed with which no membrane is so near its threshold that rounding decides.
    Nets nets;
    for (uint64_t seed = 1;; ++seed) {
        nets = make(setting, seed);
        if (spike_margin(*nets.exact, nets.exact_batch.input) > 3e-5) break;
        if (seed == 400) return {1e9, "no seed with a margin", 0};
    }
    const TrainingConfig& training = setting.config.training;
    const int64_t steps = setting.shape.steps;
    const StepsUsed used = steps_used(training, steps);
    ObjectiveTask task{.used = used, .steps_in_all = used.count, .keep_outputs = true, .keep_state = true};
    std::optional<NetworkState> exact_start, single_start;
    if (piece) {
        const int64_t half = steps / 2;
        const ObjectiveTask first{.used = {half - 1, 1}, .steps_in_all = 1, .keep_state = true};
        const torch::NoGradGuard no_grad;
        exact_start =
            compute_objective(*nets.exact, steps_of(nets.exact_batch, {0, half, {}}), training, first, false).state;
        single_start =
            compute_objective(*nets.single, steps_of(nets.single_batch, {0, half, {}}), training, first, true).state;
        nets.exact_batch = steps_of(nets.exact_batch, {half, steps, {}});
        nets.single_batch = steps_of(nets.single_batch, {half, steps, {}});
        task.used = {0, steps - half};
    }
    Objective loop = compute_objective(*nets.exact, nets.exact_batch, training, task, false, exact_start);
    Objective fused = compute_objective(*nets.single, nets.single_batch, training, task, true, single_start);
    loop.value.backward();
    fused.value.backward();

    Difference result;
    result.spikes = loop.spikes;
    result.note(std::abs(fused.loss_sum / loop.loss_sum - 1), "loss");
    result.note(std::abs(fused.value.item<double>() / loop.value.item<double>() - 1), "objective");
    result.note(std::abs(fused.spikes - loop.spikes), "spikes");
    result.note(std::abs(fused.correct - loop.correct), "correct");
    result.note(std::abs(fused.decisions - loop.decisions), "decisions");
    result.note(relative(fused.outputs, loop.outputs), "outputs");
    result.note(relative(fused.state->output, loop.state->output), "output state");
    for (size_t l = 0; l < loop.state->hidden.size(); ++l) {
        const NeuronState& a = fused.state->hidden[l];
        const NeuronState& b = loop.state->hidden[l];
        for (torch::Tensor NeuronState::*variable :
             {&NeuronState::z, &NeuronState::u, &NeuronState::v, &NeuronState::q, &NeuronState::a})
            if ((b.*variable).defined()) result.note(relative(a.*variable, b.*variable), "state");
    }
    const auto expected = nets.exact->named_parameters();
    for (const auto& parameter : nets.single->named_parameters())
        result.note(relative(parameter.value().grad(), expected[parameter.key()].grad()), parameter.key());
    return result;
}

/// A problem for run_sequence() alone, its memory, and what it gave.
class RawProblem {
 public:
    explicit RawProblem(NeuronType neuron) {
        torch::manual_seed(7);
        const bool resonates = neuron != NeuronType::alif && neuron != NeuronType::lif;
        kernels::LayerProblem& layer = problem.layers[0];
        layer.neuron = neuron;
        layer.dt = 0.05F;
        layer.threshold = 1;
        layer.gamma = 0.9F;
        layer.inputs = problem.inputs = 3;
        layer.hidden = 37;
        problem.steps = 45;
        problem.batch = 21;
        problem.classes = 5;
        problem.used = problem.steps;
        problem.with_gradient = true;
        problem.input = keep((torch::rand({45, 21, 3}) < 0.3).to(torch::kFloat32));
        layer.weight = keep(torch::randn({37, 40}) * (resonates ? 6 : 1));
        layer.rates[0] = keep(resonates ? torch::rand({37}) * 8 + 2 : torch::rand({37}) * 0.1 + 0.85);
        layer.rates[1] = keep(neuron == NeuronType::hrf ? torch::rand({37}) + 0.5
                              : resonates               ? -torch::rand({37}) - 2
                                                        : torch::rand({37}) * 0.1 + 0.85);
        problem.out_weight = keep(torch::randn({5, 37}));
        problem.out_alpha = keep(torch::rand({5}) * 0.1 + 0.85);
        labels_ = torch::randint(5, {21}, torch::kInt64);
        problem.labels = labels_.data_ptr<int64_t>();
        layer.weight_gradient = result(37 * 40);
        layer.rate_gradients[0] = result(37);
        layer.rate_gradients[1] = result(37);
        problem.out_weight_gradient = result(5 * 37);
        problem.out_alpha_gradient = result(5);
    }

    std::vector<torch::Tensor> run(int threads, const kernels::KernelTable& table) {
        kernels::WorkerPool pool(threads);
        found = kernels::run_sequence(problem, pool, table);
        std::vector<torch::Tensor> copies;
        for (const torch::Tensor& tensor : results_) copies.push_back(tensor.clone());
        return copies;
    }

    kernels::SequenceProblem problem;
    kernels::SequenceResult found;

 private:
    const float* keep(const torch::Tensor& tensor) {
        kept_.push_back(tensor.contiguous());
        return kept_.back().data_ptr<float>();
    }
    float* result(int64_t count) {
        results_.push_back(torch::zeros({count}));
        return results_.back().data_ptr<float>();
    }
    std::vector<torch::Tensor> kept_, results_;
    torch::Tensor labels_;
};

std::vector<const kernels::KernelTable*> tables() {
    const kernels::KernelTable* list[4];
    return {list, list + kernels::available_kernels(list, 4)};
}

}  // namespace

class KernelTest : public QObject {
    Q_OBJECT

    void compare(const Setting& setting, const QByteArray& what, bool piece = false, bool may_be_silent = false) {
        const Difference found = difference(setting, piece);
        QVERIFY2(found.value < 1e-4, what + ": " + found.text());
        if (!may_be_silent) QVERIFY2(found.spikes > 0, what + ": silent, so that little was compared");
    }

 private Q_SLOTS:
    void initTestCase() { set_kernel_threads(2); }

    void everyNeuronSurrogateAndDecayEqualsTheStepLoop_data() {
        QTest::addColumn<int>("neuron");
        QTest::addColumn<int>("surrogate");
        QTest::addColumn<int>("decay");
        for (const NeuronType neuron : neurons)
            for (const Surrogate surrogate : surrogates)
                for (const Decay decay : {Decay::exponential, Decay::linear}) {
                    if (neuron == NeuronType::hrf && decay == Decay::linear) continue;
                    QTest::newRow((to_string(neuron) + ' ' + to_string(surrogate) + ' ' + to_string(decay)).c_str())
                        << static_cast<int>(neuron) << static_cast<int>(surrogate) << static_cast<int>(decay);
                }
    }

    void everyNeuronSurrogateAndDecayEqualsTheStepLoop() {
        QFETCH(int, neuron);
        QFETCH(int, surrogate);
        QFETCH(int, decay);
        Setting setting{lively(static_cast<NeuronType>(neuron)), {37, 5, 3, 21, 4}};
        setting.config.neuron.surrogate = static_cast<Surrogate>(surrogate);
        setting.config.network.decay = static_cast<Decay>(decay);
        compare(setting, QTest::currentDataTag());
    }

    void everyLossEqualsTheStepLoop() {
        for (const NeuronType neuron : neurons) {
            Setting setting{lively(neuron), {33, 3, 5, 17, 3}};
            setting.config.training.label_last = true;
            compare(setting, "last step");
            setting.config.training.n_last = 7;
            compare(setting, "last seven steps");
            setting.config.training.label_last = false;
            setting.config.training.sub_seq_length = 11;
            compare(setting, "later steps");
            setting.label_per_step = true;
            compare(setting, "label per step");
            setting.config.training.energy_lambda = 0.01;
            compare(setting, "energy");
            setting.label_per_step = false;
            compare(setting, "energy, label per sequence");
        }
    }

    void everyNetworkEqualsTheStepLoop() {
        for (const NeuronType neuron : neurons) {
            Setting setting{lively(neuron), {29, 4, 6, 19, 5}};
            setting.config.network.recurrent = false;
            compare(setting, "not recurrent");
            setting.config.network.hidden_bias = true;
            setting.config.network.output_bias = true;
            compare(setting, "biases");
            setting.config.network.recurrent = true;
            setting.config.network.mask_probability = 0.6;
            compare(setting, "mask");
            setting.config.network.second_hidden_size = 13;
            compare(setting, "two layers");
            setting.config.network.recurrent = false;
            compare(setting, "two layers, not recurrent");
            setting.config.network.hidden_bias = false;
            setting.config.training.energy_lambda = 0.01;
            compare(setting, "two layers, energy");
        }
    }

    void aPieceOfASequenceGoesOnFromItsState() {
        for (const NeuronType neuron : neurons) {
            Setting setting{lively(neuron), {40, 3, 4, 18, 3}};
            compare(setting, "second half", /*piece=*/true);
            setting.config.network.second_hidden_size = 9;
            compare(setting, "second half of two layers", /*piece=*/true);
        }
    }

    void everyShapeEqualsTheStepLoop() {
        const Shape shapes[] = {{1, 1, 1, 1, 2},   {1, 3, 2, 5, 3},    {2, 1, 4, 16, 6},    {16, 2, 1, 32, 2},
                                {17, 33, 1, 7, 3}, {47, 18, 9, 40, 7}, {20, 6, 70, 48, 20}, {12, 5, 3, 70, 33}};
        for (const NeuronType neuron : neurons)
            for (const Shape& shape : shapes) {
                Setting setting{lively(neuron), shape};
                if (shape.steps < 5) setting.input_scale = 30;
                const QByteArray what = QByteArray::number(qlonglong(shape.steps)) + ' ' +
                                        QByteArray::number(qlonglong(shape.batch)) + ' ' +
                                        QByteArray::number(qlonglong(shape.hidden));
                compare(setting, what, false, /*may_be_silent=*/true);
            }
    }

    void inputThatIsNotBinaryEqualsTheStepLoop() {
        for (const NeuronType neuron : neurons) {
            Setting setting{lively(neuron), {31, 4, 13, 20, 3}};
            setting.binary_input = false;
            setting.input_scale = 4;
            compare(setting, "values of both signs");
        }
    }

    void inputAsEventsIsInputAsValues() {
        for (const bool piece : {false, true}) {
            Setting setting{lively(NeuronType::brf), {30, 4, 25, 20, 3}};
            const Nets nets = make(setting, 3);
            const torch::Tensor& values = nets.single_batch.input;
            const torch::Tensor where = values.nonzero();
            const torch::Tensor counts = (values != 0).sum(2).flatten();
            const torch::Tensor offsets = torch::cat({torch::zeros({1}, torch::kInt64), counts.cumsum(0)});
            Batch events{torch::Tensor(), nets.single_batch.labels,
                         FusedInput(offsets, where.select(1, 2).to(torch::kInt32).contiguous(), 30, 4, 25)};
            QVERIFY(torch::equal(events.dense(torch::kFloat32), values));
            Batch dense = nets.single_batch;
            if (piece) {
                events = steps_of(events, {10, 24, {}});
                dense = steps_of(dense, {10, 24, {}});
            }
            const ObjectiveTask task{.used = {0, dense.steps()}, .steps_in_all = dense.steps()};
            const TrainingConfig& training = setting.config.training;
            const Objective first = compute_objective(*nets.single, events, training, task, true);
            const Objective second = compute_objective(*nets.single, dense, training, task, true);
            QVERIFY(second.spikes > 0);
            QCOMPARE(first.loss_sum, second.loss_sum);
            QCOMPARE(first.spikes, second.spikes);
        }
    }

    void silenceAndSpikesAtEveryStepEqualTheStepLoop() {
        for (const NeuronType neuron : neurons) {
            Setting setting{lively(neuron), {25, 3, 2, 11, 3}};
            setting.input_scale = 0;
            compare(setting, "silence", false, true);
            setting.config.neuron.threshold = 0.01;
            setting.config.network.hidden_bias = true;
            setting.excited = true;
            compare(setting, "as many spikes as can be");
        }
    }

    void everyInstructionSetGivesTheSame() {
        QVERIFY(tables().back()->name == std::string("baseline"));
        for (const NeuronType neuron : neurons) {
            RawProblem problem(neuron);
            const std::vector<torch::Tensor> expected = problem.run(1, *tables().back());
            const kernels::SequenceResult reference = problem.found;
            QVERIFY(reference.spikes > 0);
            for (const kernels::KernelTable* table : tables()) {
                const std::vector<torch::Tensor> found = problem.run(1, *table);
                QCOMPARE(problem.found.spikes, reference.spikes);
                QCOMPARE(problem.found.correct, reference.correct);
                QVERIFY(std::abs(problem.found.loss_sum / reference.loss_sum - 1) < 1e-6);
                for (size_t i = 0; i < expected.size(); ++i) {
                    const double error = relative(found[i], expected[i]);
                    QVERIFY2(error < 2e-5, table->name + QByteArray(" ") + QByteArray::number(error));
                }
            }
        }
    }

    void aFixedNumberOfThreadsGivesTheSameBits() {
        for (const int threads : {1, 2, 3, 40}) {
            RawProblem problem(NeuronType::brf);
            const std::vector<torch::Tensor> first = problem.run(threads, kernels::best_kernels());
            const std::vector<torch::Tensor> second = problem.run(threads, kernels::best_kernels());
            for (size_t i = 0; i < first.size(); ++i) QVERIFY(torch::equal(first[i], second[i]));
        }
    }

    void withoutGradientTheResultIsTheSame() {
        RawProblem problem(NeuronType::alif);
        problem.run(2, kernels::best_kernels());
        const kernels::SequenceResult with = problem.found;
        problem.problem.with_gradient = false;
        problem.run(2, kernels::best_kernels());
        QCOMPARE(problem.found.loss_sum, with.loss_sum);
        QCOMPARE(problem.found.spikes, with.spikes);
        QCOMPARE(problem.found.correct, with.correct);
    }

    void exponentialIsWithinItsBound() {
        constexpr int count = 1 << 16;
        std::vector<float> x(count), y(count);
        for (int i = 0; i < count; ++i)
            x[static_cast<size_t>(i)] = -87.0F + 175.0F * static_cast<float>(i) / (count - 1);
        for (const kernels::KernelTable* table : tables()) {
            table->exponential(x.data(), y.data(), count);
            double worst = 0;
            for (size_t i = 0; i < x.size(); ++i) {
                const double exact = std::exp(static_cast<double>(x[i]));
                worst = std::max(worst, std::abs(static_cast<double>(y[i]) / exact - 1));
            }
            QVERIFY2(worst < 2e-7, table->name + QByteArray(" ") + QByteArray::number(worst));
        }
    }

    void exponentialBeyondItsRangeAndOfNothing() {
        const float x[16] = {-1e30F, -88, 89, 1e30F, NAN, 0, -INFINITY, INFINITY, 0, 0, 0, 0, 0, 0, 0, 0};
        float y[16];
        for (const kernels::KernelTable* table : tables()) {
            table->exponential(x, y, 16);
            QVERIFY(y[0] >= 0 && y[0] < 2e-38F && y[1] < 2e-38F && y[6] < 2e-38F);
            QVERIFY(y[2] > 1e38F && std::isfinite(y[2]) && y[3] > 1e38F && y[7] > 1e38F);
            QVERIFY(std::isnan(y[4]));
            QCOMPARE(y[5], 1.0F);
        }
    }

    void surrogatesOfTheKernelsAreThoseOfTheDefinition() {
        constexpr int64_t count = 4096;
        const torch::Tensor x = torch::linspace(-9, 9, count);
        for (const Surrogate surrogate : surrogates) {
            const torch::Tensor expected = surrogate_derivative(x.to(torch::kFloat64), surrogate);
            for (const kernels::KernelTable* table : tables()) {
                torch::Tensor found = torch::empty({count});
                table->spike_derivative(surrogate, x.data_ptr<float>(), found.data_ptr<float>(), count);
                QVERIFY((found.to(torch::kFloat64) - expected).abs().max().item<double>() < 3e-7);
            }
        }
    }

    void theSmoothSpikeIsTheIntegralOfTheSurrogate() {
        for (const Surrogate surrogate : surrogates) {
            const torch::Tensor x = torch::linspace(-4, 4, 161, torch::kFloat64).add_(1e-3).requires_grad_();
            smooth_spike(x, surrogate).sum().backward();
            QVERIFY(torch::allclose(x.grad(), surrogate_derivative(x.detach(), surrogate), 1e-9, 1e-12));
            QVERIFY(smooth_spike(torch::tensor({-60.0}, torch::kFloat64), surrogate).abs().item<double>() < 1e-9);
        }
    }
};

RESONATE_TEST(KernelTest)
#include "kernel_test.moc"
