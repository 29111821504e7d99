// engine/runs/torch_archive_writer.cpp: see torch_archive_writer.h.
#include "runs/torch_archive_writer.h"

#include <archive.h>
#include <archive_entry.h>

#include <bit>
#include <limits>
#include <memory>

#include "resonate/error.h"

namespace resonate {
namespace {

std::string little_endian(std::uint64_t number, int count) {
    std::string bytes;
    for (int i = 0; i < count; ++i) bytes += static_cast<char>(number >> 8 * i & 0xff);
    return bytes;
}

std::string_view storage_class(TensorType type) {
    switch (type) {
        case TensorType::float16: return "HalfStorage";
        case TensorType::bfloat16: return "BFloat16Storage";
        case TensorType::float32: return "FloatStorage";
        case TensorType::float64: return "DoubleStorage";
        case TensorType::int8: return "CharStorage";
        case TensorType::int16: return "ShortStorage";
        case TensorType::int32: return "IntStorage";
        case TensorType::int64: return "LongStorage";
        case TensorType::uint8: return "ByteStorage";
        case TensorType::boolean: return "BoolStorage";
    }
    return {};
}

/// A zip archive in memory, entries stored as they are.
class ZipWriter {
 public:
    ZipWriter() {
        archive_write_set_format_zip(zip_.get());
        archive_write_zip_set_compression_store(zip_.get());
        archive_write_set_bytes_in_last_block(zip_.get(), 1);
        require(archive_write_open(zip_.get(), &content_, nullptr, append, nullptr) == ARCHIVE_OK);
    }
    void add(const std::string& path, const std::string& bytes) {
        const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                                  archive_entry_free);
        archive_entry_set_pathname(entry.get(), path.c_str());
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        require(archive_write_header(zip_.get(), entry.get()) == ARCHIVE_OK &&
                archive_write_data(zip_.get(), bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size()));
    }
    std::string finish() {
        require(archive_write_close(zip_.get()) == ARCHIVE_OK);
        return std::move(content_);
    }

 private:
    static la_ssize_t append(archive*, void* content, const void* bytes, size_t count) {
        static_cast<std::string*>(content)->append(static_cast<const char*>(bytes), count);
        return static_cast<la_ssize_t>(count);
    }
    void require(bool written) const {
        if (!written)
            throw CheckpointError(std::string("the checkpoint cannot be made: ") + archive_error_string(zip_.get()) +
                                  "; free some memory");
    }

    std::string content_;
    std::unique_ptr<archive, decltype(&archive_write_free)> zip_{archive_write_new(), archive_write_free};
};

}  // namespace

void TorchArchiveWriter::none() { pickle_ += 'N'; }
void TorchArchiveWriter::boolean(bool value) { pickle_ += value ? '\x88' : '\x89'; }

void TorchArchiveWriter::integer(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    if (value >= std::numeric_limits<std::int32_t>::min() && value <= std::numeric_limits<std::int32_t>::max())
        pickle_ += 'J' + little_endian(bits, 4);
    else
        pickle_ += "\x8a\x08" + little_endian(bits, 8);
}

void TorchArchiveWriter::real(double value) {
    tensor(TensorType::float64, {}, little_endian(std::bit_cast<std::uint64_t>(value), 8));
}

void TorchArchiveWriter::text(std::string_view value) {
    pickle_ += 'X' + little_endian(value.size(), 4);
    pickle_ += value;
}

void TorchArchiveWriter::begin_dictionary() { pickle_ += "}("; }
void TorchArchiveWriter::begin_ordered_dictionary() {
    global("collections", "OrderedDict");
    pickle_ += ")R(";
}
void TorchArchiveWriter::end_dictionary() { pickle_ += 'u'; }
void TorchArchiveWriter::begin_list() { pickle_ += "]("; }
void TorchArchiveWriter::end_list() { pickle_ += 'e'; }

void TorchArchiveWriter::pair(double first, double second) {
    real(first);
    real(second);
    pickle_ += '\x86';
}

void TorchArchiveWriter::global(std::string_view module, std::string_view name) {
    pickle_ += 'c';
    pickle_ += module;
    pickle_ += '\n';
    pickle_ += name;
    pickle_ += '\n';
}

void TorchArchiveWriter::integers(const std::vector<std::int64_t>& values) {
    pickle_ += '(';
    for (const std::int64_t value : values) integer(value);
    pickle_ += 't';
}

void TorchArchiveWriter::tensor(TensorType type, const std::vector<std::int64_t>& shape, std::string bytes) {
    std::vector<std::int64_t> strides(shape.size());
    std::int64_t count = 1;
    for (size_t i = shape.size(); i-- > 0;) {
        strides[i] = count;
        count *= shape[i];
    }
    // _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks)
    global("torch._utils", "_rebuild_tensor_v2");
    pickle_ += "((";
    text("storage");
    global("torch", storage_class(type));
    text(std::to_string(storages_.size()));
    text("cpu");
    integer(count);
    pickle_ += "tQ";
    integer(0);
    integers(shape);
    integers(strides);
    boolean(false);
    global("collections", "OrderedDict");
    pickle_ += ")RtR";
    storages_.push_back(std::move(bytes));
}

std::string TorchArchiveWriter::finish() {
    ZipWriter zip;
    zip.add("archive/data.pkl", pickle_ + '.');
    zip.add("archive/byteorder", "little");
    for (size_t i = 0; i < storages_.size(); ++i) zip.add("archive/data/" + std::to_string(i), storages_[i]);
    zip.add("archive/version", "3\n");
    return zip.finish();
}

}  // namespace resonate
