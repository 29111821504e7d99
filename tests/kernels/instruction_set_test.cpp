// tests/kernels/instruction_set_test.cpp: each instruction set against the others, on any number of threads; their e^x.
#include <torch/torch.h>

#include <QTest>
#include <cmath>

#include "kernels/run_sequence.h"
#include "neurons/surrogate.h"
#include "test_registry.h"

using namespace resonate;

namespace {

const NeuronType neurons[] = {NeuronType::brf, NeuronType::rf, NeuronType::hrf, NeuronType::alif, NeuronType::lif};
const Surrogate surrogates[] = {Surrogate::double_gaussian, Surrogate::multi_gaussian, Surrogate::gaussian,
                                Surrogate::linear, Surrogate::exponential};

double relative(const torch::Tensor& found, const torch::Tensor& expected) {
    if (found.sizes() != expected.sizes()) return 1e9;
    const double scale = std::max(expected.abs().max().item<double>(), 1e-9);
    return (found.to(torch::kFloat64) - expected.to(torch::kFloat64)).abs().max().item<double>() / scale;
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

class InstructionSetTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
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

    void denormalNumbersAreZeroInsideAndAsBeforeOutside() {
        RawProblem problem(NeuronType::lif);
        // A membrane that fades to nothing: after some hundred steps its numbers would be denormal.
        kernels::SequenceProblem& p = problem.problem;
        const torch::Tensor silence = torch::zeros({p.steps, p.batch, p.inputs});
        const torch::Tensor start = torch::full({p.batch, p.layers[0].hidden}, 1e-37F);
        torch::Tensor end = torch::ones({p.batch, p.layers[0].hidden});
        p.input = silence.data_ptr<float>();
        p.layers[0].initial[kernels::state_u] = start.data_ptr<float>();
        p.layers[0].final[kernels::state_u] = end.data_ptr<float>();
        problem.run(1, kernels::best_kernels());
        QVERIFY(torch::equal(end, torch::zeros_like(end)));
        volatile float small = 1e-37F;
        small = small * 1e-3F;
        QVERIFY(small != 0.0F);
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

RESONATE_TEST(InstructionSetTest)
#include "instruction_set_test.moc"
