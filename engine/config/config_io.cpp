// engine/config/config_io.cpp: experiments to YAML and back.
#include "resonate/config_io.h"

#include <algorithm>
#include <map>
#include <set>

#include "config/field_table.h"
#include "config/yaml_text.h"
#include "resonate/error.h"
#include "resonate/run_store.h"

namespace resonate {
namespace {

constexpr int schema_version = 1;

/// Collects every problem of one file, each with its line.
class Reader {
 public:
    Reader(std::string name, ExperimentConfig& config) : name_(std::move(name)), config_(config) {}

    void read(const YAML::Node& root) {
        require_schema(root, name_, "an experiment", schema_version);
        read_map(root, "");
        if (problems_.empty()) check_values();
        if (problems_.empty()) return;
        std::string text;
        for (const std::string& problem : problems_) text += (text.empty() ? "" : "\n") + problem;
        throw ConfigError(text);
    }

 private:
    std::string place(const YAML::Node& node) const { return line_of(name_, node); }

    void complain(const YAML::Node& node, const std::string& text) { problems_.push_back(place(node) + text); }

    void read_map(const YAML::Node& map, const std::string& prefix) {
        std::set<std::string> seen;
        for (const auto& item : map) {
            if (!item.first.IsScalar()) {
                complain(item.first, "expected the name of a field, found " + kind_of(item.first));
                continue;
            }
            const std::string path = prefix + item.first.Scalar();
            if (!seen.insert(path).second) {
                complain(item.first, path + ": is given twice");
                continue;
            }
            if (path == "schema" || path == "program") continue;
            if (path == "reference")
                read_reference(item.second);
            else if (const Field* field = find_field(path))
                read_field(*field, item.second);
            else if (is_group(path))
                read_group(item.second, path);
            else
                unknown(item.first, path);
        }
    }

    static bool is_group(const std::string& path) {
        return std::any_of(field_catalogue().begin(), field_catalogue().end(),
                           [&](const Field& field) { return field.path.starts_with(path + "."); });
    }

    void read_group(const YAML::Node& node, const std::string& path) {
        if (node.IsMap())
            read_map(node, path + ".");
        else if (!node.IsNull())
            complain(node, path + ": expected nested fields, found " + kind_of(node));
    }

    void unknown(const YAML::Node& node, const std::string& path) {
        std::vector<std::string> known{"reference"};
        for (const Field& field : field_catalogue()) {
            known.push_back(field.path);
            for (size_t dot = field.path.find('.'); dot != std::string::npos; dot = field.path.find('.', dot + 1))
                known.push_back(field.path.substr(0, dot));
        }
        const std::string near = nearest(path, known);
        complain(node, "there is no field '" + path + "'" +
                           (near.empty() ? "; take it out, or update Resonate where a newer one wrote the file"
                                         : "; did you mean '" + near + "'?"));
    }

    void read_field(const Field& field, const YAML::Node& node) {
        if (!node.IsScalar()) {
            complain(node, field.path + ": expected one value, found " + kind_of(node));
            return;
        }
        try {
            field.set(config_, parse_field_value(field, node.Scalar()));
            lines_[field.path] = place(node);
        } catch (const ConfigError& error) {
            complain(node, field.path + ": " + error.what());
        }
    }

    void read_reference(const YAML::Node& node) {
        if (!node.IsMap()) {
            complain(node, "reference: expected nested fields, found " + kind_of(node));
            return;
        }
        ReferenceResult reference;
        const std::map<std::string, double*> numbers{
            {"accuracy", &reference.accuracy}, {"accuracy_std", &reference.accuracy_std}, {"sop", &reference.sop}};
        for (const auto& item : node) {
            const std::string key = item.first.IsScalar() ? item.first.Scalar() : "";
            const auto number = numbers.find(key);
            if (key == "source" && item.second.IsScalar())
                reference.source = item.second.Scalar();
            else if (number == numbers.end())
                complain(item.first,
                         "there is no field 'reference." + key + "'; known are accuracy, accuracy_std, sop and source");
            else if (!item.second.IsScalar() || !YAML::convert<double>::decode(item.second, *number->second))
                complain(item.second, "reference." + key + ": expected a number, found " + kind_of(item.second));
        }
        config_.reference = reference;
    }

