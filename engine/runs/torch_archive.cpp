// engine/runs/torch_archive.cpp: see torch_archive.h.
#include "runs/torch_archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "data/utf8_names.h"
#include "resonate/error.h"

namespace resonate {
namespace {

static_assert(std::endian::native == std::endian::little, "storages are taken as they lie in the file");

/// How files of PyTorch before 1.6 begin: protocol 2 and the format's magic number.
constexpr std::string_view old_format("\x80\x02\x8a\x0al\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);

struct Entries {
    std::string pickle;
    std::string byte_order;
    std::map<std::string, std::shared_ptr<const std::string>> storages;
};

/// Goes through the entries of a zip archive in memory.
class ZipReader {
 public:
    ZipReader(std::string_view bytes, const std::string& name, const ArchiveLimits& limits)
        : name_(name), limits_(limits), left_(limits.bytes) {
        archive_read_support_format_zip_seekable(zip_.get());
        require(archive_read_open_memory(zip_.get(), bytes.data(), bytes.size()) == ARCHIVE_OK);
    }

    Entries read() {
        Entries entries;
        std::string root;
        size_t count = 0;
        bool found = false;
        archive_entry* entry = nullptr;
        for (int status = next(entry); status != ARCHIVE_EOF; status = next(entry)) {
            if (++count > limits_.entries)
                fail("holds more than the " + std::to_string(limits_.entries) + " entries that are read" + use_another);
            const auto [folder, path] = split(path_of(entry));
            if (count == 1) root = folder;
            if (folder != root) continue;
            if (path == "data.pkl") {
                if (found) fail(std::string("holds data.pkl twice") + use_another);
                found = true;
                std::uint64_t bound = limits_.pickle.bytes;
                entries.pickle = content(bound, path);
            } else if (path == "byteorder") {
                std::uint64_t bound = 16;
                entries.byte_order = content(bound, path);
            } else if (path.rfind("data/", 0) == 0) {
                auto storage = std::make_shared<const std::string>(content(left_, path));
                if (!entries.storages.emplace(path.substr(5), std::move(storage)).second)
                    fail("holds " + printable(path) + " twice" + use_another);
            }
        }
        if (!found) fail("is a zip archive without data.pkl; give a file that torch.save wrote");
        return entries;
    }

 private:
    [[noreturn]] void fail(const std::string& what) const { throw CheckpointError(name_ + ": " + what); }
    void require(bool whole) const {
        if (!whole) fail(std::string("the archive is damaged") + use_another);
    }

    int next(archive_entry*& entry) const {
        const int status = archive_read_next_header(zip_.get(), &entry);
        // A name that is not UTF-8 is only a warning.
        require(status == ARCHIVE_EOF || status >= ARCHIVE_WARN);
        if (status != ARCHIVE_EOF && archive_entry_is_encrypted(entry))
            fail("is encrypted; save it again without a password");
        return status;
    }
    static std::string path_of(archive_entry* entry) {
        const char* path = archive_entry_pathname(entry);
        return path ? path : "";
    }
    /// The first folder, and what comes behind it.
    static std::pair<std::string, std::string> split(const std::string& path) {
        const size_t slash = path.find('/');
        if (slash == std::string::npos) return {{}, path};
        return {path.substr(0, slash), path.substr(slash + 1)};
    }
    /// All bytes of the entry; takes their number off `bound`.
    std::string content(std::uint64_t& bound, const std::string& path) const {
        std::string bytes;
        std::array<char, 1 << 14> block;
        for (;;) {
            const la_ssize_t count = archive_read_data(zip_.get(), block.data(), block.size());
            require(count >= 0);
            if (count == 0) return bytes;
            if (static_cast<std::uint64_t>(count) > bound)
                fail(printable(path) + " is larger than what is read" + use_another);
            bound -= static_cast<std::uint64_t>(count);
            bytes.append(block.data(), static_cast<size_t>(count));
        }
    }

    Utf8Names utf8_names_;
    std::string name_;
    const ArchiveLimits& limits_;
    std::uint64_t left_;  ///< for storages
    std::unique_ptr<archive, decltype(&archive_read_free)> zip_{archive_read_new(), archive_read_free};
};

void require_zip(std::string_view bytes, const std::string& name) {
    if (bytes.substr(0, 2) == "PK") return;
    if (bytes.substr(0, old_format.size()) == old_format)
        throw CheckpointError(name +
                              ": is in the format of PyTorch before 1.6, which is not read; load it in Python and save "
                              "it again with torch.save");
    throw CheckpointError(name + ": expected a checkpoint (zip archive), found " +
                          (bytes.empty() ? "an empty file" : "something else") + use_another);
}

void require_storage(const TorchArchive& archive, const TensorDescription& tensor) {
    const auto found = archive.storages.find(tensor.storage);
    if (found == archive.storages.end())
        throw CheckpointError(archive.name + ": data/" + printable(tensor.storage) +
                              " is missing, in which a tensor lies: the archive is damaged" + use_another);
    if (const auto size = static_cast<std::int64_t>(found->second->size()); size != tensor.storage_bytes)
        throw CheckpointError(archive.name + ": data/" + printable(tensor.storage) + ": expected " +
                              std::to_string(tensor.storage_bytes) + " bytes, as data.pkl says, found " +
                              std::to_string(size) + ": the archive is damaged" + use_another);
}

}  // namespace

TorchArchive parse_torch_archive(std::string_view bytes, const std::string& name, const ArchiveLimits& limits) {
    require_zip(bytes, name);
    Entries entries = ZipReader(bytes, name, limits).read();
    if (!entries.byte_order.empty() && entries.byte_order != "little")
        throw CheckpointError(name + ": was written on a big-endian machine ('" + printable(entries.byte_order) +
                              "'); load it in Python and save it again on a little-endian one");
    TorchArchive archive{name, read_pickle(entries.pickle, name, limits.pickle), std::move(entries.storages)};
    for (const PickleValue& value : archive.content.values)
        if (const auto* tensor = value.as<TensorDescription>()) require_storage(archive, *tensor);
    return archive;
}

TorchArchive read_torch_archive(const std::filesystem::path& file, const ArchiveLimits& limits) {
    const std::string name = file.string();
    std::error_code failure;
    const std::uintmax_t size = std::filesystem::file_size(file, failure);
    std::ifstream stream;
    if (!failure) stream.open(file, std::ios::binary);
    if (!stream.is_open())
        throw CheckpointError(name + ": cannot be opened; give the path of a .pt file that torch.save or a run wrote");
    if (size > limits.bytes)
        throw CheckpointError(name + ": has " + std::to_string(size) + " bytes, more than the " +
                              std::to_string(limits.bytes) + " that are read; use another checkpoint");
    std::string bytes(size, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<size_t>(stream.gcount()));
    return parse_torch_archive(bytes, name, limits);
}

}  // namespace resonate
