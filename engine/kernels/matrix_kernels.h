// engine/kernels/matrix_kernels.h: products with spikes (sums of table rows) and the dense product of the way back.
#pragma once

#include "kernels/simd.h"

namespace resonate::kernels::RESONATE_ISA {

using Index = std::int64_t;

/// What drives one sample at one step: columns with a value, then columns that count as 1 (spikes).
struct Events {
    const std::int32_t* columns;
    const float* values;
    Index valued;
    const std::int32_t* spikes;
    Index spiking;
    Index spike_offset;  ///< added to each spike to give its column
};

template <int vectors>
inline void gather_block(float* out, const float* start, const float* table, Index stride, const Events& events) {
    Vector total[vectors];
    for (int k = 0; k < vectors; ++k) total[k] = load(start + k * width);
    for (Index e = 0; e < events.valued; ++e) {
        const float* row = table + events.columns[e] * stride;
        const Vector value = broadcast(events.values[e]);
        for (int k = 0; k < vectors; ++k) total[k] += value * load(row + k * width);
    }
    const float* spike_table = table + events.spike_offset * stride;
    for (Index e = 0; e < events.spiking; ++e) {
        const float* row = spike_table + events.spikes[e] * stride;
        for (int k = 0; k < vectors; ++k) total[k] += load(row + k * width);
    }
    for (int k = 0; k < vectors; ++k) store(out + k * width, total[k]);
}

template <int vectors>
inline void scatter_block(float* table, Index stride, const float* row, const Events& events) {
    Vector part[vectors];
    for (int k = 0; k < vectors; ++k) part[k] = load(row + k * width);
    for (Index e = 0; e < events.valued; ++e) {
        float* to = table + events.columns[e] * stride;
        const Vector value = broadcast(events.values[e]);
        for (int k = 0; k < vectors; ++k) store(to + k * width, load(to + k * width) + value * part[k]);
    }
    float* spike_table = table + events.spike_offset * stride;
    for (Index e = 0; e < events.spiking; ++e) {
        float* to = spike_table + events.spikes[e] * stride;
        for (int k = 0; k < vectors; ++k) store(to + k * width, load(to + k * width) + part[k]);
    }
}

/// out = start + Σ over events of value · table[column]; rows of `size` floats, a multiple of the width.
inline void gather(float* out, const float* start, const float* table, Index size, const Events& events) {
    Index h = 0;
    for (; h + 4 * width <= size; h += 4 * width) gather_block<4>(out + h, start + h, table + h, size, events);
    for (; h < size; h += width) gather_block<1>(out + h, start + h, table + h, size, events);
}

/// table[column] += value · row for every event.
inline void scatter(float* table, const float* row, Index size, const Events& events) {
    Index h = 0;
    for (; h + 4 * width <= size; h += 4 * width) scatter_block<4>(table + h, size, row + h, events);
    for (; h < size; h += width) scatter_block<1>(table + h, size, row + h, events);
}

/// Columns of the dense product that a block of registers takes at once, in vectors; rows likewise.
inline constexpr int panel_vectors = 2;
#if RESONATE_SIMD_WIDTH == 16
inline constexpr int block_rows = 8;
#else
inline constexpr int block_rows = 6;
#endif

/// A left factor [rows, depth] and a right factor [depth, size] packed by pack_panels().
struct Factors {
    const float* left;
    Index left_stride;
    Index depth;
    const float* panels;
};

/// Right factor as the product reads it: panels of 2 vectors of columns, each [depth, columns]. `from(k, j)` gives the
/// entry, for j below `columns`; the rest is zero.
template <class Entry>
inline void pack_panels(float* panels, Index depth, Index columns, Index size, Entry from) {
    for (Index first = 0; first < size; first += panel_vectors * width) {
        const Index wide = size - first < panel_vectors * width ? size - first : panel_vectors * width;
        float* panel = panels + first * depth;
        for (Index k = 0; k < depth; ++k)
            for (Index j = 0; j < wide; ++j) panel[k * wide + j] = first + j < columns ? from(k, first + j) : 0.0F;
    }
}

template <int rows, int vectors>
inline void product_block(float* out, Index size, float start, const Factors* factors, int count, Index row,
                          Index column) {
    Vector total[rows][vectors];
    for (int i = 0; i < rows; ++i)
        for (int k = 0; k < vectors; ++k) total[i][k] = broadcast(start);
    for (int f = 0; f < count; ++f) {
        const float* left = factors[f].left + row * factors[f].left_stride;
        const float* panel = factors[f].panels + column * factors[f].depth;
        const Index stride = factors[f].left_stride;
        for (Index d = 0; d < factors[f].depth; ++d) {
            Vector right[vectors];
            for (int k = 0; k < vectors; ++k) right[k] = load(panel + (d * vectors + k) * width);
            for (int i = 0; i < rows; ++i) {
                const Vector value = broadcast(left[i * stride + d]);
                for (int k = 0; k < vectors; ++k) total[i][k] += value * right[k];
            }
        }
    }
    for (int i = 0; i < rows; ++i)
        for (int k = 0; k < vectors; ++k) store(out + (row + i) * size + column + k * width, total[i][k]);
}

template <int vectors>
inline void product_rows(float* out, Index rows, Index size, float start, const Factors* factors, int count,
                         Index column) {
    const Index blocks = (rows + block_rows - 1) / block_rows;
    Index row = 0;
    for (Index block = 0; block < blocks; ++block) {
        // Blocks of nearly equal height keep the arithmetic units equally busy.
        const Index height = (rows - row + blocks - block - 1) / (blocks - block);
        switch (height) {
            case 1: product_block<1, vectors>(out, size, start, factors, count, row, column); break;
            case 2: product_block<2, vectors>(out, size, start, factors, count, row, column); break;
            case 3: product_block<3, vectors>(out, size, start, factors, count, row, column); break;
            case 4: product_block<4, vectors>(out, size, start, factors, count, row, column); break;
            case 5: product_block<5, vectors>(out, size, start, factors, count, row, column); break;
            case 6: product_block<6, vectors>(out, size, start, factors, count, row, column); break;
#if RESONATE_SIMD_WIDTH == 16
            case 7: product_block<7, vectors>(out, size, start, factors, count, row, column); break;
            case 8: product_block<8, vectors>(out, size, start, factors, count, row, column); break;
#endif
            default: break;
        }
        row += height;
    }
}

/// out [rows, size] = start + Σ over the factors of left · right.
inline void product(float* out, Index rows, Index size, float start, const Factors* factors, int count) {
    Index column = 0;
    for (; column + panel_vectors * width <= size; column += panel_vectors * width)
        product_rows<panel_vectors>(out, rows, size, start, factors, count, column);
    if (column < size) product_rows<1>(out, rows, size, start, factors, count, column);
}

}  // namespace resonate::kernels::RESONATE_ISA