    /// Ranges and rules between fields, each with the line of its field where the file has it. The user's own data need
    /// not be here: an experiment can be read without them.
    void check_values() {
        for (const ConfigProblem& problem : validate_alone(config_)) {
            const auto line = lines_.find(problem.path);
            problems_.push_back((line == lines_.end() ? name_ + ": " : line->second) + problem.path + ": " +
                                problem.message);
        }
    }

    std::string name_;
    ExperimentConfig& config_;
    std::map<std::string, std::string> lines_;
    std::vector<std::string> problems_;
};

void emit_field(YAML::Emitter& out, const FieldValue& value) {
    // Text is quoted, so that a title such as "yes" or "1.0" stays text.
    if (const auto* text = std::get_if<std::string>(&value);
        text && (text->empty() || text->find_first_not_of("abcdefghijklmnopqrstuvwxyz_") != std::string::npos))
        out << YAML::DoubleQuoted << *text;
    else
        out << value_text(value);
}

/// Nested maps from dotted paths, in the order of the catalogue.
void emit_fields(YAML::Emitter& out, const ExperimentConfig& config) {
    std::vector<std::string> open;
    for (const Field& field : field_catalogue()) {
        std::vector<std::string> parts;
        size_t begin = 0;
        for (size_t dot = field.path.find('.'); dot != std::string::npos; dot = field.path.find('.', begin)) {
            parts.push_back(field.path.substr(begin, dot - begin));
            begin = dot + 1;
        }
        size_t shared = 0;
        while (shared < open.size() && shared < parts.size() && open[shared] == parts[shared]) ++shared;
        for (; open.size() > shared; open.pop_back()) out << YAML::EndMap;
        for (; open.size() < parts.size(); open.push_back(parts[open.size()]))
            out << YAML::Key << parts[open.size()] << YAML::Value << YAML::BeginMap;
        out << YAML::Key << field.path.substr(begin) << YAML::Value;
        emit_field(out, field.get(config));
    }
    for (; !open.empty(); open.pop_back()) out << YAML::EndMap;
}

}  // namespace

ExperimentConfig parse_experiment(std::string_view yaml, const std::string& name) {
    const YAML::Node root = parse_yaml(yaml, name);
    ExperimentConfig config;
    config.title.clear();
    config.description.clear();
    try {
        Reader(name, config).read(root);
    } catch (const YAML::Exception& error) {
        throw not_yaml(name, error);
    }
    return config;
}

ExperimentConfig load_experiment(const std::filesystem::path& file) {
    return parse_experiment(read_yaml_text(file, "an experiment"), file.string());
}

std::string to_yaml(const ExperimentConfig& config) {
    YAML::Emitter out;
    out << YAML::BeginMap << YAML::Key << "schema" << YAML::Value << schema_version;
    out << YAML::Key << "program" << YAML::Value << "resonate " RESONATE_VERSION;
    emit_fields(out, config);
    if (config.reference) {
        const ReferenceResult& reference = *config.reference;
        out << YAML::Key << "reference" << YAML::Value << YAML::BeginMap;
        const std::pair<const char*, double> numbers[] = {
            {"accuracy", reference.accuracy}, {"accuracy_std", reference.accuracy_std}, {"sop", reference.sop}};
        for (const auto& [key, number] : numbers) out << YAML::Key << key << YAML::Value << value_text(number);
        out << YAML::Key << "source" << YAML::Value << YAML::DoubleQuoted << reference.source << YAML::EndMap;
    }
    out << YAML::EndMap;
    return std::string(out.c_str()) + "\n";
}

void save_experiment(const ExperimentConfig& config, const std::filesystem::path& file) {
    write_file_atomically(file, to_yaml(config));
}

}  // namespace resonate
