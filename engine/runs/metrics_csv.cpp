// engine/runs/metrics_csv.cpp: metrics.csv, one row per epoch.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>

#include "resonate/error.h"
#include "resonate/run_store.h"
#include "runs/metrics_table.h"
#include "runs/pickle_value.h"

namespace resonate {
namespace {

/// What is no text shows it early.
constexpr std::size_t looked_through = 1024;

std::string text(double value) {
    if (std::isnan(value)) return {};
    char buffer[40];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

/// What to do where the whole file is of no use.
constexpr const char* set_aside = "; copy it again, or move it away, and the run is listed without its curves";

/// The next line, without its end.
std::string_view take_line(std::string_view& csv) {
    const std::size_t end = csv.find('\n');
    std::string_view line = csv.substr(0, end);
    csv.remove_prefix(end == std::string_view::npos ? csv.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

/// Text has no control characters but tab and the ends of lines.
bool is_text(std::string_view csv) {
    return std::none_of(csv.begin(), csv.end(), [](unsigned char letter) {
        return (letter < ' ' && letter != '\t' && letter != '\n' && letter != '\r') || letter == 0x7f;
    });
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

std::vector<EpochMetrics> parse_metrics(std::string_view csv, const std::string& name) {
    if (!is_text(csv.substr(0, looked_through)))
        throw RunError(name + ": is not text; it is damaged, or no metrics.csv" + set_aside);
    static const std::string columns = header();
    if (const std::string_view line = take_line(csv); line != columns)
        throw RunError(name + ":1: expected the columns '" + columns + "', found '" + printable(line) + "'" +
                       set_aside);
    std::vector<EpochMetrics> rows;
    for (int number = 2; !csv.empty(); ++number) {
        std::string_view line = take_line(csv);
        const auto fail = [&](const std::string& sentence) {
            throw RunError(name + ":" + std::to_string(number) + ": " + sentence);
        };
        const auto cells = static_cast<std::size_t>(std::count(line.begin(), line.end(), ',')) + 1;
        if (cells != metrics_columns.size())
            fail("expected " + std::to_string(metrics_columns.size()) + " cells, found " + std::to_string(cells) +
                 "; take this line out, and the run can be opened");
        MetricsRow row{};
        const std::string_view epoch = line.substr(0, line.find(','));
        for (std::size_t column = 0; column < row.size(); ++column) {
            const std::string_view cell = line.substr(0, line.find(','));
            line.remove_prefix(std::min(line.size(), cell.size() + 1));
            row[column] = std::numeric_limits<double>::quiet_NaN();
            if (cell.empty()) continue;
            const auto [last, failure] = std::from_chars(cell.data(), cell.data() + cell.size(), row[column]);
            if (failure != std::errc{} || last != cell.data() + cell.size())
                fail(std::string(metrics_columns[column]) + ": expected a number, found '" + printable(cell) +
                     "'; correct it there, or leave it empty");
        }
        if (!(row[0] >= 0 && row[0] <= 1e9))
            fail("epoch: expected an integer of at least 0, found '" + printable(epoch) + "'; correct it there");
        rows.push_back(from_row(row));
    }
    return rows;
}

std::vector<EpochMetrics> read_metrics(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw RunError(file.string() + ": cannot be opened; check its permissions, and that this is a run folder");
    const std::string csv{std::istreambuf_iterator<char>(stream), {}};
    return parse_metrics(csv, file.string());
}

}  // namespace resonate
