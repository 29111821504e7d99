// engine/config/field_values.cpp: field values as text and back.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <utility>

#include "config/field_table.h"
#include "resonate/error.h"

namespace resonate {
namespace {

std::string number_text(double value) {
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    return {buffer, end};
}

size_t edit_distance(const std::string& a, const std::string& b) {
    std::vector<size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), size_t{0});
    for (size_t i = 1; i <= a.size(); ++i) {
        size_t diagonal = std::exchange(row[0], i);
        for (size_t j = 1; j <= b.size(); ++j) {
            const size_t cost = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, cost});
        }
    }
    return row.back();
}

}  // namespace

const std::vector<Field>& field_catalogue() {
    static const std::vector<Field> fields = build_field_table();
    return fields;
}

const Field* find_field(std::string_view path) {
    for (const Field& field : field_catalogue())
        if (field.path == path) return &field;
    return nullptr;
}

std::string value_text(const FieldValue& value) {
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
    if (const auto* number = std::get_if<double>(&value)) return number_text(*number);
    return std::get<std::string>(value);
}

std::string field_text(const Field& field, const ExperimentConfig& config) { return value_text(field.get(config)); }

FieldValue parse_value(const FieldValue& like, std::string_view text) {
    const std::string found = ", found '" + std::string(text) + "'";
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    if (std::holds_alternative<bool>(like)) {
        if (text == "true" || text == "yes" || text == "on") return true;
        if (text == "false" || text == "no" || text == "off") return false;
        throw ConfigError("expected true or false" + found);
    }
    if (std::holds_alternative<std::int64_t>(like)) {
        std::int64_t value = 0;
        const auto [last, failure] = std::from_chars(begin, end, value);
        if (failure != std::errc{} || last != end) throw ConfigError("expected an integer" + found);
        return value;
    }
    if (std::holds_alternative<double>(like)) {
        double value = 0;
        const auto [last, failure] = std::from_chars(begin, end, value);
        if (failure != std::errc{} || last != end || !std::isfinite(value))
            throw ConfigError("expected a number" + found);
        return value;
    }
    return std::string(text);
}

FieldValue parse_field_value(const Field& field, std::string_view text) {
    const FieldValue usual = field.get(ExperimentConfig());
    try {
        return parse_value(usual, text);
    } catch (const ConfigError& error) {
        throw ConfigError(std::string(error.what()) + "; usual is " + value_text(usual));
    }
}

std::string range_problem(const Field& field, const FieldValue& value) {
    double number = 0;
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        number = static_cast<double>(*integer);
    else if (const auto* real = std::get_if<double>(&value))
        number = *real;
    else
        return {};
    const bool above = field.min_exclusive ? number > field.min : number >= field.min;
    const bool below = field.max_exclusive ? number < field.max : number <= field.max;
    if (above && below) return {};
    std::string expected = field.min_exclusive ? "more than " : "at least ";
    expected += number_text(field.min);
    if (std::isfinite(field.max))
        expected += (field.max_exclusive ? " and less than " : " and at most ") + number_text(field.max);
    if (!field.unit.empty()) expected += " " + field.unit;
    return "expected " + expected + ", found " + value_text(value);
}

void set_field(ExperimentConfig& config, std::string_view path, std::string_view text) {
    const Field* field = find_field(path);
    if (field == nullptr) {
        std::vector<std::string> paths;
        for (const Field& known : field_catalogue()) paths.push_back(known.path);
        const std::string near = nearest(std::string(path), paths);
        throw ConfigError(
            "there is no field '" + std::string(path) + "'" +
            (near.empty()
                 ? "; the help of the fields in the window and `resonate-cli presets show NAME` name those there are"
                 : "; did you mean '" + near + "'?"));
    }
    try {
        const FieldValue value = parse_field_value(*field, text);
        if (const std::string problem = range_problem(*field, value); !problem.empty()) throw ConfigError(problem);
        const bool another =
            (field->path == "dataset.name" || field->path == "neuron.type") && field->get(config) != value;
        field->set(config, value);
        // "SHD, BRF", 91.7 %, is not what it is any more.
        if (another) {
            config.title = config.description = "";
            config.reference.reset();
        }
    } catch (const ConfigError& error) {
        throw ConfigError(field->path + ": " + error.what());
    }
}

std::string nearest(const std::string& wanted, const std::vector<std::string>& candidates) {
    std::string best;
    size_t least = std::max<size_t>(2, wanted.size() / 3) + 1;
    for (const std::string& candidate : candidates)
        if (const size_t distance = edit_distance(wanted, candidate); distance < least) {
            least = distance;
            best = candidate;
        }
    return best;
}

}  // namespace resonate
