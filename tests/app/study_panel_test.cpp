// tests/app/study_panel_test.cpp: studies in the window: built, refused, measured.
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSpinBox>

#include "complaint.h"
#include "models/value_list.h"
#include "panels/field_values_box.h"
#include "panels/study_form.h"
#include "resonate/config_io.h"
#include "study_desk.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;
namespace fs = std::filesystem;

class StudyPanelTest : public QObject {
    Q_OBJECT

 private:
    std::unique_ptr<StudyDesk> m_desk;

 private Q_SLOTS:
    void init() { m_desk = std::make_unique<StudyDesk>(); }
    void cleanup() { m_desk.reset(); }

    void valuesAreReadAndWrittenAsPeopleDo() {
        using Values = std::vector<std::string>;
        QCOMPARE(valuesFromText("training.seed", "1-3, 8"), (Values{"1", "2", "3", "8"}));
        QCOMPARE(textFromValues({"1", "2", "3", "8"}), QString("1-3, 8"));
        QCOMPARE(valuesFromText("training.energy_lambda", "0, 1e-7 ,1e-6"), (Values{"0", "1e-7", "1e-6"}));
        QCOMPARE(valuesFromText("network.decay", "linear"), (Values{"linear"}));
        QVERIFY(valuesFromText("training.seed", " ").empty());
        VERIFY_SAYS(complaint([] { valuesFromText("training.seed", "1-1000000"); }), "at most 10,000 values");
        VERIFY_SAYS(complaint([] { valuesFromText("training.seed", "5-1"); }), "from the smaller to the larger");
    }

