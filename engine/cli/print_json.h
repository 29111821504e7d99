// engine/cli/print_json.h: the one JSON object of --json.
#pragma once

#include <nlohmann/json.hpp>

namespace resonate::cli {

/// One line on standard output. Paths may hold bytes that are no UTF-8: they become U+FFFD.
void print_json(const nlohmann::json& json);

}  // namespace resonate::cli
