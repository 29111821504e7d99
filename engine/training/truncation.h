// engine/training/truncation.h: the pieces of a sequence after which the weights are updated.
#pragma once

#include <vector>

#include "training/batches.h"
#include "training/sequence_loss.h"

namespace resonate {

/// Steps [begin, end) of a sequence.
struct SequencePiece {
    int64_t begin = 0;
    int64_t end = 0;
    StepsUsed used;  ///< steps that enter the loss, counted from `begin`; count 0: none, and no update
};

/// The whole sequence, or with a tbptt_window W the pieces that end with steps 0, W, 2W, … and the last one (spec:
/// experiments.md, section 2). With label_last each piece uses its last step alone.
std::vector<SequencePiece> sequence_pieces(const TrainingConfig& config, int64_t steps);

/// The same samples, these steps. Shares memory with the batch.
Batch steps_of(const Batch& batch, const SequencePiece& piece);

}  // namespace resonate
