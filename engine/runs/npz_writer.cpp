// engine/runs/npz_writer.cpp: see npz_writer.h.
#include "runs/npz_writer.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>

#include "resonate/error.h"

namespace resonate {
namespace {

/// An array in NumPy's .npy format, version 1.0, but for its elements. `type` as NumPy names it: "<f8".
std::string npy_header(const char* type, const std::vector<std::int64_t>& shape) {
    std::string axes;
    for (const std::int64_t length : shape) axes += std::to_string(length) + (shape.size() == 1 ? "," : ", ");
    if (shape.size() > 1) axes.resize(axes.size() - 2);
    std::string header = std::string("{'descr': '") + type + "', 'fortran_order': False, 'shape': (" + axes + "), }";
    constexpr size_t preamble = 10;
    header.append(63 - (preamble + header.size()) % 64, ' ');
    header += '\n';
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes += static_cast<char>(header.size() & 0xff);
    bytes += static_cast<char>(header.size() >> 8);
    return bytes + header;
}

la_ssize_t append(archive*, void* content, const void* bytes, size_t count) {
    static_cast<std::string*>(content)->append(static_cast<const char*>(bytes), count);
    return static_cast<la_ssize_t>(count);
}

void require(bool done, archive* zip) {
    if (done) return;
    const char* reason = archive_error_string(zip);
    throw RunError(std::string("the NumPy archive cannot be made: ") + (reason ? reason : "no room") +
                   "; free some memory");
}

}  // namespace

NpzWriter::NpzWriter() : zip_(archive_write_new()) {
    archive_write_set_format_zip(zip_);
    archive_write_zip_set_compression_store(zip_);
    archive_write_set_bytes_in_last_block(zip_, 1);
    // Elements go straight to `content_`, not through blocks of 10 KiB.
    archive_write_set_bytes_per_block(zip_, 0);
    require(archive_write_open(zip_, &content_, nullptr, append, nullptr) == ARCHIVE_OK, zip_);
}

NpzWriter::~NpzWriter() { archive_write_free(zip_); }

void NpzWriter::add(const std::string& name, const std::vector<std::int64_t>& shape, std::span<const double> values) {
    add_bytes(name, shape, "<f8", values.data(), values.size_bytes());
}
void NpzWriter::add(const std::string& name, const std::vector<std::int64_t>& shape, std::span<const float> values) {
    add_bytes(name, shape, "<f4", values.data(), values.size_bytes());
}
void NpzWriter::add(const std::string& name, const std::vector<std::int64_t>& shape,
                    std::span<const std::int64_t> values) {
    add_bytes(name, shape, "<i8", values.data(), values.size_bytes());
}
void NpzWriter::add(const std::string& name, const std::vector<std::int64_t>& shape,
                    std::span<const std::int32_t> values) {
    add_bytes(name, shape, "<i4", values.data(), values.size_bytes());
}
void NpzWriter::add(const std::string& name, const std::vector<std::int64_t>& shape,
                    std::span<const std::uint8_t> values) {
    add_bytes(name, shape, "|u1", values.data(), values.size_bytes());
}

void NpzWriter::add_bytes(const std::string& name, const std::vector<std::int64_t>& shape, const char* type,
                          const void* values, std::size_t size) {
    const std::string header = npy_header(type, shape);
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(entry.get(), (name + ".npy").c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(header.size() + size));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    require(archive_write_header(zip_, entry.get()) == ARCHIVE_OK, zip_);
    for (const auto& [data, count] : {std::pair<const void*, size_t>(header.data(), header.size()), {values, size}})
        require(count == 0 || archive_write_data(zip_, data, count) == static_cast<la_ssize_t>(count), zip_);
}

std::string NpzWriter::bytes() {
    require(archive_write_close(zip_) == ARCHIVE_OK, zip_);
    return std::move(content_);
}

}  // namespace resonate
