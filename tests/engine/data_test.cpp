// tests/engine/data_test.cpp: the ECG reader, the generated ECG, files of data sets.
#include <QTemporaryDir>
#include <QTest>

#include "complaint.h"
#include "data/ecg_qtdb.h"
#include "data/random.h"
#include "data/sequence_set.h"
#include "data/synthetic_ecg.h"
#include "linear_classifier.h"
#include "resonate/datasets.h"
#include "resonate/error.h"
#include "set_contents.h"
#include "shared_data.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

fs::path real_folder() { return shared_dir() / "data" / "ecg"; }

struct Character {
    std::vector<double> event_rates;
    std::vector<double> class_shares;
    double forward_transitions = 0;  ///< share of segment changes to the next segment of the beat
};

Character character_of(const SequenceSet& set) {
    const auto& shape = set.shape();
    Character found{std::vector<double>(shape.inputs), std::vector<double>(shape.classes), 0};
    double changes = 0;
    for (std::int64_t n = 0; n < shape.count; ++n) {
        const auto input = input_of(set, n);
        const auto labels = labels_of(set, n);
        for (std::int64_t t = 0; t < shape.steps; ++t) {
            for (std::int64_t i = 0; i < shape.inputs; ++i) found.event_rates[i] += input[t * shape.inputs + i] != 0;
            found.class_shares[labels[t]] += 1;
            if (t == 0 || labels[t] == labels[t - 1]) continue;
            ++changes;
            found.forward_transitions += labels[t] == (labels[t - 1] + 1) % shape.classes;
        }
    }
    for (double& rate : found.event_rates) rate /= static_cast<double>(shape.count * shape.steps);
    for (double& share : found.class_shares) share /= static_cast<double>(shape.count * shape.steps);
    found.forward_transitions /= changes;
    return found;
}

}  // namespace

class EcgReaderTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void publishedFilesHaveTheirSequences() {
        REQUIRE_SHARED(real_folder());
        const auto train = read_ecg_qtdb(real_folder() / "QTDB_train.mat");
        const auto test = read_ecg_qtdb(real_folder() / "QTDB_test.mat");
        QCOMPARE(train->shape().count, 618);
        QCOMPARE(test->shape().count, 141);
        QCOMPARE(test->shape().steps, 1300);
        QCOMPARE(test->shape().inputs, 4);
        QCOMPARE(test->shape().classes, 6);
        QVERIFY(test->shape().label_per_step);
    }

    void columnMajorNumbersLandInTheirPlace() {
        REQUIRE_SHARED(real_folder());
        const auto train = read_ecg_qtdb(real_folder() / "QTDB_train.mat");
        const auto input = input_of(*train, 0);
        // First sequence, as SciPy reads it: both leads fall at step 1, lead 1 rises alone at step 158.
        const std::vector<float> falling(input.begin() + 4, input.begin() + 8);
        const std::vector<float> rising(input.begin() + 158 * 4, input.begin() + 159 * 4);
        QCOMPARE(falling, (std::vector<float>{0, 1, 0, 1}));
        QCOMPARE(rising, (std::vector<float>{1, 0, 0, 0}));
        QCOMPARE(labels_of(*train, 0)[214], 2);
    }

    void segmentsFollowEachOtherAsInAHeartBeat() {
        REQUIRE_SHARED(real_folder());
        QVERIFY(character_of(*read_ecg_qtdb(real_folder() / "QTDB_test.mat")).forward_transitions > 0.95);
    }

    void missingFileSaysHowToGetIt() {
        QTemporaryDir folder;
        DatasetConfig config;
        config.name = "ecg";
        const QString said = complaint([&] { load_dataset(config, folder.path().toStdString()); });
        QVERIFY2(said.contains("QTDB_train.mat is missing"), qPrintable(said));
        QVERIFY2(said.contains("datasets import ecg"), qPrintable(said));
    }

    void somethingElseIsNotAMatlabFile_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello");
        QTest::newRow("long text") << QByteArray(4096, 'x');
    }
    void somethingElseIsNotAMatlabFile() {
        QFETCH(QByteArray, content);
        QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "QTDB_test.mat";
        write(file, content.toStdString());
        const QString said = complaint([&] { read_ecg_qtdb(file); });
        QVERIFY2(said.contains("QTDB_test.mat: expected a MATLAB 5.0 file"), qPrintable(said));
    }

    void damagedFilesGiveASentenceAndNeverCrash() {
        REQUIRE_SHARED(real_folder());
        const std::string whole = bytes_of(real_folder() / "QTDB_test.mat");
        QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "QTDB_test.mat";
        Random random(7);
        int refused = 0;
        constexpr int tries = 60;
        for (int i = 0; i < tries; ++i) {
            std::string broken = whole;
            if (i % 2 == 0) {
                broken.resize(random.below(whole.size()));
            } else {
                for (int flip = 0; flip < 8; ++flip)
                    broken[128 + random.below(whole.size() - 128)] ^= static_cast<char>(1 + random.below(255));
            }
            write(file, broken);
            refused += complaint([&] { read_ecg_qtdb(file); }).contains("QTDB_test.mat");
        }
        // A flipped byte may still be a readable file; a cut one never is.
        QVERIFY2(refused >= tries / 2, qPrintable(QString::number(refused)));
    }
};

class DatasetFilesTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void importedFilesVerify() {
        REQUIRE_SHARED(real_folder());
        QTemporaryDir folder;
        const fs::path data = folder.path().toStdString();
        QCOMPARE(dataset_status("ecg", data).status, DatasetStatus::missing);
        import_dataset("ecg", real_folder(), data);
        QCOMPARE(verify_dataset("ecg", data).status, DatasetStatus::ready);
        // From where they already are: nothing to do, nothing lost.
        import_dataset("ecg", data / "ecg", data);
        QCOMPARE(verify_dataset("ecg", data).status, DatasetStatus::ready);
    }

    void aChangedFileIsNamedWithBothHashes() {
        REQUIRE_SHARED(real_folder());
        QTemporaryDir folder;
        const fs::path data = folder.path().toStdString();
        import_dataset("ecg", real_folder(), data);
        std::string bytes = bytes_of(data / "ecg" / "QTDB_test.mat");
        bytes[5000] ^= 1;
        write(data / "ecg" / "QTDB_test.mat", bytes);
        const DatasetReport report = verify_dataset("ecg", data);
        QCOMPARE(report.status, DatasetStatus::corrupt);
        QVERIFY(report.message.find("QTDB_test.mat: expected SHA-256 916f11e2") != std::string::npos);
        // Nor is it read to train.
        DatasetConfig config;
        config.name = "ecg";
        VERIFY_SAYS(complaint([&] { load_dataset(config, data); }), "QTDB_test.mat: expected SHA-256 916f11e2");
    }

    void aBadImportLeavesTheGoodCopy() {
        REQUIRE_SHARED(real_folder());
        QTemporaryDir folder;
        const fs::path data = folder.path().toStdString();
        import_dataset("ecg", real_folder(), data);
        const fs::path other = data / "other";
        write(other / "QTDB_train.mat", "short");
        write(other / "QTDB_test.mat", "short");
        const QString said = complaint([&] { import_dataset("ecg", other, data); });
        QVERIFY2(said.contains("expected 537262 bytes, found 5"), qPrintable(said));
        QCOMPARE(verify_dataset("ecg", data).status, DatasetStatus::ready);
    }

    void unknownSetIsNamedWithTheKnownOnes() {
        const QString said = complaint([] { dataset_info("egc"); });
        QVERIFY2(said.contains("'egc'") && said.contains("synthetic_ecg"), qPrintable(said));
    }
};

class SyntheticEcgTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theSameSeedGivesTheSameSequences() {
        const auto a = generate_synthetic_ecg(3, 5, "train");
        const auto b = generate_synthetic_ecg(4, 5, "train");
        for (int n = 0; n < 3; ++n) {
            QCOMPARE(input_of(*a, n), input_of(*b, n));
            QCOMPARE(labels_of(*a, n), labels_of(*b, n));
        }
        QVERIFY(input_of(*a, 0) != input_of(*generate_synthetic_ecg(3, 6, "train"), 0));
        QVERIFY(input_of(*a, 0) != input_of(*generate_synthetic_ecg(3, 5, "test"), 0));
        QVERIFY(input_of(*a, 0) != input_of(*a, 1));
    }

    void itsCharacterIsThatOfTheRealRecordings() {
        const Character found = character_of(*generate_synthetic_ecg(100, 1, "train"));
        for (size_t i = 0; i < found.event_rates.size(); ++i)
            qInfo("channel %zu: %.3f events per step (real 0.07 to 0.09)", i, found.event_rates[i]);
        for (size_t c = 0; c < found.class_shares.size(); ++c)
            qInfo("segment %s: share %.3f", dataset_info("synthetic_ecg").class_names[c].c_str(),
                  found.class_shares[c]);
        for (const double rate : found.event_rates) QVERIFY(rate > 0.04 && rate < 0.13);
        for (const double share : found.class_shares) QVERIFY(share > 0.02 && share < 0.5);
        QVERIFY(found.forward_transitions > 0.95);
    }

    void aLinearReadOutOfSummedInputDoesNotSolveIt() {
        const auto train = generate_synthetic_ecg(40, 1, "train");
        const auto test = generate_synthetic_ecg(20, 1, "test");
        const double accuracy = linear_accuracy_on_sums(*train, *test);
        qInfo("least squares on present and summed input: %.1f %% of the steps", 100 * accuracy);
        QVERIFY(accuracy < 0.6);
    }
};

RESONATE_TEST(EcgReaderTest)
RESONATE_TEST(DatasetFilesTest)
RESONATE_TEST(SyntheticEcgTest)
#include "data_test.moc"
