// tests/app/study_test.cpp: studies in the window: built, refused, run, paused, cancelled, killed and gone on with; and
// Figure 5 of runs whose numbers are known.
#include <signal.h>

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QTreeWidget>

#include "complaint.h"
#include "engine/made_up_runs.h"
#include "engine/study_fixture.h"
#include "exports/view_exporter.h"
#include "models/study_member_model.h"
#include "models/value_list.h"
#include "panels/field_values_box.h"
#include "panels/figure5_panel.h"
#include "panels/study_form.h"
#include "panels/study_panel.h"
#include "panels/study_queue_panel.h"
#include "resonate/config_io.h"
#include "session/run_library.h"
#include "session/study_queue.h"
#include "session/window_context.h"
#include "test_registry.h"
#include "views/figure5_view.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

constexpr int patience = 120000;  // ms; machines are slow, conditions are waited for
/// Long enough to be met while it runs.
constexpr int manyEpochs = 120;
const StudyAxis twoSeeds{"training.seed", {"1", "2"}};

/// Panels as Compare has them, with folders of their own.
class StudyDesk {
 public:
    StudyDesk() {
        qputenv("XDG_DATA_HOME", folder.filePath("share").toUtf8());
        WindowOptions options;
        options.runsDir = folder.filePath("runs");
        options.dataDir = folder.filePath("data");
        context = std::make_unique<WindowContext>(options);
        QObject::connect(context.get(), &WindowContext::errorRaised, [this](const QString& text) { errors << text; });
        queue = std::make_unique<StudyQueue>();
        panel = std::make_unique<StudyPanel>(context.get(), queue.get());
        list = std::make_unique<StudyQueuePanel>(context.get(), queue.get());
        panel->resize(760, 620);
        panel->show();
        list->resize(760, 300);
        list->show();
    }

    fs::path runs() const { return folder.filePath("runs").toStdString(); }
    void showStudy(const StudyConfig& study) {
        const QString file = folder.filePath("study.yaml");
        write_file_atomically(file.toStdString(), study_yaml(study));
        panel->open(file);
    }
    bool isKnown() const { return !panel->check().isLooking(); }
    void click(QWidget* button) { QTest::mouseClick(button, Qt::LeftButton); }

    QTemporaryDir folder;
    QStringList errors;
    std::unique_ptr<WindowContext> context;
    std::unique_ptr<StudyQueue> queue;
    std::unique_ptr<StudyPanel> panel;
    std::unique_ptr<StudyQueuePanel> list;
};

/// Names and rows of all runs.
std::map<std::string, std::string> runsIn(const fs::path& folder) {
    std::map<std::string, std::string> found;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(folder, failure))
        if (entry.path().filename().string()[0] != '.')
            found[entry.path().filename().string()] = results_in(entry.path());
    return found;
}

bool hasEpoch(const StudyQueue& queue) {
    for (const MemberState& member : queue.members())
        if (member.status == MemberStatus::running && member.epochs_done > 0) return true;
    return false;
}

}  // namespace

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
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->isKnown(), patience);
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
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->isKnown(), patience);
        QVERIFY(m_desk->panel->startButton()->isEnabled());
        QLineEdit* values = m_desk->panel->form()->axes()->valuesEdit(0);
        for (const auto& [text, said] : {std::pair("", "axes.training.seed: the axis is empty"),
                                         std::pair("1, x", "axes.training.seed"), std::pair("1-1000000", "at most")}) {
            values->selectAll();
            QTest::keyClick(values, Qt::Key_Delete);
            QTest::keyClicks(values, text);
            QTRY_VERIFY_WITH_TIMEOUT(m_desk->isKnown() && m_desk->panel->problemText().contains(said), patience);
            QVERIFY(!m_desk->panel->startButton()->isEnabled());
        }
    }

    void missingDataIsNamedWithAWayToGetIt() {
        m_desk->showStudy(small_study(1, {{"dataset.name", {"synthetic_ecg", "ecg"}}}));
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->panel->dataButton()->isVisible(), patience);
        VERIFY_SAYS(m_desk->panel->problemText(), "QTDB_train.mat is missing");
        QVERIFY(!m_desk->panel->startButton()->isEnabled());
        QString wanted;
        connect(m_desk->context.get(), &WindowContext::datasetWanted, this,
                [&](const DatasetConfig& dataset) { wanted = QString::fromStdString(dataset.name); });
        m_desk->click(m_desk->panel->dataButton());
        QCOMPARE(wanted, QString("ecg"));
        m_desk->panel->skipBox()->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->panel->startButton()->isEnabled(), patience);
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
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->panel->problemText().contains("The study needs about"), patience);
        QVERIFY(!m_desk->panel->startButton()->isEnabled());
    }

    void timeIsMeasuredOnDemandAndCanBeCancelled() {
        m_desk->showStudy(small_study(50, {twoSeeds}));
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->panel->measureButton()->isEnabled(), patience);
        VERIFY_SAYS(m_desk->panel->factsText(), "Time: not known yet");
        m_desk->click(m_desk->panel->measureButton());
        QVERIFY(m_desk->panel->check().isMeasuring());
        m_desk->click(m_desk->panel->measureButton());
        QVERIFY(!m_desk->panel->check().isMeasuring());
        m_desk->click(m_desk->panel->measureButton());
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->panel->factsText().contains("a few batches timed"), patience);
        VERIFY_SAYS(m_desk->panel->factsText(), "Time: about");
        QVERIFY(runsIn(m_desk->runs()).empty());
    }
};

