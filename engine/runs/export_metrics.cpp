// engine/runs/export_metrics.cpp: the metrics of a run as CSV or as NumPy archive.
#include "resonate/error.h"
#include "resonate/run_store.h"
#include "runs/metrics_table.h"
#include "runs/npz_writer.h"

namespace resonate {
namespace {

std::string npz(const std::vector<EpochMetrics>& rows) {
    NpzWriter archive;
    for (size_t column = 0; column < metrics_columns.size(); ++column) {
        std::vector<double> values;
        for (const EpochMetrics& row : rows) values.push_back(to_row(row)[column]);
        archive.add(std::string(metrics_columns[column]), {std::ssize(values)}, values);
    }
    return archive.bytes();
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
