// engine/config/yaml_file.h: YAML files of this program: read with limits, complained of with file and line.
#pragma once

#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace resonate {

/// All of a text file of at most 1 MiB. Throws ConfigError naming it. `what` is expected in it: "an experiment".
std::string read_yaml_file(const std::filesystem::path& file, const std::string& what);
/// The fields of a document whose first line is 'schema: 1'; `name` stands for the file. Throws ConfigError for binary
/// data, broken YAML, what is no map, and a schema that is missing or newer than `newest`.
YAML::Node parse_yaml(std::string_view yaml, const std::string& name, const std::string& what, int newest);
/// "'text'", "a list", "nested fields", "nothing": what was found instead.
std::string yaml_kind(const YAML::Node& node);
/// "file:12: ".
std::string yaml_place(const std::string& name, const YAML::Node& node);

}  // namespace resonate
