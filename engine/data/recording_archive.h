// engine/data/recording_archive.h: reads the files of a tar archive one after the other, without unpacking it to disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace resonate {

/// Far above those of Google Speech Commands (106 000 files of 32 kB, 3.4 GB): a small archive must not unpack to all
/// memory or for ever.
struct RecordingArchiveLimits {
    std::uint64_t bytes_per_file = std::uint64_t{16} << 20;
    std::uint64_t bytes = std::uint64_t{8} << 30;  ///< of the unpacked archive
    std::uint64_t entries = 400'000;
};

/// Hands every regular file whose name `wanted` likes to `use`, in the order of the archive (.tar or .tar.gz). Names
/// are relative, without "./" before them. Throws DataError in one sentence for an archive that cannot be read to its
/// end, exceeds a limit, or holds links, devices, absolute names or names with "..". What `use` throws passes through.
void read_recording_archive(const std::filesystem::path& archive,
                            const std::function<bool(const std::string& name)>& wanted,
                            const std::function<void(const std::string& name, std::string bytes)>& use,
                            const RecordingArchiveLimits& limits = {});

}  // namespace resonate
