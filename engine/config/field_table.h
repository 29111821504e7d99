// engine/config/field_table.h: the one list of ExperimentConfig's fields; form, YAML, --set and ranges come from it.
#pragma once

#include <string>
#include <vector>

#include "resonate/config_io.h"

namespace resonate {

/// Builds the catalogue; field_catalogue() keeps it.
std::vector<Field> build_field_table();

/// What is wrong with a number of this field, as "expected …, found …"; empty where it is in range.
std::string range_problem(const Field& field, const FieldValue& value);

/// validate() but for what depends on files of the user's: the rules an experiment must keep wherever it is read.
std::vector<ConfigProblem> validate_alone(const ExperimentConfig& config);

/// "0.1", "16", "true" …: the shortest text that reads back to the same value.
std::string value_text(const FieldValue& value);

/// Text to a value of the same alternative as `like`. Throws ConfigError "expected …, found …" without a path.
FieldValue parse_value(const FieldValue& like, std::string_view text);

/// The candidate nearest to `wanted` by edit distance, or "" where none is near.
std::string nearest(const std::string& wanted, const std::vector<std::string>& candidates);

}  // namespace resonate
