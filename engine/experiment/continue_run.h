// engine/experiment/continue_run.h: brings a trainer to where an earlier one was.
#pragma once

#include "resonate/experiment.h"
#include "runs/run_folder.h"
#include "training/trainer.h"

namespace resonate {

/// To where the run folder's last checkpoint was. Throws RunError or CheckpointError.
void go_on(RunFolder& run, Trainer& trainer);

/// To a kept epoch of another run, whose rows up to there become those of `run`, a new folder; best.pt as well. Throws
/// RunError, CheckpointError or ConfigError: an epoch that is not kept, a network of another shape, too few epochs.
void begin_from(const Fork& fork, RunFolder& run, Trainer& trainer);

}  // namespace resonate
