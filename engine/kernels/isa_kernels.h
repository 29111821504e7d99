// engine/kernels/isa_kernels.h: the kernel table of the instruction set a file is compiled for.
#pragma once

#include "kernels/slice_kernel.h"

namespace resonate::kernels::RESONATE_ISA {

inline std::size_t packed_bytes(const SequenceProblem& problem) {
    Arena arena(nullptr);
    const Weights weights(problem, arena);
    return arena.used();
}

inline std::size_t gradient_bytes(const SequenceProblem& problem) {
    Arena arena(nullptr);
    const Gradients gradients(problem, arena);
    return arena.used();
}

inline std::size_t slice_bytes(const SequenceProblem& problem, std::int64_t samples) {
    Arena arena(nullptr);
    const SliceMemory memory(problem, samples, arena);
    return arena.used();
}

/// Copies `count` values and fills up with zeros to `size`; without values all are zero.
inline void pad(float* to, const float* from, Index count, Index size) {
    for (Index i = 0; i < size; ++i) to[i] = from && i < count ? from[i] : 0.0F;
}

inline void pack(const SequenceProblem& p, void* block) {
    Arena arena(block);
    const Weights packed(p, arena);
    for (int l = 0; l < p.layer_count; ++l) {
        const LayerProblem& layer = p.layers[l];
        const LayerWeights& to = packed.layers[l];
        const Index size = padded(layer.hidden);
        const Index columns = columns_of(layer);
        pack_panels(to.table, columns, layer.hidden, size, table_vectors,
                    [&](Index k, Index j) { return layer.weight[j * columns + k]; });
        if (p.with_gradient && layer.recurrent)
            pack_panels(to.recurrent, layer.hidden, layer.hidden, size, panel_vectors,
                        [&](Index k, Index j) { return layer.weight[k * columns + layer.inputs + j]; });
        if (p.with_gradient && l > 0)
            pack_panels(to.from_below, layer.hidden, layer.inputs, padded(layer.inputs), panel_vectors,
                        [&](Index k, Index j) { return layer.weight[k * columns + j]; });
        pad(to.bias, layer.bias, layer.hidden, size);
        for (int r = 0; r < max_rates; ++r) pad(to.rates[r], layer.rates[r], layer.hidden, size);
    }
    const Index hidden = p.layers[p.layer_count - 1].hidden;
    const Index size = padded(p.classes);
    pack_panels(packed.out_table, hidden, p.classes, size, table_vectors,
                [&](Index k, Index j) { return p.out_weight[j * hidden + k]; });
    if (p.with_gradient)
        pack_panels(packed.out_panels, p.classes, hidden, padded(hidden), panel_vectors,
                    [&](Index k, Index j) { return p.out_weight[k * hidden + j]; });
    pad(packed.out_bias, p.out_bias, p.classes, size);
    pad(packed.out_alpha, p.out_alpha, p.classes, size);
}

inline void run_slice(const SequenceProblem& problem, const void* packed, void* gradients, void* memory,
                      std::int64_t first, std::int64_t samples, SliceSums& sums) {
    const FlushDenormals flush;
    Arena weight_arena(const_cast<void*>(packed));
    const Weights weights(problem, weight_arena);
    Arena gradient_arena(gradients);
    Gradients sums_of_gradients(problem, gradient_arena);
    Arena memory_arena(memory);
    const SliceMemory slice_memory(problem, samples, memory_arena);
    Slice(problem, weights, sums_of_gradients, slice_memory, first, samples).run(sums);
}

inline void write_gradients(const SequenceProblem& p, void* const* blocks, int threads) {
    // Every thread's sum is laid out alike, so that they are added as one array.
    float* total = static_cast<float*>(blocks[0]);
    const Index count = static_cast<Index>(gradient_bytes(p) / sizeof(float));
    for (int thread = 1; thread < threads; ++thread) {
        const float* part = static_cast<const float*>(blocks[thread]);
        for (Index i = 0; i < count; ++i) total[i] += part[i];
    }
    Arena arena(blocks[0]);
    const Gradients sums(p, arena);
    const auto copy = [](float* to, const float* from, Index entries) {
        for (Index i = 0; to && i < entries; ++i) to[i] = from[i];
    };
    for (int l = 0; l < p.layer_count; ++l) {
        const LayerProblem& layer = p.layers[l];
        const Index size = padded(layer.hidden);
        const Index columns = columns_of(layer);
        constexpr Index together = 16;
        for (Index first = 0; first < columns; first += together) {
            const Index end = first + together < columns ? first + together : columns;
            for (Index h = 0; h < layer.hidden; ++h)
                for (Index c = first; c < end; ++c)
                    layer.weight_gradient[h * columns + c] = sums.layers[l].table[c * size + h];
        }
        copy(layer.bias_gradient, sums.layers[l].bias, layer.hidden);
        for (int r = 0; r < max_rates; ++r) copy(layer.rate_gradients[r], sums.layers[l].rates[r], layer.hidden);
    }
    const Index hidden = p.layers[p.layer_count - 1].hidden;
    const Index size = padded(p.classes);
    for (Index h = 0; h < hidden; ++h)
        for (Index c = 0; c < p.classes; ++c) p.out_weight_gradient[c * hidden + h] = sums.out_table[h * size + c];
    copy(p.out_bias_gradient, sums.out_bias, p.classes);
    copy(p.out_alpha_gradient, sums.out_alpha, p.classes);
}

inline void exponential_array(const float* x, float* out, std::int64_t count) {
    for (Index i = 0; i < count; i += width) store(out + i, exponential(load(x + i)));
}

inline void spike_derivative_array(Surrogate surrogate, const float* x, float* out, std::int64_t count) {
    for (Index i = 0; i < count; i += width) {
        const Vector at = load(x + i);
        Vector value{};
        switch (surrogate) {
            case Surrogate::double_gaussian: value = spike_derivative<Surrogate::double_gaussian>(at); break;
            case Surrogate::multi_gaussian: value = spike_derivative<Surrogate::multi_gaussian>(at); break;
            case Surrogate::gaussian: value = spike_derivative<Surrogate::gaussian>(at); break;
            case Surrogate::linear: value = spike_derivative<Surrogate::linear>(at); break;
            case Surrogate::exponential: value = spike_derivative<Surrogate::exponential>(at); break;
        }
        store(out + i, value);
    }
}

inline constexpr KernelTable table(const char* name) {
    return {name,
            width,
            packed_bytes,
            pack,
            gradient_bytes,
            slice_bytes,
            run_slice,
            write_gradients,
            exponential_array,
            spike_derivative_array};
}

}  // namespace resonate::kernels::RESONATE_ISA
