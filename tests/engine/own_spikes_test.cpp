// tests/engine/own_spikes_test.cpp: spike files of the user's, whole, odd and damaged.
#include <hdf5.h>

#include <QTemporaryDir>
#include <QTest>

#include "complaint.h"
#include "data/random.h"
#include "data/reader_process.h"
#include "data/shd_hdf5.h"
#include "resonate/config_io.h"
#include "resonate/own_data.h"
#include "set_contents.h"
#include "shared_data.h"
#include "shd_file.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

/// `count` samples of a few events each, labels 0 … classes − 1 in turn.
std::vector<tests::Sample> samples(int count, int classes, int units = 700) {
    std::vector<tests::Sample> list;
    Random random(7);
    for (int n = 0; n < count; ++n) {
        tests::Sample sample;
        sample.label = n % classes;
        for (int event = 0; event < 20 + n; ++event) {
            sample.times.push_back(static_cast<float>(random.uniform(0.01, 0.9)));
            sample.units.push_back(static_cast<int>(random.below(static_cast<std::uint64_t>(units))));
        }
        list.push_back(std::move(sample));
    }
    return list;
}

void set_attribute(const fs::path& path, const char* name, double value, bool integer) {
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t space = H5Screate(H5S_SCALAR);
    const hid_t attribute =
        H5Acreate2(file, name, integer ? H5T_STD_I64LE : H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(attribute, H5T_NATIVE_DOUBLE, &value);
    H5Aclose(attribute);
    H5Sclose(space);
    H5Fclose(file);
}

void set_keys(const fs::path& path, const std::vector<std::string>& keys) {
    constexpr size_t width = 8;
    std::string bytes;
    for (const std::string& key : keys) bytes += key + std::string(width - key.size(), '\0');
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t group = H5Gcreate2(file, "/extra", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    const hsize_t count = keys.size();
    const hid_t space = H5Screate_simple(1, &count, nullptr);
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, width);
    const hid_t dataset = H5Dcreate2(group, "keys", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data());
    H5Dclose(dataset);
    H5Tclose(type);
    H5Sclose(space);
    H5Gclose(group);
    H5Fclose(file);
}

struct Folder {
    QTemporaryDir folder;

    fs::path path(const std::string& name) const { return fs::path(folder.path().toStdString()) / name; }
    DatasetConfig config(const std::string& name = "") const {
        DatasetConfig result;
        result.name = "own_spikes";
        result.path = name.empty() ? folder.path().toStdString() : path(name).string();
        return result;
    }
    QString complaint_of(const std::string& name = "") const {
        return complaint([&] { load_dataset(config(name), {}); });
    }
};

/// What the reader says, or that a set came of it; anything else fails the test.
QString outcome(const DatasetConfig& config) {
    try {
        const DatasetSplits data = load_dataset(config, {});
        std::vector<float> input(static_cast<size_t>(data.train->shape().steps * data.train->shape().inputs));
        for (std::int64_t n = 0; n < data.train->shape().count; ++n)
            data.train->write_input(n, input.data(), data.train->shape().inputs);
        return QStringLiteral("read");
    } catch (const DataError& error) {
        return QString::fromStdString(error.what());
    }
}

}  // namespace

class OwnSpikesTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aFolderOfTrainAndTestIsReadAsShdIs() {
        const Folder own;
        write_shd(own.path("words_train.h5"), samples(30, 3));
        write_shd(own.path("words_test.h5"), samples(7, 3));
        const DatasetSplits data = load_dataset(own.config(), {});
        const auto as_shd = read_shd(own.path("words_train.h5"));
        QCOMPARE(data.train->shape().count, 30);
        QCOMPARE(data.test->shape().count, 7);
        QCOMPARE(data.train->shape().classes, 3);
        QVERIFY(!data.validation);
        for (int n = 0; n < 30; ++n) {
            QCOMPARE(input_of(*data.train, n), input_of(*as_shd, n));
            QCOMPARE(labels_of(*data.train, n), labels_of(*as_shd, n));
        }
    }

    void aValidationFileIsTaken() {
        const Folder own;
        write_shd(own.path("train.h5"), samples(30, 3));
        write_shd(own.path("valid.h5"), samples(5, 3));
        write_shd(own.path("test.h5"), samples(7, 3));
        QCOMPARE(load_dataset(own.config(), {}).validation->shape().count, 5);
    }

    void aFifthOfASingleFileTests() {
        const Folder own;
        write_shd(own.path("all.h5"), samples(50, 5));
        const DatasetSplits data = load_dataset(own.config("all.h5"), {});
        QCOMPARE(data.train->shape().count, 40);
        QCOMPARE(data.test->shape().count, 10);
        std::vector<int> of_class(5);
        for (int n = 0; n < 10; ++n) ++of_class[static_cast<size_t>(labels_of(*data.test, n)[0])];
        QCOMPARE(of_class, std::vector<int>(5, 2));
        const DatasetSplits again = load_dataset(own.config("all.h5"), {});
        for (int n = 0; n < 10; ++n) {
            QCOMPARE(input_of(*data.test, n), input_of(*again.test, n));
            QVERIFY(data.test->events(n).has_value());
        }
    }

    void attributesSayUnitsAndSteps() {
        const Folder own;
        write_shd(own.path("few.h5"), {{{0.0F, 0.25F, 0.5F}, {0, 3, 63}, 0}, {{0.75F}, {1}, 1}});
        set_attribute(own.path("few.h5"), "units", 64, true);
        set_attribute(own.path("few.h5"), "steps", 10, true);
        set_attribute(own.path("few.h5"), "bin_seconds", 0.125, false);
        const SpikeFile file = read_spike_file(own.path("few.h5"), SpikePart::all);
        QCOMPARE(file.grid.channels, 64);
        QCOMPARE(file.grid.steps, 10);
        // Unit k is channel k, unit 0 included: 0 s in step 0, 0.25 s in step 2, 0.5 s in step 4.
        QCOMPARE(file.channels, (std::vector<std::uint16_t>{0, 3, 63, 1}));
        QCOMPARE(file.offsets,
                 (std::vector<std::uint32_t>{0, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4}));
        const DatasetInfo info = describe_dataset(own.config("few.h5"));
        QCOMPARE(info.inputs, 64);
        QCOMPARE(info.steps, 10);
        QCOMPARE(info.channel_names[63], std::string("unit 63"));
    }

    void keysNameTheClasses() {
        const Folder own;
        write_shd(own.path("a_train.h5"), samples(20, 2));
        set_keys(own.path("a_train.h5"), {"yes", "no", "perhaps"});
        const DatasetInfo info = describe_dataset(own.config());
        QCOMPARE(info.class_names, (std::vector<std::string>{"yes", "no", "perhaps"}));
        QCOMPARE(info.classes, 3);
        QCOMPARE(load_dataset(own.config(), {}).train->shape().classes, 3);
    }

    void descriptionsFollowTheFile() {
        const Folder own;
        write_shd(own.path("a.h5"), samples(20, 2));
        QCOMPARE(describe_dataset(own.config("a.h5")).classes, 2);
        QCOMPARE(describe_dataset(own.config("a.h5")).title, std::string("a"));
        write_shd(own.path("a.h5"), samples(40, 4));
        QCOMPARE(describe_dataset(own.config("a.h5")).classes, 4);
    }

    void whatIsWrongIsNamed() {
        const Folder own;
        VERIFY_SAYS(own.complaint_of("absent.h5"), "absent.h5: is not a file that can be opened");
        VERIFY_SAYS(own.complaint_of(), "expected train.h5 or a file NAME_train.h5");
        write(own.path("text.h5"), "no spikes here");
        VERIFY_SAYS(own.complaint_of("text.h5"), "text.h5: expected an HDF5 file, found something else");
        write(own.path("empty.h5"), "");
        VERIFY_SAYS(own.complaint_of("empty.h5"), "expected an HDF5 file, found an empty file");
        write_shd(own.path("units.h5"), samples(3, 2, 900));
        VERIFY_SAYS(own.complaint_of("units.h5"), "expected units 0 to 699, found ");
        VERIFY_SAYS(own.complaint_of("units.h5"), "attribute 'units'");
        write_shd(own.path("labels.h5"), {{{0.1F}, {1}, 300}});
        VERIFY_SAYS(own.complaint_of("labels.h5"), "/labels: expected 0 to 255, found 300 for sample 0");
        write_shd(own.path("one.h5"), samples(1, 1));
        VERIFY_SAYS(own.complaint_of("one.h5"), "expected two samples or more");
        ShdLayout layout;
        layout.units_path = "/spikes/neurons";
        write_shd(own.path("layout.h5"), samples(3, 2), layout);
        VERIFY_SAYS(own.complaint_of("layout.h5"), "/spikes/units is missing");
        write_shd(own.path("steps.h5"), samples(3, 2));
        set_attribute(own.path("steps.h5"), "steps", 0, true);
        VERIFY_SAYS(own.complaint_of("steps.h5"), "attribute 'steps': expected 1 to 100000, a whole number, found 0");
    }

    void bothFilesMustBeBinnedAlike() {
        const Folder own;
        write_shd(own.path("train.h5"), samples(5, 2));
        write_shd(own.path("test.h5"), samples(5, 2));
        set_attribute(own.path("test.h5"), "steps", 100, true);
        VERIFY_SAYS(own.complaint_of(), "test.h5: expected 700 units as published, 250 steps");
        write_shd(own.path("other_train.h5"), samples(5, 2));
        VERIFY_SAYS(own.complaint_of(), "expected one file to train, found other_train.h5 and train.h5");
    }

    void aReaderThatDiesIsADamagedFile() {
        VERIFY_SAYS(complaint([] {
                        ReaderProcess reader("no such task", "some.h5");
                        reader.value<int>();
                    }),
                    "some.h5: is cut off or damaged");
    }

    void aReaderThatIsLeftAloneIsEnded() {
        const Folder own;
        write_shd(own.path("big.h5"), samples(900, 2));
        for (int i = 0; i < 20; ++i) {
            ReaderProcess reader("spikes", own.path("big.h5"));
            reader.value<std::int64_t>();
        }
        QCOMPARE(outcome(own.config("big.h5")), QStringLiteral("read"));
    }

    void noDamageCrashesTheProgram() {
        const Folder own;
        write_shd(own.path("good.h5"), samples(30, 3));
        const std::string good = bytes_of(own.path("good.h5"));
        Random random(11);
        int read = 0, said = 0;
        for (int trial = 0; trial < 150; ++trial) {
            std::string bad = good;
            if (trial % 5 == 0) {
                bad.resize(random.below(good.size()));
            } else {
                for (std::uint64_t flips = 1 + random.below(12); flips > 0; --flips) {
                    const std::uint64_t at = random.below(bad.size());
                    bad[at] = static_cast<char>(trial % 2 ? random.below(256) : bad[at] ^ (1 << random.below(8)));
                }
            }
            write(own.path("bad.h5"), bad);
            const QString what = outcome(own.config("bad.h5"));
            (what == QStringLiteral("read") ? read : said) += 1;
            if (what != QStringLiteral("read")) VERIFY_SAYS(what, "bad.h5");
        }
        qInfo("150 damaged files: %d were read all the same, %d refused", read, said);
        QVERIFY(said > 30);
        // The places where lists begin are what HDF5 trusts most.
        for (size_t at = good.find("GCOL"); at != std::string::npos; at = good.find("GCOL", at + 1))
            for (size_t byte = 8; byte < 64; byte += 7) {
                std::string bad = good;
                bad[at + byte] = static_cast<char>(0xff);
                write(own.path("bad.h5"), bad);
                outcome(own.config("bad.h5"));
            }
        QCOMPARE(outcome(own.config("good.h5")), QStringLiteral("read"));
    }

    void anExperimentSaysWhereItsSpikesAreMissing() {
        ExperimentConfig config = load_preset("shd_brf");
        config.dataset.name = "own_spikes";
        const auto problem_at_path = [&] {
            for (const ConfigProblem& problem : validate(config))
                if (problem.path == "dataset.path") return QString::fromStdString(problem.message);
            return QString();
        };
        VERIFY_SAYS(problem_at_path(),
                    "expected a spike file (.h5), or a folder with train.h5 and test.h5, found nothing");
        config.dataset.path = "/nowhere/a.h5";
        VERIFY_SAYS(problem_at_path(), "/nowhere/a.h5: is not a file");
        // It can be read and kept all the same.
        QVERIFY(parse_experiment(to_yaml(config), "mine.yaml") == config);
        const Folder own;
        write_shd(own.path("a.h5"), samples(20, 2));
        config.dataset.path = own.path("a.h5").string();
        QVERIFY(validate(config).empty());
        config.training.sub_seq_length = 250;
        QCOMPARE(validate(config).front().path, std::string("training.sub_seq_length"));
    }

    void realSpokenDigitsAreReadAsOwnSpikes() {
        const fs::path folder = shared_dir() / "data" / "spoken-digits";
        REQUIRE_SHARED(folder / "spoken_digits_test.h5");
        DatasetConfig config;
        config.name = "own_spikes";
        config.path = folder.string();
        const OwnDataReport report = check_own_data(config, {});
        QVERIFY2(report.problems.empty(), report.problems.empty() ? "" : report.problems[0].c_str());
        QCOMPARE(report.info.class_names[7], std::string("seven"));
        QCOMPARE(report.parts[0].count, 1800);
        QCOMPARE(report.parts[1].label_counts, std::vector<std::int64_t>(10, 30));
    }
};

RESONATE_TEST(OwnSpikesTest)
#include "own_spikes_test.moc"
