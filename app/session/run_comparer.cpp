// app/session/run_comparer.cpp: see run_comparer.h.
#include "session/run_comparer.h"

#include <algorithm>
#include <utility>

namespace resonate::app {

RunComparer::RunComparer(RunLibrary& library, QObject* parent)
    : QObject(parent), m_library(library), m_comparison(std::make_shared<RunComparison>()), m_worker(this) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(100);
    connect(&m_soon, &QTimer::timeout, this, &RunComparer::compare);
    connect(&library, &RunLibrary::storedChanged, this, [this](const QString& id) {
        if (m_ticked.contains(id) && !m_soon.isActive()) m_soon.start();
    });
    // Names of runs, and runs that are gone.
    connect(&library, &RunLibrary::changed, this, [this] {
        if (!m_ticked.isEmpty() && !m_soon.isActive()) m_soon.start();
    });
}

void RunComparer::setTicked(const QSet<QString>& ids) {
    m_ticked = ids;
    m_library.want(this, ids);
    m_soon.start();
}

void RunComparer::setCollapsed(bool collapsed) {
    m_collapsed = collapsed;
    m_soon.start();
}

void RunComparer::compare() {
    if (std::exchange(m_busy, true)) {
        m_again = true;
        return;
    }
    m_again = false;
    QStringList ids(m_ticked.begin(), m_ticked.end());
    std::sort(ids.begin(), ids.end());
    std::vector<SharedRun> runs;
    QStringList names;
    for (const QString& id : std::as_const(ids)) {
        const SharedRun run = m_library.stored(id);
        const SharedEntry entry = m_library.entry(id);
        if (!run || !entry) continue;
        runs.push_back(run);
        names << QString::fromStdString(entry->display_name());
    }
    m_worker.run([this, runs, names, collapsed = m_collapsed]() -> BackgroundWorker::Then {
        SharedComparison comparison = compareRuns(runs, names, collapsed);
        return [this, comparison] {
            m_busy = false;
            m_comparison = comparison;
            Q_EMIT compared(comparison);
            if (m_again) compare();
        };
    });
}

}  // namespace resonate::app
