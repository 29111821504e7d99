// engine/experiment/checks.h: small checks shared by training, evaluation and bench.
#pragma once

#include <string>

#include "resonate/experiment_config.h"

namespace resonate {

/// Throws ConfigError with every problem of the config in one sentence each.
void require_valid(const ExperimentConfig& config);

/// Text up to the first line break: LibTorch appends a stack trace to its messages.
std::string first_line(const std::string& text);

}  // namespace resonate
