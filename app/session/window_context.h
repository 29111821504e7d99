// app/session/window_context.h: what the workspaces of a window share: settings, folders, messages, data files.
#pragma once

#include <QAction>
#include <QObject>
#include <functional>
#include <optional>

#include "resonate/experiment_config.h"
#include "session/dataset_jobs.h"
#include "session/run_library.h"
#include "session/window_settings.h"

namespace resonate::app {

/// What the command line said, before the settings of earlier starts.
struct WindowOptions {
    std::optional<QString> dataDir;
    std::optional<QString> runsDir;
    std::optional<ThemeMode> theme;
    int threads = 0;
};

/// Workspaces do not know each other: what one wants of the window or of another goes through these signals.
class WindowContext : public QObject {
    Q_OBJECT

 public:
    explicit WindowContext(const WindowOptions& options, QObject* parent = nullptr);

    WindowSettings& settings() { return m_settings; }
    DatasetJobs& jobs() { return *m_jobs; }
    /// Of the folder for runs.
    RunLibrary& runs() { return *m_runs; }
    ThemeMode theme() const { return m_options.theme.value_or(m_settings.theme()); }
    int threads() const { return m_options.threads; }
    QString dataDir() const { return m_options.dataDir.value_or(m_settings.dataDir()); }
    QString runsDir() const { return m_options.runsDir.value_or(m_settings.runsDir()); }
    void setDataDir(const QString& folder);
    void setRunsDir(const QString& folder);

    /// Shows the sentence of an error in the banner.
    void report(const std::exception& error);
    /// Runs the action; an error it throws is reported. False then.
    bool guarded(const std::function<void()>& action);

 Q_SIGNALS:
    void errorRaised(const QString& sentence);
    void noticeRaised(const QString& sentence);
    /// Something was done that the action takes back: both show in the banner.
    void undoableDone(const QString& sentence, QAction* undo);
    /// What the banner says is over.
    void messageSettled();
    void statusShown(const QString& text, int milliseconds);
    /// A download, import, check or removal ended. Where files came or went datasetsChanged() follows.
    void datasetJobEnded(const resonate::app::DatasetJobs::End& end);
    /// The data folder is another, or files in it came or went.
    void datasetsChanged();
    /// The folder for runs is another.
    void runsDirChanged();
    void workspaceWanted(const QString& name);
    /// Show the run in this folder in Train.
    void runWanted(const QString& folder);
    /// Show this experiment in Train, as a preset of that name ("" = none).
    void experimentWanted(const QString& preset, const resonate::ExperimentConfig& config);
    /// Show this data set in Data.
    void datasetWanted(const resonate::DatasetConfig& dataset);

 private:
    WindowOptions m_options;
    WindowSettings m_settings;
    DatasetJobs* m_jobs;
    RunLibrary* m_runs;
};

}  // namespace resonate::app
