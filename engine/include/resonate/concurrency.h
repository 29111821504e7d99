// resonate/concurrency.h: what the engine thread and its watchers share.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
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

/// A new value for a field of the experiment, as `--set path=value` takes it.
struct FieldEdit {
    std::string path;
    std::string value;
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
    /// One batch, then a pause. Of a paused training; one that runs pauses after its batch.
    void request_step() {
        step_ = true;
        paused_ = true;
        wake();
    }
    /// Of fields whose FieldChange is `now` or `next_epoch`; others are refused.
    void request_change(FieldEdit edit) {
        const std::lock_guard lock(mutex_);
        edits_.push_back(std::move(edit));
        changed_.notify_all();
    }
    bool stop_requested() const { return stop_; }
    bool pause_requested() const { return paused_; }

    /// Blocks while paused, until there is something to do: an edit to take, or a batch. Returns at once otherwise.
    void wait_while_paused() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !paused_ || stop_ || step_ || !edits_.empty(); });
    }
    /// True once after each request_step().
    bool take_step() { return step_.exchange(false); }
    /// The oldest edit not yet taken, or nothing.
    std::optional<FieldEdit> take_edit() {
        const std::lock_guard lock(mutex_);
        if (edits_.empty()) return std::nullopt;
        FieldEdit edit = std::move(edits_.front());
        edits_.pop_front();
        return edit;
    }

 private:
    void wake() {
        const std::lock_guard lock(mutex_);
        changed_.notify_all();
    }

    std::atomic<bool> stop_{false};
    std::atomic<bool> paused_{false};
    std::atomic<bool> step_{false};
    std::deque<FieldEdit> edits_;
    std::mutex mutex_;
    std::condition_variable changed_;
};

}  // namespace resonate
