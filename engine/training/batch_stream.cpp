// engine/training/batch_stream.cpp: see batch_stream.h.
#include "training/batch_stream.h"

#include <utility>

namespace resonate {

BatchStream::BatchStream(std::function<Batch(int)> make, int first, int end)
    : make_(std::move(make)), next_(first), end_(end) {
    make_next();
}

Batch BatchStream::next() {
    Batch batch = coming_.get();
    make_next();
    return batch;
}

void BatchStream::make_next() {
    if (next_ < end_) coming_ = std::async(std::launch::async, make_, next_++);
}

}  // namespace resonate
