// tests/golden/published_network_test.cpp: trained networks as published score here what the published code gives.
#include <QTest>

#include "complaint.h"
#include "resonate/config_io.h"
#include "resonate/experiment.h"
#include "shared_data.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

fs::path published(const char* name) { return shared_dir() / "reference" / "checkpoints" / name; }

EvaluationResult evaluate(const char* checkpoint, const char* preset, const char* permutation = nullptr,
                          std::int64_t limit = 0) {
    RunOptions options;
    options.data_dir = shared_dir() / "data";
    options.threads = 2;
    if (permutation) options.permutation = published(permutation);
    return evaluate_checkpoint(published(checkpoint), load_preset(preset), Split::test, options, limit);
}

}  // namespace

class PublishedNetworkTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void publishedNetworksScoreWhatTheyShould_data() {
        QTest::addColumn<QString>("preset");
        QTest::addColumn<QString>("permutation");
        QTest::addColumn<double>("accuracy");
        QTest::addColumn<double>("loss");
        QTest::addColumn<double>("sop");
        const auto row = [](const char* file, const char* preset, double accuracy, double loss, double sop,
                            const char* permutation = "") {
            QTest::newRow(file) << QString(preset) << QString(permutation) << accuracy << loss << sop;
        };
        row("paper_ecg_brf.pt", "ecg_brf", 86.2106, 0.393351, 6913.55);
        row("paper_ecg_alif.pt", "ecg_alif", 70.7598, 0.790506, 4612.73);
        row("reproduction_ecg_rf.pt", "ecg_rf", 86.5325, 0.381586, 9929.83);
        row("reproduction_ecg_rf_init.pt", "ecg_rf", 23.5543, 1.791759, 0.00);
        row("paper_smnist_brf.pt", "smnist_brf", 99.14, 0.03309, 16100.1);
        row("paper_psmnist_brf.pt", "psmnist_brf", 95.20, 0.37172, 28070.0, "paper_psmnist_brf_permutation.pt");
    }

    void publishedNetworksScoreWhatTheyShould() {
        QFETCH(QString, preset);
        QFETCH(QString, permutation);
        QFETCH(double, accuracy);
        QFETCH(double, loss);
        QFETCH(double, sop);
        const char* file = QTest::currentDataTag();
        REQUIRE_SHARED(published(file));
        REQUIRE_SHARED(shared_dir() / "data" / (preset.startsWith("ecg") ? "ecg" : "mnist"));
        const QByteArray order = permutation.toUtf8();
        const EvaluationResult found =
            evaluate(file, preset.toUtf8().constData(), order.isEmpty() ? nullptr : order.constData());
        qInfo("accuracy %.4f %%, loss %.6f, SOP %.2f, %.1f s", found.metrics.accuracy, found.metrics.loss,
              found.metrics.sop, found.seconds);
        // Tolerances as published with the numbers: 0.03 points, 0.1 %, 0.5 %.
        QVERIFY(std::abs(found.metrics.accuracy - accuracy) <= 0.03);
        QVERIFY(std::abs(found.metrics.loss - loss) <= 1e-3 * loss);
        QVERIFY(std::abs(found.metrics.sop - sop) <= 0.005 * sop);
    }

    void anotherPermutationMakesAPermutedNetworkUseless() {
        REQUIRE_SHARED(published("paper_psmnist_brf.pt"));
        REQUIRE_SHARED(shared_dir() / "data" / "mnist");
        QVERIFY(evaluate("paper_psmnist_brf.pt", "psmnist_brf", nullptr, 256).metrics.accuracy < 60);
    }

    void aNetworkOfAnotherFamilyIsRefused() {
        REQUIRE_SHARED(published("paper_ecg_alif.pt"));
        VERIFY_SAYS(complaint([] { evaluate("paper_ecg_alif.pt", "ecg_brf"); }), "the preset says BRF");
        VERIFY_SAYS(complaint([] { evaluate("paper_ecg_brf.pt", "ecg_alif"); }), "the preset says ALIF");
        VERIFY_SAYS(complaint([] { evaluate("paper_smnist_brf.pt", "ecg_brf"); }), "paper_smnist_brf.pt");
    }
};

RESONATE_TEST(PublishedNetworkTest)
#include "published_network_test.moc"
