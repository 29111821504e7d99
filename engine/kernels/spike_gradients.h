// engine/kernels/spike_gradients.h: what the spikes of a slice add to the gradients of the weights, tile by tile of
// steps. The spikes z_t meet the gradients of the currents they drove: of their own layer at t + 1, of the layer above
// or the read-out at t. Both are kept until the tile is done, then joined in the way that takes the fewest additions.
#pragma once

#include "kernels/slice_memory.h"

namespace resonate::kernels::RESONATE_ISA {

class SpikeGradients {
 public:
    SpikeGradients(const SequenceProblem& problem, const Gradients& gradients, const SliceMemory& memory, Index samples)
        : p_(problem), g_(gradients), m_(memory), n_(samples) {}

    /// Before the steps of a tile, the last of which comes first.
    void begin_tile(Index steps) {
        // The step after the tile is the one that was the last to be computed.
        for (int l = 0; l < p_.layer_count; ++l) keep_current(l, steps);
    }
    /// Takes the gradient of the layer's current at a step of the tile.
    void keep_current(int l, Index step) {
        const LayerMemory& memory = m_.layers[l];
        for (Index b = 0; b < n_; ++b)
            store_in_panels(memory.tile_gradient, memory.size, tile_rows * n_, (step + 1) * n_ + b,
                            memory.current_gradient + b * memory.size);
    }
    /// Takes the gradient of the read-out's input at a step of the tile.
    void keep_drive(Index step) {
        for (Index b = 0; b < n_; ++b)
            store_in_panels(m_.drive_gradient_tile, m_.class_size, drive_rows * n_, (step + 1) * n_ + b,
                            m_.drive_gradient + b * m_.class_size);
    }

    void finish_tile(Index begin, Index end) {
        Index spiking = 0;
        Index changing = 0;
        bool all_narrow = narrow(m_.class_size);
        for (int l = 0; l < p_.layer_count; ++l) {
            const LayerMemory& memory = m_.layers[l];
            spiking += memory.tile_spikes[begin / tile_steps];
            // A run that reaches beyond the tile starts and ends with it.
            changing += memory.tile_changes[begin / tile_steps] + count_bits(spikes(l, begin), n_ * memory.words) +
                        count_bits(spikes(l, end), n_ * memory.words);
            all_narrow = all_narrow && narrow(memory.size);
        }
        if (spiking == 0) return;
        if (all_narrow) {
            for (int l = 0; l < p_.layer_count; ++l) add_rows_at_once(l, begin, end);
        } else if (changing < spiking) {
            add_runs(begin, end);
        } else {
            for (int l = 0; l < p_.layer_count; ++l) {
                const RowsByNeuron all = sort_rows(l, begin, end, m_.layers[l].sorted[0], [](Bits now, Bits) {
                    return Words{now, nullptr};
                });
                add_sorted(l, {p_.layers[l].hidden, all, {}}, n_);
            }
        }
    }

    /// After the first step: spikes that were there before it belong to no tile.
    void finish() {
        for (int l = 0; l < p_.layer_count; ++l) {
            const LayerMemory& memory = m_.layers[l];
            for (Index b = 0; p_.layers[l].recurrent && b < n_; ++b) {
                const Index count = list_bits(spikes(l, 0) + b * memory.words, nullptr, memory.words, memory.started);
                scatter_spikes(own_table(l), memory.size, memory.current_gradient + b * memory.size, 1, 0,
                               {memory.started, count});
            }
        }
    }

 private:
    /// n rows of zeros, with which running sums begin, the steps of a tile and, of currents, the step after it.
    static constexpr Index tile_rows = tile_steps + 2;
    static constexpr Index drive_rows = tile_steps + 1;
    using Bits = const std::uint32_t*;
    /// The bits `first & ~second` of a sample at a step.
    struct Words {
        Bits first;
        Bits second;
    };

    /// Spikes before step t; z_t is at t + 1.
    Bits spikes(int l, Index t) const { return m_.layers[l].spikes + t * n_ * m_.layers[l].words; }
    float* own_table(int l) const { return g_.layers[l].table + p_.layers[l].inputs * m_.layers[l].size; }

    /// Calls `use(table, row size, block, rows of the block, steps later)` for all that the spikes of layer l drive.
    template <class Use>
    void for_driven(int l, Use use) const {
        if (p_.layers[l].recurrent)
            use(own_table(l), m_.layers[l].size, m_.layers[l].tile_gradient, tile_rows * n_, Index{1});
        if (l + 1 < p_.layer_count)
            use(g_.layers[l + 1].table, m_.layers[l + 1].size, m_.layers[l + 1].tile_gradient, tile_rows * n_,
                Index{0});
        else
            use(g_.out_table, m_.class_size, m_.drive_gradient_tile, drive_rows * n_, Index{0});
    }

