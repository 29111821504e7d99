// tests/architecture/arrows.h: reads the sources and names every place that breaks the architecture.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace resonate::tests {

/// One sentence per broken rule: file, line where there is one, what was found, what the rule is. Looks at the folders
/// engine, app, tests and cmake below `root`. The rules are in engine/README.md.
std::vector<std::string> broken_rules(const std::filesystem::path& root);

}  // namespace resonate::tests
