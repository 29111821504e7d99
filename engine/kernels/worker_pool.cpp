// engine/kernels/worker_pool.cpp: see worker_pool.h.
#include "kernels/worker_pool.h"

#include <cstdlib>
#include <new>

namespace resonate::kernels {

void Scratch::Free::operator()(void* block) const { std::free(block); }

void* Scratch::get(std::size_t bytes) {
    if (bytes <= size_ && block_) return block_.get();
    block_.reset();
    size_ = 0;
    const std::size_t rounded = (bytes + 63) / 64 * 64 + 64;
    block_.reset(std::aligned_alloc(64, rounded));
    if (!block_) throw std::bad_alloc();
    size_ = rounded;
    return block_.get();
}

WorkerPool::WorkerPool(int threads) : scratch_(static_cast<std::size_t>(threads > 1 ? threads : 1)) {
    for (int worker = 1; worker < size(); ++worker) threads_.emplace_back([this, worker] { work(worker); });
}

WorkerPool::~WorkerPool() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    start_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

void WorkerPool::run(const std::function<void(int)>& task) {
    {
        const std::lock_guard lock(mutex_);
        task_ = &task;
        busy_ = static_cast<int>(threads_.size());
        ++round_;
    }
    start_.notify_all();
    task(0);
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return busy_ == 0; });
}

void WorkerPool::work(int worker) {
    std::size_t seen = 0;
    while (true) {
        const std::function<void(int)>* task = nullptr;
        {
            std::unique_lock lock(mutex_);
            start_.wait(lock, [&] { return ending_ || round_ != seen; });
            if (ending_) return;
            seen = round_;
            task = task_;
        }
        (*task)(worker);
        const std::lock_guard lock(mutex_);
        if (--busy_ == 0) done_.notify_one();
    }
}

}  // namespace resonate::kernels
