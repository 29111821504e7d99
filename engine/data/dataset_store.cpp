// engine/data/dataset_store.cpp: see dataset_store.h.
#include "data/dataset_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>

#include "data/dataset_readers.h"
#include "data/packed_file.h"
#include "resonate/error.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

/// More than this many bytes of content in a byte of a packed file is no recording.
constexpr std::uint64_t most_packed = 100;

struct TooLong {};

std::uint64_t most_content(const fs::path& path, const DatasetFile& file) {
    if (file.bytes > 0) return static_cast<std::uint64_t>(file.bytes);
    std::error_code failure;
    const auto stored = fs::file_size(path, failure);
    return failure ? 0 : (std::uint64_t{1} << 20) + stored * most_packed;
}

/// A rename must not reach the disk before the content does.
void flush_to_disk(const fs::path& path) {
    if (const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC); handle >= 0) {
        ::fsync(handle);
        ::close(handle);
    }
}

/// Copies or unpacks. Leaves nothing at `target` where that fails.
void write_copy(const fs::path& from, const fs::path& target, bool unpack, const Watch& watch) {
    std::error_code failure;
    std::string why;
    try {
        if (unpack) {
            std::ofstream stream(target, std::ios::binary);
            std::uint64_t written = 0;
            read_blocks(from, [&](std::span<const std::uint8_t> block) {
                stream.write(reinterpret_cast<const char*>(block.data()), static_cast<std::streamsize>(block.size()));
                if (!stream)
                    throw DataError(target.string() +
                                    ": cannot be written: the disk is full or not writable; free some space or choose "
                                    "another data folder");
                written += block.size();
                if (watch) watch(written);
            });
            stream.close();
            if (!stream) why = "the disk is full or not writable";
        } else if (!fs::copy_file(from, target, fs::copy_options::overwrite_existing, failure)) {
            why = failure.message();
        }
    } catch (...) {
        fs::remove(target, failure);
        throw;
    }
    if (why.empty()) return;
    fs::remove(target, failure);
    throw DataError(target.string() + ": cannot be written: " + why +
                    "; free some space or choose another data folder");
}

}  // namespace

std::string file_list(const DatasetInfo& info) {
    std::string text;
    for (size_t i = 0; i < info.files.size(); ++i) {
        const bool last = i + 1 == info.files.size();
        text += (i == 0 ? "" : last ? " and " : ", ") + info.files[i].name;
    }
    return info.files.empty() || info.files[0].packing == Packing::none ? text : text + " (packed as .gz or not)";
}

std::string how_to_import(const DatasetInfo& info, const std::string& source) {
    return (info.files.size() == 1 ? "put the file " : "put the files ") + file_list(info) +
           (source.empty() ? "" : " (published at " + source + ")") +
           (info.files.size() == 1 ? " into a folder" : " into one folder") +
           " and import it: `resonate-cli datasets import " + info.name +
           " FOLDER`, or \"Use files I have…\" in the window";
}

std::string published_name(const DatasetFile& file) {
    return file.packing == Packing::none ? file.name : file.name + ".gz";
}

fs::path part_of(fs::path path) { return path += ".part"; }

bool is_packed(const fs::path& path, const DatasetFile& file) { return file.packing != Packing::none && is_gzip(path); }

ContentCheck check_content(const fs::path& path, const DatasetFile& file, const Watch& watch) {
    const bool packed = is_packed(path, file);
    std::error_code failure;
    if (const auto size = fs::file_size(path, failure);
        !failure && file.bytes > 0 && !packed && size != static_cast<std::uintmax_t>(file.bytes))
        return {"expected " + std::to_string(file.bytes) + " bytes, found " + std::to_string(size), size};
    const bool has_sha256 = !file.sha256.empty();
    const std::uint64_t most = most_content(path, file);
    try {
        const ContentDigest found =
            digest_of_content(path, has_sha256 ? Hash::sha256 : Hash::md5,
                              packed ? Reading::unpacked : Reading::as_stored, [&](std::uint64_t bytes) {
                                  if (bytes > most) throw TooLong();
                                  if (watch) watch(bytes);
                              });
        const std::string& expected = has_sha256 ? file.sha256 : file.md5;
        if (found.hash == expected) return {{}, found.bytes};
        return {std::string("expected ") + (has_sha256 ? "SHA-256 " : "MD5 ") + expected +
                    (packed ? " of the unpacked content" : "") + ", found " + found.hash,
                found.bytes};
    } catch (const TooLong&) {
        return {"expected at most " + std::to_string(most) + " bytes of content, found more", most};
    } catch (const UnreadableFile& unreadable) {
        return {unreadable.why(), 0};
    }
}

void require_content(const fs::path& path, const DatasetFile& file) {
    if (const ContentCheck check = check_content(path, file); !check.problem.empty())
        throw DataError(path.string() + ": " + check.problem + "; get the published file again");
}

void place_file(const fs::path& from, const fs::path& folder, const DatasetFile& file, Placing placing,
                const Watch& watch) {
    const bool packed = is_packed(from, file);
    const bool unpack = packed && file.packing == Packing::transport;
    const bool stays_packed = packed && !unpack;
    const fs::path plain = folder / file.name;
    const fs::path target = stays_packed ? folder / published_name(file) : plain;
    std::error_code failure;
    if (!fs::equivalent(from, target, failure)) {
        const bool renames = placing == Placing::move && !unpack;
        const fs::path part = renames ? from : part_of(target);
        if (!renames) write_copy(from, part, unpack, watch);
        flush_to_disk(part);
        fs::rename(part, target, failure);
        if (failure) {
            std::error_code ignored;
            if (!renames) fs::remove(part, ignored);
            throw DataError(target.string() + ": cannot be written: " + failure.message() +
                            "; free some space or choose another data folder");
        }
        if (placing == Placing::move && !renames) fs::remove(from, failure);
    }
    // The plain file is read first: an old one must not hide the new packed one.
    if (stays_packed) fs::remove(plain, failure);
    // What an unfinished download left is of no more use.
    fs::remove(part_of(folder / published_name(file)), failure);
}

DatasetFolderLock::DatasetFolderLock(fs::path folder) : folder_(std::move(folder)) {
    std::error_code failure;
    fs::create_directories(folder_, failure);
    if (failure)
        throw DataError(folder_.string() + ": cannot be made: " + failure.message() + "; choose another data folder");
    const fs::path file = folder_ / ".lock";
    try {
        lock_ = FileLock::try_take(file, FileLock::After::remove);
    } catch (const std::system_error& error) {
        throw DataError(file.string() + ": " + error.what() +
                        "; make the folder writable, or choose another data folder");
    }
    if (!lock_)
        throw DataError(folder_.string() +
                        ": another program, or another window, is downloading, importing or removing these files; wait "
                        "until it has ended, and try again");
}

DatasetFolderLock::~DatasetFolderLock() {
    lock_.reset();
    // A link to another place stays, and so does a folder with anything in it.
    std::error_code failure;
    if (!fs::is_symlink(folder_, failure)) fs::remove(folder_, failure);
}

}  // namespace resonate
