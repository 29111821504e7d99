// tests/bench/bench_ui.cpp: measures what the window must keep to (docs/performance.md); checks nothing.
// Usage: bench_ui [--json] [--only NAME] [--seconds S] [--rounds N] [--profile]
#include <QCommandLineParser>
#include <QDirIterator>
#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>
#include <cmath>
#include <cstdio>
#include <functional>

#include "main_window.h"
#include "measured_application.h"
#include "panels/experiment_panel.h"
#include "panels/view_dock.h"
#include "resonate/config_io.h"
#include "resonate/run_store.h"
#include "views/curves_view.h"
#include "views/raster_view.h"
#include "workspaces/live_views.h"
#include "workspaces/train_workspace.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::bench;

namespace {

struct Row {
    QString what;
    double value;
    QString unit;
    QString budget;  ///< "" where there is none
    QString note;
};

/// What the command line asks for, and what was measured.
struct Bench {
    MeasuredApplication& application;
    QTemporaryDir folder;
    double seconds = 6;
    int rounds = 3;
    bool profile = false;
    QList<Row> rows;

    void add(const QString& what, double value, const char* unit, const char* budget = "", const QString& note = {}) {
        rows.append({what, value, QString::fromUtf8(unit), QString::fromUtf8(budget), note});
        std::fprintf(stderr, "%s: %.4g %s %s\n", qUtf8Printable(what), value, unit, qUtf8Printable(note));
    }
};

/// Sleeps between events, as a program does that is not measured.
void waitFor(const std::function<bool()>& condition) {
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (condition()) loop.quit();
    });
    look.start(50);
    loop.exec();
}

void waitSeconds(double seconds) {
    const double end = wallSeconds() + seconds;
    waitFor([&] { return wallSeconds() >= end; });
}

/// Children: prints how long after the time given the first picture of the window stands.
int startAndTell(MeasuredApplication& application, double since) {
    MainWindow window;
    window.show();
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &window, [&] {
        if (application.lastFrame() == 0) return;
        std::printf("%.4f %.4f\n", application.lastFrame() - since, processSeconds());
        QCoreApplication::quit();
    });
    look.start(1);
    return QCoreApplication::exec();
}

void measureStart(Bench& bench) {
    std::vector<double> times;
    std::vector<double> cpu;
    for (int round = 0; round < std::max(5, bench.rounds + 1); ++round) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("--since"), QString::number(wallSeconds(), 'f', 6)});
        child.waitForFinished(60000);
        const QList<QByteArray> told = child.readAllStandardOutput().trimmed().split(' ');
        if (round == 0 || told.size() != 2) continue;
        times.push_back(told[0].toDouble());
        cpu.push_back(told[1].toDouble());
    }
    bench.add(QStringLiteral("window visible after start"), quantile(times, 0.5), "s", "<= 0.7",
              QStringLiteral("median of %1; best %2, on a core %3")
                  .arg(times.size())
                  .arg(quantile(times, 0), 0, 'f', 2)
                  .arg(quantile(cpu, 0.5), 0, 'f', 2));
}

/// A frame as of a large network: about 20 000 spikes.
SharedFrame largeFrame(int steps, int neurons, int spikes) {
    auto frame = std::make_shared<ProbeFrame>();
    frame->steps = steps;
    frame->inputs = 1;
    frame->neurons = neurons;
    frame->classes = 10;
    const auto cells = static_cast<size_t>(steps) * static_cast<size_t>(neurons);
    frame->input.assign(static_cast<size_t>(steps), 0.5F);
    frame->labels = {3};
    frame->u.assign(cells, 0.2F);
    frame->v.assign(cells, 0.1F);
    frame->threshold.assign(cells, 1);
    frame->spikes.assign(cells, 0);
    for (size_t i = 0; i < static_cast<size_t>(spikes); ++i) frame->spikes[i * 7919 % cells] = 1;
    frame->probabilities.assign(static_cast<size_t>(steps) * 10, 0.1F);
    frame->omega.assign(static_cast<size_t>(neurons), 20);
    frame->b.assign(static_cast<size_t>(neurons), -1);
    return frame;
}

