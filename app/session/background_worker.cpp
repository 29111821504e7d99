// app/session/background_worker.cpp: see background_worker.h.
#include "session/background_worker.h"

#include <QMetaObject>
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <utility>

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
    /// What waits, by falling priority. The queue of QThreadPool forgets the priority of what it hands to a thread that
    /// has nothing to do, and lets others overtake it.
    std::multimap<int, std::function<Then()>, std::greater<>> waiting;
};

BackgroundWorker::BackgroundWorker(QObject* owner) : m_link(std::make_shared<Link>()), m_pool(new QThreadPool) {
    m_link->owner = owner;
    m_pool->setMaxThreadCount(1);
}

BackgroundWorker::~BackgroundWorker() {
    clear();
    {
        const std::lock_guard lock(m_link->mutex);
        m_link->owner = nullptr;
    }
    // A pool that works cannot be deleted without waiting for it.
    if (m_pool->waitForDone(patience)) delete m_pool;
}

bool BackgroundWorker::abandonedWork() { return WorkCount::running > 0; }

void BackgroundWorker::clear() {
    m_pool->clear();
    const std::lock_guard lock(m_link->mutex);
    m_link->waiting.clear();
}

void BackgroundWorker::run(const std::function<Then()>& work, int priority) {
    {
        const std::lock_guard lock(m_link->mutex);
        m_link->waiting.emplace(priority, work);
    }
    m_pool->start([link = m_link] {
        const WorkCount counted;
        std::function<Then()> next;
        {
            const std::lock_guard lock(link->mutex);
            if (link->waiting.empty()) return;
            next = std::move(link->waiting.begin()->second);
            link->waiting.erase(link->waiting.begin());
        }
        const Then then = next();
        const std::lock_guard lock(link->mutex);
        if (link->owner) QMetaObject::invokeMethod(link->owner, then, Qt::QueuedConnection);
    });
}

}  // namespace resonate::app
