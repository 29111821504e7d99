// app/session/background_worker.cpp: see background_worker.h.
#include "session/background_worker.h"

#include <QMetaObject>
#include <atomic>
#include <mutex>

namespace resonate::app {
namespace {

/// ms for what runs when the worker goes.
constexpr int patience = 500;

/// Counts what is at work.
struct WorkCount {
    WorkCount() { ++running; }
    ~WorkCount() { --running; }
    WorkCount(const WorkCount&) = delete;
    WorkCount& operator=(const WorkCount&) = delete;
    static inline std::atomic<int> running{0};
};

}  // namespace

struct BackgroundWorker::Link {
    std::mutex mutex;
    QObject* owner = nullptr;
};

BackgroundWorker::BackgroundWorker(QObject* owner) : m_link(std::make_shared<Link>()), m_pool(new QThreadPool) {
    m_link->owner = owner;
    m_pool->setMaxThreadCount(1);
}

BackgroundWorker::~BackgroundWorker() {
    m_pool->clear();
    {
        const std::lock_guard lock(m_link->mutex);
        m_link->owner = nullptr;
    }
    // A pool that works cannot be deleted without waiting for it.
    if (m_pool->waitForDone(patience)) delete m_pool;
}

bool BackgroundWorker::abandonedWork() { return WorkCount::running > 0; }

void BackgroundWorker::run(const std::function<Then()>& work, int priority) {
    m_pool->start(
        [link = m_link, work] {
            const WorkCount counted;
            const Then then = work();
            const std::lock_guard lock(link->mutex);
            if (link->owner) QMetaObject::invokeMethod(link->owner, then, Qt::QueuedConnection);
        },
        priority);
}

}  // namespace resonate::app
