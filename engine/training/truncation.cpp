// engine/training/truncation.cpp: see truncation.h.
#include "training/truncation.h"

#include <algorithm>

namespace resonate {

std::vector<SequencePiece> sequence_pieces(const TrainingConfig& config, int64_t steps) {
    if (config.tbptt_window == 0) return {{0, steps, steps_used(config, steps)}};
    std::vector<SequencePiece> pieces;
    for (int64_t begin = 0; begin < steps;) {
        const int64_t end = begin == 0 ? 1 : std::min<int64_t>(begin + config.tbptt_window, steps);
        SequencePiece piece{begin, end, {}};
        if (config.label_last) {
            piece.used = {end - begin - 1, 1};
        } else {
            const int64_t first = std::clamp<int64_t>(config.sub_seq_length, begin, end);
            piece.used = {first - begin, end - first};
        }
        pieces.push_back(piece);
        begin = end;
    }
    return pieces;
}

Batch steps_of(const Batch& batch, const SequencePiece& piece) {
    const int64_t count = piece.end - piece.begin;
    if (count == batch.steps()) return batch;
    const torch::Tensor labels = batch.labels.dim() == 2 ? batch.labels.narrow(0, piece.begin, count) : batch.labels;
    if (!batch.events) return {batch.input.narrow(0, piece.begin, count), labels};
    FusedInput events = *batch.events;
    events.offsets = events.offsets.narrow(0, piece.begin * events.batch, count * events.batch + 1);
    events.steps = count;
    return {torch::Tensor(), labels, events};
}

}  // namespace resonate