    void aStudyIsBuiltInTheForm() {
        StudyForm* form = m_desk->panel->form();
        form->setStudy({});
        QTest::keyClicks(form->nameEdit(), "mine");
        for (int i = 0; i < form->presets()->count(); ++i)
            if (form->presets()->item(i)->data(Qt::UserRole) == "synthetic_ecg_rf")
                form->presets()->item(i)->setCheckState(Qt::Checked);
        form->axes()->addRow();
        QCOMPARE(form->axes()->fieldBox(0)->currentData().toString(), QString("training.seed"));
        QTest::keyClicks(form->axes()->valuesEdit(0), "1-3");
        form->jobs()->setValue(2);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->isKnown(), study_patience);
        QCOMPARE(m_desk->panel->problemText(), QString());
        VERIFY_SAYS(m_desk->panel->factsText(), "3 runs");
        QCOMPARE(m_desk->panel->check().facts().runs.first(), QString("synthetic_ecg_rf, Seed 1"));
        QVERIFY(m_desk->panel->startButton()->isEnabled());
        m_desk->panel->saveAs("mine");
        QCOMPARE(m_desk->errors, QStringList());
        const StudyConfig saved = load_study(m_desk->folder.filePath("share/resonate/studies/mine.yaml").toStdString());
        QCOMPARE(saved.presets, std::vector<std::string>{"synthetic_ecg_rf"});
        QCOMPARE(saved.axes, (std::vector<StudyAxis>{{"training.seed", {"1", "2", "3"}}}));
        QCOMPARE(saved.jobs, 2);
        QCOMPARE(m_desk->panel->list()->currentItem()->text(0), QString("mine"));
    }

    void everyShippedStudyComesThroughTheFormUnchanged() {
        for (const StudyConfig& study : shipped_study_list()) {
            m_desk->panel->form()->setStudy(study);
            QVERIFY2(m_desk->panel->form()->study() == study, study.name.c_str());
        }
    }

    void aChangedShippedStudyGetsANameOfItsOwn() {
        QVERIFY(m_desk->panel->choose("figure5_quick"));
        StudyForm* form = m_desk->panel->form();
        form->jobs()->setValue(2);
        QCOMPARE(form->nameEdit()->text(), QString("figure5_quick"));
        form->axes()->valuesEdit(0)->selectAll();
        QTest::keyClicks(form->axes()->valuesEdit(0), "1-9");
        QCOMPARE(form->nameEdit()->text(), QString("figure5_quick_own"));
        m_desk->panel->saveAs("figure5_quick");
        VERIFY_SAYS(m_desk->errors.value(0), "'figure5_quick' is a shipped study");
    }

    void badStudiesAreRefusedWithTheSentence_data() {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("said");
        const QString head = "schema: 1\nname: x\npresets: [synthetic_ecg_brf]\n";
        QTest::newRow("unknown field") << head + "axes: {training.sed: [1]}\n"
                                       << "there is no field";
        QTest::newRow("empty axis") << head + "axes: {training.seed: []}\n"
                                    << "the axis is empty";
        QString hundred = "0";
        for (int i = 1; i < 100; ++i) hundred += ", " + QString::number(i);
        QTest::newRow("a million") << head + QString(
                                                 "axes: {training.seed: [%1], dataset.synthetic_seed: [%1], "
                                                 "dataset.permutation_seed: [%1]}\n")
                                                 .arg(hundred)
                                   << "expected at most 10000 runs, found 1000000";
        QTest::newRow("no YAML") << "\t[}"
                                 << "study.yaml";
    }
    void badStudiesAreRefusedWithTheSentence() {
        QFETCH(QString, yaml);
        QFETCH(QString, said);
        const QString file = m_desk->folder.filePath("study.yaml");
        write_file_atomically(file.toStdString(), yaml.toStdString());
        m_desk->panel->open(file);
        QCOMPARE(m_desk->errors.size(), 1);
        VERIFY_SAYS(m_desk->errors[0], said.toUtf8());
        QVERIFY(!fs::exists(m_desk->runs()));
    }

    void problemsStandUnderTheFormAndStartWaits() {
        m_desk->showStudy(small_study(1, {twoSeeds}));
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->isKnown(), study_patience);
        QVERIFY(m_desk->panel->startButton()->isEnabled());
        QLineEdit* values = m_desk->panel->form()->axes()->valuesEdit(0);
        for (const auto& [text, said] : {std::pair("", "axes.training.seed: the axis is empty"),
                                         std::pair("1, x", "axes.training.seed"), std::pair("1-1000000", "at most")}) {
            values->selectAll();
            QTest::keyClick(values, Qt::Key_Delete);
            QTest::keyClicks(values, text);
            QTRY_VERIFY_WITH_TIMEOUT(m_desk->isKnown() && m_desk->panel->problemText().contains(said), study_patience);
            QVERIFY(!m_desk->panel->startButton()->isEnabled());
        }
    }

    void missingDataIsNamedWithAWayToGetIt() {
        m_desk->showStudy(small_study(1, {{"dataset.name", {"synthetic_ecg", "ecg"}}}));
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->panel->dataButton()->isVisible(), study_patience);
        VERIFY_SAYS(m_desk->panel->problemText(), "QTDB_train.mat is missing");
        QVERIFY(!m_desk->panel->startButton()->isEnabled());
        // The way is the button below, and the whole of it can be read in large letters.
        VERIFY_SAYS(m_desk->panel->problemText(), "Get data…");
        QVERIFY2(!m_desk->panel->problemText().contains("resonate-cli"), qPrintable(m_desk->panel->problemText()));
        QLabel* problem = m_desk->panel->problemLabel();
        QFont large = problem->font();
        large.setPointSizeF(2 * large.pointSizeF());
        problem->setFont(large);
        QTRY_VERIFY_WITH_TIMEOUT(problem->height() >= problem->heightForWidth(problem->width()), study_patience);
        QString wanted;
        connect(m_desk->context.get(), &WindowContext::datasetWanted, this,
                [&](const DatasetConfig& dataset) { wanted = QString::fromStdString(dataset.name); });
        m_desk->click(m_desk->panel->dataButton());
        QCOMPARE(wanted, QString("ecg"));
        m_desk->panel->skipBox()->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->panel->startButton()->isEnabled(), study_patience);
    }

    void tooLittleRoomIsSaidBeforeAnythingStarts() {
        // Of some six hundred megabytes each.
        const std::size_t runs = fs::space(m_desk->folder.path().toStdString()).available / 500'000'000 + 2;
        if (runs > most_study_runs) QSKIP("this disk has room for all that a study may be");
        StudyConfig study = small_study(1, {{"training.seed", {}}});
        for (std::size_t i = 0; i < runs; ++i) study.axes[0].values.push_back(std::to_string(i));
        std::erase_if(study.settings, [](const StudySetting& set) { return set.path == "network.hidden_size"; });
        study.settings.push_back({"network.hidden_size", "4096"});
        m_desk->showStudy(study);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->panel->problemText().contains("The study needs about"), study_patience);
        QVERIFY(!m_desk->panel->startButton()->isEnabled());
    }

    void timeIsMeasuredOnDemandAndCanBeCancelled() {
        m_desk->showStudy(small_study(50, {twoSeeds}));
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->panel->measureButton()->isEnabled(), study_patience);
        VERIFY_SAYS(m_desk->panel->factsText(), "Time: not known yet");
        m_desk->click(m_desk->panel->measureButton());
        QVERIFY(m_desk->panel->check().isMeasuring());
        m_desk->click(m_desk->panel->measureButton());
        QVERIFY(!m_desk->panel->check().isMeasuring());
        m_desk->click(m_desk->panel->measureButton());
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->panel->factsText().contains("a few batches timed"), study_patience);
        VERIFY_SAYS(m_desk->panel->factsText(), "Time: about");
        QVERIFY(runsIn(m_desk->runs()).empty());
    }
};

RESONATE_TEST(StudyPanelTest)
#include "study_panel_test.moc"