class StudyQueueTest : public QObject {
    Q_OBJECT

 private:
    std::unique_ptr<StudyDesk> m_desk;

    void startStudy(const StudyConfig& study) {
        m_desk->showStudy(study);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->panel->startButton()->isEnabled(), patience);
        m_desk->click(m_desk->panel->startButton());
        QVERIFY(m_desk->queue->isBusy());
    }
    QProcess* commandLine(const StudyConfig& study, const fs::path& runs, const QStringList& more = {}) {
        const QString file = m_desk->folder.filePath("cli.yaml");
        write_file_atomically(file.toStdString(), study_yaml(study));
        auto* process = new QProcess(this);
        process->start(QString::fromStdString(cli_program.string()),
                       QStringList{"study", file, "--runs-dir", QString::fromStdString(runs.string()), "--data-dir",
                                   m_desk->folder.filePath("data")} +
                           more);
        return process;
    }

 private Q_SLOTS:
    void init() { m_desk = std::make_unique<StudyDesk>(); }
    void cleanup() { m_desk.reset(); }

    void theWindowAndTheCommandLineMakeTheSameRuns() {
        StudyConfig study = small_study(2, {twoSeeds, {"neuron.type", {"brf", "alif"}}});
        study.jobs = 2;
        study.threads = 1;
        startStudy(study);
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->queue->isBusy(), patience);
        QCOMPARE(m_desk->errors, QStringList());
        VERIFY_SAYS(m_desk->list->text(), "Small: 4 of 4 finished");
        QCOMPARE(m_desk->list->table()->model()->rowCount(), 4);
        QCOMPARE(m_desk->list->table()->model()->index(0, StudyMemberModel::Epoch).data().toString(), QString("2 / 2"));
        QVERIFY(m_desk->list->continueButton()->isHidden());
        const fs::path other = m_desk->folder.filePath("cli-runs").toStdString();
        QProcess* process = commandLine(study, other);
        QVERIFY(process->waitForFinished(patience));
        QCOMPARE(process->exitCode(), 0);
        const auto runs = runsIn(m_desk->runs());
        QCOMPARE(runs.size(), size_t(4));
        QCOMPARE(runs, runsIn(other));
        // All is done: the button says why it cannot begin again.
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->isKnown() && m_desk->panel->check().facts().begun, patience);
        QVERIFY(!m_desk->panel->startButton()->isEnabled());
        VERIFY_SAYS(m_desk->panel->startButton()->toolTip(), "All its runs are done");
    }

    void killedOnTheCommandLineItGoesOnInTheWindow() {
        StudyConfig study = small_study(manyEpochs, {twoSeeds});
        study.threads = 1;
        const fs::path whole = m_desk->folder.filePath("whole").toStdString();
        QProcess* first = commandLine(study, whole);
        QVERIFY(first->waitForFinished(patience));
        QProcess* process = commandLine(study, m_desk->runs());
        const auto epochs = [&] {
            size_t rows = 0;
            for (const auto& entry : fs::directory_iterator(m_desk->runs()))
                if (fs::exists(entry.path() / "metrics.csv")) {
                    const std::string text = bytes_of(entry.path() / "metrics.csv");
                    rows += static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
                }
            return rows;
        };
        QTRY_VERIFY_WITH_TIMEOUT(fs::exists(m_desk->runs()) && epochs() > 3, patience);
        ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
        QVERIFY(process->waitForFinished(patience));
        // Its runs save and stop by themselves; a new window finds the study and offers to go on.
        QTRY_VERIFY_WITH_TIMEOUT(!stored_studies(m_desk->runs()).empty() && !stored_studies(m_desk->runs())[0].active,
                                 patience);
        StudyQueue queue;
        StudyQueuePanel panel(m_desk->context.get(), &queue);
        panel.show();
        VERIFY_SAYS(panel.text(), "Small: 0 of 2 finished");
        VERIFY_SAYS(panel.text(), "Continue goes on with it");
        m_desk->click(panel.continueButton());
        QTRY_VERIFY_WITH_TIMEOUT(!queue.isBusy(), patience);
        QCOMPARE(queue.progress().finished, 2);
        QCOMPARE(runsIn(m_desk->runs()), runsIn(whole));
        QVERIFY(!fs::exists(m_desk->runs() / ".trash"));
    }

    void pausingAndGoingOnChangesNoNumber() {
        StudyConfig study = small_study(manyEpochs, {twoSeeds});
        study.threads = 1;
        startStudy(study);
        QTRY_VERIFY_WITH_TIMEOUT(hasEpoch(*m_desk->queue), patience);
        m_desk->click(m_desk->list->pauseButton());
        QCOMPARE(m_desk->queue->state(), StudyQueue::State::Paused);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->queue->progress().running, 0, patience);
        VERIFY_SAYS(m_desk->list->text(), "paused");
        QCOMPARE(m_desk->list->pauseButton()->text(), QString("&Resume"));
        m_desk->click(m_desk->list->pauseButton());
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->queue->isBusy(), patience);
        QCOMPARE(m_desk->queue->progress().finished, 2);
        const fs::path whole = m_desk->folder.filePath("whole").toStdString();
        QVERIFY(commandLine(study, whole)->waitForFinished(patience));
        QCOMPARE(runsIn(m_desk->runs()), runsIn(whole));
    }

    void aCancelledStudyIsSavedAndGoesOn() {
        startStudy(small_study(manyEpochs, {twoSeeds}));
        QTRY_VERIFY_WITH_TIMEOUT(hasEpoch(*m_desk->queue), patience);
        m_desk->click(m_desk->list->cancelButton());
        QCOMPARE(m_desk->queue->state(), StudyQueue::State::Stopping);
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->queue->isBusy(), patience);
        QCOMPARE(m_desk->queue->members()[0].status, MemberStatus::interrupted);
        QCOMPARE(m_desk->queue->members()[1].status, MemberStatus::waiting);
        QVERIFY(m_desk->list->continueButton()->isVisible());
        m_desk->click(m_desk->list->continueButton());
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->queue->isBusy(), patience);
        QCOMPARE(m_desk->queue->progress().finished, 2);
        QCOMPARE(runsIn(m_desk->runs()).size(), size_t(2));
    }

    void aDivergingRunIsMarkedAndStopsNoOther() {
        startStudy(small_study(9, {{"training.learning_rate", {"5", "0.0001"}}},
                               {{"neuron.omega.min", "90"}, {"neuron.omega.max", "99.9"}}));
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->queue->isBusy(), patience);
        const QAbstractItemModel* table = m_desk->list->table()->model();
        VERIFY_SAYS(table->index(0, StudyMemberModel::State).data().toString(), "diverged");
        VERIFY_SAYS(table->index(0, StudyMemberModel::Message).data().toString(), "The training diverged in epoch");
        VERIFY_SAYS(table->index(1, StudyMemberModel::State).data().toString(), "finished");
        VERIFY_SAYS(m_desk->list->text(), "1 diverged");
    }

    void closingAsksAndEndsWhatRuns() {
        startStudy(small_study(manyEpochs, {twoSeeds}));
        QTRY_VERIFY_WITH_TIMEOUT(hasEpoch(*m_desk->queue), patience);
        bool ready = false;
        connect(m_desk->list.get(), &StudyQueuePanel::closeReady, this, [&] { ready = true; });
        const auto answer = [](const QString& text) {
            auto* timer = new QTimer;
            connect(timer, &QTimer::timeout, timer, [timer, text] {
                auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
                if (!box) return;
                timer->stop();
                timer->deleteLater();
                for (QAbstractButton* button : box->buttons())
                    if (button->text().remove(QLatin1Char('&')) == text) return button->click();
                qFatal("no such button");
            });
            timer->start(20);
        };
        answer("Keep running");
        QVERIFY(!m_desk->list->askToClose());
        QVERIFY(m_desk->queue->state() == StudyQueue::State::Running);
        answer("Save and close");
        QVERIFY(!m_desk->list->askToClose());
        QTRY_VERIFY_WITH_TIMEOUT(ready, patience);
        QVERIFY(m_desk->list->askToClose());
    }
};

