// resonate/concurrency.h: what the engine thread and its watchers share.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace resonate {

/// Holds the newest value only: a slow reader misses frames, never delays the writer. Any thread may call either side.
template <class Value>
class Mailbox {
 public:
    void put(Value value) {
        const std::lock_guard lock(mutex_);
        value_ = std::move(value);
    }
    /// The newest value not yet taken, or nothing.
    std::optional<Value> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(value_, std::nullopt);
    }

 private:
    std::mutex mutex_;
    std::optional<Value> value_;
};

/// Requests from any thread to a running training, looked at between two batches.
class TrainingControl {
 public:
    void request_stop() {
        stop_ = true;
        wake();
    }
    void request_pause() { paused_ = true; }
    void request_resume() {
        paused_ = false;
        wake();
    }
    bool stop_requested() const { return stop_; }
    bool pause_requested() const { return paused_; }

    /// Blocks while paused; returns at once otherwise.
    void wait_while_paused() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !paused_ || stop_; });
    }

 private:
    void wake() {
        const std::lock_guard lock(mutex_);
        changed_.notify_all();
    }

    std::atomic<bool> stop_{false};
    std::atomic<bool> paused_{false};
    std::mutex mutex_;
    std::condition_variable changed_;
};

}  // namespace resonate
