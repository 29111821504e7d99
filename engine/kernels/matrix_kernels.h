// engine/kernels/matrix_kernels.h: the dense product of the way back, and how its factors are packed.
#pragma once

#include "kernels/simd.h"

namespace resonate::kernels::RESONATE_ISA {

using Index = std::int64_t;

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

/// A matrix [depth, columns] as product() and gather() read it: panels of some vectors of columns, each [depth,
/// columns]; the last one may be narrower. `from(k, j)` gives the entry, for j below `columns`; the rest, up to `size`,
/// is zero.
template <class Entry>
inline void pack_panels(float* panels, Index depth, Index columns, Index size, Index vectors, Entry from) {
    // A few rows at a time: where `from` reads along columns of another matrix, both sides then stay in cache.
    constexpr Index together = 16;
    for (Index start = 0; start < depth; start += together) {
        const Index end = start + together < depth ? start + together : depth;
        for (Index first = 0; first < size; first += vectors * width) {
            const Index wide = size - first < vectors * width ? size - first : vectors * width;
            float* panel = panels + first * depth;
            for (Index k = start; k < end; ++k)
                for (Index j = 0; j < wide; ++j) panel[k * wide + j] = first + j < columns ? from(k, first + j) : 0.0F;
        }
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
[[gnu::noinline]] inline void product(float* out, Index rows, Index size, float start, const Factors* factors,
                                      int count) {
    Index column = 0;
    for (; column + panel_vectors * width <= size; column += panel_vectors * width)
        product_rows<panel_vectors>(out, rows, size, start, factors, count, column);
    if (column < size) product_rows<1>(out, rows, size, start, factors, count, column);
}

}  // namespace resonate::kernels::RESONATE_ISA
