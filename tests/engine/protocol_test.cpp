// tests/engine/protocol_test.cpp: the training protocol batch by batch: truncation, energy, frozen and clamped
// parameters.
#include <torch/torch.h>

#include <QTest>
#include <cmath>

#include "complaint.h"
#include "resonate/config_io.h"
#include "test_registry.h"
#include "training/divergence.h"
#include "training/objective.h"
#include "training/trainer.h"
#include "training/truncation.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

ExperimentConfig small_config(NeuronType type = NeuronType::brf) {
    ExperimentConfig config;
    config.neuron.type = type;
    config.dataset.synthetic_train = 8;
    config.dataset.synthetic_test = 2;
    config.network.hidden_size = 7;
    config.training.batch_size = 4;
    config.training.learning_rate = 0.01;
    return config;
}

Trainer trainer_of(const ExperimentConfig& config, ComputePath path = ComputePath::automatic) {
    return {config, load_dataset(config.dataset, {}), path};
}

Batch first_batch(const ExperimentConfig& config, torch::Dtype dtype = torch::kFloat32, int64_t steps = 0) {
    const DatasetSplits data = load_dataset(config.dataset, {});
    Batch batch = make_batch(*data.train, std::vector<int64_t>{0, 1, 2, 3}, {.dtype = dtype});
    if (steps == 0) return batch;
    return {batch.input.narrow(0, 0, steps), batch.labels.narrow(0, 0, steps)};
}

std::map<std::string, torch::Tensor> weights_of(Network& network) {
    std::map<std::string, torch::Tensor> copies;
    for (const auto& parameter : network.named_parameters())
        copies[parameter.key()] = parameter.value().detach().clone();
    return copies;
}

int64_t optimiser_steps(torch::optim::Adam& optimiser) {
    return static_cast<const torch::optim::AdamParamState&>(*optimiser.state().begin()->second).step();
}

}  // namespace

class ProtocolTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void truncatedPiecesEndAtStepsZeroFiftyAHundred() {
        TrainingConfig config;
        config.tbptt_window = 50;
        const std::vector<SequencePiece> pieces = sequence_pieces(config, 784);
        QCOMPARE(pieces.size(), size_t{17});
        for (size_t i = 0; i < pieces.size(); ++i) {
            // The piece ends with step 50 i, or with the last step.
            QCOMPARE(pieces[i].end, i == 16 ? int64_t{784} : static_cast<int64_t>(50 * i + 1));
            QCOMPARE(pieces[i].begin, i == 0 ? int64_t{0} : pieces[i - 1].end);
            QCOMPARE(pieces[i].used.first, int64_t{0});
            QCOMPARE(pieces[i].used.count, pieces[i].end - pieces[i].begin);
        }
        config.label_last = true;
        for (const SequencePiece& piece : sequence_pieces(config, 784)) {
            QCOMPARE(piece.used.count, int64_t{1});
            QCOMPARE(piece.begin + piece.used.first, piece.end - 1);
        }
        config.label_last = false;
        config.sub_seq_length = 70;
        const std::vector<SequencePiece> later = sequence_pieces(config, 784);
        QCOMPARE(later[1].used.count, int64_t{0});
        QCOMPARE(later[2].used.first, int64_t{70 - 51});
        QCOMPARE(later[2].used.count, int64_t{101 - 70});
        config.tbptt_window = 0;
        QCOMPARE(sequence_pieces(config, 784).size(), size_t{1});
    }

    void truncationStepsTheOptimiserOncePerPieceAndReportsTheWholeSequence_data() {
        QTest::addColumn<int>("path");
        QTest::newRow("loop") << static_cast<int>(ComputePath::loop);
        QTest::newRow("fused") << static_cast<int>(ComputePath::fused);
    }

    void truncationStepsTheOptimiserOncePerPieceAndReportsTheWholeSequence() {
        QFETCH(int, path);
        ExperimentConfig config = small_config(NeuronType::alif);
        config.training.tbptt_window = 100;
        Trainer trainer = trainer_of(config, static_cast<ComputePath>(path));
        const Batch batch = first_batch(config, torch::kFloat32, 350);
        const BatchResult result = trainer.train_batch(batch, 1e-12);
        QVERIFY(result.divergence.empty());
        QCOMPARE(optimiser_steps(trainer.optimiser()), int64_t{5});
        // With weights that hardly move the loss is that of one pass over the sequence.
        const torch::NoGradGuard no_grad;
        const Objective whole = compute_objective(trainer.network(), batch, config.training,
                                                  {.used = {0, 350}, .steps_in_all = 350}, false);
        QVERIFY(std::abs(result.sums.loss / 4 / (whole.loss_sum / 350) - 1) < 1e-4);
        QCOMPARE(result.sums.decisions, whole.decisions);
        QVERIFY(whole.spikes > 0);
        QVERIFY(std::abs(result.sums.spikes / whole.spikes - 1) < 0.01);
    }

    void theEnergyTermIsTheMeanLossPlusLambdaTimesSpikesPerSequence() {
        ExperimentConfig config = small_config(NeuronType::alif);
        config.training.energy_lambda = 0.003;
        Trainer trainer = trainer_of(config);
        const Batch batch = first_batch(config, torch::kFloat32, 200);
        for (const bool fused : {false, true}) {
            const Objective found = compute_objective(trainer.network(), batch, config.training,
                                                      {.used = {0, 200}, .steps_in_all = 200}, fused);
            QVERIFY(found.spikes > 0);
            const double expected = found.loss_sum / 200 + 0.003 * found.spikes / 4;
            QVERIFY(std::abs(found.value.item<double>() / expected - 1) < 1e-5);
        }
    }

    void aFrozenParameterKeepsItsValueAndTheOthersMove() {
        ExperimentConfig config = small_config(NeuronType::alif);
        config.training.frozen = "hidden.tau_adp out.linear.weight";
        for (const ComputePath path : {ComputePath::loop, ComputePath::fused}) {
            Trainer trainer = trainer_of(config, path);
            const auto before = weights_of(trainer.network());
            trainer.train_batch(first_batch(config, torch::kFloat32, 150), 0.01);
            for (const auto& [name, value] : weights_of(trainer.network()))
                QCOMPARE(torch::equal(value, before.at(name)), name == "hidden.tau_adp" || name == "out.linear.weight");
        }
    }

    void whatCannotBeFrozenIsNamed() {
        ExperimentConfig config = small_config();
        config.training.frozen = "hidden.omega hidden.tau_mem";
        const std::vector<ConfigProblem> problems = validate(config);
        QCOMPARE(problems.size(), size_t{1});
        QCOMPARE(problems[0].path, std::string("training.frozen"));
        VERIFY_SAYS(QString::fromStdString(problems[0].message), "found 'hidden.tau_mem'");
        config.training.frozen = "hidden.omega hidden.b_offset hidden.linear.weight out.tau_mem out.linear.weight";
        VERIFY_SAYS(QString::fromStdString(validate(config).at(0).message), "leaves no parameter to train");
    }

    void aCrossedBoundaryEndsTheBatchAndAClampPreventsIt() {
        ExperimentConfig config = small_config();
        config.neuron.omega = {99.9, 99.99};
        for (const bool clamp : {false, true}) {
            config.neuron.clamp_omega = clamp;
            Trainer trainer = trainer_of(config);
            // The first step of Adam moves every parameter by the learning rate, some frequencies up.
            const BatchResult result = trainer.train_batch(first_batch(config, torch::kFloat32, 100), 1.0);
            const double largest =
                trainer.network().hidden().neuron_parameters().at("omega").abs().max().item<double>();
            if (clamp) {
                QVERIFY(result.divergence.empty());
                QVERIFY(largest <= 99.9001);
            } else {
                QVERIFY(largest >= 100);
                VERIFY_SAYS(QString::fromStdString(result.divergence), "neuron");
                VERIFY_SAYS(QString::fromStdString(result.divergence), "ω = 100");
            }
        }
    }

    void doublePrecisionRunsOnTheLoopAndLosesNothing() {
        ExperimentConfig config = small_config();
        config.training.precision = Precision::float64;
        Trainer trainer = trainer_of(config);
        QVERIFY(!trainer.fused());
        QCOMPARE(trainer.network().dtype(), torch::kFloat64);
        QVERIFY(trainer.train_batch(first_batch(config, torch::kFloat64, 60), 0.01).divergence.empty());
        VERIFY_SAYS(complaint([&] { trainer_of(config, ComputePath::fused); }), "needs the loop");
    }

    void everyNeuronTrainsWithTwoLayersAndAMask() {
        for (const NeuronType type : {NeuronType::brf, NeuronType::rf, NeuronType::hrf, NeuronType::alif,
                                      NeuronType::lif, NeuronType::izhikevich}) {
            ExperimentConfig config = small_config(type);
            config.network.hidden_size = 20;
            config.network.second_hidden_size = 15;
            config.network.mask_probability = 0.5;
            // Strong enough that a short sequence makes both layers fire.
            config.neuron.dt = 0.05;
            config.neuron.threshold = 0.1;
            QVERIFY(validate(config).empty());
            Trainer trainer = trainer_of(config);
            QCOMPARE(trainer.fused(), type != NeuronType::izhikevich);
            const Batch batch = first_batch(config, torch::kFloat32, 120);
            const double before = trainer.train_batch(batch, 0.01).sums.loss;
            double after = before;
            for (int i = 0; i < 40; ++i) after = trainer.train_batch(batch, 0.01).sums.loss;
            QVERIFY2(after < before, to_string(type).c_str());
        }
    }

    void linearDecayIsRefusedWhereItIsNotDefined() {
        ExperimentConfig config = small_config(NeuronType::hrf);
        config.network.decay = Decay::linear;
        const std::vector<ConfigProblem> problems = validate(config);
        QCOMPARE(problems.size(), size_t{1});
        VERIFY_SAYS(QString::fromStdString(problems[0].message), "not defined for HRF");
    }

    void theProbeShowsTheSameByKernelsAndByLoop() {
        for (const NeuronType type : {NeuronType::brf, NeuronType::alif}) {
            const ExperimentConfig config = small_config(type);
            Network network(config, 4, 6, 3);
            const torch::Tensor input = first_batch(config, torch::kFloat32, 80).input;
            const NetworkTrace fused = network.trace(input, true);
            const NetworkTrace loop = network.trace(input, false);
            QVERIFY(torch::allclose(fused.outputs, loop.outputs, 1e-4, 1e-6));
            QVERIFY(torch::allclose(fused.hidden[0].u, loop.hidden[0].u, 1e-4, 1e-6));
            QVERIFY(torch::equal(fused.hidden[0].z, loop.hidden[0].z));
        }
    }
};

RESONATE_TEST(ProtocolTest)
#include "protocol_test.moc"
