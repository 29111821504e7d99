// engine/training/probe.h: one sample through the network as it is now, for live views. Changes nothing.
#pragma once

#include "data/sequence_set.h"
#include "networks/network.h"
#include "resonate/training_events.h"

namespace resonate {

/// Runs sequence `index` of `set` without gradient, recording every step of the hidden layer. The frame's epoch and
/// batch are left for the caller. `standardise` as in BatchOptions, over the steps of this one sequence.
ProbeFrame run_probe(Network& network, const SequenceSet& set, int64_t index, bool standardise = false);

}  // namespace resonate
