// engine/kernels/slice_kernel.h: a few samples of a batch through all time steps, forward and backward.
// Nothing is shared with other threads but the packed weights. On the way forward input currents are kept and states
// are checkpointed every tile_steps; on the way back a tile of states is recomputed from them, in cache.
#pragma once

#include <time.h>

#include "kernels/layer_kernels.h"
#include "kernels/spike_gradients.h"

namespace resonate::kernels::RESONATE_ISA {

inline double now() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

class Slice {
 public:
    Slice(const SequenceProblem& problem, const Weights& weights, const Gradients& gradients, const SliceMemory& memory,
          Index first, Index samples)
        : p_(problem),
          w_(weights),
          g_(gradients),
          m_(memory),
          first_(first),
          n_(samples),
          spike_gradients_(problem, gradients, memory, samples) {
        for (int l = 0; l < p_.layer_count; ++l) neuron_[l] = neuron_functions(p_.layers[l]);
    }

    void run(SliceSums& sums) {
        const double start = now();
        list_inputs();
        begin();
        for (Index t = 0; t < p_.steps; ++t) {
            for (int l = 0; l < p_.layer_count; ++l) step_layer(l, t, sums);
            read_out(t);
            if (p_.labels && t >= p_.first_used && t < p_.first_used + p_.used) judge(t, sums);
        }
        write_final();
        const double middle = now();
        sums.forward_seconds += middle - start;
        if (!p_.with_gradient) return;
        go_back();
        sums.backward_seconds += now() - middle;
    }

 private:
    static void zero(float* values, Index count) {
        for (Index i = 0; i < count; ++i) values[i] = 0;
    }
    static void copy(float* to, const float* from, Index count) {
        for (Index i = 0; i < count; ++i) to[i] = from[i];
    }

    StepView view(int l) const { return {&p_.layers[l], &w_.layers[l], n_, m_.layers[l].size}; }
    /// Spikes of the step before t; z_t is at t + 1.
    std::uint32_t* spikes(int l, Index t) const { return m_.layers[l].spikes + t * n_ * m_.layers[l].words; }
    Index kept(Index t) const { return p_.with_gradient ? t : 0; }
    float* current(int l, Index t) const { return m_.layers[l].current + kept(t) * m_.layers[l].block; }
    float* potential(Index t) const { return m_.potential + (p_.with_gradient ? t : t % 2) * n_ * m_.class_size; }

    void list_inputs() {
        Index count = 0;
        Index place = 0;
        for (Index t = 0; t < p_.steps; ++t)
            for (Index b = 0; b < n_; ++b) {
                m_.offsets[place++] = count;
                if (p_.event_offsets) {
                    const std::int64_t* range = p_.event_offsets + t * p_.batch + first_ + b;
                    for (Index e = range[0]; e < range[1]; ++e) {
                        m_.columns[count] = p_.event_channels[e];
                        m_.values[count++] = 1.0F;
                    }
                    continue;
                }
                const float* row = p_.input + (t * p_.batch + first_ + b) * p_.inputs;
                Index i = 0;
                for (; i + width <= p_.inputs; i += width) {
                    std::uint32_t there = bits(load(row + i) != 0.0F);
                    for (; there != 0; there &= there - 1) {
                        const Index column = i + __builtin_ctz(there);
                        m_.columns[count] = static_cast<std::int32_t>(column);
                        m_.values[count++] = row[column];
                    }
                }
                for (; i < p_.inputs; ++i)
                    if (row[i] != 0.0F) {
                        m_.columns[count] = static_cast<std::int32_t>(i);
                        m_.values[count++] = row[i];
                    }
            }
        m_.offsets[place] = count;
    }

    /// States, spikes and potentials before the first step.
    void begin() {
        for (int l = 0; l < p_.layer_count; ++l) {
            const LayerProblem& layer = p_.layers[l];
            const LayerMemory& memory = m_.layers[l];
            for (int i = 0; i < neuron_[l].states; ++i) {
                zero(memory.state[i], memory.block);
                if (const float* initial = layer.initial[neuron_[l].variables[i]])
                    for (Index b = 0; b < n_; ++b)
                        copy(memory.state[i] + b * memory.size, initial + (first_ + b) * layer.hidden, layer.hidden);
            }
            std::uint32_t* before = spikes(l, 0);
            for (Index i = 0; i < n_ * memory.words; ++i) before[i] = 0;
            if (const float* initial = layer.initial[state_z])
                for (Index b = 0; b < n_; ++b)
                    for (Index h = 0; h < layer.hidden; ++h)
                        if (initial[(first_ + b) * layer.hidden + h] != 0.0F)
                            before[b * memory.words + h / 32] |= std::uint32_t{1} << (h % 32);
            compare_spikes(l, 0);
        }
        zero(potential(0), n_ * m_.class_size);
        if (p_.initial_output)
            for (Index b = 0; b < n_; ++b)
                copy(potential(0) + b * m_.class_size, p_.initial_output + (first_ + b) * p_.classes, p_.classes);
        zero(m_.decision, n_ * m_.class_size);
    }

