// engine/runs/export_metrics.cpp: the metrics of a run as CSV or as NumPy archive.
#include <archive.h>
#include <archive_entry.h>

#include <memory>

#include "resonate/error.h"
#include "resonate/run_store.h"
#include "runs/metrics_table.h"

namespace resonate {
namespace {

/// One float64 vector in NumPy's .npy format, version 1.0.
std::string npy(const std::vector<double>& values) {
    std::string header =
        "{'descr': '<f8', 'fortran_order': False, 'shape': (" + std::to_string(values.size()) + ",), }";
    constexpr size_t preamble = 10;
    header.append(63 - (preamble + header.size()) % 64, ' ');
    header += '\n';
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes += static_cast<char>(header.size() & 0xff);
    bytes += static_cast<char>(header.size() >> 8);
    bytes += header;
    bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double));
    return bytes;
}

la_ssize_t append(archive*, void* content, const void* bytes, size_t count) {
    static_cast<std::string*>(content)->append(static_cast<const char*>(bytes), count);
    return static_cast<la_ssize_t>(count);
}

std::string npz(const std::vector<EpochMetrics>& rows) {
    std::string content;
    const std::unique_ptr<archive, decltype(&archive_write_free)> zip(archive_write_new(), archive_write_free);
    archive_write_set_format_zip(zip.get());
    archive_write_zip_set_compression_store(zip.get());
    archive_write_set_bytes_in_last_block(zip.get(), 1);
    bool written = archive_write_open(zip.get(), &content, nullptr, append, nullptr) == ARCHIVE_OK;
    for (size_t column = 0; column < metrics_columns.size(); ++column) {
        std::vector<double> values;
        for (const EpochMetrics& row : rows) values.push_back(to_row(row)[column]);
        const std::string bytes = npy(values);
        const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                                  archive_entry_free);
        archive_entry_set_pathname(entry.get(), (std::string(metrics_columns[column]) + ".npy").c_str());
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        written = written && archive_write_header(zip.get(), entry.get()) == ARCHIVE_OK &&
                  archive_write_data(zip.get(), bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size());
    }
    if (!written || archive_write_close(zip.get()) != ARCHIVE_OK)
        throw RunError(std::string("the NumPy archive cannot be made: ") + archive_error_string(zip.get()));
    return content;
}

}  // namespace

void export_metrics(const std::filesystem::path& run_folder, const std::string& format,
                    const std::filesystem::path& out) {
    const std::vector<EpochMetrics> rows = read_metrics(run_folder / "metrics.csv");
    if (format == "csv")
        write_file_atomically(out, metrics_csv(rows));
    else if (format == "npz")
        write_file_atomically(out, npz(rows));
    else
        throw ConfigError("--format: expected csv or npz, found '" + format + "'");
}

}  // namespace resonate
