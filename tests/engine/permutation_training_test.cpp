// tests/engine/permutation_training_test.cpp: a run keeps the order of its data set's steps, and can be given one.
#include <QTemporaryDir>
#include <QTest>

#include "complaint.h"
#include "resonate/config_io.h"
#include "resonate/experiment.h"
#include "resonate/run_store.h"
#include "runs/permutation.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

class PermutationTrainingTest : public QObject {
    Q_OBJECT

 private:
    QTemporaryDir m_folder;

    static ExperimentConfig permuted_config(int permutation_seed) {
        ExperimentConfig config;
        config.dataset.name = "synthetic_digits_permuted";
        config.dataset.synthetic_train = 20;
        config.dataset.synthetic_test = 12;
        config.dataset.permutation_seed = permutation_seed;
        config.neuron.omega = {15, 85};
        config.neuron.threshold = 0.01;  // untrained neurons spike, so that the order of the pixels matters
        config.network.hidden_size = 8;
        config.training.batch_size = 6;
        config.training.epochs = 1;
        return config;
    }

    RunOptions options() const {
        RunOptions options;
        options.threads = 1;
        options.runs_dir = m_folder.path().toStdString();
        return options;
    }

    RunOutcome train(const ExperimentConfig& config) const {
        TrainingObserver nobody;
        TrainingControl control;
        return run_training(config, options(), nobody, control);
    }

 private Q_SLOTS:
    void theRunKeepsTheOrder() {
        const RunOutcome outcome = train(permuted_config(5));
        QCOMPARE(outcome.status, RunStatus::finished);
        const std::vector<std::int64_t> kept = read_permutation(outcome.folder / "permutation.pt");
        QCOMPARE(kept.size(), size_t(784));
        QCOMPARE(permutation_of_checkpoint(outcome.folder / "best.pt"), kept);
        QCOMPARE(permutation_of_checkpoint(outcome.folder / "last.pt"), kept);

        // The model's own order counts, whatever the seed of the experiment it is evaluated with.
        const auto loss_with = [&](int seed, std::optional<fs::path> given = {}) {
            RunOptions with = options();
            with.permutation = std::move(given);
            return evaluate_checkpoint(outcome.folder / "last.pt", permuted_config(seed), Split::test, with).metrics.loss;
        };
        QCOMPARE(loss_with(5), loss_with(6));
        QCOMPARE(loss_with(5), outcome.last->test.loss);
        const fs::path other = train(permuted_config(6)).folder / "permutation.pt";
        QVERIFY(read_permutation(other) != kept);
        QVERIFY(loss_with(5, other) != loss_with(5));
    }

    void aPublishedOrderCanBeTrainedWith() {
        const RunOutcome first = train(permuted_config(5));
        ExperimentConfig config = permuted_config(6);
        config.dataset.permutation_file = (first.folder / "permutation.pt").string();
        const RunOutcome second = train(config);
        QCOMPARE(read_permutation(second.folder / "permutation.pt"), read_permutation(first.folder / "permutation.pt"));
        QCOMPARE(second.last->test.loss, first.last->test.loss);
        // A checkpoint brings its order as well, and the run no longer needs the file.
        config.dataset.permutation_file = (first.folder / "last.pt").string();
        QCOMPARE(train(config).last->test.loss, first.last->test.loss);
        fs::remove_all(first.folder);
        QCOMPARE(evaluate_checkpoint(second.folder / "last.pt", load_preset((second.folder / "experiment.yaml").string()),
                                     Split::test, options())
                     .metrics.loss,
                 second.last->test.loss);
    }

    void anOrderThatIsNoneIsRefused() {
        ExperimentConfig config = permuted_config(5);
        config.dataset.permutation_file = "/nowhere/order.pt";
        VERIFY_SAYS(complaint([&] { train(config); }), "/nowhere/order.pt");
    }
};

RESONATE_TEST(PermutationTrainingTest)
#include "permutation_training_test.moc"