class Figure5Test : public QObject {
    Q_OBJECT

 private:
    /// Runs with a preset's settings whose test accuracies are given.
    static void add(std::vector<StoredRun>& runs, const char* preset, const std::vector<std::vector<double>>& seeds) {
        for (size_t i = 0; i < seeds.size(); ++i) {
            StoredRun run = made_up_run(static_cast<std::int64_t>(i + 1), seeds[i]);
            const std::int64_t seed = run.config.training.seed;
            run.config = load_preset(preset);
            run.config.training.seed = seed;
            run.id = std::string(preset) + std::to_string(i);
            runs.push_back(run);
        }
    }
    static std::vector<StoredRun> example() {
        std::vector<StoredRun> runs;
        add(runs, "synthetic_ecg_brf", {{10, 50, 60}});
        add(runs, "ecg_alif", {{10, 30, 60}, {10, 40, 70}});
        add(runs, "ecg_brf", {{20, 80, 86}, {20, 84, 87}, {20, 82, 88}});
        add(runs, "smnist_brf", {{10, 90, 98}, {12, 94, 99}});
        return runs;
    }

 private Q_SLOTS:
    void thePanelsAreThoseWhoseRunsAreThereInThePapersOrder() {
        const Figure5 figure = figure5Of(example(), SelectionRule::lowest_validation_loss);
        QCOMPARE(figure.panels.size(), 3);
        QCOMPARE(figure.panels[0].dataset, std::string("smnist"));
        QCOMPARE(figure.panels[1].dataset, std::string("ecg"));
        QCOMPARE(figure.panels[2].dataset, std::string("synthetic_ecg"));
        QCOMPARE(figure.panels[1].curves.size(), 2);
        QCOMPARE(figure.panels[1].seedsText(), QString("n = 3, 2"));
        QCOMPARE(figure.panels[0].seedsText(), QString("n = 2"));
    }