    /// Steps for which a sum is kept at most.
    static constexpr Index sums_last = 4 * tile_steps;

    /// From the spikes before step t − 1 to those before step t; how many of the latter there are. A sum is kept where
    /// fewer neurons change than spike; made anew now and then, its rounding errors do not add up.
    [[gnu::noinline]] std::int32_t compare_spikes(int l, Index t) {
        const LayerMemory& memory = m_.layers[l];
        const Index words = memory.words;
        const bool never_kept = narrow(memory.size);
        std::int32_t spiking = 0;
        std::int32_t changing = 0;
        for (Index b = 0; b < n_; ++b) {
            const std::uint32_t* now = spikes(l, t) + b * words;
            const std::uint32_t* before = t > 0 ? spikes(l, t - 1) + b * words : nullptr;
            const Index here = count_bits(now, words);
            const Index changes = before ? count_changes(before, now, words) : here;
            spiking += static_cast<std::int32_t>(here);
            changing += static_cast<std::int32_t>(changes);
            SpikeChange& change = memory.changes[b];
            const bool was_kept = t > 0 && change.kept;
            change.kept = !never_kept && changes < here;
            change.anew = !was_kept || !change.kept || t % sums_last == 0;
            std::uint16_t* started = memory.started + b * memory.list_room;
            std::uint16_t* ended = memory.ended + b * memory.list_room;
            change.started = {started, list_bits(now, change.anew ? nullptr : before, words, started)};
            change.ended = {ended, change.anew ? 0 : list_bits(before, now, words, ended)};
        }
        if (t == 0) return spiking;  // those before the first step belong to no tile
        const Index tile = (t - 1) / tile_steps;
        memory.tile_spikes[tile] = spiking + ((t - 1) % tile_steps == 0 ? 0 : memory.tile_spikes[tile]);
        memory.tile_changes[tile] = changing + ((t - 1) % tile_steps == 0 ? 0 : memory.tile_changes[tile]);
        return spiking;
    }

    ValueList inputs(Index t, Index b) const {
        const Index begin = m_.offsets[t * n_ + b];
        return {m_.columns + begin, m_.values + begin, m_.offsets[t * n_ + b + 1] - begin};
    }

    void step_layer(int l, Index t, SliceSums& sums) {
        const LayerMemory& memory = m_.layers[l];
        const LayerProblem& layer = p_.layers[l];
        const NeuronFunctions& neuron = neuron_[l];
        float* drive = current(l, t);
        SpikeSum from[2];
        int count = 0;
        if (l > 0) from[count++] = {memory.sum_below, 0, m_.layers[l - 1].changes};
        if (layer.recurrent) from[count++] = {memory.own_sum, layer.inputs, memory.changes};
        for (Index b = 0; l == 0 && b < n_; ++b) m_.inputs[b] = inputs(t, b);
        gather(drive, memory.size, w_.layers[l].bias, w_.layers[l].table, columns_of(layer),
               l == 0 ? m_.inputs : nullptr, from, count, n_);
        if (p_.with_gradient && t % tile_steps == 0)
            for (int i = 0; i < neuron.states; ++i)
                copy(memory.checkpoints + (t / tile_steps * most_states + i) * memory.block, memory.state[i],
                     memory.block);
        std::uint32_t* fired = spikes(l, t + 1);
        neuron.forward(view(l), memory.state, memory.state, drive, memory.membrane, fired, memory.words);
        sums.spikes += compare_spikes(l, t + 1);
        write_states(l, p_.layers[l].trace, t * p_.batch, t);
    }

