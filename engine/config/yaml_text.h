// engine/config/yaml_text.h: YAML files as experiments and definitions of data share them: read, refused, placed.
#pragma once

#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "resonate/error.h"

namespace resonate {

/// The text of a small file. `what` stands for it in messages: "an experiment". Throws ConfigError.
std::string read_yaml_text(const std::filesystem::path& file, const std::string& what);

/// Throws ConfigError naming `name` and the line where it is no YAML.
YAML::Node parse_yaml(std::string_view text, const std::string& name);
ConfigError not_yaml(const std::string& name, const YAML::Exception& error);

/// Throws ConfigError unless the root's `schema` is a version up to `newest`. `what` as above.
void require_schema(const YAML::Node& root, const std::string& name, const std::string& what, int newest);

/// "nested fields", "a list", "'some text'": what was found instead.
std::string kind_of(const YAML::Node& node);
/// "FILE:LINE: "
std::string line_of(const std::string& name, const YAML::Node& node);

}  // namespace resonate