    void meanDeviationAndDotAreThoseOfTheSeeds() {
        const Figure5 figure = figure5Of(example(), SelectionRule::lowest_validation_loss);
        const Figure5Curve& brf = figure.panels[1].curves[0];
        QCOMPARE(brf.neuron, NeuronType::brf);
        QCOMPARE(brf.mean.points.size(), size_t(3));
        QCOMPARE(brf.mean.points[1].value.mean, 82.0);
        QVERIFY(std::abs(brf.mean.points[1].value.deviation - 2.0) < 1e-12);  // sample: n − 1
        QCOMPARE(brf.mean.points[2].value.mean, 87.0);
        // 0.95 · 87 = 82.65 > 82
        QCOMPARE(brf.epoch95, std::optional<int>(2));
        QVERIFY(brf.sameSettings && !brf.growing);
        QCOMPARE(brf.published->mean, 85.13);
        QCOMPARE(brf.published->deviation, 0.63);
        QVERIFY(!figure.panels[2].curves[0].published);
    }

    void runsOfOtherSettingsGiveWayToThePublishedOnes() {
        std::vector<StoredRun> runs;
        add(runs, "ecg_brf", {{1, 2}, {1, 2}, {1, 2}, {1, 2}});
        for (StoredRun& run : runs) run.config.training.epochs = 60;
        add(runs, "ecg_brf", {{1, 80}});
        const Figure5 figure = figure5Of(runs, SelectionRule::last_epoch);
        QCOMPARE(figure.panels[0].curves.size(), 1);
        QCOMPARE(figure.panels[0].curves[0].mean.points.back().value.mean, 80.0);
        // Imported curves are of others.
        for (StoredRun& run : runs) run.imported = true;
        QVERIFY(figure5Of(runs, SelectionRule::last_epoch).panels.isEmpty());
    }

    void ofSeveralGroupsThePresetsOwnIsDrawnAndTheOthersAreCounted() {
        std::vector<StoredRun> runs;
        add(runs, "synthetic_ecg_brf", {{10, 50, 92}});
        // More seeds of fewer epochs, and more still that broke down: neither stands for the preset.
        const auto others = [&](int epochs, double rate, RunStatus status, int seeds) {
            const size_t first = runs.size();
            add(runs, "synthetic_ecg_brf", std::vector<std::vector<double>>(static_cast<size_t>(seeds), {{10, 28}}));
            for (size_t i = first; i < runs.size(); ++i) {
                runs[i].config.training.epochs = epochs;
                runs[i].config.training.learning_rate = rate;
                runs[i].status = status;
            }
        };
        others(3, 0.1, RunStatus::finished, 2);
        others(400, 10, RunStatus::diverged, 3);
        Figure5Curve curve = figure5Of(runs, SelectionRule::last_epoch).panels[0].curves[0];
        QCOMPARE(curve.mean.points.back().value.mean, 92.0);
        QVERIFY(curve.sameSettings);
        QCOMPARE(curve.leftOut, 2);
        // Without the preset's own: what did not break down, and it is said that the settings are others.
        runs.erase(runs.begin());
        curve = figure5Of(runs, SelectionRule::last_epoch).panels[0].curves[0];
        QCOMPARE(curve.seeds, 2);
        QVERIFY(!curve.sameSettings);
        QCOMPARE(curve.leftOut, 1);
    }

