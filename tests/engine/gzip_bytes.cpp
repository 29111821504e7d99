// tests/engine/gzip_bytes.cpp: see gzip_bytes.h.
#include "gzip_bytes.h"

#include <archive.h>
#include <archive_entry.h>

namespace resonate::tests {
namespace {

la_ssize_t append(archive*, void* content, const void* bytes, size_t count) {
    static_cast<std::string*>(content)->append(static_cast<const char*>(bytes), count);
    return static_cast<la_ssize_t>(count);
}

}  // namespace

std::string packed(const std::string& content, int level) {
    std::string bytes;
    archive* writer = archive_write_new();
    archive_write_add_filter_gzip(writer);
    archive_write_set_filter_option(writer, "gzip", "compression-level", std::to_string(level).c_str());
    archive_write_set_format_raw(writer);
    archive_write_set_bytes_in_last_block(writer, 1);
    archive_write_open(writer, &bytes, nullptr, append, nullptr);
    archive_entry* entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(writer, entry);
    archive_write_data(writer, content.data(), content.size());
    archive_write_free(writer);
    archive_entry_free(entry);
    return bytes;
}

}  // namespace resonate::tests
