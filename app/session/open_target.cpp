// app/session/open_target.cpp: see open_target.h.
#include "session/open_target.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include "exports/figure_record.h"
#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/own_data.h"

namespace resonate::app {
namespace {

constexpr qint64 largestYaml = 4'000'000;  // bytes; experiments have about two thousand

QString say(const char* text) { return QCoreApplication::translate("OpenTarget", text); }

template <class Error>
Error complaint(const QString& what, const char* sentence) {
    return Error((what + QStringLiteral(": ") + say(sentence)).toStdString());
}

bool isRun(const QString& folder) { return QFileInfo(folder + QStringLiteral("/experiment.yaml")).isFile(); }

/// The run folder in which a file lies, itself or in its `epochs`; else "".
QString runAround(const QFileInfo& file) {
    QDir folder = file.absoluteDir();
    if (isRun(folder.path())) return folder.path();
    return folder.dirName() == QLatin1String("epochs") && folder.cdUp() && isRun(folder.path()) ? folder.path()
                                                                                                : QString();
}

/// 12 of epoch_12.pt and epoch_12.npz
std::optional<int> epochOf(const QFileInfo& file) {
    static const QRegularExpression pattern(QStringLiteral("^epoch_(\\d{1,9})\\.(pt|npz)$"));
    const QRegularExpressionMatch match = pattern.match(file.fileName());
    return match.hasMatch() ? std::optional(match.captured(1).toInt()) : std::nullopt;
}

OpenTarget runTarget(const QString& folder, const QString& note = {}, std::optional<int> epoch = {}) {
    OpenTarget target;
    target.epoch = epoch;
    target.kind = OpenTarget::Kind::Run;
    target.path = folder;
    target.note = note;
    return target;
}

OpenTarget experimentTarget(const QString& name, const ExperimentConfig& config, const QString& note = {}) {
    OpenTarget target;
    target.name = name;
    target.config = config;
    target.note = note;
    return target;
}

OpenTarget dataTarget(const QString& set, const QString& path) {
    OpenTarget target;
    target.kind = OpenTarget::Kind::OwnData;
    target.name = set;
    target.path = path;
    return target;
}

/// "mine" of mine.yaml and of mine.resonate.yaml
QString presetNameOf(const QFileInfo& file) {
    QString name = file.completeBaseName();
    if (name.endsWith(QLatin1String(".resonate"))) name.chop(9);
    return name;
}

OpenTarget folderTarget(const QFileInfo& folder) {
    const QString path = folder.absoluteFilePath();
    if (isRun(path)) return runTarget(path);
    if (folder.fileName() == QLatin1String("epochs") && isRun(folder.absolutePath()))
        return runTarget(folder.absolutePath());
    if (const auto own = own_data_at(path.toStdString())) return dataTarget(QString::fromStdString(own->name), path);
    for (const QString& inside : QDir(path).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        if (isRun(path + QLatin1Char('/') + inside))
            throw complaint<RunError>(
                path, "holds runs; open one of them, or make it the runs folder with File, Runs folder");
    throw complaint<RunError>(
        path,
        "expected a run folder (with experiment.yaml), or a folder of recordings or spike files, found "
        "neither; choose the folder in which they lie");
}

OpenTarget yamlTarget(const QFileInfo& file) {
    const QString path = file.absoluteFilePath();
    if (file.size() > largestYaml)
        throw complaint<ConfigError>(path, "is too large for an experiment (4 MB at most); choose another file");
    try {
        return experimentTarget(presetNameOf(file), load_experiment(path.toStdString()));
    } catch (const ConfigError& wrongExperiment) {
        const ConfigError sentence = wrongExperiment;
        try {
            read_definition(path.toStdString());
        } catch (const Error&) {
            throw sentence;
        }
        return dataTarget(QStringLiteral("own_arrays"), path);
    }
}

OpenTarget checkpointTarget(const QFileInfo& file) {
    const QString path = file.absoluteFilePath();
    if (const QString run = runAround(file); !run.isEmpty())
        return runTarget(
            run,
            say("%1 is a checkpoint of the run %2, which is open now.").arg(file.fileName(), QFileInfo(run).fileName()),
            epochOf(file));
    throw ConfigError(
        say("%1: is a checkpoint outside of a run folder and does not say which experiment it belongs to; open it "
            "where its experiment.yaml lies beside it")
            .arg(path)
            .toStdString());
}

OpenTarget figureTarget(const QFileInfo& file, const QString& runsDir) {
    const QString path = file.absoluteFilePath();
    const FigureRecord record = readRecord(path);
    if (!record.opens())
        throw complaint<DataError>(path, "shows data rather than a run: there is no experiment to open");
    // A name, never a path: the file may come from anywhere.
    const bool plain = !record.run.isEmpty() && QFileInfo(record.run).fileName() == record.run &&
                       !record.run.startsWith(QLatin1Char('.'));
    const QString folder = runsDir + QLatin1Char('/') + record.run;
    if (plain && isRun(folder)) {
        bool isNumber = false;
        const int epoch = record.epoch.toInt(&isNumber);
        OpenTarget target =
            runTarget(folder, say("%1 was made by the run %2, which is open now.").arg(file.fileName(), record.run),
                      isNumber ? std::optional(epoch) : std::nullopt);
        const int sample = record.sample.toInt(&isNumber);
        if (isNumber && sample >= 0) target.sample = sample;
        target.neurons = neuronsOf(record);
        return target;
    }
    if (record.experiment.isEmpty())
        throw DataError(say("%1: was made by the run %2, which is not in %3, and does not hold its experiment; choose "
                            "the runs folder with File, Runs folder")
                            .arg(path, record.run, runsDir)
                            .toStdString());
    const ExperimentConfig config = parse_experiment(record.experiment.toStdString(), path.toStdString());
    const QString source = record.run.isEmpty() ? say("a run") : say("the run %1").arg(record.run);
    return experimentTarget(QString(), config,
                            say("%1 was made by %2, which is not in %3: its experiment is in the form and can be run "
                                "again.")
                                .arg(file.fileName(), source, QDir::toNativeSeparators(runsDir)));
}

bool isOneOf(const QString& ending, std::initializer_list<const char*> endings) {
    for (const char* known : endings)
        if (ending == QLatin1String(known)) return true;
    return false;
}

}  // namespace

OpenTarget openTarget(const QString& what, const QString& runsDir) {
    const QFileInfo file(what);
    if (file.isDir()) return folderTarget(file);
    if (!file.exists()) {
        if (what.contains(QLatin1Char('/')) && QFileInfo(what).suffix().isEmpty())
            throw complaint<ConfigError>(what, "is not there; it may have been moved, renamed or removed");
        return experimentTarget(what, load_preset(what.toStdString()));
    }
    const QString ending = file.suffix().toLower();
    if (isOneOf(ending, {"yaml", "yml"})) return yamlTarget(file);
    if (isOneOf(ending, {"pt", "pth"})) return checkpointTarget(file);
    if (isOneOf(ending, {"png", "svg", "pdf", "gif"})) return figureTarget(file, runsDir);
    if (const QString run = runAround(file); !run.isEmpty()) return runTarget(run, {}, epochOf(file));
    if (isOneOf(ending, {"h5", "hdf5"})) return dataTarget(QStringLiteral("own_spikes"), file.absoluteFilePath());
    if (isOneOf(ending, {"csv", "npy", "npz", "mat"}))
        return dataTarget(QStringLiteral("own_arrays"), file.absoluteFilePath());
    throw complaint<ConfigError>(
        what,
        "expected an experiment (.yaml), a run folder or a checkpoint in one (.pt), an exported "
        "figure (.png, .svg, .pdf, .gif), or data (.csv, .npy, .npz, .mat, .h5, a folder of recordings)");
}

}  // namespace resonate::app
