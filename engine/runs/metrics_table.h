// engine/runs/metrics_table.h: the columns of metrics.csv, and a row as numbers.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "resonate/training_events.h"

namespace resonate {

inline constexpr std::array<const char*, 14> metrics_columns = {"epoch",
                                                                "learning_rate",
                                                                "train_loss",
                                                                "train_accuracy",
                                                                "train_sop",
                                                                "validation_loss",
                                                                "validation_accuracy",
                                                                "validation_sop",
                                                                "test_loss",
                                                                "test_accuracy",
                                                                "test_sop",
                                                                "seconds",
                                                                "samples_per_second",
                                                                "best"};

/// Values in the order of metrics_columns; NaN where absent.
using MetricsRow = std::array<double, metrics_columns.size()>;

MetricsRow to_row(const EpochMetrics& metrics);
EpochMetrics from_row(const MetricsRow& row);

/// The rows of a metrics.csv; `name` stands for the file. Throws RunError naming it and the line. The one reader: what
/// it takes is whole for the table of runs as well.
std::vector<EpochMetrics> parse_metrics(std::string_view csv, const std::string& name);

}  // namespace resonate
