// engine/data/in_parallel.h: the same work for each of many sequences, on all cores.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace resonate {

/// Calls work(index) once for each index in [0, count), from several threads and in no order; returns when all are
/// done. `work` throws nothing.
template <class Work>
void in_parallel(std::int64_t count, Work work) {
    std::atomic<std::int64_t> next{0};
    const auto take = [&] {
        for (std::int64_t index = next++; index < count; index = next++) work(index);
    };
    const std::int64_t most = std::min<std::int64_t>(count, std::max(1U, std::thread::hardware_concurrency()));
    std::vector<std::jthread> helpers;
    for (std::int64_t i = 1; i < most; ++i) helpers.emplace_back(take);
    take();
}

}  // namespace resonate
