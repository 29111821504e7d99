// engine/kernels/slice_memory.h: how weights, gradient sums and the history of a slice lie in memory.
// n samples of the slice; rows of H and C are padded with zeros to a multiple of the vector width.
#pragma once

#include <cstddef>

#include "kernels/kernel_table.h"
#include "kernels/spike_kernels.h"

namespace resonate::kernels::RESONATE_ISA {

/// Hands out aligned pieces of one block; without a block it only adds up their size.
class Arena {
 public:
    explicit Arena(void* block) : block_(static_cast<char*>(block)) {}
    template <class Value>
    Value* take(Index count) {
        Value* piece = block_ ? reinterpret_cast<Value*>(block_ + used_) : nullptr;
        used_ += (static_cast<std::size_t>(count) * sizeof(Value) + 63) / 64 * 64;
        return piece;
    }
    std::size_t used() const { return used_; }

 private:
    char* block_;
    std::size_t used_ = 0;
};

inline Index padded(Index count) { return (count + width - 1) / width * width; }
inline Index mask_words(Index hidden) { return (padded(hidden) + 31) / 32; }
inline Index rate_count(NeuronType neuron) { return neuron == NeuronType::lif ? 1 : 2; }
inline Index columns_of(const LayerProblem& layer) { return layer.inputs + (layer.recurrent ? layer.hidden : 0); }

struct LayerWeights {
    float* table;       ///< panels of the transposed weights [columns, H], so that a spike adds one row
    float* recurrent;   ///< panels of W_rec [H, H]
    float* from_below;  ///< panels of W_in [H, I], for layers above the first
    float* bias;        ///< [H]
    float* rates[2];    ///< [H]
};

struct Weights {
    LayerWeights layers[max_layers];
    float* out_table;   ///< panels of the transposed read-out weights [H, C]
    float* out_panels;  ///< panels of W_out [C, H]
    float* out_bias;    ///< [C]
    float* out_alpha;   ///< [C]

    Weights(const SequenceProblem& p, Arena& arena) {
        for (int l = 0; l < p.layer_count; ++l) {
            const LayerProblem& layer = p.layers[l];
            const Index size = padded(layer.hidden);
            layers[l].table = arena.take<float>(columns_of(layer) * size);
            layers[l].recurrent = arena.take<float>(p.with_gradient && layer.recurrent ? layer.hidden * size : 0);
            layers[l].from_below =
                arena.take<float>(p.with_gradient && l > 0 ? layer.hidden * padded(layer.inputs) : 0);
            layers[l].bias = arena.take<float>(size);
            for (float*& rate : layers[l].rates) rate = arena.take<float>(size);
        }
        const Index hidden = p.layers[p.layer_count - 1].hidden;
        out_table = arena.take<float>(hidden * padded(p.classes));
        out_panels = arena.take<float>(p.with_gradient ? p.classes * padded(hidden) : 0);
        out_bias = arena.take<float>(padded(p.classes));
        out_alpha = arena.take<float>(padded(p.classes));
    }
};

struct LayerGradients {
    float* table;     ///< [columns, H]
    float* bias;      ///< [H]
    float* rates[2];  ///< [H]
};

struct Gradients {
    LayerGradients layers[max_layers];
    float* out_table;  ///< [H, C]
    float* out_bias;   ///< [C]
    float* out_alpha;  ///< [C]

    Gradients(const SequenceProblem& p, Arena& arena) {
        for (int l = 0; l < p.layer_count; ++l) {
            const LayerProblem& layer = p.layers[l];
            const Index size = padded(layer.hidden);
            layers[l].table = arena.take<float>(columns_of(layer) * size);
            layers[l].bias = arena.take<float>(size);
            for (float*& rate : layers[l].rates) rate = arena.take<float>(size);
        }
        out_table = arena.take<float>(p.layers[p.layer_count - 1].hidden * padded(p.classes));
        out_bias = arena.take<float>(padded(p.classes));
        out_alpha = arena.take<float>(padded(p.classes));
    }
};

inline constexpr int most_states = 3;

/// Room to sort the spikes of a tile, or their starts or ends.
struct SortedRows {
    std::int32_t* starts;  ///< [H + 1]
    std::uint16_t* rows;   ///< [tile + 1, n, H]
};

struct LayerMemory {
    Index size;                 ///< padded H
    Index block;                ///< n · padded H
    Index words;                ///< of 32 spikes, per sample and step
    float* state[most_states];  ///< [n, H] each
    float* carry[most_states];  ///< [n, H] dL/d(state), handed from step to step backwards
    float* current;             ///< [T, n, H] input current; one step where nothing goes back
    float* membrane;            ///< [tile, n, H] membrane before the reset; one step where nothing goes back
    float* checkpoints;         ///< [T / tile, states, n, H]
    float* tile;                ///< [tile + 1, states, n, H]
    float* spike_gradient;      ///< [n, H] dz
    float* current_gradient;    ///< [n, H] dI of the step before, on the way back
    float* tile_gradient;       ///< panels of [tile + 2, n, H]: zeros, dI of the tile's steps, dI of the step after it
    float* own_sum;             ///< [n, H] W_rec z of the step before
    float* sum_below;           ///< [n, H] W_in z of the layer below
    std::uint32_t* spikes;      ///< [T + 1, n, words]; entry t + 1 holds z_t
    std::uint16_t* started;     ///< [n, list_room] lists of the present step
    std::uint16_t* ended;       ///< [n, list_room]
    Index list_room;            ///< padded H, and what list_bits() may write beyond
    SpikeChange* changes;       ///< [n] from one step to the next
    SortedRows sorted[2];       ///< spikes of a tile by neuron
    std::uint16_t* listed;      ///< [tile + 1, n, H] neurons of a tile before they are sorted, row by row
    std::int32_t* listed_counts;  ///< [tile + 1, n] how many of each row
    std::int32_t* tile_spikes;    ///< [T / tile] spikes z_t of a tile
    std::int32_t* tile_changes;   ///< [T / tile] neurons that spike at one step of two that follow each other
};

struct SliceMemory {
    LayerMemory layers[max_layers];
    Index class_size;            ///< padded C
    float* drive;                ///< [T, n, C] W_out z + bias; one step where nothing goes back
    float* potential;            ///< [T + 1, n, C] entry t + 1 holds o_t; two steps where nothing goes back
    float* potential_gradient;   ///< [T, n, C] dL/do_t from the loss
    float* potential_carry;      ///< [n, C]
    float* drive_gradient;       ///< [n, C]
    float* drive_gradient_tile;  ///< panels of [tile + 1, n, C]: zeros and the tile's steps
    float* out_sum;              ///< [n, C] W_out z
    ValueList* inputs;           ///< [n] of one step
    float* decision;             ///< [n, C] sum of potentials over the steps used
    std::int64_t* offsets;       ///< [T · n + 1] into the events
    std::int32_t* columns;       ///< [events] inputs that are not zero
    float* values;               ///< [events]