    /// For rows short enough to be added, spike by spike, in less time than sorting takes.
    void add_rows_at_once(int l, Index begin, Index end) {
        const LayerMemory& memory = m_.layers[l];
        for (Index t = begin; t < end; ++t)
            for (Index b = 0; b < n_; ++b) {
                const Index count =
                    list_bits(spikes(l, t + 1) + b * memory.words, nullptr, memory.words, memory.started);
                if (count == 0) continue;
                const Index row = (t - begin + 1) * n_ + b;
                for_driven(l, [&](float* table, Index size, const float* block, Index rows, Index later) {
                    scatter_spikes(table, size, block, rows, row + later * n_, {memory.started, count});
                });
            }
    }

    /// The gradients of a run of spikes add up to the difference of two running sums.
    void add_runs(Index begin, Index end) {
        const Index rows = (end - begin + 1) * n_;
        for (Index b = 0; b < n_; ++b) {
            for (int l = 0; l < p_.layer_count; ++l)
                store_in_panels(m_.layers[l].tile_gradient, m_.layers[l].size, tile_rows * n_, b, nullptr);
            store_in_panels(m_.drive_gradient_tile, m_.class_size, drive_rows * n_, b, nullptr);
        }
        // Without a layer above, nothing of the tile meets the gradient of its first step's current: runs that are
        // there from the first step on then begin with a sum of zero, and need no row.
        const bool begins_with_zero = p_.layer_count == 1;
        if (begins_with_zero)
            for (Index b = 0; b < n_; ++b)
                store_in_panels(m_.layers[0].tile_gradient, m_.layers[0].size, tile_rows * n_, n_ + b, nullptr);
        for (int l = 0; l < p_.layer_count; ++l)
            running_sums(m_.layers[l].tile_gradient, m_.layers[l].size, tile_rows * n_, n_, rows + n_);
        running_sums(m_.drive_gradient_tile, m_.class_size, drive_rows * n_, n_, rows);
        for (int l = 0; l < p_.layer_count; ++l) {
            const RowsByNeuron ends = sort_rows(l, begin, end, m_.layers[l].sorted[0], [](Bits now, Bits before) {
                return Words{before, now};
            });
            const RowsByNeuron starts =
                sort_rows(l, begin, end, m_.layers[l].sorted[1], [begins_with_zero](Bits now, Bits before) {
                    return begins_with_zero && !before ? Words{nullptr, nullptr} : Words{now, before};
                });
            add_sorted(l, {p_.layers[l].hidden, ends, starts}, 0);
        }
    }

    void add_sorted(int l, const SortedSpikes& sorted, Index first_row) {
        for_driven(l, [&](float* table, Index size, const float* block, Index rows, Index later) {
            accumulate(table, size, block, rows, first_row + later * n_, sorted);
        });
    }

    /// Sorts by neuron the rows (t − begin) n + b of a tile in which `choose(words of z_t, words before)` finds bits.
    /// Outside the tile there are no spikes; what ends with it does so at t = end.
    template <class Choose>
    [[gnu::noinline]] RowsByNeuron sort_rows(int l, Index begin, Index end, const SortedRows& to, Choose choose) {
        const LayerMemory& memory = m_.layers[l];
        const Index words = memory.words;
        const Index neurons = p_.layers[l].hidden;
        for (Index j = 0; j <= neurons; ++j) to.starts[j] = 0;
        Index rows = 0;
        Index listed = 0;
        for (Index t = begin; t <= end; ++t)
            for (Index b = 0; b < n_; ++b) {
                const Words chosen = choose(t < end ? spikes(l, t + 1) + b * words : nullptr,
                                            t > begin ? spikes(l, t) + b * words : nullptr);
                const Index count =
                    chosen.first ? list_bits(chosen.first, chosen.second, words, memory.listed + listed) : 0;
                memory.listed_counts[rows++] = static_cast<std::int32_t>(count);
                listed += count;
            }
        // Counting sort.
        for (Index e = 0; e < listed; ++e) ++to.starts[memory.listed[e]];
        std::int32_t before = 0;
        for (Index j = 0; j <= neurons; ++j) {
            const std::int32_t count = to.starts[j];
            to.starts[j] = before;
            before += count;
        }
        const std::uint16_t* next = memory.listed;
        for (Index row = 0; row < rows; ++row)
            for (Index e = 0; e < memory.listed_counts[row]; ++e)
                to.rows[to.starts[*next++]++] = static_cast<std::uint16_t>(row);
        // Each start has moved to the end of its neuron, which is the start of the next.
        for (Index j = neurons; j > 0; --j) to.starts[j] = to.starts[j - 1];
        to.starts[0] = 0;
        return {to.starts, to.rows};
    }

    const SequenceProblem& p_;
    const Gradients& g_;
    const SliceMemory& m_;
    Index n_;
};

}  // namespace resonate::kernels::RESONATE_ISA
