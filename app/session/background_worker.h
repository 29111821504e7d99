// app/session/background_worker.h: one thread for work whose results an object of the UI thread waits for.
#pragma once

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>

namespace resonate::app {

/// What the work returns runs on the UI thread, one after the other, unless the worker is gone by then.
class BackgroundWorker {
 public:
    using Then = std::function<void()>;

    /// `owner` has the worker for a member: what runs on the UI thread may use it.
    explicit BackgroundWorker(QObject* owner);
    /// Drops what waits. What runs cannot be interrupted, and may take minutes: it is left to itself after a moment,
    /// and abandonedWork() is true until it ends.
    ~BackgroundWorker();
    BackgroundWorker(const BackgroundWorker&) = delete;
    BackgroundWorker& operator=(const BackgroundWorker&) = delete;

    /// `work` must not touch the owner, which may be gone while it runs. Higher priorities go first, those of one
    /// priority in the order in which they were given.
    void run(const std::function<Then()>& work, int priority = 0);
    /// Drops what waits.
    void clear();

    /// Does work go on that nobody waits for? The program then has to end without tidying up under it.
    static bool abandonedWork();

 private:
    /// How the thread reaches an owner that may be gone.
    struct Link;

    std::shared_ptr<Link> m_link;
    QThreadPool* m_pool;
};

}  // namespace resonate::app
