// engine/data/feature_workers.cpp: see feature_workers.h.
#include "data/feature_workers.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <limits>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace resonate {
namespace {

struct Job {
    size_t index = 0;
    mfcc::Features* features = nullptr;
    FeatureWorkers::ReadSamples read;
};

}  // namespace

mfcc::Features& FeatureRows::append() {
    if (count_ == blocks_.size() * block_rows) blocks_.emplace_back(new mfcc::Features[block_rows]);
    const size_t index = count_++;
    return blocks_[index / block_rows][index % block_rows];
}

struct FeatureWorkers::Shared {
    std::mutex mutex;  ///< of all that follows but the threads
    std::condition_variable changed;
    std::deque<Job> waiting;
    size_t most_waiting = 0;
    bool complete = false;  ///< nothing will be added any more
    std::shared_ptr<FeatureRows> rows = std::make_shared<FeatureRows>();
    size_t failed_index = std::numeric_limits<size_t>::max();
    std::exception_ptr failure;
    std::vector<std::thread> threads;

    void work() {
        mfcc::Transform transform;
        std::unique_lock lock(mutex);
        for (;;) {
            changed.wait(lock, [this] { return !waiting.empty() || complete; });
            if (waiting.empty()) return;
            Job job = std::move(waiting.front());
            waiting.pop_front();
            changed.notify_all();
            lock.unlock();
            std::exception_ptr thrown;
            try {
                transform.compute(job.read(), *job.features);
            } catch (...) {
                thrown = std::current_exception();
            }
            job.read = nullptr;
            lock.lock();
            if (!thrown) continue;
            // Those added before this one are computed or in work: the first of them that fails is known in the end.
            waiting.clear();
            if (job.index < failed_index) {
                failed_index = job.index;
                failure = thrown;
            }
            changed.notify_all();
        }
    }

    void join() {
        {
            const std::lock_guard lock(mutex);
            complete = true;
        }
        changed.notify_all();
        for (std::thread& thread : threads) thread.join();
        threads.clear();
    }
};

FeatureWorkers::FeatureWorkers(int threads) : shared_(std::make_unique<Shared>()) {
    shared_->most_waiting = 2 * static_cast<size_t>(threads);
    for (int i = 0; i < threads; ++i) {
        try {
            shared_->threads.emplace_back([shared = shared_.get()] { shared->work(); });
        } catch (const std::system_error&) {
            // Where no more threads are to be had, fewer do it.
            if (i == 0) throw;
            break;
        }
    }
}

FeatureWorkers::~FeatureWorkers() {
    {
        const std::lock_guard lock(shared_->mutex);
        shared_->waiting.clear();
    }
    shared_->join();
}

void FeatureWorkers::add(ReadSamples read) {
    {
        std::unique_lock lock(shared_->mutex);
        shared_->changed.wait(
            lock, [this] { return shared_->waiting.size() < shared_->most_waiting || shared_->failure != nullptr; });
        if (!shared_->failure) {
            mfcc::Features& features = shared_->rows->append();
            shared_->waiting.push_back({shared_->rows->size() - 1, &features, std::move(read)});
            shared_->changed.notify_all();
            return;
        }
    }
    finish();
}

std::shared_ptr<const FeatureRows> FeatureWorkers::finish() {
    shared_->join();
    if (shared_->failure) std::rethrow_exception(shared_->failure);
    return shared_->rows;
}

}  // namespace resonate