    void theNumbersAndTheFigureAreExported() {
        Figure5View view;
        view.resize(760, 420);
        QTemporaryDir folder;
        VERIFY_SAYS(complaint([&] { exportView(view, folder.filePath("a.pdf"), {}); }), "run a study first");
        view.setFigure(figure5Of(example(), SelectionRule::lowest_validation_loss));
        const QStringList lines = view.csv().split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 1 + 4 * 3);
        QVERIFY2(lines.contains("ecg,brf,2,3,87,1,1,85.129999999999995,0.63"), qPrintable(view.csv()));
        QVERIFY(lines.contains("synthetic_ecg,brf,0,1,10,,0,,"));
        for (const char* ending : {"svg", "pdf", "png", "csv"}) {
            const QString file = folder.filePath(QString("figure5.%1").arg(ending));
            exportView(view, file, {});
            QVERIFY(QFileInfo(file).size() > 300);
        }
        // What it shows, in the order of the panels, whatever is ticked in the table.
        QCOMPARE(view.exportOrigin(), QStringLiteral("runs smnist_brf0, smnist_brf1, ecg_brf0, ecg_brf1, ecg_brf2, "
                                                     "ecg_alif0, ecg_alif1, synthetic_ecg_brf0"));
        // Text stays text: names can be found in the drawing.
        const std::string svg = bytes_of(folder.filePath("figure5.svg").toStdString());
        for (const char* text : {"Epoch", "Test accuracy (%)", "n = 3, 2", "BRF", "ALIF", "(a)", "85.1"})
            QVERIFY2(svg.find(text) != std::string::npos, text);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QTRY_VERIFY(view.accessibleDescription().contains("test accuracy 87.0 % in epoch 2"));
    }

    void runsOfTheFolderBecomeTheFigureAndTheTable() {
        StudyDesk desk;
        StudyConfig study = small_study(2, {twoSeeds});
        desk.queue->start(study, [&] {
            StudyOptions options;
            options.runs_dir = desk.runs();
            options.data_dir = desk.folder.filePath("data").toStdString();
            return options;
        }());
        QTRY_VERIFY_WITH_TIMEOUT(!desk.queue->isBusy(), patience);
        Figure5Panel panel(desk.context.get(), &desk.context->runs());
        panel.resize(900, 700);
        panel.show();
        QTRY_COMPARE_WITH_TIMEOUT(panel.view()->figure().panels.size(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(panel.view()->figure().panels[0].seedsText(), QString("n = 2"), patience);
        const double expected = (*desk.queue->members()[0].accuracy + *desk.queue->members()[1].accuracy) / 2;
        QVERIFY(std::abs(panel.view()->figure().panels[0].curves[0].mean.points.back().value.mean - expected) < 1e-9);
        QCOMPARE(panel.source()->count(), 2);
        panel.source()->setCurrentIndex(1);
        Q_EMIT panel.source()->activated(1);
        QTest::qWait(0);
        QTRY_COMPARE_WITH_TIMEOUT(panel.view()->figure().panels.size(), 1, patience);
        QCOMPARE(panel.table()->rowCount(), 16);
        QCOMPARE(panel.table()->item(0, 0)->text(), QString("S-MNIST"));
        for (const auto& [ending, text] :
             {std::pair("csv", "preset,dataset,neuron"), std::pair("md", "| Preset |"), std::pair("tex", "tabular")}) {
            const QString file = desk.folder.filePath(QString("table.%1").arg(ending));
            panel.exportTable(file);
            QVERIFY(bytes_of(file.toStdString()).find(text) != std::string::npos);
        }
        VERIFY_SAYS(complaint([&] { panel.exportTable("table.doc"); }), "expected a name ending in .csv, .md or .tex");
    }
};

RESONATE_TEST(StudyPanelTest)
RESONATE_TEST(StudyQueueTest)
RESONATE_TEST(Figure5Test)
#include "study_test.moc"
