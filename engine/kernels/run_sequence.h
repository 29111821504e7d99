// engine/kernels/run_sequence.h: a batch of sequences through a network on several threads.
#pragma once

#include "kernels/kernel_table.h"
#include "kernels/worker_pool.h"

namespace resonate::kernels {

/// Samples that a thread takes through time together: enough that the weights are read once for many, few enough that
/// a tile of their states stays in the second-level cache.
inline constexpr std::int64_t slice_samples = 16;

/// Deterministic for a fixed number of workers: which thread takes which samples depends on sizes alone, and gradients
/// are added in the order of the threads. Throws std::bad_alloc.
SequenceResult run_sequence(const SequenceProblem& problem, WorkerPool& pool,
                            const KernelTable& kernels = best_kernels());

}  // namespace resonate::kernels
