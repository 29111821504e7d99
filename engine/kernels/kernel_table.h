// engine/kernels/kernel_table.h: what each instruction set offers, and which ones this processor has.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/sequence_problem.h"

namespace resonate::kernels {

/// What one thread sums over its slices.
struct SliceSums {
    double loss = 0;
    double spikes = 0;
    std::int64_t correct = 0;
    double forward_seconds = 0;
    double backward_seconds = 0;
};

/// The functions compiled for one instruction set. Memory is aligned to 64 bytes and given by the caller; sizes in
/// bytes.
struct KernelTable {
    const char* name;  ///< "avx512", "avx2", "baseline"
    int width;         ///< floats in a vector

    /// Weights laid out for the kernels; shared by all threads.
    std::size_t (*packed_bytes)(const SequenceProblem&);
    void (*pack)(const SequenceProblem&, void* packed);
    /// Gradient sums of one thread, zero at the start.
    std::size_t (*gradient_bytes)(const SequenceProblem&);
    /// Work space of one thread for slices of up to `samples` samples.
    std::size_t (*slice_bytes)(const SequenceProblem&, std::int64_t samples);
    /// Samples [first, first + samples) through all steps, forward and, where asked, backward.
    void (*run_slice)(const SequenceProblem&, const void* packed, void* gradients, void* memory, std::int64_t first,
                      std::int64_t samples, SliceSums&);
    /// Writes the sum over `threads` gradient sums, in their order, to the problem's gradients.
    void (*write_gradients)(const SequenceProblem&, void* const* gradients, int threads);
    /// For tests: e^x and the derivative of a surrogate, element by element; `count` is a multiple of the width.
    void (*exponential)(const float* x, float* out, std::int64_t count);
    void (*spike_derivative)(Surrogate, const float* x, float* out, std::int64_t count);
};

/// Time steps between two checkpoints of the state: a tile whose states are recomputed on the way back, in cache.
inline constexpr std::int64_t tile_steps = 16;

/// Those this processor can run, the fastest first; the last is always there.
int available_kernels(const KernelTable** tables, int most);
/// The fastest, or the one named by the environment variable RESONATE_SIMD (avx512, avx2, baseline).
const KernelTable& best_kernels();

}  // namespace resonate::kernels