    SliceMemory(const SequenceProblem& p, Index samples, Arena& arena) {
        const Index steps = p.steps;
        const Index kept = p.with_gradient ? steps : 1;
        for (int l = 0; l < p.layer_count; ++l) {
            LayerMemory& layer = layers[l];
            layer.size = padded(p.layers[l].hidden);
            layer.block = samples * layer.size;
            layer.words = mask_words(p.layers[l].hidden);
            for (float*& state : layer.state) state = arena.take<float>(layer.block);
            for (float*& carry : layer.carry) carry = arena.take<float>(layer.block);
            layer.current = arena.take<float>(kept * layer.block);
            layer.membrane = arena.take<float>((p.with_gradient ? tile_steps : 1) * layer.block);
            const Index tiles = p.with_gradient ? (steps + tile_steps - 1) / tile_steps : 0;
            layer.checkpoints = arena.take<float>(tiles * most_states * layer.block);
            layer.tile = arena.take<float>(p.with_gradient ? (tile_steps + 1) * most_states * layer.block : 0);
            layer.spike_gradient = arena.take<float>(layer.block);
            layer.current_gradient = arena.take<float>(layer.block);
            layer.own_sum = arena.take<float>(layer.block);
            layer.sum_below = arena.take<float>(l > 0 ? layer.block : 0);
            layer.list_room = padded(layer.size + list_margin);
            layer.started = arena.take<std::uint16_t>(samples * layer.list_room);
            layer.ended = arena.take<std::uint16_t>(samples * layer.list_room);
            layer.changes = arena.take<SpikeChange>(samples);
            layer.tile_gradient = arena.take<float>(p.with_gradient ? (tile_steps + 2) * layer.block : 0);
            for (SortedRows& sorted : layer.sorted) {
                sorted.starts = arena.take<std::int32_t>(p.with_gradient ? layer.size + 1 : 0);
                sorted.rows = arena.take<std::uint16_t>(p.with_gradient ? (tile_steps + 1) * layer.block : 0);
            }
            layer.listed =
                arena.take<std::uint16_t>(p.with_gradient ? (tile_steps + 1) * layer.block + list_margin : 0);
            layer.listed_counts = arena.take<std::int32_t>(p.with_gradient ? (tile_steps + 1) * samples : 0);
            layer.tile_spikes = arena.take<std::int32_t>(steps / tile_steps + 1);
            layer.tile_changes = arena.take<std::int32_t>(steps / tile_steps + 1);
            layer.spikes = arena.take<std::uint32_t>((steps + 1) * samples * layer.words);
        }
        class_size = padded(p.classes);
        drive = arena.take<float>(kept * samples * class_size);
        potential = arena.take<float>((kept + 1) * samples * class_size);
        potential_gradient = arena.take<float>(kept * samples * class_size);
        potential_carry = arena.take<float>(samples * class_size);
        drive_gradient = arena.take<float>(samples * class_size);
        drive_gradient_tile = arena.take<float>(p.with_gradient ? (tile_steps + 1) * samples * class_size : 0);
        out_sum = arena.take<float>(samples * class_size);
        decision = arena.take<float>(samples * class_size);
        offsets = arena.take<std::int64_t>(steps * samples + 1);
        inputs = arena.take<ValueList>(samples);
        // Last, as most of it is never touched: the worst case is an input without zeros.
        columns = arena.take<std::int32_t>(steps * samples * p.inputs);
        values = arena.take<float>(steps * samples * p.inputs);
    }
};

}  // namespace resonate::kernels::RESONATE_ISA
