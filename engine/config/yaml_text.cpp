// engine/config/yaml_text.cpp: see yaml_text.h.
#include "config/yaml_text.h"

#include <fstream>
#include <iterator>

namespace resonate {
namespace {

constexpr std::uintmax_t largest_file = 1 << 20;

bool is_text(std::string_view content) {
    return content.find('\0') == std::string_view::npos && !content.starts_with("\x89PNG") &&
           !content.starts_with("PK\x03\x04");
}

}  // namespace

std::string read_yaml_text(const std::filesystem::path& file, const std::string& what) {
    const std::string name = file.string();
    std::error_code failure;
    if (std::filesystem::is_directory(file, failure))
        throw ConfigError(name + ": expected a YAML file, found a folder; choose a file in it");
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw ConfigError(name + ": cannot be opened; check the path and its permissions");
    if (const auto size = std::filesystem::file_size(file, failure); !failure && size > largest_file)
        throw ConfigError(name + ": expected " + what + " of at most 1 MiB, found " + std::to_string(size) +
                          " bytes; choose another file");
    return {std::istreambuf_iterator<char>(stream), {}};
}

ConfigError not_yaml(const std::string& name, const YAML::Exception& error) {
    const std::string place = error.mark.is_null() ? name : name + ":" + std::to_string(error.mark.line + 1);
    return ConfigError(place + ": is not valid YAML: " + error.msg + "; correct it there");
}

YAML::Node parse_yaml(std::string_view text, const std::string& name) {
    if (!is_text(text))
        throw ConfigError(name +
                          ": expected a YAML text file, found binary data; choose another file, or copy it again");
    try {
        return YAML::Load(std::string(text));
    } catch (const YAML::Exception& error) {
        throw not_yaml(name, error);
    }
}

void require_schema(const YAML::Node& root, const std::string& name, const std::string& what, int newest) {
    if (root.IsNull()) throw ConfigError(name + ": the file is empty; " + what + " starts with 'schema: 1'");
    if (!root.IsMap())
        throw ConfigError(name + ": expected fields such as 'title:', found " + kind_of(root) + "; " + what +
                          " starts with 'schema: 1'");
    const YAML::Node schema = root["schema"];
    if (!schema) throw ConfigError(name + ": 'schema' is missing; is this " + what + "? Its first line is 'schema: 1'");
    int version = 0;
    if (!schema.IsScalar() || !YAML::convert<int>::decode(schema, version) || version < 1)
        throw ConfigError(line_of(name, schema) + "schema: expected 1, found " + kind_of(schema) +
                          "; correct it there");
    if (version > newest)
        throw ConfigError(line_of(name, schema) + "schema: expected at most " + std::to_string(newest) + ", found " +
                          std::to_string(version) + "; the file was written by a newer Resonate: update this one");
}

std::string kind_of(const YAML::Node& node) {
    if (node.IsSequence()) return "a list";
    if (node.IsMap()) return "nested fields";
    if (node.IsScalar()) return std::string(1, '\'').append(node.Scalar(), 0, 60).append("'");
    return "nothing";
}

std::string line_of(const std::string& name, const YAML::Node& node) {
    return name + ":" + std::to_string(node.Mark().line + 1) + ": ";
}

}  // namespace resonate