void measureRaster(Bench& bench) {
    ViewLink link;
    RasterView raster(&link);
    raster.resize(800, 400);
    raster.show();
    waitSeconds(0.2);
    std::vector<double> wall;
    std::vector<double> cpu;
    for (int round = 0; round < 60; ++round) {
        raster.setFrame(largeFrame(784, 256, 20000));
        const double startCpu = threadSeconds();
        const double start = wallSeconds();
        raster.repaint();
        wall.push_back(1e3 * (wallSeconds() - start));
        cpu.push_back(1e3 * (threadSeconds() - startCpu));
    }
    bench.add(QStringLiteral("raster 256 x 784, 20 000 spikes, 800 x 400: repaint"), quantile(wall, 0.5), "ms", "<= 5",
              QStringLiteral("on a core %1, longest %2").arg(quantile(cpu, 0.5)).arg(quantile(wall, 1)));
}

RunOptions runOptions(const Bench& bench) {
    RunOptions options;
    options.runs_dir = bench.folder.filePath(QStringLiteral("runs")).toStdString();
    options.data_dir = bench.folder.filePath(QStringLiteral("data")).toStdString();
    return options;
}

/// How long the epochs from `first` to the last take.
struct Span {
    double wall = 0;
    double cpu = 0;
};

/// Times from the evaluation before training to the last epoch.
class EpochClock : public TrainingObserver {
 public:
    explicit EpochClock(int last) : m_last(last) {}
    void on_epoch(const EpochMetrics& metrics) override {
        if (metrics.epoch == 0) start();
        if (metrics.epoch == m_last) stop();
    }
    void start() { m_start = {wallSeconds(), processSeconds()}; }
    void stop() { m_span = {wallSeconds() - m_start.wall, processSeconds() - m_start.cpu}; }
    const Span& span() const { return m_span; }

 private:
    int m_last;
    Span m_start;
    Span m_span;
};

Span trainHeadless(const Bench& bench, const ExperimentConfig& config) {
    EpochClock clock(config.training.epochs);
    TrainingControl control;
    run_training(config, runOptions(bench), clock, control);
    return clock.span();
}

/// Every view in sight, none behind another.
void openAllViews(MainWindow& window) {
    TrainWorkspace* train = window.train();
    const auto dock = [&](const char* name) { return train->dockOf(QLatin1String(name)); };
    const auto apart = [&](const char* beside, const char* name, Qt::Orientation orientation) {
        train->removeDockWidget(dock(name));
        train->splitDockWidget(dock(beside), dock(name), orientation);
        dock(name)->show();
    };
    apart("curves", "activity", Qt::Horizontal);
    apart("raster", "input", Qt::Horizontal);
    apart("membranes", "output", Qt::Horizontal);
}

Span trainInWindow(Bench& bench, MainWindow& window, const ExperimentConfig& config, UiWork& work, int& frames) {
    TrainWorkspace* train = window.train();
    train->experiment()->setPreset(QString(), config);
    EpochClock clock(config.training.epochs);
    QObject context;
    frames = 0;
    QObject::connect(train->presenter(), &TrainingPresenter::frameArrived, &context, [&] { ++frames; });
    QObject::connect(train->presenter(), &TrainingPresenter::epochDone, &context, [&](const EpochMetrics& metrics) {
        if (metrics.epoch == 0) {
            bench.application.startMeasuring();
            frames = 0;
        }
        clock.on_epoch(metrics);
        if (metrics.epoch == config.training.epochs) work = bench.application.stopMeasuring();
    });
    train->start();
    waitFor([&] { return !train->presenter()->isActive(); });
    return clock.span();
}

void append(UiWork& all, const UiWork& more) {
    all.turns.insert(all.turns.end(), more.turns.begin(), more.turns.end());
    all.frames.insert(all.frames.end(), more.frames.begin(), more.frames.end());
    if (more.longest > all.longest) all.longestName = more.longestName;
    all.longest = std::max(all.longest, more.longest);
    all.longestCpu = std::max(all.longestCpu, more.longestCpu);
    all.cpu += more.cpu;
    all.wall += more.wall;
    const auto sum = [](QMap<QString, UiWork::Cost>& into, const QMap<QString, UiWork::Cost>& from) {
        for (auto cost = from.begin(); cost != from.end(); ++cost) {
            into[cost.key()].count += cost->count;
            into[cost.key()].cpu += cost->cpu;
        }
    };
    sum(all.paints, more.paints);
    sum(all.kinds, more.kinds);
}

