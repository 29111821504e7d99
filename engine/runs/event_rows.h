// engine/runs/event_rows.h: scalars of event files as rows of metrics.csv.
#pragma once

#include <string>
#include <vector>

#include "resonate/tensorboard.h"
#include "resonate/training_events.h"

namespace resonate {

/// One row per epoch that has a test or validation number. Tags: Loss, accuracy or SOP of train, val(idation) and test,
/// in any case. A step that is there twice counts as written last. Where train/* was written per batch, as the
/// published code does, an epoch has the mean of its batches. Throws DataError where no tag is one of these.
std::vector<EpochMetrics> rows_of_events(const std::vector<ScalarEvent>& scalars, const std::string& name);

}  // namespace resonate
