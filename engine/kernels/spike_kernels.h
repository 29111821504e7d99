// engine/kernels/spike_kernels.h: products with spikes, which are sums of table rows, in both directions.
// Tables lie in panels (see pack_panels). What makes spikes cheap:
// - Where fewer neurons change than spike, the sum of the step before is brought up to date instead of made anew; on
// the
//   way back, a run of spikes is the difference of two running sums of the gradient.
// - On the way back the spikes of a tile of steps are sorted by neuron, so that a row of the weight gradient is summed
// in
//   registers instead of being loaded and stored once per spike.
#pragma once

#include "kernels/matrix_kernels.h"

namespace resonate::kernels::RESONATE_ISA {

/// Inputs of one sample at one step that are not zero.
struct ValueList {
    const std::int32_t* columns;
    const float* values;
    Index count;
};

/// Indices of neurons, ascending.
struct NeuronList {
    const std::uint16_t* neurons;
    Index count;
};

/// How the spikes of one sample differ from those of the step before: started and ended; or all of them, as started,
/// where their sum is made anew.
struct SpikeChange {
    bool anew;
    bool kept;  ///< for the next step; needs an array of its own
    NeuronList started;
    NeuronList ended;
};

/// A sum of table rows over the spikes of a layer that is kept from step to step.
struct SpikeSum {
    float* sum;                  ///< [n, size]
    Index first_column;          ///< column of neuron 0 in the table
    const SpikeChange* changes;  ///< [n]
};

/// Width of the panels of tables and gradient blocks, in vectors: as few lists to go through as registers allow.
inline constexpr Index table_vectors = 4;

/// Rows so short that looking for ways to add fewer of them does not pay.
inline bool narrow(Index size) { return size <= table_vectors * width; }

/// The width of a panel as a type, so that each is code of its own.
template <int vectors>
struct Panel {
    static constexpr int count = vectors;
};

/// Calls `use(first column, Panel)` for every panel of rows of `size` floats.
template <class Use>
inline void for_panels(Index size, Use use) {
    for (Index first = 0; first < size; first += table_vectors * width) {
        switch ((size - first) / width) {
            case 1: use(first, Panel<1>()); break;
            case 2: use(first, Panel<2>()); break;
            case 3: use(first, Panel<3>()); break;
            default: use(first, Panel<4>()); break;
        }
    }
}

/// Entries that list_bits() may write beyond the last.
inline constexpr Index list_margin = 16;

/// Writes the indices of the bits of words `first & ~second` that are set, ascending; their number.
inline Index list_bits(const std::uint32_t* first, const std::uint32_t* second, Index words, std::uint16_t* out) {
    Index listed = 0;
    for (Index w = 0; w < words; ++w) {
        std::uint32_t word = second ? first[w] & ~second[w] : first[w];
#if defined(__AVX512BW__) && RESONATE_SIMD_WIDTH == 16
        const __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        for (int half = 0; half < 2; ++half, word >>= 16) {
            const auto mask = static_cast<__mmask16>(word);
            if (mask == 0) continue;
            const __m512i index = _mm512_add_epi32(lane, _mm512_set1_epi32(static_cast<int>(32 * w + 16 * half)));
            _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + listed),
                                _mm512_maskz_cvtepi32_epi16(0xffff, _mm512_maskz_compress_epi32(mask, index)));
            listed += __builtin_popcount(mask);
        }
#else
        for (; word != 0; word &= word - 1) out[listed++] = static_cast<std::uint16_t>(32 * w + __builtin_ctz(word));
#endif
    }
    return listed;
}

inline Index count_bits(const std::uint32_t* words, Index count) {
    Index total = 0;
    for (Index w = 0; w < count; ++w) total += __builtin_popcount(words[w]);
    return total;
}

inline Index count_changes(const std::uint32_t* before, const std::uint32_t* after, Index count) {
    Index total = 0;
    for (Index w = 0; w < count; ++w) total += __builtin_popcount(before[w] ^ after[w]);
    return total;
}

