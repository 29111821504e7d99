// tests/app/open_window_test.cpp: what the window opens, wherever it comes from, and what it remembers when killed.
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QProcess>
#include <QSignalSpy>
#include <csignal>

#include "complaint.h"
#include "exports/view_exporter.h"
#include "made_run.h"
#include "panels/epoch_bar.h"
#include "panels/own_data_dialog.h"
#include "panels/probe_picker.h"
#include "session/open_target.h"
#include "test_registry.h"
#include "window_fixture.h"
#include "workspaces/live_views.h"
#include "workspaces/probe_choice.h"
#include "workspaces/run_replay.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

constexpr const char* child_variable = "RESONATE_TEST_CHILD_FOLDER";

}  // namespace

class OpenWindowTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void droppedFigureOpensItsRun_data() {
        QTest::addColumn<QString>("format");
        for (const char* format : {"png", "svg", "pdf"}) QTest::newRow(format) << QString::fromLatin1(format);
    }
    void droppedFigureOpensItsRun() {
        QFETCH(QString, format);
        const QString figure = exportedFigure(format);
        m_fixture->window->train()->open(QString::fromLatin1(default_preset_name));
        drop({figure});
        QTRY_VERIFY(m_fixture->window->banner()->isVisible());
        QCOMPARE(m_fixture->window->train()->runFolder(), canonical(m_fixture->path(QStringLiteral("runs/made-run"))));
        VERIFY_SAYS(m_fixture->window->banner()->text(), "was made by the run made-run, which is open now");
        QCOMPARE(config().network.hidden_size, 8);
    }

    void checkpointAndFigureOpenTheirEpoch() {
        const QString run = make_run(m_fixture->runsDir(), 6);
        std::ofstream((run + QStringLiteral("/epochs/epoch_4.pt")).toStdString()) << "weights";
        m_fixture->open();
        const RunReplay* replay = m_fixture->window->train()->replay();
        const auto shows = [replay](int epoch) { return replay->frame() && replay->frame()->epoch == epoch; };
        m_fixture->window->train()->open(run + QStringLiteral("/epochs/epoch_4.pt"));
        QTRY_VERIFY(shows(4));
        QCOMPARE(replay->bar()->epoch(), 4);
        m_fixture->window->train()->replay()->show(2);
        QTRY_VERIFY(shows(2));
        const QString figure = m_fixture->path(QStringLiteral("second.svg"));
        m_fixture->window->train()->exportTo(m_fixture->window->train()->dockOf(QStringLiteral("raster")), figure);
        m_fixture->window->train()->open(QString::fromLatin1(default_preset_name));
        m_fixture->window->train()->open(run);
        QTRY_VERIFY(shows(6));
        drop({figure});
        QTRY_VERIFY(shows(2));
    }

    void figureBringsBackItsNeurons() {
        const QString run = make_run(m_fixture->runsDir(), 2);
        TrainWorkspace* train = m_fixture->open().train();
        train->open(run);
        QTRY_VERIFY(train->live()->raster->hasContent());
        train->link()->setSelection({5, 2});
        const QString figure = m_fixture->path(QStringLiteral("selected.svg"));
        train->exportTo(train->dockOf(QStringLiteral("raster")), figure);
        train->open(run);
        QVERIFY(train->link()->selection().isEmpty());
        drop({figure});
        QTRY_COMPARE(train->link()->selection(), (QList<int>{5, 2}));
        QTRY_VERIFY(train->live()->raster->hasContent());
        QCOMPARE(train->live()->frame()->sample, 2);
        VERIFY_SAYS(m_fixture->window->banner()->text(), "which is open now");
    }

    void figureBringsBackItsSample() {
        TrainWorkspace* train = m_fixture->open().train();
        m_fixture->shrink(1);
        QSignalSpy ended(train->presenter(), &TrainingPresenter::ended);
        m_fixture->clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, long_wait);
        const RunReplay* replay = train->replay();
        const auto shows = [replay](int sample) { return replay->frame() && replay->frame()->sample == sample; };
        QTRY_VERIFY_WITH_TIMEOUT(shows(0) && replay->epoch() == 1, long_wait);
        train->probe()->picker()->spin()->setValue(3);
        QTRY_VERIFY_WITH_TIMEOUT(shows(3), long_wait);
        const QString figure = m_fixture->path(QStringLiteral("third.png"));
        train->exportTo(train->dockOf(QStringLiteral("raster")), figure);
        const QString run = train->runFolder();
        train->open(run);
        QTRY_VERIFY_WITH_TIMEOUT(shows(0), long_wait);
        drop({figure});
        QTRY_VERIFY_WITH_TIMEOUT(shows(3), long_wait);
        QCOMPARE(train->runFolder(), run);
    }

    void experimentFileIsNamedInTheForm() {
        save_experiment(load_preset("synthetic_ecg_rf"), m_fixture->path(QStringLiteral("mine.yaml")).toStdString());
        m_fixture->open().train()->open(m_fixture->path(QStringLiteral("mine.yaml")));
        VERIFY_SAYS(m_fixture->window->train()->experiment()->presetBox()->placeholderText(),
                    "mine (Synthetic ECG, RF)");
    }

    void figureOfALostRunBringsItsExperiment_data() { droppedFigureOpensItsRun_data(); }
    void figureOfALostRunBringsItsExperiment() {
        QFETCH(QString, format);
        const QString figure = exportedFigure(format);
        const ExperimentConfig made =
            load_experiment(m_fixture->path(QStringLiteral("runs/made-run/experiment.yaml")).toStdString());
        QVERIFY(QDir(m_fixture->path(QStringLiteral("runs/made-run"))).removeRecursively());
        m_fixture->window->train()->open(QString::fromLatin1(default_preset_name));
        QVERIFY(config() != made);
        // Onto a chart, which has a scene of its own that would swallow it.
        drop({figure}, m_fixture->window->train()->curves()->findChildren<QWidget*>().constLast());
        QTRY_COMPARE(config(), made);
        VERIFY_SAYS(m_fixture->window->banner()->text(), "its experiment is in the form");
    }

    void foreignAndHostileFiguresAreRefusedWithASentence_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("sentence");
        const auto svg = [](const QByteArray& inside, const QByteArray& before = {}) {
            return "<?xml version=\"1.0\"?>" + before + "<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata>" +
                   inside + "</metadata></svg>";
        };
        const auto own = [](const QByteArray& name, const QByteArray& value) {
            return "<r:" + name + " xmlns:r=\"urn:resonatelab:figure:1\">" + value + "</r:" + name + ">";
        };
        const QString foreign = QStringLiteral("was not exported by this program");
        QImage plain(4, 4, QImage::Format_RGB32);
        plain.fill(Qt::red);
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        plain.save(&buffer, "PNG");
        QTest::newRow("plain PNG") << "a.png" << png << foreign;
        QTest::newRow("cut PNG") << "a.png" << png.left(20) << foreign;
        QTest::newRow("plain SVG") << "a.svg" << svg({}) << foreign;
        QTest::newRow("no SVG") << "a.svg" << QByteArray("\x00\x01\x02", 3) << "expected a figure as PNG, SVG, PDF or GIF";
        QTest::newRow("empty PDF") << "a.pdf" << QByteArray("%PDF-1.4\n%%EOF\n") << foreign;
        QTest::newRow("run outside") << "a.svg" << svg(own("run", "../../etc")) << "does not hold its experiment";
        QTest::newRow("no YAML") << "a.svg" << svg(own("experiment", "[1")) << "a.svg";
        QTest::newRow("unknown field") << "a.svg" << svg(own("experiment", "schema: 1\nnonsense: 3\n")) << "nonsense";
        QTest::newRow("entities") << "a.svg"
                                  << svg(own("experiment", "&c;&c;&c;&c;"),
                                         "<!DOCTYPE s [<!ENTITY a \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\">"
                                         "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
                                         "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>")
                                  << "expected a figure as PNG, SVG, PDF or GIF";
        QTest::newRow("file entity") << "a.svg"
                                     << svg(own("experiment", "&f;"),
                                            "<!DOCTYPE s [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>")
                                     << "a.svg";
    }
    void foreignAndHostileFiguresAreRefusedWithASentence() {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(QString, sentence);
        const QString file = write(name, content);
        m_fixture->open();
        const ExperimentConfig before = config();
        drop({file});
        QTRY_VERIFY(m_fixture->window->banner()->isVisible());
        VERIFY_SAYS(m_fixture->window->banner()->text(), sentence.toUtf8().constData());
        VERIFY_SAYS(m_fixture->window->banner()->text(), file.toUtf8().constData());
        QVERIFY(!m_fixture->window->banner()->text().contains(QStringLiteral("root:")));
        QCOMPARE(config(), before);
    }

    void classification_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("kind");  // -1: refused
        QTest::addColumn<QString>("text");
        using Kind = OpenTarget::Kind;
        const auto row = [](const char* name, const char* what, int kind, const char* text) {
            QTest::newRow(name) << QString::fromLatin1(what) << kind << QString::fromLatin1(text);
        };
        row("preset", "!synthetic_ecg_rf", static_cast<int>(Kind::Experiment), "synthetic_ecg_rf");
        row("misspelt preset", "!synthetic_ecg_rv", -1, "synthetic_ecg_rf");
        row("experiment", "mine.yaml", static_cast<int>(Kind::Experiment), "mine");
        row("experiment, double ending", "two.resonate.yaml", static_cast<int>(Kind::Experiment), "two");
        row("definition", "arrays.resonate.yaml", static_cast<int>(Kind::OwnData), "own_arrays");
        row("wrong experiment", "wrong.yaml", -1, "learning_rat");
        row("run", "runs/made-run", static_cast<int>(Kind::Run), "");
        row("its epochs", "runs/made-run/epochs", static_cast<int>(Kind::Run), "");
        row("its numbers", "runs/made-run/metrics.csv", static_cast<int>(Kind::Run), "");
        row("its checkpoint", "runs/made-run/best.pt", static_cast<int>(Kind::Run), "");
        row("its kept checkpoint", "runs/made-run/epochs/epoch_2.pt", static_cast<int>(Kind::Run), "");
        row("other checkpoint", "alone.pt", -1, "experiment.yaml lies beside it");
        row("runs", "runs", -1, "open one of them");
        row("folder", "empty", -1, "expected a run folder");
        row("arrays", "numbers.npy", static_cast<int>(Kind::OwnData), "own_arrays");
        row("spikes", "spikes.h5", static_cast<int>(Kind::OwnData), "own_spikes");
        row("something else", "notes.txt", -1, "expected an experiment");
        row("vanished", "gone/away", -1, "is not there");
    }
    void classification() {
        QFETCH(QString, what);
        QFETCH(int, kind);
        QFETCH(QString, text);
        const QString run = make_run(m_fixture->runsDir(), 2);
        QVERIFY(QDir(m_fixture->folder.path()).mkdir(QStringLiteral("empty")));
        save_experiment(load_preset("synthetic_ecg_rf"), m_fixture->path(QStringLiteral("mine.yaml")).toStdString());
        save_experiment(load_preset("synthetic_ecg_rf"),
                        m_fixture->path(QStringLiteral("two.resonate.yaml")).toStdString());
        write(QStringLiteral("arrays.resonate.yaml"),
              "schema: 1\ntrain:\n  input: {file: x.npy}\n  labels: {file: y.npy}\n");
        write(QStringLiteral("wrong.yaml"), "schema: 1\ntraining:\n  learning_rat: 0.1\n");
        for (const char* name : {"runs/made-run/best.pt", "runs/made-run/epochs/epoch_2.pt", "alone.pt", "numbers.npy",
                                 "spikes.h5", "notes.txt"})
            write(QString::fromLatin1(name), "x");
        const QString full = what.startsWith(QLatin1Char('!')) ? what.mid(1) : m_fixture->path(what);
        if (kind < 0) {
            VERIFY_SAYS(complaint([&] { openTarget(full, m_fixture->runsDir()); }), text.toUtf8().constData());
            return;
        }
        const OpenTarget target = openTarget(full, m_fixture->runsDir());
        QCOMPARE(static_cast<int>(target.kind), kind);
        if (target.kind == OpenTarget::Kind::Run)
            QCOMPARE(target.path, run);
        else
            QCOMPARE(target.name, text);
    }

    void droppedArraysAreOfferedInData() {
        m_fixture->open();
        const QString file = write(QStringLiteral("x_train.npy"), "no array");
        QString path;
        when_dialog_opens<OwnDataDialog>([&](OwnDataDialog* dialog) {
            path = dialog->pathEdit()->text();
            dialog->reject();
        });
        drop({file});
        QTRY_COMPARE(path, file);
        QCOMPARE(m_fixture->window->currentWorkspace()->identity().name, QStringLiteral("data"));
    }

    void severalFilesAtOnceAreRefused() {
        m_fixture->open();
        drop({write(QStringLiteral("a.yaml"), "schema: 1\n"), write(QStringLiteral("b.yaml"), "schema: 1\n")});
        VERIFY_SAYS(m_fixture->window->banner()->text(), "at a time");
    }

    void recentExperimentsComeBackAndTellWhatVanished() {
        const QString run = make_run(m_fixture->runsDir(), 2);
        MainWindow& first = m_fixture->open();
        first.open(QStringLiteral("synthetic_ecg_rf"));
        const QString mine = m_fixture->path(QStringLiteral("mine.yaml"));
        save_experiment(load_preset("synthetic_ecg_alif"), mine.toStdString());
        first.open(mine);
        first.open(run);
        QVERIFY(first.close());
        QVERIFY(QFile::remove(mine));
        MainWindow& window = m_fixture->open();
        QMenu* recent = openRecent(window);
        QCOMPARE(recent->actions().at(0)->data().toString(), run);
        QCOMPARE(recent->actions().at(1)->data().toString(), mine);
        QVERIFY(!recent->actions().at(1)->isEnabled());
        QVERIFY(recent->actions().at(1)->text().contains(QStringLiteral("not there any more")));
        QCOMPARE(recent->actions().at(2)->data().toString(), QStringLiteral("synthetic_ecg_rf"));
        recent->actions().at(2)->trigger();
        QCOMPARE(config(), load_preset("synthetic_ecg_rf"));
        QCOMPARE(openRecent(window)->actions().at(0)->data().toString(), QStringLiteral("synthetic_ecg_rf"));
        for (int i = 0; i < 14; ++i)
            window.open(i % 2 ? QStringLiteral("synthetic_ecg_rf") : QStringLiteral("synthetic_ecg_brf"));
        QCOMPARE(window.context()->settings().recent().size(), 4);
        for (int i = 0; i < 14; ++i) window.context()->settings().addRecent(QStringLiteral("/x/%1").arg(i));
        QCOMPARE(window.context()->settings().recent().size(), WindowSettings::mostRecent);
        openRecent(window)->actions().constLast()->trigger();
        QVERIFY(window.context()->settings().recent().isEmpty());
    }

    /// Of the process that the next test kills.
    void editAndDie() {
        if (qgetenv(child_variable).isEmpty()) QSKIP("runs in a process of its own only");
        m_fixture->open();
        m_fixture->type(QStringLiteral("training.epochs"), QStringLiteral("123"));
        dieWhenTheDiskHas("epochs: 123");
    }
    void editsSurviveAKill() {
        QVERIFY(killed(QStringLiteral("editAndDie")));
        m_fixture->open();
        QCOMPARE(config().training.epochs, 123);
        QCOMPARE(m_fixture->window->train()->experiment()->presetName(), QString::fromLatin1(default_preset_name));
        QVERIFY(!m_fixture->window->banner()->isVisible());
    }

    /// Of the process that the next test kills.
    void arrangeAndDie() {
        if (qgetenv(child_variable).isEmpty()) QSKIP("runs in a process of its own only");
        MainWindow& window = m_fixture->open();
        window.resize(1100, 760);
        window.train()->dockOf(QStringLiteral("curves"))->close();
        QTest::keyClick(&window, Qt::Key_3, Qt::ControlModifier);
        dieWhenTheDiskHas("workspace=compare");
    }
    void arrangementSurvivesAKill() {
        QVERIFY(killed(QStringLiteral("arrangeAndDie")));
        MainWindow& window = m_fixture->open();
        QCOMPARE(window.currentWorkspace()->identity().name, QStringLiteral("compare"));
        QCOMPARE(window.size(), QSize(1100, 760));
        window.showWorkspace(QStringLiteral("train"));
        QVERIFY(window.train()->dockOf(QStringLiteral("curves"))->isHidden());
        QVERIFY(window.train()->dockOf(QStringLiteral("raster"))->isVisible());
    }

 private:
    /// What the disk has, not what this process knows.
    static void dieWhenTheDiskHas(const QByteArray& text) {
        const auto stored = [&text] {
            QFile file(WindowSettings::filePath());
            return file.open(QIODevice::ReadOnly) && file.readAll().contains(text);
        };
        QTRY_VERIFY_WITH_TIMEOUT(stored(), 60000);
        std::raise(SIGKILL);
    }
    /// Runs a test in a process of its own; true where that was killed.
    bool killed(const QString& test) const {
        QProcess child;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QString::fromLatin1(child_variable), m_fixture->folder.path());
        child.setProcessEnvironment(environment);
        child.setProcessChannelMode(QProcess::ForwardedChannels);
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("OpenWindowTest"), test});
        return child.waitForFinished(120000) && child.exitStatus() == QProcess::CrashExit;
    }

    const ExperimentConfig& config() const { return m_fixture->window->train()->experiment()->config(); }
    static QString canonical(const QString& path) { return QFileInfo(path).canonicalFilePath(); }
    QString write(const QString& name, const QByteArray& content) const {
        QFile file(m_fixture->path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) qFatal("no test file");
        return file.fileName();
    }
    /// Opens the window with a run, and exports its raster.
    QString exportedFigure(const QString& format) {
        const QString run = make_run(m_fixture->runsDir(), 2);
        MainWindow& window = m_fixture->open();
        window.open(run);
        [&] { QTRY_VERIFY(window.train()->live()->raster->hasContent()); }();
        const QString figure = m_fixture->path(QStringLiteral("figure.") + format);
        window.train()->exportTo(window.train()->dockOf(QStringLiteral("raster")), figure);
        return figure;
    }
    /// As the window system hands a drop on to the application.
    void drop(const QStringList& files, QWidget* onto = nullptr) const {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString& file : files) urls.append(QUrl::fromLocalFile(file));
        data.setUrls(urls);
        QWidget* target = onto ? onto : m_fixture->window.get();
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(target, &event);
    }
    static QMenu* openRecent(MainWindow& window) {
        auto* menu = window.findChild<QMenu*>(QStringLiteral("recent"));
        Q_EMIT menu->aboutToShow();
        return menu;
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(OpenWindowTest)
#include "open_window_test.moc"
