// tests/engine/own_arrays_test.cpp: sets of the user's arrays, from their definition to what a network sees.
#include <matio.h>

#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>

#include "data/array_sequence_set.h"
#include "own_arrays_fixture.h"
#include "resonate/config_io.h"
#include "test_registry.h"
#include "zip_bytes.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

class OwnArraysTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void sequencesAreWhatTheFileHolds() {
        const OwnFolder own;
        write_small_set(own);
        const DatasetSplits data = load_dataset(own.define(small_set), {});
        QCOMPARE(data.train->shape().count, 6);
        QCOMPARE(data.train->shape().steps, 4);
        QCOMPARE(data.train->shape().inputs, 2);
        QCOMPARE(data.train->shape().classes, 3);
        QVERIFY(!data.train->shape().label_per_step);
        QCOMPARE(input_of(*data.train, 5), (std::vector<float>{500, 501, 510, 511, 520, 521, 530, 531}));
        QCOMPARE(labels_of(*data.train, 5), (std::vector<std::int64_t>{2}));
    }

    void everyOrderOfAxesGivesTheSameSequences_data() {
        QTest::addColumn<QString>("axes");
        QTest::addColumn<bool>("fortran");
        for (const char* axes : {"NTI", "NIT", "TNI", "TIN", "INT", "ITN"})
            for (const bool fortran : {false, true})
                QTest::addRow("%s%s", axes, fortran ? " Fortran" : "") << axes << fortran;
    }
    void everyOrderOfAxesGivesTheSameSequences() {
        QFETCH(QString, axes);
        QFETCH(bool, fortran);
        const OwnFolder own;
        const std::map<char, int> length{{'N', 6}, {'T', 4}, {'I', 2}};
        const std::string letters = axes.toStdString();
        std::vector<std::int16_t> numbers(48);
        std::map<char, int> at;
        size_t place = 0;
        const std::string walk = fortran ? std::string(letters.rbegin(), letters.rend()) : letters;
        for (at[walk[0]] = 0; at[walk[0]] < length.at(walk[0]); ++at[walk[0]])
            for (at[walk[1]] = 0; at[walk[1]] < length.at(walk[1]); ++at[walk[1]])
                for (at[walk[2]] = 0; at[walk[2]] < length.at(walk[2]); ++at[walk[2]])
                    numbers[place++] = static_cast<std::int16_t>(100 * at['N'] + 10 * at['T'] + at['I']);
        std::string shape = "(";
        for (const char letter : letters) shape += std::to_string(length.at(letter)) + ", ";
        write_small_set(own);
        write(own.path("x.npy"), npy("<i2", shape + ")", numbers, fortran));
        const DatasetSplits data = load_dataset(own.define(small_set + std::string("axes: ") + letters + "\n"), {});
        QCOMPARE(input_of(*data.train, 5), (std::vector<float>{500, 501, 510, 511, 520, 521, 530, 531}));
    }

    void twoAxesAreASingleInput() {
        const OwnFolder own;
        write(own.path("x.npy"), npy("<i2", "(3, 6)", counted(3, 6, 1)));
        write(own.path("y.npy"), npy("<i8", "(3,)", in_turn(3, 3)));
        const DatasetSplits data = load_dataset(own.define(small_set + std::string("axes: NT\n")), {});
        QCOMPARE(data.train->shape().inputs, 1);
        QCOMPARE(input_of(*data.train, 1), (std::vector<float>{100, 110, 120, 130, 140, 150}));
    }

    void labelsComeInFourForms() {
        const OwnFolder own;
        write_small_set(own);
        const auto load = [&](const std::string& form) {
            return load_dataset(own.define(small_set + ("labels: " + form + "\n")), {}).train;
        };
        std::vector<std::uint8_t> one_hot, step_one_hot;
        std::vector<std::int32_t> step;
        for (int n = 0; n < 6; ++n) {
            for (int c = 0; c < 3; ++c) one_hot.push_back(n % 3 == c);
            for (int t = 0; t < 4; ++t) {
                step.push_back((n + t) % 3);
                for (int c = 0; c < 3; ++c) step_one_hot.push_back((n + t) % 3 == c);
            }
        }
        write(own.path("y.npy"), npy("|u1", "(6, 3)", one_hot));
        QCOMPARE(labels_of(*load("one_hot"), 4), (std::vector<std::int64_t>{1}));
        write(own.path("y.npy"), npy("<i4", "(6, 4)", step));
        QCOMPARE(labels_of(*load("step"), 4), (std::vector<std::int64_t>{1, 2, 0, 1}));
        QVERIFY(load("step")->shape().label_per_step);
        write(own.path("y.npy"), npy("|u1", "(6, 4, 3)", step_one_hot));
        QCOMPARE(labels_of(*load("step_one_hot"), 4), (std::vector<std::int64_t>{1, 2, 0, 1}));
        QCOMPARE(load("step_one_hot")->shape().classes, 3);
    }

    void labelsTurnWithTheInput() {
        const OwnFolder own;
        std::vector<std::int16_t> input(6 * 4);
        std::vector<std::int32_t> labels;
        for (int t = 0; t < 4; ++t)
            for (int n = 0; n < 6; ++n) {
                input[static_cast<size_t>(t * 6 + n)] = static_cast<std::int16_t>(100 * n + t);
                labels.push_back((n + t) % 3);
            }
        write(own.path("x.npy"), npy("<i2", "(4, 6)", input));
        write(own.path("y.npy"), npy("<i4", "(4, 6)", labels));
        const auto set = load_dataset(own.define(small_set + std::string("axes: TN\nlabels: step\n")), {}).train;
        QCOMPARE(input_of(*set, 5), (std::vector<float>{500, 501, 502, 503}));
        QCOMPARE(labels_of(*set, 5), (std::vector<std::int64_t>{2, 0, 1, 2}));
    }

    void labelsOfEveryStepAreTakenForTheSequenceWhereTheyAreOne() {
        const OwnFolder own;
        write(own.path("a.csv"), "sequence,step,label,u,v\na,0,up,1,2\na,1,up,3,4\nb,0,down,5,6\nb,1,down,7,8\n");
        const DatasetConfig config = own.define("schema: 1\ntrain: {input: a.csv}\ntest: {input: a.csv}\n");
        const DatasetSplits data = load_dataset(config, {});
        QCOMPARE(labels_of(*data.train, 0), (std::vector<std::int64_t>{1}));  // down, up
        const DatasetInfo info = describe_dataset(config);
        QCOMPARE(info.class_names, (std::vector<std::string>{"down", "up"}));
        QCOMPARE(info.channel_names, (std::vector<std::string>{"u", "v"}));
        write(own.path("a.csv"), "sequence,step,label,u,v\na,0,up,1,2\na,1,down,3,4\nb,0,down,5,6\nb,1,down,7,8\n");
        VERIFY_SAYS(complaint([&] { load_dataset(config, {}); }),
                    "the label changes within sequence 0 at step 1, expected one for the whole sequence");
    }

    void wordsMeanTheSameInEveryFile() {
        const OwnFolder own;
        write(own.path("a.csv"), "label,0,1\nb,1,2\na,3,4\nc,5,6\n");
        write(own.path("t.csv"), "label,0,1\nc,1,2\nb,3,4\n");
        const std::string yaml = "schema: 1\naxes: NT\ntrain: {input: a.csv}\ntest: {input: t.csv}\n";
        DatasetSplits data = load_dataset(own.define(yaml), {});
        QCOMPARE(labels_of(*data.test, 0), (std::vector<std::int64_t>{2}));
        data = load_dataset(own.define(yaml + "classes: [c, b, a]\n"), {});
        QCOMPARE(labels_of(*data.train, 0), (std::vector<std::int64_t>{1}));
        QCOMPARE(labels_of(*data.test, 0), (std::vector<std::int64_t>{0}));
        VERIFY_SAYS(own.complaint_of(yaml + "classes: [a, b]\n"), "the label 'c' is none of the 2 classes");
    }

    void labelsMayBeginAtOne() {
        const OwnFolder own;
        write_small_set(own);
        write(own.path("y.npy"), npy("<i8", "(6,)", std::vector<std::int64_t>{1, 2, 3, 1, 2, 3}));
        const std::string names = "classes: [a, b, c]\n";
        VERIFY_SAYS(
            own.complaint_of(small_set + names),
            "y.npy: 'values': the label of sequence 2 is 3, expected 0 to 2; if classes are numbered from 1, set "
            "'first_label: 1'");
        const auto set = load_dataset(own.define(small_set + names + "first_label: 1\n"), {}).train;
        QCOMPARE(labels_of(*set, 2), (std::vector<std::int64_t>{2}));
        const DatasetInfo info = describe_dataset(own.define(small_set + std::string("first_label: 1\n")));
        QCOMPARE(info.class_names, (std::vector<std::string>{"1", "2", "3"}));
    }

    void aShareIsSetApartToTest() {
        const OwnFolder own;
        write(own.path("x.npy"), npy("<i2", "(100, 2, 1)", counted(100, 2, 1)));
        write(own.path("y.npy"), npy("<i8", "(100,)", in_turn(100, 4)));
        const DatasetConfig config =
            own.define("schema: 1\ntest_fraction: 0.4\ntrain: {input: x.npy, labels: y.npy}\n");
        const DatasetSplits data = load_dataset(config, {});
        QCOMPARE(data.train->shape().count, 60);
        QCOMPARE(data.test->shape().count, 40);
        std::vector<float> seen;
        std::vector<int> of_class(4);
        for (const auto& set : {data.train, data.test})
            for (std::int64_t n = 0; n < set->shape().count; ++n) {
                seen.push_back(input_of(*set, n)[0]);
                if (set == data.test) ++of_class[static_cast<size_t>(labels_of(*set, n)[0])];
            }
        QCOMPARE(of_class, std::vector<int>(4, 10));
        std::sort(seen.begin(), seen.end());
        QVERIFY(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
        QCOMPARE(input_of(*load_dataset(config, {}).test, 7), input_of(*data.test, 7));
    }

    void scalingComesFromTheTrainingSequences() {
        const OwnFolder own;
        write(own.path("x.npy"), npy<float>("<f4", "(2, 2, 2)", {0, 5, 2, 5, 4, 5, 10, 5}));
        write(own.path("t.npy"), npy<float>("<f4", "(1, 2, 2)", {20, 6, 0, 5}));
        write(own.path("y.npy"), npy("<i8", "(2,)", in_turn(2, 2)));
        write(own.path("yt.npy"), npy("<i8", "(1,)", in_turn(1, 2)));
        const std::string yaml =
            "schema: 1\ntrain: {input: x.npy, labels: y.npy}\ntest: {input: t.npy, labels: yt.npy}\nscaling: ";
        DatasetSplits data = load_dataset(own.define(yaml + "min_max\n"), {});
        QCOMPARE(input_of(*data.train, 1), (std::vector<float>{0.4F, 0, 1, 0}));
        QCOMPARE(input_of(*data.test, 0), (std::vector<float>{2, 1, 0, 0}));
        data = load_dataset(own.define(yaml + "standardise\n"), {});
        double sum = 0, squares = 0;
        for (int n = 0; n < 2; ++n)
            for (const int at : {0, 2}) {
                const double value = input_of(*data.train, n)[static_cast<size_t>(at)];
                sum += value;
                squares += value * value;
            }
        QVERIFY(std::abs(sum) < 1e-6 && std::abs(squares / 4 - 1) < 1e-6);
        QCOMPARE(input_of(*data.train, 0)[1], 0.0F);  // a channel that never changes
    }

    void aValidationSetIsTaken() {
        const OwnFolder own;
        write_small_set(own);
        const DatasetSplits data =
            load_dataset(own.define(small_set + std::string("validation: {input: x.npy, labels: y.npy}\n")), {});
        QCOMPARE(data.validation->shape().count, 6);
    }

    void storedSizeIsThatOfTheFile() {
        const SequenceSet::Shape shape{100, 50, 3, 2, false};
        const ArraySequenceSet set(shape, std::vector<std::uint8_t>(15000), std::vector<std::uint16_t>(100));
        QVERIFY(set.stored_bytes() < 1.2 * 15000);
    }

    void matlabFilesAreReadAsTheyAre() {
        const OwnFolder own;
        // In MATLAB x(n, t, i); its last axis of length 1 is not stored.
        std::vector<double> x;
        for (int t = 0; t < 4; ++t)
            for (int n = 0; n < 6; ++n) x.push_back(100 * n + 10 * t);
        const std::vector<double> y{1, 2, 3, 1, 2, 3};
        mat_t* file = Mat_CreateVer(own.path("m.mat").c_str(), nullptr, MAT_FT_MAT5);
        const auto put = [&](const char* name, std::vector<size_t> dims, const std::vector<double>& numbers) {
            matvar_t* variable =
                Mat_VarCreate(name, MAT_C_DOUBLE, MAT_T_DOUBLE, 2, dims.data(), const_cast<double*>(numbers.data()), 0);
            Mat_VarWrite(file, variable, MAT_COMPRESSION_ZLIB);
            Mat_VarFree(variable);
        };
        put("x", {6, 4}, x);
        put("y", {1, 6}, y);
        Mat_Close(file);
        const std::string split = "{input: {file: m.mat, array: x}, labels: {array: y}}\n";
        const std::string yaml = "schema: 1\nfirst_label: 1\ntrain: " + split + "test: " + split;
        const DatasetSplits data = load_dataset(own.define(yaml), {});
        QCOMPARE(input_of(*data.train, 3), (std::vector<float>{300, 310, 320, 330}));
        QCOMPARE(labels_of(*data.train, 2), (std::vector<std::int64_t>{2}));
        VERIFY_SAYS(own.complaint_of("schema: 1\ntrain: {input: {file: m.mat, array: z}}\n"),
                    "m.mat: has no array 'z'; it holds x [6, 4], y [1, 6]");
    }

    void whatDoesNotFitIsNamed_data() {
        QTest::addColumn<QString>("more");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const char* more, const char* sentence) {
            QTest::newRow(name) << more << sentence;
        };
        row("rank", "axes: NT\n",
            "x.npy: 'values' has shape [6, 4, 2], expected 2 axes, as the definition's 'axes: NT' says");
        row("labels by step", "labels: step\n",
            "y.npy: 'values' has shape [6], expected [N, T] for the 6 sequences of 4 steps in");
        row("one-hot", "labels: one_hot\n", "y.npy: 'values' has shape [6], expected [N, C]");
        row("count", "axes: TNI\n", "expected [N] for the 4 sequences of 6 steps");
        row("few classes", "classes: [a, b]\n", "the label of sequence 2 is 2, expected 0 to 1");
        row("channels", "channels: [a]\n", "so 2 inputs, but 1 channels are named");
        row("validation", "validation: {input: other.npy, labels: y.npy}\n",
            "other.npy: 'values' has shape [6, 3, 2]: expected 4 steps and 2 inputs, as ");
        row("missing", "validation: {input: absent.npy, labels: y.npy}\n", "absent.npy: cannot be opened");
        row("which array", "validation: {input: two.npz}\n",
            "two.npz: say which array is the input; it holds a [1], b [1]");
    }
    void whatDoesNotFitIsNamed() {
        QFETCH(QString, more);
        QFETCH(QString, sentence);
        const OwnFolder own;
        write_small_set(own);
        write(own.path("other.npy"), npy("<i2", "(6, 3, 2)", counted(6, 3, 2)));
        const std::string one = npy<float>("<f4", "(1,)", {1});
        write(own.path("two.npz"), zip_bytes({{"a.npy", one}, {"b.npy", one}}));
        const DatasetConfig config = own.define(small_set + more.toStdString());
        VERIFY_SAYS(complaint([&] {
                        describe_dataset(config);
                        load_dataset(config, {});
                    }),
                    sentence.toUtf8().constData());
        const OwnDataReport report = check_own_data(config, {});
        QCOMPARE(report.problems.size(), size_t{1});
        VERIFY_SAYS(QString::fromStdString(report.problems[0]), sentence.toUtf8().constData());
    }

    void labelsThatAreNoIntegersAreNamed() {
        const OwnFolder own;
        write_small_set(own);
        write(own.path("y.npy"), npy<float>("<f4", "(6,)", {0, 1, 2, 0.5F, 1, 2}));
        VERIFY_SAYS(own.complaint_of(small_set), "the label of sequence 3 is 0.5, expected 0 to 2");
        write(own.path("y.npy"), npy<std::int8_t>("|i1", "(6,)", {0, 1, 2, -1, 1, 2}));
        VERIFY_SAYS(own.complaint_of(small_set), "the label of sequence 3 is -1, expected 0 to 2");
        write(own.path("y.npy"), npy<std::uint8_t>("|u1", "(6, 2)", {1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0}));
        VERIFY_SAYS(own.complaint_of(small_set + std::string("labels: one_hot\n")),
                    "the label of sequence 2 is not one-hot: expected a single 1 among zeros");
    }

    void thereAreNotMoreClassesThanLabelsCanSay() {
        const OwnFolder own;
        write(own.path("x.npy"), npy("<i2", "(6, 4, 2)", counted(6, 4, 2)));
        const char* sentence = "expected labels of 1 to 10000 classes, found ";
        // By the largest number.
        write(own.path("y.npy"), npy<std::int64_t>("<i8", "(6,)", {0, 1, 2, 0, 1, 65536}));
        VERIFY_SAYS(own.complaint_of(small_set), sentence);
        // By the names in the definition: 65536 would be taken for class 0.
        std::string many = std::string(small_set) + "classes: [";
        for (int i = 0; i < 65537; ++i) many += (i > 0 ? ", c" : "c") + std::to_string(i);
        many += "]\n";
        VERIFY_SAYS(own.complaint_of(many), sentence);
        VERIFY_SAYS(complaint([&] { describe_dataset(own.define(many)); }), sentence);
        // By the words in the file.
        std::string csv = "label,a,b\n";
        for (int i = 0; i < 10001; ++i) csv += "word" + std::to_string(i) + ",1,2\n";
        write(own.path("words.csv"), csv);
        VERIFY_SAYS(own.complaint_of("schema: 1\naxes: NT\ntrain: {input: words.csv}\n"), sentence);
        // By the length of an axis.
        write(own.path("y.npy"), npy("|u1", "(6, 10001)", std::vector<std::uint8_t>(size_t{6} * 10001)));
        VERIFY_SAYS(own.complaint_of(std::string(small_set) + "labels: one_hot\n"), sentence);
    }

    void anExperimentSaysWhatIsWrongWithItsArrays() {
        const OwnFolder own;
        write_small_set(own);
        ExperimentConfig config;
        config.dataset = own.define(small_set);
        QVERIFY(validate(config).empty());
        config.training.sub_seq_length = 4;
        QCOMPARE(validate(config).front().path, std::string("training.sub_seq_length"));
        config.training.sub_seq_length = 0;
        fs::remove(own.path("x.npy"));
        const std::vector<ConfigProblem> problems = validate(config);
        QCOMPARE(problems.size(), size_t{1});
        QCOMPARE(problems[0].path, std::string("dataset.path"));
        VERIFY_SAYS(QString::fromStdString(problems[0].message), "x.npy: cannot be opened");
        // The experiment itself can be read wherever the data are not.
        QVERIFY(parse_experiment(to_yaml(config), "mine.yaml") == config);
        config.dataset.path.clear();
        VERIFY_SAYS(QString::fromStdString(validate(config)[0].message),
                    "expected the definition of your arrays (.yaml), found nothing");
    }

    void ownDataAreKnownByTheirNames() {
        const OwnFolder own;
        fs::create_directories(own.path("spikes"));
        write(own.path("spikes/a_train.h5"), "");
        fs::create_directories(own.path("words/yes"));
        write(own.path("words/yes/1.wav"), "");
        QCOMPARE(own_data_at(own.path("set.yaml"))->name, std::string("own_arrays"));
        QCOMPARE(own_data_at(own.path("a.h5"))->name, std::string("own_spikes"));
        QCOMPARE(own_data_at(own.path("spikes"))->name, std::string("own_spikes"));
        QCOMPARE(own_data_at(own.path("words"))->name, std::string("own_recordings"));
        // Sorted by split: the classes lie one deeper.
        write(own.path("sorted/train/yes/1.wav"), "");
        write(own.path("sorted/test/yes/2.WAV"), "");
        QCOMPARE(own_data_at(own.path("sorted"))->name, std::string("own_recordings"));
        // What is not taken for a class is none here either.
        write(own.path("noise/_background_noise_/1.wav"), "");
        QVERIFY(!own_data_at(own.path("noise")).has_value());
        write(own.path("deep/other/yes/1.wav"), "");
        QVERIFY(!own_data_at(own.path("deep")).has_value());
        QVERIFY(!own_data_at(own.path("a.npz")).has_value());
    }
};

RESONATE_TEST(OwnArraysTest)
#include "own_arrays_test.moc"
