// app/main.cpp: resonate, the window.
#include <QApplication>
#include <QCommandLineParser>
#include <QTimer>
#include <csignal>
#include <cstdlib>
#include <span>
#include <string_view>

#include "main_window.h"
#include "panels/view_dock.h"
#include "resonate/experiment.h"
#include "session/background_worker.h"
#include "session/engine_start.h"
#include "workspaces/data_workspace.h"
#include "workspaces/run_replay.h"
#include "workspaces/train_workspace.h"

using namespace resonate::app;

int main(int argc, char** argv) {
    // Help and version need no display.
    for (const char* argument : std::span(argv, static_cast<size_t>(argc)).subspan(1)) {
        const std::string_view text = argument;
        if (text == "--help" || text == "-h" || text == "--version" || text == "-v")
            qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("Resonate"));
    QApplication::setApplicationName(QStringLiteral("Resonate"));
    QApplication::setApplicationVersion(QString::fromStdString(resonate::program_version()));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.resonatelab.Resonate"));
    // A full disk shows as an error of write(), not as a signal.
    std::signal(SIGXFSZ, SIG_IGN);

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "A laboratory for resonate-and-fire spiking networks."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("experiment"),
        QCoreApplication::translate(
            "main", "Preset, YAML file, run folder, checkpoint in one, exported figure or data to open."),
        QStringLiteral("[experiment]"));
    const auto option = [&](const char* name, const char* help, const char* value) {
        QCommandLineOption made(QString::fromLatin1(name), QCoreApplication::translate("main", help),
                                QString::fromLatin1(value));
        parser.addOption(made);
        return made;
    };
    const QCommandLineOption dataDir = option("data-dir", "Folder with one folder per data set.", "folder");
    const QCommandLineOption runsDir = option("runs-dir", "Folder for runs.", "folder");
    const QCommandLineOption threads = option("threads", "Worker threads of the engine.", "count");
    const QCommandLineOption theme = option("theme", "light, dark or system.", "theme");
    const QCommandLineOption size = option("size", "Size of the window, for example 1440x900.", "size");
    const QCommandLineOption start = option("start", "Start training at once.", "");
    const QCommandLineOption workspace = option("workspace", "Workspace to show: train, data or compare.", "name");
    const QCommandLineOption dataset = option("dataset", "Data set to show in Data.", "name");
    const QCommandLineOption views =
        option("views", "Views to bring to the front: names, with commas between.", "names");
    const QCommandLineOption epoch = option("epoch", "Recorded epoch of the run folder to show.", "number");
    const QCommandLineOption screenshot = option("screenshot", "Save a picture of the window and quit.", "file");
    const QCommandLineOption after = option("after", "Seconds before the picture is taken (default 10).", "seconds");
    const QCommandLineOption tour = option("tour", "Show the tour, at a step from 1 to 5.", "step");
    parser.process(application);

    WindowOptions options;
    if (parser.isSet(dataDir)) options.dataDir = parser.value(dataDir);
    if (parser.isSet(runsDir)) options.runsDir = parser.value(runsDir);
    if (parser.isSet(theme)) options.theme = themeFromName(parser.value(theme));
    options.threads = std::max(0, parser.value(threads).toInt());
    // Who asks for something has come for that.
    options.tour = parser.optionNames().isEmpty() && parser.positionalArguments().isEmpty();
    int status = 0;
    {
        MainWindow window(options);
        if (const QStringList parts = parser.value(size).split(QLatin1Char('x')); parts.size() == 2)
            window.resize(parts[0].toInt(), parts[1].toInt());
        window.show();
        if (!parser.positionalArguments().isEmpty()) window.open(parser.positionalArguments().constFirst());
        if (parser.isSet(epoch)) window.train()->replay()->show(parser.value(epoch).toInt());
        if (parser.isSet(workspace)) window.showWorkspace(parser.value(workspace));
        if (parser.isSet(dataset)) {
            if (DatasetCard* card = window.data()->card(parser.value(dataset))) window.data()->choose(card);
        }
        for (const QString& name : parser.value(views).split(QLatin1Char(','), Qt::SkipEmptyParts))
            if (ViewDock* dock = window.currentWorkspace()->dockOf(name.trimmed())) {
                dock->show();
                dock->raise();
            }
        // Once the window stands and what reads at the start has its threads; until somebody has found Start the engine
        // is there.
        QTimer::singleShot(200, qApp, loadEngineAside);
        if (parser.isSet(start)) QTimer::singleShot(0, window.train(), &TrainWorkspace::start);
        if (parser.isSet(tour))
            QTimer::singleShot(0, &window, [&] { window.showTour(std::max(1, parser.value(tour).toInt()) - 1); });
        if (parser.isSet(screenshot))
            QTimer::singleShot(static_cast<int>(1000 * (parser.isSet(after) ? parser.value(after).toDouble() : 10.0)),
                               &window,
                               [&] { QApplication::exit(window.grab().save(parser.value(screenshot)) ? 0 : 1); });
        status = QApplication::exec();
    }
    // All is saved. A load that goes on must not find the program half taken down.
    if (BackgroundWorker::abandonedWork()) std::_Exit(status);
    return status;
}
