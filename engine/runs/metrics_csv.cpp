// engine/runs/metrics_csv.cpp: metrics.csv, one row per epoch.
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

#include "resonate/error.h"
#include "resonate/run_store.h"
#include "runs/metrics_table.h"

namespace resonate {
namespace {

std::string text(double value) {
    if (std::isnan(value)) return {};
    char buffer[40];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> cells(1);
    for (const char letter : line)
        if (letter == ',')
            cells.emplace_back();
        else if (letter != '\r')
            cells.back() += letter;
    return cells;
}

std::string header() {
    std::string line;
    for (const char* name : metrics_columns) line += (line.empty() ? "" : ",") + std::string(name);
    return line;
}

}  // namespace

MetricsRow to_row(const EpochMetrics& metrics) {
    constexpr double absent = std::numeric_limits<double>::quiet_NaN();
    const SplitMetrics none{absent, absent, absent};
    const SplitMetrics train = metrics.train.value_or(none);
    const SplitMetrics validation = metrics.validation.value_or(none);
    return {static_cast<double>(metrics.epoch),
            metrics.learning_rate,
            train.loss,
            train.accuracy,
            train.sop,
            validation.loss,
            validation.accuracy,
            validation.sop,
            metrics.test.loss,
            metrics.test.accuracy,
            metrics.test.sop,
            metrics.seconds,
            metrics.samples_per_second,
            metrics.best ? 1.0 : 0.0};
}

EpochMetrics from_row(const MetricsRow& row) {
    EpochMetrics metrics;
    metrics.epoch = static_cast<int>(row[0]);
    metrics.learning_rate = row[1];
    // What other programs recorded may lack a column.
    const auto any = [&](std::size_t first) {
        return !std::isnan(row[first]) || !std::isnan(row[first + 1]) || !std::isnan(row[first + 2]);
    };
    if (any(2)) metrics.train = {row[2], row[3], row[4]};
    if (any(5)) metrics.validation = {row[5], row[6], row[7]};
    metrics.test = {row[8], row[9], row[10]};
    metrics.seconds = row[11];
    metrics.samples_per_second = row[12];
    metrics.best = row[13] == 1.0;
    return metrics;
}

std::string metrics_csv(const std::vector<EpochMetrics>& rows) {
    std::string csv = header() + "\n";
    for (const EpochMetrics& metrics : rows) {
        const MetricsRow row = to_row(metrics);
        for (size_t column = 0; column < row.size(); ++column) csv += (column == 0 ? "" : ",") + text(row[column]);
        csv += "\n";
    }
    return csv;
}

std::vector<EpochMetrics> read_metrics(const std::filesystem::path& file) {
    std::ifstream stream(file);
    if (!stream) throw RunError(file.string() + ": cannot be opened; is this a run folder?");
    std::string line;
    std::getline(stream, line);
    if (split(line) != split(header()))
        throw RunError(file.string() + ":1: expected the columns '" + header() + "', found '" + line.substr(0, 200) +
                       "'");
    std::vector<EpochMetrics> rows;
    for (int number = 2; std::getline(stream, line); ++number) {
        const std::vector<std::string> cells = split(line);
        const std::string place = file.string() + ":" + std::to_string(number) + ": ";
        if (cells.size() != metrics_columns.size())
            throw RunError(place + "expected " + std::to_string(metrics_columns.size()) + " cells, found " +
                           std::to_string(cells.size()));
        MetricsRow row{};
        for (size_t column = 0; column < cells.size(); ++column) {
            const std::string& cell = cells[column];
            row[column] = std::numeric_limits<double>::quiet_NaN();
            if (cell.empty()) continue;
            const auto [last, failure] = std::from_chars(cell.data(), cell.data() + cell.size(), row[column]);
            if (failure != std::errc{} || last != cell.data() + cell.size())
                throw RunError(place + metrics_columns[column] + ": expected a number, found '" + cell + "'");
        }
        if (!(row[0] >= 0 && row[0] <= 1e9))
            throw RunError(place + "epoch: expected an integer of at least 0, found '" + cells[0] + "'");
        rows.push_back(from_row(row));
    }
    return rows;
}

}  // namespace resonate
