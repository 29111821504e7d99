// app/models/run_facts.h: what a run's row says, in words.
#pragma once

#include <QString>
#include <optional>

#include "resonate/run_catalogue.h"

namespace resonate::app {

/// "finished", "running" …, "damaged" where it has a problem, "imported" besides: as the filter knows them.
QString filterWordsOfStatus(const RunEntry& entry);
/// "Finished": for people.
QString statusText(const RunEntry& entry);
/// Test accuracy of a row, %.
std::optional<double> accuracyOf(const std::optional<EpochMetrics>& row);
QString tagsText(const RunEntry& entry);
/// Tags of "paper, first try"; empty ones and repetitions are dropped.
std::vector<std::string> tagsFrom(const QString& text);

}  // namespace resonate::app
