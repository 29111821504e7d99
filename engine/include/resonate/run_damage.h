// resonate/run_damage.h: files of a run that were cut off or cannot be opened, found by their ends alone.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "resonate/run_store.h"

namespace resonate {

struct RunDamage {
    /// Names the worst file, what it costs, what to do and how many more there are; empty where all are whole.
    std::string sentence;
    std::vector<int> lost_epochs;  ///< recorded epochs whose frame is one of them
};

/// Of its checkpoints and recorded epochs. Reads 22 bytes of each file; a file that is not there is no damage, and a
/// run that is being written has none.
RunDamage find_damage(const StoredRun& run);
/// The sentence for last.pt and best.pt alone.
std::string checkpoint_damage(const std::filesystem::path& run_folder);

}  // namespace resonate
