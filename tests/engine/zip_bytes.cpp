// tests/engine/zip_bytes.cpp: see zip_bytes.h.
#include "zip_bytes.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>

namespace resonate::tests {
namespace {

la_ssize_t append(archive*, void* content, const void* bytes, size_t count) {
    static_cast<std::string*>(content)->append(static_cast<const char*>(bytes), count);
    return static_cast<la_ssize_t>(count);
}

std::string number(int value) {
    std::string opcode = "J";
    for (int shift = 0; shift < 32; shift += 8)
        opcode += static_cast<char>(static_cast<unsigned>(value) >> shift & 0xff);
    return opcode;
}

std::string tuple(const std::vector<int>& values) {
    std::string opcodes = "(";
    for (const int value : values) opcodes += number(value);
    return opcodes + "t";
}

}  // namespace

std::string zip_bytes(const ZipEntries& entries, bool deflate) {
    std::string content;
    const std::unique_ptr<archive, decltype(&archive_write_free)> zip(archive_write_new(), archive_write_free);
    archive_write_set_format_zip(zip.get());
    deflate ? archive_write_zip_set_compression_deflate(zip.get()) : archive_write_zip_set_compression_store(zip.get());
    archive_write_set_options(zip.get(), "hdrcharset=BINARY");
    archive_write_set_bytes_in_last_block(zip.get(), 1);
    archive_write_open(zip.get(), &content, nullptr, append, nullptr);
    for (const auto& [path, bytes] : entries) {
        const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                                  archive_entry_free);
        archive_entry_set_pathname(entry.get(), path.c_str());
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_write_header(zip.get(), entry.get());
        archive_write_data(zip.get(), bytes.data(), bytes.size());
    }
    archive_write_close(zip.get());
    return content;
}

std::string archive_with(const std::string& opcodes, const ZipEntries& storages) {
    ZipEntries entries{{"root/data.pkl", "\x80\x02" + opcodes + "."}};
    for (const auto& [key, bytes] : storages) entries.emplace_back("root/data/" + key, bytes);
    return zip_bytes(entries);
}

std::string text(const std::string& value) { return "\x8c" + std::string(1, static_cast<char>(value.size())) + value; }

std::string float_tensor(const std::string& storage, int elements, int offset, const std::vector<int>& shape,
                         const std::vector<int>& strides) {
    return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\nFloatStorage\n" + text(storage) +
           text("cuda:0") + number(elements) + "tQ" + number(offset) + tuple(shape) + tuple(strides) +
           "\x89"
           "ccollections\nOrderedDict\n)RtR";
}

}  // namespace resonate::tests
