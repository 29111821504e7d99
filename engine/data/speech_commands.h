// engine/data/speech_commands.h: Google Speech Commands v0.02 (Warden 2018), packed as published or unpacked.
#pragma once

#include <filesystem>
#include <optional>

#include "data/recording_archive.h"
#include "data/sequence_set.h"
#include "resonate/datasets.h"

namespace resonate {

inline constexpr const char* speech_commands_archive = "speech_commands_v0.02.tar.gz";
inline constexpr const char* speech_commands_folder = "speech_commands_v0.02";

/// Where the unpacked data set lies: in `folder`/speech_commands_v0.02, in `folder` itself, or in
/// `folder`/speech_commands_v0.02.old, where an import that was killed left an earlier copy; nothing where none of them
/// holds both lists and a folder of recordings for each word.
std::optional<std::filesystem::path> find_unpacked_speech_commands(const std::filesystem::path& folder);

enum class CacheUse {
    reuse,  ///< computes what is not kept
    renew   ///< reads every recording
};

/// Training, validation and test as the published lists say, from the archive in `folder`, else from the unpacked data
/// set there. The coefficients are kept in `folder`/cache. Throws DataError naming file, expected, found, what to do.
DatasetSplits load_speech_commands(const std::filesystem::path& folder, CacheUse use = CacheUse::reuse,
                                   const RecordingArchiveLimits& limits = {});

/// Reads every recording of the unpacked data set `from` and copies it to `folder`/speech_commands_v0.02; an earlier
/// copy stays until the new one is whole. The folder is locked by the caller. Throws DataError.
void import_unpacked_speech_commands(const std::filesystem::path& from, const std::filesystem::path& folder);

/// Removes recordings, lists and texts of the unpacked data set in `folder`, and what an import that was killed left of
/// it; what else lies among them stays. The folder is locked by the caller. Throws DataError naming what cannot be
/// removed.
void remove_unpacked_speech_commands(const std::filesystem::path& folder);

}  // namespace resonate
