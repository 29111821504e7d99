// engine/runs/read_entry.h: one run folder as a row of the table, whatever state it is in.
#pragma once

#include <filesystem>
#include <memory>

#include "resonate/run_catalogue.h"

namespace resonate {

/// Nothing where the folder holds no file of a run. Never throws for what lies in it.
std::shared_ptr<const RunEntry> read_entry(const std::filesystem::path& folder);

}  // namespace resonate
