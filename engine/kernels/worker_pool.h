// engine/kernels/worker_pool.h: a fixed number of threads that run the same function, each with memory of its own.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace resonate::kernels {

/// Memory that is kept between calls, so that the system need not clear the same pages for every batch.
class Scratch {
 public:
    /// At least `bytes`, aligned to 64, with whatever was in it. Throws std::bad_alloc.
    void* get(std::size_t bytes);

 private:
    struct Free {
        void operator()(void* block) const;
    };
    std::unique_ptr<void, Free> block_;
    std::size_t size_ = 0;
};

/// Worker 0 is the calling thread. Not itself thread-safe: one caller at a time.
class WorkerPool {
 public:
    explicit WorkerPool(int threads);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    int size() const { return static_cast<int>(scratch_.size()); }
    /// Calls task(0) … task(size() − 1), each on its own thread, and waits for all. The task must not throw.
    void run(const std::function<void(int worker)>& task);
    Scratch& scratch(int worker) { return scratch_[static_cast<std::size_t>(worker)]; }
    Scratch& shared_scratch() { return shared_; }

 private:
    void work(int worker);

    std::vector<Scratch> scratch_;
    Scratch shared_;
    std::mutex mutex_;
    std::condition_variable start_;
    std::condition_variable done_;
    const std::function<void(int)>* task_ = nullptr;
    std::size_t round_ = 0;
    int busy_ = 0;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace resonate::kernels