void measureTraining(Bench& bench, const char* preset) {
    ExperimentConfig config = load_preset(preset);
    config.training.epochs = 1;
    const double epoch = trainHeadless(bench, config).wall;
    config.training.epochs = std::max(1, static_cast<int>(std::lround(bench.seconds / epoch)));

    WindowOptions options;
    options.runsDir = bench.folder.filePath(QStringLiteral("runs"));
    options.dataDir = bench.folder.filePath(QStringLiteral("data"));
    MainWindow window(options);
    window.resize(1440, 900);
    window.show();
    waitSeconds(0.3);
    openAllViews(window);
    waitSeconds(0.3);

    std::vector<double> speed;
    std::vector<double> cpuSpeed;
    UiWork all;
    int frames = 0;
    for (int round = 0; round < bench.rounds; ++round) {
        const Span headless = trainHeadless(bench, config);
        UiWork work;
        int shown = 0;
        const Span watched = trainInWindow(bench, window, config, work, shown);
        speed.push_back(100 * headless.wall / watched.wall);
        cpuSpeed.push_back(100 * headless.cpu / watched.cpu);
        frames += shown;
        append(all, work);
        std::fprintf(stderr, "  headless %.2f s (on cores %.2f), watched %.2f s (%.2f), %d frames\n", headless.wall,
                     headless.cpu, watched.wall, watched.cpu, shown);
    }
    const QString name = QString::fromLatin1(preset);
    bench.add(name + QStringLiteral(": speed with all views, of headless"), quantile(speed, 0.5), "%", ">= 98",
              QStringLiteral("%1 to %2; by time on cores %3")
                  .arg(quantile(speed, 0), 0, 'f', 1)
                  .arg(quantile(speed, 1), 0, 'f', 1)
                  .arg(quantile(cpuSpeed, 0.5), 0, 'f', 1));
    bench.add(name + QStringLiteral(": longest turn of the UI"), all.longest, "ms", "<= 50",
              QStringLiteral("on a core %1; %2").arg(all.longestCpu, 0, 'f', 1).arg(all.longestName));
    bench.add(name + QStringLiteral(": 99 % of frames"), quantile(all.frames, 0.99), "ms", "<= 16",
              QStringLiteral("median %1 of %2").arg(quantile(all.frames, 0.5), 0, 'f', 1).arg(all.frames.size()));
    bench.add(name + QStringLiteral(": UI thread"), 100 * all.cpu / all.wall, "% of a core", "",
              QStringLiteral("%1 probe frames per second").arg(frames / all.wall, 0, 'f', 1));
    if (!bench.profile) return;
    for (const auto* costs : {&all.kinds, &all.paints}) {
        std::fprintf(stderr, costs == &all.kinds ? "turns\n" : "paints\n");
        for (auto cost = costs->begin(); cost != costs->end(); ++cost)
            std::fprintf(stderr, "  %-56s %6d of %8.2f ms, %8.2f %% of a core\n", qUtf8Printable(cost.key()),
                         cost->count, 1e3 * cost->cpu / cost->count, 100 * cost->cpu / all.wall);
    }
}

double megabytesIn(const QString& folder) {
    double bytes = 0;
    for (QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories); files.hasNext();) {
        files.next();
        bytes += static_cast<double>(files.fileInfo().size());
    }
    return bytes / 1e6;
}

