// tests/engine/arrays_definition_test.cpp: what describes a set of the user's arrays: written, read, refused.
#include <QTest>

#include "own_arrays_fixture.h"
#include "resonate/config_io.h"
#include "test_registry.h"
#include "zip_bytes.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

class DefinitionTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatIsWrittenIsReadBack() {
        const OwnFolder own;
        ArraysDefinition definition;
        definition.title = "Gestures: \"left\" & right";
        definition.description = "two\nlines";
        definition.axes = "TIN";
        definition.labels = LabelForm::step_one_hot;
        definition.first_label = 1;
        definition.scaling = Scaling::min_max;
        definition.classes = {"yes", "no", "1.0"};
        definition.channels = {"x", "y: up"};
        definition.test_fraction = 0.35;
        definition.train = {{"a b.npz", "x train"}, {"labels.csv", ""}};
        definition.validation = ArraySplit{{"v.npz", "x"}, {}};
        write_definition(definition, own.path("set.yaml"));
        QVERIFY(read_definition(own.path("set.yaml")) == definition);
        definition.test = ArraySplit{{"/absolute/t.npy", ""}, {"", "y"}};
        write_definition(definition, own.path("set.yaml"));
        QVERIFY(read_definition(own.path("set.yaml")) == definition);
        ArraysDefinition plain;
        plain.train = {{"x.npy", ""}, {"y.npy", ""}};
        write_definition(plain, own.path("set.yaml"));
        QVERIFY(read_definition(own.path("set.yaml")) == plain);
    }

    void whatIsWrongIsNamedWithItsLine_data() {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const char* yaml, const char* sentence) {
            QTest::newRow(name) << yaml << sentence;
        };
        row("empty", "", "the file is empty; a definition of arrays starts with 'schema: 1'");
        row("no schema", "title: a\n", "'schema' is missing; is this a definition of arrays?");
        row("newer", "schema: 2\n", "set.yaml:1: schema: expected at most 1, found 2");
        row("unknown", "schema: 1\ntrian: {}\n", "set.yaml:2: there is no field 'trian'; did you mean 'train'?");
        row("unknown inside", "schema: 1\ntrain:\n  inputs: a\n", "set.yaml:3: there is no field 'train.inputs'");
        row("twice", "schema: 1\ntitle: a\ntitle: b\n", "set.yaml:3: title: is given twice");
        row("no train", "schema: 1\n", "'train' is missing");
        row("no input", "schema: 1\ntrain: {labels: y.npy}\n", "train.input: expected the name of a file");
        row("axes", "schema: 1\naxes: NTX\n", "set.yaml:2: axes: expected an order of N (sequences)");
        row("labels", "schema: 1\nlabels: one\n", "labels: expected one of sequence, step, one_hot, step_one_hot");
        row("scaling", "schema: 1\nscaling: [1]\n", "scaling: expected a text, found a list");
        row("classes", "schema: 1\nclasses: [a, b, a]\n", "classes: 'a' is there twice");
        row("classes text", "schema: 1\nclasses: 3\n", "classes: expected a list such as [left, right], found '3'");
        row("first label", "schema: 1\nfirst_label: 2\n", "first_label: expected 0 or 1, found '2'");
        row("fraction", "schema: 1\ntest_fraction: 1\n", "expected more than 0 and less than 1, found '1'");
        row("syntax", "schema: 1\ntrain: {input: x\n", "is not valid YAML");
    }
    void whatIsWrongIsNamedWithItsLine() {
        QFETCH(QString, yaml);
        QFETCH(QString, sentence);
        const OwnFolder own;
        VERIFY_SAYS(own.complaint_of(yaml.toStdString()), sentence.toUtf8().constData());
    }

    void aFirstGuessComesFromNamesAndShapes() {
        const OwnFolder own;
        write(own.path("g.npz"), zip_bytes({{"x_train.npy", npy("<i2", "(6, 4, 2)", counted(6, 4, 2))},
                                            {"y_train.npy", npy("<i8", "(6,)", in_turn(6, 3))},
                                            {"x_test.npy", npy("<i2", "(3, 4, 2)", counted(3, 4, 2))},
                                            {"y_test.npy", npy("<i8", "(3,)", in_turn(3, 3))}}));
        const ArraysDefinition guess = propose_definition({own.path("g.npz")});
        QCOMPARE(guess.title, std::string("g"));
        QCOMPARE(guess.axes, std::string("NTI"));
        QVERIFY(guess.labels == LabelForm::sequence);
        QVERIFY((guess.train == ArraySplit{{own.path("g.npz"), "x_train"}, {own.path("g.npz"), "y_train"}}));
        QVERIFY((guess.test == ArraySplit{{own.path("g.npz"), "x_test"}, {own.path("g.npz"), "y_test"}}));
        const OwnDataReport report = check_definition(guess, {});
        QVERIFY(report.problems.empty());
        QCOMPARE(report.parts[0].label_counts, (std::vector<std::int64_t>{2, 2, 2}));
        QCOMPARE(report.largest, 531.0);
    }

    void theGuessLooksAtLabels() {
        const OwnFolder own;
        write(own.path("x.npy"), npy("<i2", "(4, 6, 2)", counted(4, 6, 2)));
        write(own.path("y.npy"), npy("<i8", "(6,)", std::vector<std::int64_t>{1, 2, 3, 1, 2, 3}));
        const ArraysDefinition turned = propose_definition({own.path("x.npy"), own.path("y.npy")});
        QCOMPARE(turned.axes, std::string("TNI"));
        QCOMPARE(turned.first_label, 1);
        write(own.path("long.csv"), "sequence,step,label,a\n1,0,up,1\n1,1,up,2\n2,0,down,1\n2,1,down,2\n");
        QVERIFY(propose_definition({own.path("long.csv")}).labels == LabelForm::sequence);
        write(own.path("long.csv"), "sequence,step,label,a\n1,0,up,1\n1,1,up,2\n2,0,down,1\n2,1,up,2\n");
        QVERIFY(propose_definition({own.path("long.csv")}).labels == LabelForm::step);
        VERIFY_SAYS(
            complaint([&] { propose_definition({own.path("y.npy")}); }),
            "expected an array of sequences, [N, T, I] or [N, T], and one of their labels to train with, found ");
    }
};

RESONATE_TEST(DefinitionTest)
#include "arrays_definition_test.moc"
