// app/session/window_context.cpp: see window_context.h.
#include "session/window_context.h"

namespace resonate::app {

WindowContext::WindowContext(const WindowOptions& options, QObject* parent)
    : QObject(parent), m_options(options), m_jobs(new DatasetJobs(this)), m_runs(new RunLibrary(this)) {
    m_runs->setFolder(runsDir());
    m_jobs->setDataDir(dataDir().toStdString());
    connect(m_jobs, &DatasetJobs::ended, this, [this](const DatasetJobs::End& end) {
        if (end.result == DatasetJobs::Result::Failed) Q_EMIT errorRaised(end.sentence);
        Q_EMIT datasetJobEnded(end);
        if (end.kind != DatasetJobs::Kind::Verify) Q_EMIT datasetsChanged();
    });
}

void WindowContext::setDataDir(const QString& folder) {
    m_options.dataDir.reset();
    m_settings.setDataDir(folder);
    m_jobs->setDataDir(folder.toStdString());
    Q_EMIT datasetsChanged();
}

void WindowContext::setRunsDir(const QString& folder) {
    m_options.runsDir.reset();
    m_settings.setRunsDir(folder);
    m_runs->setFolder(folder);
    Q_EMIT runsDirChanged();
}

void WindowContext::report(const std::exception& error) {
    const QString sentence = QString::fromUtf8(error.what());
    qWarning("%s", error.what());
    Q_EMIT errorRaised(sentence);
}

bool WindowContext::guarded(const std::function<void()>& action) {
    try {
        action();
        return true;
    } catch (const std::exception& error) {
        report(error);
        return false;
    }
}

}  // namespace resonate::app
