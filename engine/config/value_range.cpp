// engine/config/value_range.cpp: ranges of whole numbers, as people write seeds.
#include <cctype>
#include <cstdint>
#include <string_view>

#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/study_config.h"

namespace resonate {
namespace {

/// So many digits fit into 64 bits.
constexpr std::size_t most_digits = 18;

/// Digits at the front, taken away; empty where there are none or too many.
std::string_view take_digits(std::string_view& text) {
    std::size_t count = 0;
    while (count < text.size() && std::isdigit(static_cast<unsigned char>(text[count]))) ++count;
    const std::string_view digits = text.substr(0, count);
    text.remove_prefix(count);
    return count <= most_digits ? digits : std::string_view();
}

bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

void take_spaces(std::string_view& text) {
    while (take(text, " ")) continue;
}

}  // namespace

std::vector<std::string> expand_range(const std::string& path, const std::string& text) {
    const Field* field = find_field(path);
    if (!field || !std::holds_alternative<std::int64_t>(field->get(ExperimentConfig()))) return {text};
    std::string_view rest = text;
    take_spaces(rest);
    const std::string_view from = take_digits(rest);
    take_spaces(rest);
    if (from.empty() || !(take(rest, "-") || take(rest, "–") || take(rest, ".."))) return {text};
    take_spaces(rest);
    const std::string_view to = take_digits(rest);
    take_spaces(rest);
    if (to.empty() || !rest.empty()) return {text};
    const std::int64_t first = std::stoll(std::string(from));
    const std::int64_t last = std::stoll(std::string(to));
    if (last < first) throw ConfigError("expected a range from the smaller to the larger number, found '" + text + "'");
    if (last - first >= static_cast<std::int64_t>(most_study_runs))
        throw ConfigError("expected at most " + std::to_string(most_study_runs) + " values, found the range '" + text +
                          "' with " + std::to_string(last - first + 1));
    std::vector<std::string> values;
    for (std::int64_t number = first; number <= last; ++number) values.push_back(std::to_string(number));
    return values;
}

}  // namespace resonate
