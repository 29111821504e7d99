// tests/engine/study_config_test.cpp: studies as files, what is refused with which sentence, and the runs they stand
// for.
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "complaint.h"
#include "resonate/config_io.h"
#include "resonate/study_config.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

StudyConfig read(const std::string& text) { return parse_study("schema: 1\nname: mine\n" + text, "mine.yaml"); }

QString refusal(const std::string& text) {
    return complaint([&] { read(text); });
}

std::string many_values(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += (i ? ", " : "") + std::to_string(i);
    return "[" + text + "]";
}

}  // namespace

class StudyConfigTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyCombinationIsARunWithThePresetsInnermost() {
        const StudyConfig study = read(
            "presets: [ecg_brf, ecg_alif]\nset: {training.epochs: 7}\n"
            "axes: {training.seed: [1, 2, 3], training.batch_size: [4, 8]}\n");
        const std::vector<StudyMember> members = expand_study(study);
        QCOMPARE(members.size(), size_t(12));
        QCOMPARE(members[0].label, std::string("ecg_brf, Seed 1, Batch size 4"));
        QCOMPARE(members[1].label, std::string("ecg_alif, Seed 1, Batch size 4"));
        QCOMPARE(members[2].label, std::string("ecg_brf, Seed 1, Batch size 8"));
        QCOMPARE(members[11].label, std::string("ecg_alif, Seed 3, Batch size 8"));
        QCOMPARE(members[11].config.training.seed, std::int64_t(3));
        QCOMPARE(members[11].config.training.batch_size, 8);
        QCOMPARE(members[11].config.neuron.type, NeuronType::alif);
        QCOMPARE(members[11].config.training.epochs, 7);
    }

    void wholeNumbersMayBeRanges() {
        using Values = std::vector<std::string>;
        const auto values = [](const std::string& text) {
            return read("presets: ecg_brf\naxes: {training.seed: " + text + "}\n").axes.at(0).values;
        };
        QCOMPARE(values("1-5"), (Values{"1", "2", "3", "4", "5"}));
        QCOMPARE(values("[1..3, 8, 10–11]"), (Values{"1", "2", "3", "8", "10", "11"}));
        QCOMPARE(values("[ 4 - 5 , 7-7]"), (Values{"4", "5", "7"}));
        const StudyConfig study = read("presets: ecg_brf\naxes: {training.seed: 1-3}\n");
        QCOMPARE(parse_study(study_yaml(study), "again"), study);
        QCOMPARE(expand_study(study).size(), size_t(3));
        QCOMPARE(expand_range("training.learning_rate", "1-5"), (Values{"1-5"}));
        QCOMPARE(expand_range("training.seed", "1-5-9"), (Values{"1-5-9"}));
    }

    void combinationsThatComputeTheSameAreOneRun() {
        const StudyConfig study = read("presets: [ecg_brf, ecg_alif]\naxes: {neuron.omega.max: [6, 7, 8]}\n");
        QCOMPARE(expand_study(study).size(), size_t(4));
    }

    void withoutAxesEachPresetIsARun() {
        QCOMPARE(expand_study(read("presets: [ecg_brf, ecg_rf]\n")).size(), size_t(2));
        QCOMPARE(expand_study(read("presets: ecg_brf\n")).size(), size_t(1));
    }

    void textReadsBack() {
        StudyConfig study = read(
            "title: \"yes\"\ndescription: \"a: b # c\"\npresets: [ecg_brf, ecg_rf]\n"
            "set: {training.epochs: 7, title: \"1.0\"}\n"
            "axes: {training.energy_lambda: [0, 1e-7, 0.00001], dataset.name: [ecg, synthetic_ecg]}\njobs: 2\nthreads: "
            "3\n");
        QCOMPARE(study.axes[0].values, (std::vector<std::string>{"0", "1e-07", "1e-05"}));
        QCOMPARE(parse_study(study_yaml(study), "again"), study);
        study.axes.clear();
        study.settings.clear();
        QCOMPARE(parse_study(study_yaml(study), "again"), study);
    }

    void whatCannotBeRunIsRefusedWithItsLine_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const std::string& text, const char* sentence) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QString::fromUtf8(sentence);
        };
        const std::string preset = "presets: [ecg_brf]\n";
        row("no preset", "title: x\n", "mine.yaml: presets: expected at least one preset");
        row("unknown preset", "presets: [ecg_brf, ecg_bfr]\n",
            "mine.yaml:3: presets: there is no preset or file 'ecg_bfr'; did you mean 'ecg_brf'?");
        row("preset twice", "presets: [ecg_brf, ecg_brf]\n", "presets: 'ecg_brf' is given twice");
        row("unknown field", preset + "axes:\n  training.sead: [1, 2]\n",
            "mine.yaml:5: axes.training.sead: there is no field 'training.sead'; did you mean 'training.seed'?");
        row("unknown key", preset + "axis: {}\n",
            "mine.yaml:4: there is no field 'axis' in a study; did you mean 'axes'?");
        row("another word", "base: ecg_brf\n", "there is no field 'base' in a study; did you mean 'presets'?");
        row("seeds", preset + "seeds: [1, 2]\n", "did you mean 'axes.training.seed'?");
        row("range reversed", preset + "axes:\n  training.seed: [1, 9-5]\n",
            "mine.yaml:5: axes.training.seed: expected a range from the smaller to the larger number, found '9-5'");
        row("range too long", preset + "axes:\n  training.seed: 1-1000000\n",
            "axes.training.seed: expected at most 10000 values, found the range '1-1000000' with 1000000");
        row("range of no integer", preset + "axes: {training.learning_rate: 1-5}\n",
            "axes.training.learning_rate: expected a number, found '1-5'");
        row("twice through a range", preset + "axes: {training.seed: [1-3, 2]}\n", "'2' is given twice");
        row("empty axis", preset + "axes:\n  training.seed: []\n",
            "mine.yaml:5: axes.training.seed: the axis is empty");
        row("no list", preset + "axes:\n  training.seed:\n", "mine.yaml:5: axes.training.seed: the axis is empty");
        row("nested", preset + "axes:\n  training.seed: [[1], 2]\n",
            "expected a list of single values, found a list in it");
        row("map", preset + "axes: [1, 2]\n", "axes: expected fields such as 'training.seed: [1, 2]', found a list");
        row("value", preset + "axes: {training.epochs: [1, many]}\n",
            "mine.yaml:4: axes.training.epochs: expected an integer, found 'many'");
        row("range", preset + "axes: {training.batch_size: [0]}\n", "training.batch_size: expected at least 1");
        row("value twice", preset + "axes: {training.energy_lambda: [1e-7, 0.0000001]}\n", "'1e-07' is given twice");
        row("set and axis", preset + "set: {training.seed: 1}\naxes: {training.seed: [1]}\n",
            "the field is given twice");
        row("combination", preset + "axes: {neuron.omega.max: [5, 200]}\n",
            "run 'ecg_brf, Frequency to 200': neuron.omega.max: expected less than 1/δ");
        row("jobs", preset + "jobs: 0\n", "mine.yaml:4: jobs: expected at least 1");
        row("threads", preset + "threads: some\n", "mine.yaml:4: threads: expected an integer, found 'some'");
        row("a million",
            preset + "axes:\n  training.seed: " + many_values(1000) +
                "\n  dataset.synthetic_seed: " + many_values(1000),
            "mine.yaml:4: axes: expected at most 10000 runs, found 1000000 (1 preset × 1000 of training.seed × 1000 "
            "of");
    }
    void whatCannotBeRunIsRefusedWithItsLine() {
        QFETCH(QByteArray, text);
        QFETCH(QString, sentence);
        VERIFY_SAYS(refusal(text.toStdString()), sentence.toUtf8().constData());
    }

    void allProblemsAreNamedAtOnce() {
        const QString said =
            refusal("presets: [nothing_like_it]\nset: {training.epoch: 1}\naxes: {training.seed: []}\njobs: 99\n");
        QCOMPARE(said.count('\n'), 3);
    }

    void otherFilesAreRefused() {
        VERIFY_SAYS(complaint([] { parse_study("", "x"); }), "the file is empty; a study starts with 'schema: 1'");
        VERIFY_SAYS(complaint([] { parse_study("name: x\n", "x"); }), "is this a study?");
        VERIFY_SAYS(complaint([] { parse_study("schema: 2\n", "x"); }), "written by a newer Resonate");
        VERIFY_SAYS(complaint([] { parse_study("schema: 1\nname: ../up\npresets: [ecg_brf]\n", "x"); }),
                    "x:2: name: expected 1 to 64 letters");
        VERIFY_SAYS(complaint([] { find_study("figure_5"); }), "did you mean 'figure5'?");
        VERIFY_SAYS(complaint([] { load_study("/"); }), "found a folder");
    }

    void presetFilesLieBesideTheStudy() {
        const QTemporaryDir folder;
        const std::filesystem::path base = folder.path().toStdString();
        save_experiment(load_preset("ecg_rf"), base / "own.yaml");
        std::ofstream(base / "study.yaml") << "schema: 1\nname: own\npresets: [own.yaml]\n";
        const std::vector<StudyMember> members = expand_study(load_study(base / "study.yaml"));
        QCOMPARE(members.at(0).config.neuron.type, NeuronType::rf);
        QCOMPARE(members.at(0).label, std::string("own"));
    }

    void theShippedStudiesAreWhatTheySay() {
        const std::vector<StudyConfig> studies = shipped_study_list();
        QCOMPARE(studies.size(), size_t(5));
        for (const StudyConfig& study : studies) QVERIFY(!study.title.empty() && !study.description.empty());
        const auto count = [](const char* name) { return expand_study(find_study(name)).size(); };
        QCOMPARE(count("figure5"), size_t(60));
        QCOMPARE(count("figure5_quick"), size_t(18));
        QCOMPARE(count("energy_tradeoff"), size_t(12));
        QCOMPARE(count("linear_decay"), size_t(30));
        QCOMPARE(count("reproduction"), size_t(14));
        for (const StudyMember& member : expand_study(find_study("figure5"))) {
            ExperimentConfig published = load_preset(member.label.substr(0, member.label.find(',')));
            published.training.seed = member.config.training.seed;
            // Sixty runs keep no epochs.
            QCOMPARE(member.config.recording.epoch_interval, 0);
            published.recording.epoch_interval = 0;
            QVERIFY(published == member.config);
        }
    }
};

RESONATE_TEST(StudyConfigTest)
#include "study_config_test.moc"