    /// States after step t to arrays of rows [H], sample 0 of the batch at row `row`.
    void write_states(int l, float* const* to, Index row, Index t) {
        const LayerProblem& layer = p_.layers[l];
        const LayerMemory& memory = m_.layers[l];
        for (int i = 0; i < neuron_[l].states; ++i)
            if (float* out = to[neuron_[l].variables[i]])
                for (Index b = 0; b < n_; ++b)
                    copy(out + (row + first_ + b) * layer.hidden, memory.state[i] + b * memory.size, layer.hidden);
        float* out = to[state_z];
        if (!out) return;
        const std::uint32_t* fired = spikes(l, t + 1);
        for (Index b = 0; b < n_; ++b)
            for (Index h = 0; h < layer.hidden; ++h)
                out[(row + first_ + b) * layer.hidden + h] =
                    static_cast<float>(fired[b * memory.words + h / 32] >> (h % 32) & 1U);
    }

    void read_out(Index t) {
        const int last = p_.layer_count - 1;
        const Index size = m_.class_size;
        float* drive = m_.drive + kept(t) * n_ * size;
        const float* before = potential(t);
        float* after = potential(t + 1);
        const SpikeSum from{m_.out_sum, 0, m_.layers[last].changes};
        gather(drive, size, w_.out_bias, w_.out_table, p_.layers[last].hidden, nullptr, &from, 1, n_);
        for (Index b = 0; b < n_; ++b) {
            for (Index c = 0; c < size; c += width) {
                const Vector driven = load(drive + b * size + c);
                const Vector alpha = load(w_.out_alpha + c);
                store(after + b * size + c, driven + alpha * (load(before + b * size + c) - driven));
            }
            if (p_.outputs) copy(p_.outputs + (t * p_.batch + first_ + b) * p_.classes, after + b * size, p_.classes);
        }
    }

    static Index largest(const float* values, Index count) {
        Index best = 0;
        for (Index c = 1; c < count; ++c)
            if (values[c] > values[best]) best = c;
        return best;
    }

    /// Loss, decision and dL/do_t of one step that counts.
    void judge(Index t, SliceSums& sums) {
        const Index size = m_.class_size;
        for (Index b = 0; b < n_; ++b) {
            const float* o = potential(t + 1) + b * size;
            const Index label = p_.label_per_step ? p_.labels[t * p_.batch + first_ + b] : p_.labels[first_ + b];
            const Index chosen = largest(o, p_.classes);
            if (p_.label_per_step) {
                sums.correct += chosen == label;
            } else {
                float* decision = m_.decision + b * size;
                for (Index c = 0; c < p_.classes; ++c) decision[c] += o[c];
                if (t + 1 == p_.first_used + p_.used)
                    sums.correct += (p_.decide_on_last ? chosen : largest(decision, p_.classes)) == label;
            }
            const float top = o[chosen];
            float* g = m_.potential_gradient + (kept(t) * n_ + b) * size;
            for (Index c = 0; c < size; c += width) store(g + c, exponential(load(o + c) - top));
            double total = 0;
            for (Index c = 0; c < p_.classes; ++c) total += g[c];
            sums.loss += __builtin_log(total) - static_cast<double>(o[label] - top);
            if (!p_.with_gradient) continue;
            const float scale = p_.loss_scale / static_cast<float>(total);
            for (Index c = 0; c < p_.classes; ++c) g[c] *= scale;
            for (Index c = p_.classes; c < size; ++c) g[c] = 0;
            g[label] -= p_.loss_scale;
        }
    }

    void write_final() {
        for (int l = 0; l < p_.layer_count; ++l) write_states(l, p_.layers[l].final, 0, p_.steps - 1);
        if (p_.final_output)
            for (Index b = 0; b < n_; ++b)
                copy(p_.final_output + (first_ + b) * p_.classes, potential(p_.steps) + b * m_.class_size, p_.classes);
    }

    void go_back() {
        zero(m_.potential_carry, n_ * m_.class_size);
        for (int l = 0; l < p_.layer_count; ++l) {
            for (int i = 0; i < neuron_[l].states; ++i) zero(m_.layers[l].carry[i], m_.layers[l].block);
            zero(m_.layers[l].current_gradient, m_.layers[l].block);  // nothing comes after the last step
        }
        for (Index tile = (p_.steps - 1) / tile_steps; tile >= 0; --tile) {
            const Index begin = tile * tile_steps;
            const Index end = begin + tile_steps < p_.steps ? begin + tile_steps : p_.steps;
            for (int l = 0; l < p_.layer_count; ++l) recompute(l, tile, begin, end);
            spike_gradients_.begin_tile(end - begin);
            for (Index t = end - 1; t >= begin; --t) {
                read_out_back(t, t - begin);
                for (int l = p_.layer_count - 1; l >= 0; --l) layer_back(l, t, t - begin);
            }
            spike_gradients_.finish_tile(begin, end);
        }
        spike_gradients_.finish();
    }

