// tests/engine/gzip_bytes.h: content packed with gzip, for tests of packed files.
#pragma once

#include <string>

namespace resonate::tests {

/// `level` 1 to 9: other levels give other bytes of the same content.
std::string packed(const std::string& content, int level = 6);

}  // namespace resonate::tests
