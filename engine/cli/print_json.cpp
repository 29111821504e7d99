// engine/cli/print_json.cpp: see print_json.h.
#include "cli/print_json.h"

#include <cstdio>

namespace resonate::cli {

void print_json(const nlohmann::json& json) {
    constexpr auto replace = nlohmann::json::error_handler_t::replace;
    std::printf("%s\n", json.dump(-1, ' ', false, replace).c_str());
}

}  // namespace resonate::cli
