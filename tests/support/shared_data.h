// tests/support/shared_data.h: real data and golden numbers beside the project; tests that need them skip where absent.
#pragma once

#include <cstdlib>
#include <filesystem>

namespace resonate::tests {

/// $RESONATE_SHARED_DIR, else ../shared beside the project.
inline std::filesystem::path shared_dir() {
    if (const char* named = std::getenv("RESONATE_SHARED_DIR")) return named;
    return std::filesystem::path(RESONATE_SOURCE_DIR).parent_path() / "shared";
}

}  // namespace resonate::tests

/// Skips the test function where a file of the shared folder is absent, and says which.
#define REQUIRE_SHARED(needed_file)                                                                              \
    do {                                                                                                         \
        const std::filesystem::path needed = (needed_file);                                                      \
        if (!std::filesystem::exists(needed)) QSKIP(("needs " + needed.string() + ", which is absent").c_str()); \
    } while (false)
