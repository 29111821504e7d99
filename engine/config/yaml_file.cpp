// engine/config/yaml_file.cpp: see yaml_file.h.
#include "config/yaml_file.h"

#include <fstream>
#include <iterator>

#include "resonate/error.h"

namespace resonate {
namespace {

constexpr std::uintmax_t largest_file = 1 << 20;

bool is_text(std::string_view content) {
    return content.find('\0') == std::string_view::npos && !content.starts_with("\x89PNG") &&
           !content.starts_with("PK\x03\x04");
}

YAML::Node parse(std::string_view yaml, const std::string& name) {
    try {
        return YAML::Load(std::string(yaml));
    } catch (const YAML::ParserException& error) {
        throw ConfigError(name + ":" + std::to_string(error.mark.line + 1) + ": is not valid YAML: " + error.msg);
    } catch (const YAML::Exception& error) {
        throw ConfigError(name + ": is not valid YAML: " + error.msg);
    }
}

}  // namespace

std::string yaml_kind(const YAML::Node& node) {
    if (node.IsSequence()) return "a list";
    if (node.IsMap()) return "nested fields";
    if (node.IsScalar()) return "'" + node.Scalar().substr(0, 60) + "'";
    return "nothing";
}

std::string yaml_place(const std::string& name, const YAML::Node& node) {
    return name + ":" + std::to_string(node.Mark().line + 1) + ": ";
}

std::string read_yaml_file(const std::filesystem::path& file, const std::string& what) {
    const std::string name = file.string();
    std::error_code failure;
    if (std::filesystem::is_directory(file, failure))
        throw ConfigError(name + ": expected a YAML file, found a folder");
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw ConfigError(name + ": cannot be opened; check the path and its permissions");
    if (const auto size = std::filesystem::file_size(file, failure); !failure && size > largest_file)
        throw ConfigError(name + ": expected " + what + " of at most 1 MiB, found " + std::to_string(size) + " bytes");
    return {std::istreambuf_iterator<char>(stream), {}};
}

YAML::Node parse_yaml(std::string_view yaml, const std::string& name, const std::string& what, int newest) {
    if (!is_text(yaml)) throw ConfigError(name + ": expected a YAML text file, found binary data");
    const YAML::Node root = parse(yaml, name);
    if (root.IsNull()) throw ConfigError(name + ": the file is empty; " + what + " starts with 'schema: 1'");
    if (!root.IsMap())
        throw ConfigError(name + ": expected fields such as 'title:', found " + yaml_kind(root) + "; " + what +
                          " starts with 'schema: 1'");
    const YAML::Node schema = root["schema"];
    if (!schema) throw ConfigError(name + ": 'schema' is missing; is this " + what + "? Its first line is 'schema: 1'");
    int version = 0;
    if (!schema.IsScalar() || !YAML::convert<int>::decode(schema, version) || version < 1)
        throw ConfigError(yaml_place(name, schema) + "schema: expected 1, found " + yaml_kind(schema));
    if (version > newest)
        throw ConfigError(yaml_place(name, schema) + "schema: expected at most " + std::to_string(newest) + ", found " +
                          std::to_string(version) + "; the file was written by a newer Resonate: update this one");
    return root;
}

}  // namespace resonate
