// engine/training/live_changes.h: fields that change while a run goes on.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "resonate/concurrency.h"
#include "resonate/experiment_config.h"
#include "resonate/training_events.h"

namespace resonate {

struct TrainingProgress;

/// Takes the edits asked of a training. Those of fields that act at once change the experiment when taken; those that
/// act from the next epoch wait for it.
class LiveChanges {
 public:
    using Changed = std::function<void(const RunChange&)>;
    using Refused = std::function<void(const std::string& path, const std::string& sentence)>;

    /// `config` is the experiment in use, and changes.
    LiveChanges(ExperimentConfig& config, TrainingControl& control, Changed changed, Refused refused);

    /// Between two batches. True where what is shown changed.
    bool take(const TrainingProgress& progress);

 private:
    bool apply(const FieldEdit& edit, const TrainingProgress& progress);
    /// Throws ConfigError saying why it is not possible.
    void require_possible(const FieldEdit& edit, const TrainingProgress& progress) const;

    ExperimentConfig& config_;
    TrainingControl& control_;
    Changed changed_;
    Refused refused_;
    std::vector<FieldEdit> waiting_;  ///< for the next epoch
};

}  // namespace resonate
