// engine/training/batch_stream.h: batches in order, the next one being made while the present one is used.
#pragma once

#include <functional>
#include <future>

#include "training/batches.h"

namespace resonate {

class BatchStream {
 public:
    /// Makes batch `first`, …, `end` − 1 with `make`, which is called on another thread and must not change anything that
    /// is used meanwhile; the same batches as without it, in the same order.
    BatchStream(std::function<Batch(int)> make, int first, int end);

    /// The next batch; waits until it is made. What `make` threw is thrown here. Not to be called after the last.
    Batch next();

 private:
    void make_next();

    std::function<Batch(int)> make_;
    int next_;
    int end_;
    std::future<Batch> coming_;  // last member: waits in its destructor while `make_` is still there
};

}  // namespace resonate
