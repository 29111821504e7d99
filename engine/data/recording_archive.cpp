// engine/data/recording_archive.cpp: see recording_archive.h.
#include "data/recording_archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <vector>

#include "resonate/error.h"

namespace resonate {
namespace {

constexpr size_t block_bytes = size_t{1} << 18;
constexpr const char* get_again = "; get the published file again";

using Archive = std::unique_ptr<archive, decltype(&archive_read_free)>;

class Reader {
 public:
    Reader(const std::filesystem::path& file, const RecordingArchiveLimits& limits)
        : place_(file.string()), limits_(limits), archive_(archive_read_new(), archive_read_free) {
        archive_read_support_filter_gzip(archive_.get());
        archive_read_support_format_tar(archive_.get());
        std::error_code failure;
        if (!std::filesystem::is_regular_file(file, failure))
            throw DataError(place_ + ": is not a file that can be opened; check the path");
        if (archive_read_open_filename(archive_.get(), file.c_str(), block_bytes) != ARCHIVE_OK) cannot_read();
    }

    /// The next file or folder; nothing at the end.
    archive_entry* next() {
        archive_entry* entry = nullptr;
        const int result = archive_read_next_header(archive_.get(), &entry);
        require_total();
        if (result == ARCHIVE_EOF) return nullptr;
        if (result < ARCHIVE_WARN) cannot_read();
        if (++entries_ > limits_.entries)
            throw DataError(place_ + ": expected at most " + std::to_string(limits_.entries) + " entries, found more" +
                            get_again);
        return entry;
    }

    /// The entry's name, if it is a regular file; empty for folders and for what has no readable name.
    std::string file_name(archive_entry* entry) const {
        const char* given = archive_entry_pathname_utf8(entry);
        if (given == nullptr) given = archive_entry_pathname(entry);
        if (given == nullptr) return {};
        std::string name = given;
        const auto type = archive_entry_filetype(entry);
        if (archive_entry_hardlink(entry) != nullptr || archive_entry_symlink(entry) != nullptr ||
            (type != AE_IFREG && type != AE_IFDIR))
            throw DataError(place_ + ": expected files and folders, found '" + name + "', which is a link or a device" +
                            get_again);
        if (name.starts_with('/') || ("/" + name + "/").find("/../") != std::string::npos)
            throw DataError(place_ + ": expected names inside of it, found '" + name + "', which leads outside" +
                            get_again);
        if (archive_entry_size(entry) > static_cast<std::int64_t>(limits_.bytes_per_file)) too_large(name);
        while (name.starts_with("./")) name.erase(0, 2);
        return type == AE_IFREG ? name : std::string();
    }

    std::string content(archive_entry* entry, const std::string& name) {
        std::string bytes;
        bytes.reserve(static_cast<size_t>(archive_entry_size(entry)));
        for (;;) {
            const la_ssize_t count = archive_read_data(archive_.get(), block_.data(), block_.size());
            if (count < 0) cannot_read();
            if (count == 0) return bytes;
            require_total();
            if (bytes.size() + static_cast<size_t>(count) > limits_.bytes_per_file) too_large(name);
            bytes.append(block_.data(), static_cast<size_t>(count));
        }
    }

 private:
    void require_total() const {
        if (archive_filter_bytes(archive_.get(), 0) > static_cast<std::int64_t>(limits_.bytes))
            throw DataError(place_ + ": expected at most " + std::to_string(limits_.bytes) +
                            " bytes unpacked, found more" + get_again);
    }
    [[noreturn]] void too_large(const std::string& name) const {
        throw DataError(place_ + ": expected files of at most " + std::to_string(limits_.bytes_per_file) +
                        " bytes, found more in '" + name + "'" + get_again);
    }
    [[noreturn]] void cannot_read() const {
        const char* why = archive_error_string(archive_.get());
        throw DataError(place_ + ": cannot be read to its end" + (why ? std::string(": ") + why : std::string()) +
                        get_again);
    }

    std::string place_;
    RecordingArchiveLimits limits_;
    Archive archive_;
    std::uint64_t entries_ = 0;
    std::vector<char> block_ = std::vector<char>(block_bytes);
};

}  // namespace

void read_recording_archive(const std::filesystem::path& archive,
                            const std::function<bool(const std::string& name)>& wanted,
                            const std::function<void(const std::string& name, std::string bytes)>& use,
                            const RecordingArchiveLimits& limits) {
    Reader reader(archive, limits);
    while (archive_entry* entry = reader.next()) {
        const std::string name = reader.file_name(entry);
        if (!name.empty() && wanted(name)) use(name, reader.content(entry, name));
    }
}

}  // namespace resonate
