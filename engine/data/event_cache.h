// engine/data/event_cache.h: event sets kept on disk, because reading them from HDF5 takes long.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "data/event_sequence_set.h"

namespace resonate {

/// Where an event set is kept, and what it was made from: another key is another content.
struct EventCache {
    std::filesystem::path file;
    std::string key;
};

/// The set kept in the file; nothing where it is absent, damaged, or of another key.
std::shared_ptr<const EventSequenceSet> open_event_cache(const EventCache& cache);

/// Keeps the set; does nothing where the file cannot be written.
void keep_events(const EventSequenceSet& set, const EventCache& cache);

}  // namespace resonate