    float* tile_state(int l, Index step, int i) const {
        return m_.layers[l].tile + (step * most_states + i) * m_.layers[l].block;
    }

    void recompute(int l, Index tile, Index begin, Index end) {
        const LayerMemory& memory = m_.layers[l];
        for (int i = 0; i < neuron_[l].states; ++i)
            copy(tile_state(l, 0, i), memory.checkpoints + (tile * most_states + i) * memory.block, memory.block);
        for (Index t = begin; t < end; ++t) {
            const Index step = t - begin;
            const float* before[most_states];
            float* after[most_states];
            for (int i = 0; i < most_states; ++i) {
                before[i] = tile_state(l, step, i);
                after[i] = tile_state(l, step + 1, i);
            }
            // The same function of the same numbers: the spikes it writes are those that are there.
            neuron_[l].forward(view(l), before, after, current(l, t), memory.membrane + step * memory.block,
                               spikes(l, t + 1), memory.words);
        }
    }

    void read_out_back(Index t, Index step) {
        const Index size = m_.class_size;
        const bool used = p_.labels && t >= p_.first_used && t < p_.first_used + p_.used;
        for (Index b = 0; b < n_; ++b)
            for (Index c = 0; c < size; c += width) {
                const Index at = b * size + c;
                Vector change = load(m_.potential_carry + at);
                if (used) change += load(m_.potential_gradient + t * n_ * size + at);
                const Vector alpha = load(w_.out_alpha + c);
                const Vector driven = (1.0F - alpha) * change;
                store(m_.drive_gradient + at, driven);
                store(m_.potential_carry + at, alpha * change);
                store(g_.out_alpha + c, load(g_.out_alpha + c) +
                                            change * (load(potential(t) + at) - load(m_.drive + t * n_ * size + at)));
                store(g_.out_bias + c, load(g_.out_bias + c) + driven);
            }
        spike_gradients_.keep_drive(step);
    }

    void layer_back(int l, Index t, Index step) {
        const LayerMemory& memory = m_.layers[l];
        const LayerProblem& layer = p_.layers[l];
        Factors factors[2];
        int count = 0;
        if (l + 1 == p_.layer_count) {
            factors[count++] = {m_.drive_gradient, m_.class_size, p_.classes, w_.out_panels};
        } else {
            const LayerMemory& above = m_.layers[l + 1];
            factors[count++] = {above.current_gradient, above.size, p_.layers[l + 1].hidden,
                                w_.layers[l + 1].from_below};
        }
        // What the spikes of step t do at t + 1; the gradient of that step's current still lies in its place.
        if (layer.recurrent && t + 1 < p_.steps)
            factors[count++] = {memory.current_gradient, memory.size, layer.hidden, w_.layers[l].recurrent};
        product(memory.spike_gradient, n_, memory.size, p_.spike_cost, factors, count);

        const float* before[most_states];
        const float* after[most_states];
        for (int i = 0; i < most_states; ++i) {
            before[i] = tile_state(l, step, i);
            after[i] = tile_state(l, step + 1, i);
        }
        neuron_[l].backward(view(l), before, after, memory.membrane + step * memory.block, current(l, t),
                            memory.spike_gradient, memory.carry, memory.current_gradient, g_.layers[l].rates);
        spike_gradients_.keep_current(l, step);
        for (Index b = 0; b < n_; ++b) {
            const float* row = memory.current_gradient + b * memory.size;
            if (l == 0) scatter(g_.layers[l].table, row, memory.size, inputs(t, b));
            if (layer.bias)
                for (Index h = 0; h < memory.size; h += width)
                    store(g_.layers[l].bias + h, load(g_.layers[l].bias + h) + load(row + h));
        }
    }

    const SequenceProblem& p_;
    const Weights& w_;
    const Gradients& g_;
    const SliceMemory& m_;
    Index first_;
    Index n_;
    SpikeGradients spike_gradients_;
    NeuronFunctions neuron_[max_layers];
};

}  // namespace resonate::kernels::RESONATE_ISA
