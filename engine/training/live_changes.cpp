// engine/training/live_changes.cpp: see live_changes.h.
#include "training/live_changes.h"

#include <utility>

#include "resonate/config_io.h"
#include "resonate/error.h"
#include "training/trainer.h"

namespace resonate {

LiveChanges::LiveChanges(ExperimentConfig& config, TrainingControl& control, Changed changed, Refused refused)
    : config_(config), control_(control), changed_(std::move(changed)), refused_(std::move(refused)) {}

bool LiveChanges::take(const TrainingProgress& progress) {
    bool shown_changed = false;
    if (progress.batch == 0)
        for (const FieldEdit& edit : std::exchange(waiting_, {})) shown_changed |= apply(edit, progress);
    while (const std::optional<FieldEdit> edit = control_.take_edit()) {
        try {
            require_possible(*edit, progress);
        } catch (const ConfigError& error) {
            refused_(edit->path, error.what());
            continue;
        }
        if (find_field(edit->path)->change == FieldChange::next_epoch && progress.batch > 0) {
            // The newest word on a field counts.
            std::erase_if(waiting_, [&](const FieldEdit& earlier) { return earlier.path == edit->path; });
            waiting_.push_back(*edit);
        } else {
            shown_changed |= apply(*edit, progress);
        }
    }
    return shown_changed;
}

void LiveChanges::require_possible(const FieldEdit& edit, const TrainingProgress& progress) const {
    const Field* field = find_field(edit.path);
    if (!field) throw ConfigError(edit.path + ": no such field");
    if (field->change == FieldChange::restart)
        throw ConfigError(edit.path + ": '" + field->label + "' cannot change while a run goes on; start a new run");
    ExperimentConfig next = config_;
    set_field(next, edit.path, edit.value);
    for (const ConfigProblem& problem : validate(next))
        if (problem.path == edit.path) throw ConfigError(problem.path + ": " + problem.message);
    const int begun = progress.epoch + (progress.batch > 0 ? 1 : 0);
    if (next.training.epochs < begun)
        throw ConfigError("training.epochs: expected at least the " + std::to_string(begun) + " that " +
                          (begun == 1 ? "has" : "have") + " begun, found " + std::to_string(next.training.epochs));
}

bool LiveChanges::apply(const FieldEdit& edit, const TrainingProgress& progress) {
    const Field& field = *find_field(edit.path);
    RunChange change{progress.epoch, progress.batch, edit.path, field_text(field, config_), {}};
    set_field(config_, edit.path, edit.value);
    change.to = field_text(field, config_);
    if (change.to == change.from) return false;
    changed_(change);
    return edit.path == "recording.probe_sample" || edit.path == "recording.follow_worst";
}

}  // namespace resonate
