// tests/engine/wav_bytes.cpp: see wav_bytes.h.
#include "wav_bytes.h"

#include <archive.h>
#include <archive_entry.h>

#include <stdexcept>

namespace resonate::tests {

void write_archive(const std::filesystem::path& file, const std::vector<ArchiveEntry>& entries) {
    std::filesystem::create_directories(file.parent_path());
    archive* out = archive_write_new();
    archive_write_add_filter_gzip(out);
    archive_write_set_format_pax_restricted(out);
    if (archive_write_open_filename(out, file.c_str()) != ARCHIVE_OK) throw std::runtime_error(file.string());
    for (const ArchiveEntry& given : entries) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, given.name.c_str());
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_filetype(entry, given.kind == ArchiveEntry::Kind::folder          ? AE_IFDIR
                                          : given.kind == ArchiveEntry::Kind::symbolic_link ? AE_IFLNK
                                          : given.kind == ArchiveEntry::Kind::fifo          ? AE_IFIFO
                                                                                            : AE_IFREG);
        if (given.kind == ArchiveEntry::Kind::symbolic_link) archive_entry_set_symlink(entry, given.bytes.c_str());
        if (given.kind == ArchiveEntry::Kind::hard_link) archive_entry_set_hardlink(entry, given.bytes.c_str());
        const bool has_bytes = given.kind == ArchiveEntry::Kind::file;
        archive_entry_set_size(entry, has_bytes ? static_cast<la_int64_t>(given.bytes.size()) : 0);
        if (archive_write_header(out, entry) != ARCHIVE_OK) throw std::runtime_error(archive_error_string(out));
        if (has_bytes) archive_write_data(out, given.bytes.data(), given.bytes.size());
        archive_entry_free(entry);
    }
    archive_write_close(out);
    archive_write_free(out);
}

}  // namespace resonate::tests