/// A finished run of 400 short epochs, each of which is kept as far as there is room.
void measureOpening(Bench& bench) {
    ExperimentConfig config = load_preset(std::string(default_preset_name));
    config.dataset.synthetic_train = 16;
    config.dataset.synthetic_test = 4;
    config.training.epochs = 400;
    config.recording.epoch_megabytes = 64;
    RunOptions options = runOptions(bench);
    options.run_name = "long";
    EpochClock clock(config.training.epochs);
    TrainingControl control;
    const QString folder = QString::fromStdString(run_training(config, options, clock, control).folder.string());
    bench.add(QStringLiteral("kept epochs of a run of 400"), megabytesIn(folder + QStringLiteral("/epochs")), "MB",
              "<= 64", QStringLiteral("%1 of them").arg(recorded_epochs(folder.toStdString()).size()));

    std::vector<double> times;
    for (int round = 0; round < bench.rounds; ++round) {
        MainWindow window;
        window.resize(1440, 900);
        window.show();
        waitSeconds(0.5);
        const double start = wallSeconds();
        window.train()->open(folder);
        waitFor([&] { return wallSeconds() > std::max(start, bench.application.lastFrame()) + 0.5; });
        times.push_back(bench.application.lastFrame() - start);
    }
    bench.add(QStringLiteral("opening a finished run of 400 epochs"), quantile(times, 0.5), "s", "<= 1",
              QStringLiteral("until the last painting; longest %1").arg(quantile(times, 1), 0, 'f', 3));
}

void print(const Bench& bench, bool json) {
    QJsonArray array;
    for (const Row& row : bench.rows)
        array.append(QJsonObject{{QStringLiteral("what"), row.what},
                                 {QStringLiteral("value"), row.value},
                                 {QStringLiteral("unit"), row.unit},
                                 {QStringLiteral("budget"), row.budget},
                                 {QStringLiteral("note"), row.note}});
    if (json) {
        std::fputs(QJsonDocument(array).toJson().constData(), stdout);
        return;
    }
    std::printf("| | measured | asked | |\n|---|---|---|---|\n");
    for (const Row& row : bench.rows)
        std::printf("| %s | %.3g %s | %s | %s |\n", qUtf8Printable(row.what), row.value, qUtf8Printable(row.unit),
                    qUtf8Printable(row.budget), qUtf8Printable(row.note));
}

}  // namespace

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM") && !qEnvironmentVariableIsSet("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    // Settings of the user of this machine stay as they are. Children share the folder of the first.
    QTemporaryDir home;
    if (!qEnvironmentVariableIsSet("RESONATE_BENCH_HOME")) {
        qputenv("RESONATE_BENCH_HOME", home.path().toUtf8());
        for (const char* variable : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
            qputenv(variable, home.path().toUtf8());
    }
    MeasuredApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("ResonateTests"));
    QCoreApplication::setApplicationName(QStringLiteral("bench-ui"));

    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions(
        {{QStringLiteral("json"), QStringLiteral("Prints JSON instead of a table.")},
         {QStringLiteral("profile"), QStringLiteral("Tells what each class of widgets costs to paint.")},
         {QStringLiteral("only"), QStringLiteral("start, raster, train or open."), QStringLiteral("name")},
         {QStringLiteral("seconds"), QStringLiteral("Of each training (6)."), QStringLiteral("s"), QStringLiteral("6")},
         {QStringLiteral("rounds"), QStringLiteral("Repetitions (3)."), QStringLiteral("n"), QStringLiteral("3")},
         {QStringLiteral("since"), QStringLiteral("Of a child."), QStringLiteral("s")}});
    parser.process(application);
    if (parser.isSet(QStringLiteral("since")))
        return startAndTell(application, parser.value(QStringLiteral("since")).toDouble());

    Bench bench{application,
                {},
                parser.value(QStringLiteral("seconds")).toDouble(),
                std::max(1, parser.value(QStringLiteral("rounds")).toInt()),
                parser.isSet(QStringLiteral("profile")),
                {}};
    const std::pair<const char*, std::function<void()>> parts[] = {
        {"start", [&] { measureStart(bench); }},
        {"raster", [&] { measureRaster(bench); }},
        {"train",
         [&] {
             measureTraining(bench, std::string(default_preset_name).c_str());
             measureTraining(bench, "synthetic_digits_brf");
         }},
        {"open", [&] { measureOpening(bench); }}};
    const QString only = parser.value(QStringLiteral("only"));
    for (const auto& [name, measure] : parts)
        if (only.isEmpty() || only == QLatin1String(name)) measure();
    print(bench, parser.isSet(QStringLiteral("json")));
    return 0;
}