/// total += sign · Σ over the items of their row of `vectors` vectors, in `sums` sums at a time, so that an addition
/// need not wait for the one before it.
template <int vectors, int sums, bool subtract = false>
inline void add_rows(Vector* total, const float* rows, const std::uint16_t* items, Index count) {
    constexpr Index wide = vectors * width;
    Vector part[sums][vectors]{};
    const std::uint16_t* const end = items + count;
    for (; items + sums <= end; items += sums)
        for (int s = 0; s < sums; ++s) {
            const float* row = rows + items[s] * wide;
            for (int k = 0; k < vectors; ++k) part[s][k] += load(row + k * width);
        }
    for (; items < end; ++items)
        for (int k = 0; k < vectors; ++k) part[0][k] += load(rows + *items * wide + k * width);
    for (int k = 0; k < vectors; ++k) {
        for (int s = 1; s < sums; ++s) part[0][k] += part[s][k];
        if constexpr (subtract)
            total[k] -= part[0][k];
        else
            total[k] += part[0][k];
    }
}

/// So that four additions are under way at a time.
template <int vectors>
inline constexpr int sums_of = vectors > 2 ? 1 : 4 / vectors;

template <int vectors>
[[gnu::noinline]] void gather_panel(float* out, Index size, Index h, const float* start, const float* panel,
                                    const ValueList* inputs, const SpikeSum* sums, int count, Index samples) {
    constexpr Index wide = vectors * width;
    for (Index b = 0; b < samples; ++b) {
        Vector total[vectors];
        for (int k = 0; k < vectors; ++k) total[k] = load(start + h + k * width);
        for (Index e = 0; inputs && e < inputs[b].count; ++e) {
            const float* row = panel + inputs[b].columns[e] * wide;
            const Vector value = broadcast(inputs[b].values[e]);
            for (int k = 0; k < vectors; ++k) total[k] += value * load(row + k * width);
        }
        for (int s = 0; s < count; ++s) {
            const SpikeChange& change = sums[s].changes[b];
            const float* rows = panel + sums[s].first_column * wide;
            const NeuronList& started = change.started;
            if (!change.kept && change.anew) {
                // One after the other, as a matrix product adds them: with the sums in another order the published
                // network gets one more test image of S-MNIST wrong, number 2654, and its loss leaves its tolerance.
                for (Index e = 0; e < started.count; ++e)
                    for (int k = 0; k < vectors; ++k) total[k] += load(rows + started.neurons[e] * wide + k * width);
                continue;
            }
            float* kept = sums[s].sum + b * size + h;
            Vector sum[vectors]{};
            if (!change.anew)
                for (int k = 0; k < vectors; ++k) sum[k] = load(kept + k * width);
            add_rows<vectors, sums_of<vectors>>(sum, rows, started.neurons, started.count);
            add_rows<vectors, sums_of<vectors>, true>(sum, rows, change.ended.neurons, change.ended.count);
            for (int k = 0; k < vectors; ++k) {
                store(kept + k * width, sum[k]);
                total[k] += sum[k];
            }
        }
        for (int k = 0; k < vectors; ++k) store(out + b * size + h + k * width, total[k]);
    }
}

/// out[b] = start + Σ value · table[column] over the inputs of sample b + the sums, which are brought up to date.
/// `table` in panels of `columns` rows, `size` a multiple of the width; without `inputs` there are none.
inline void gather(float* out, Index size, const float* start, const float* table, Index columns,
                   const ValueList* inputs, const SpikeSum* sums, int count, Index samples) {
    for_panels(size, [&](Index h, auto panel) {
        gather_panel<panel.count>(out, size, h, start, table + h * columns, inputs, sums, count, samples);
    });
}

template <int vectors>
inline void scatter_block(float* table, Index stride, const float* row, const ValueList& inputs) {
    Vector part[vectors];
    for (int k = 0; k < vectors; ++k) part[k] = load(row + k * width);
    for (Index e = 0; e < inputs.count; ++e) {
        float* to = table + inputs.columns[e] * stride;
        const Vector value = broadcast(inputs.values[e]);
        for (int k = 0; k < vectors; ++k) store(to + k * width, load(to + k * width) + value * part[k]);
    }
}

/// table[column] += value · row for every input; rows of `size` floats, a multiple of the width.
inline void scatter(float* table, const float* row, Index size, const ValueList& inputs) {
    for_panels(size,
               [&](Index first, auto panel) { scatter_block<panel.count>(table + first, size, row + first, inputs); });
}

template <int vectors>
inline void scatter_panel(float* table, Index stride, const float* row, const NeuronList& spikes) {
    Vector part[vectors];
    for (int k = 0; k < vectors; ++k) part[k] = load(row + k * width);
    for (Index e = 0; e < spikes.count; ++e) {
        float* to = table + spikes.neurons[e] * stride;
        for (int k = 0; k < vectors; ++k) store(to + k * width, load(to + k * width) + part[k]);
    }
}

/// table[j] += row `index` of a block of `rows` rows in panels, for every neuron j that spiked.
inline void scatter_spikes(float* table, Index size, const float* block, Index rows, Index index,
                           const NeuronList& spikes) {
    for_panels(size, [&](Index first, auto panel) {
        scatter_panel<panel.count>(table + first, size, block + first * rows + index * panel.count * width, spikes);
    });
}

/// Rows of a tile that belong to each neuron: to neuron j rows[starts[j]] … rows[starts[j + 1] − 1].
struct RowsByNeuron {
    const std::int32_t* starts;
    const std::uint16_t* rows;
};

/// The spikes of a tile, sorted: the sum of a neuron's rows is that over `plus` minus that over `minus`.
struct SortedSpikes {
    Index neurons;
    RowsByNeuron plus;
    RowsByNeuron minus;  ///< without rows where spikes are listed one by one
};

template <int vectors>
[[gnu::noinline]] void accumulate_panel(float* table, Index stride, const float* panel, const SortedSpikes& spikes) {
    for (Index j = 0; j < spikes.neurons; ++j) {
        const Index plus = spikes.plus.starts[j];
        const Index more = spikes.plus.starts[j + 1] - plus;
        if (more == 0) continue;
        float* to = table + j * stride;
        Vector total[vectors];
        for (int k = 0; k < vectors; ++k) total[k] = load(to + k * width);
        add_rows<vectors, sums_of<vectors>>(total, panel, spikes.plus.rows + plus, more);
        if (spikes.minus.rows) {
            const Index minus = spikes.minus.starts[j];
            add_rows<vectors, sums_of<vectors>, true>(total, panel, spikes.minus.rows + minus,
                                                      spikes.minus.starts[j + 1] - minus);
        }
        for (int k = 0; k < vectors; ++k) store(to + k * width, total[k]);
    }
}

/// table[j] += Σ of the rows of neuron j, counted from row `first_row` of a block on that holds `rows` rows in panels.
inline void accumulate(float* table, Index size, const float* block, Index rows, Index first_row,
                       const SortedSpikes& spikes) {
    for_panels(size, [&](Index h, auto panel) {
        accumulate_panel<panel.count>(table + h, size, block + h * rows + first_row * panel.count * width, spikes);
    });
}

/// Writes `row` [size] as row `index` of a block; without one, zeros.
inline void store_in_panels(float* block, Index size, Index rows, Index index, const float* row) {
    for_panels(size, [&](Index first, auto panel) {
        float* to = block + first * rows + index * panel.count * width;
        for (int k = 0; k < panel.count; ++k) store(to + k * width, row ? load(row + first + k * width) : Vector{});
    });
}

/// Adds to every row of a block the one `step` rows before it, from row `step` to row `end` − 1.
inline void running_sums(float* block, Index size, Index rows, Index step, Index end) {
    for_panels(size, [&](Index first, auto panel) {
        constexpr Index wide = panel.count * width;
        float* place = block + first * rows;
        for (Index i = step * wide; i < end * wide; i += width)
            store(place + i, load(place + i) + load(place + i - step * wide));
    });
}

}  // namespace resonate::kernels::RESONATE_ISA
