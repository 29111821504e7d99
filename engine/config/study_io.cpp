// engine/config/study_io.cpp: studies to YAML and back, and those that are shipped.
#include <map>

#include "config/field_table.h"
#include "config/shipped_presets.h"
#include "config/yaml_text.h"
#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/study_config.h"

namespace resonate {
namespace {

constexpr int newest_schema = 1;
constexpr const char* what = "a study";

/// What a study calls it, for other words and for slips of the pen; empty where neither is near.
std::string field_meant(const std::string& path) {
    static const std::map<std::string, std::string> other_words{{"base", "presets"},
                                                                {"preset", "presets"},
                                                                {"experiment", "presets"},
                                                                {"experiments", "presets"},
                                                                {"config", "presets"},
                                                                {"configs", "presets"},
                                                                {"networks", "presets"},
                                                                {"settings", "set"},
                                                                {"overrides", "set"},
                                                                {"fields", "set"},
                                                                {"grid", "axes"},
                                                                {"sweep", "axes"},
                                                                {"values", "axes"},
                                                                {"vary", "axes"},
                                                                {"parameters", "axes"},
                                                                {"seed", "axes.training.seed"},
                                                                {"seeds", "axes.training.seed"}};
    if (const auto word = other_words.find(path); word != other_words.end()) return word->second;
    return nearest(path, {"name", "title", "description", "jobs", "threads", "presets", "set", "axes"});
}

/// Collects every problem of one file, each with its line.
class Reader {
 public:
    Reader(std::string name, std::filesystem::path folder) : name_(std::move(name)), folder_(std::move(folder)) {}

    StudyConfig read(const YAML::Node& root) {
        for (const auto& item : root) read_entry(item.first, item.second);
        if (!problems_.empty()) throw_problems();
        for (const ConfigProblem& problem : validate_study(study_)) {
            const auto line = lines_.find(problem.path);
            problems_.push_back((line == lines_.end() ? name_ + ": " : line->second) + problem.path + ": " +
                                problem.message);
        }
        if (!problems_.empty()) throw_problems();
        return study_;
    }

 private:
    [[noreturn]] void throw_problems() const {
        std::string text;
        for (const std::string& problem : problems_) text += (text.empty() ? "" : "\n") + problem;
        throw ConfigError(text);
    }

    void complain(const YAML::Node& node, const std::string& text) { problems_.push_back(line_of(name_, node) + text); }

    void read_entry(const YAML::Node& key, const YAML::Node& value) {
        const std::string path = key.IsScalar() ? key.Scalar() : "";
        if (!lines_.emplace(path, line_of(name_, key)).second) {
            complain(key, path + ": is given twice");
            return;
        }
        if (path == "schema" || path == "program") return;
        if (path == "name") return read_text(value, path, study_.name);
        if (path == "title") return read_text(value, path, study_.title);
        if (path == "description") return read_text(value, path, study_.description);
        if (path == "jobs") return read_integer(value, path, study_.jobs);
        if (path == "threads") return read_integer(value, path, study_.threads);
        if (path == "presets") return read_presets(value);
        if (path == "set") return read_settings(value);
        if (path == "axes") return read_axes(value);
        const std::string near = field_meant(path);
        complain(key, "there is no field '" + path + "' in a study" +
                          (near.empty() ? "; known are name, title, description, presets, set, axes, jobs and threads"
                                        : "; did you mean '" + near + "'?"));
    }

    void read_text(const YAML::Node& node, const std::string& path, std::string& text) {
        if (node.IsScalar())
            text = node.Scalar();
        else
            complain(node, path + ": expected text, found " + kind_of(node));
    }

    void read_integer(const YAML::Node& node, const std::string& path, int& number) {
        if (!node.IsScalar() || !YAML::convert<int>::decode(node, number))
            complain(node, path + ": expected an integer, found " + kind_of(node));
    }

    /// One value, or a list of them.
    std::vector<std::string> read_list(const YAML::Node& node, const std::string& path) {
        if (node.IsScalar()) return {node.Scalar()};
        std::vector<std::string> texts;
        if (!node.IsSequence() && !node.IsNull())
            complain(node, path + ": expected a list, found " + kind_of(node));
        else
            for (const YAML::Node& item : node)
                if (item.IsScalar())
                    texts.push_back(item.Scalar());
                else
                    complain(item, path + ": expected a list of single values, found " + kind_of(item) + " in it");
        return texts;
    }

    void read_presets(const YAML::Node& node) {
        study_.presets = read_list(node, "presets");
        for (std::string& preset : study_.presets) {
            const std::filesystem::path beside = folder_ / preset;
            std::error_code failure;
            if (preset.ends_with(".yaml") && !folder_.empty() && std::filesystem::exists(beside, failure))
                preset = std::filesystem::absolute(beside).lexically_normal().string();
        }
    }

    void read_settings(const YAML::Node& node) {
        read_fields(node, "set", [&](const std::string& path, const YAML::Node& value) {
            if (value.IsScalar())
                study_.settings.push_back({path, plain(path, value.Scalar())});
            else
                complain(value, "set." + path + ": expected one value, found " + kind_of(value));
        });
    }

    void read_axes(const YAML::Node& node) {
        read_fields(node, "axes", [&](const std::string& path, const YAML::Node& value) {
            StudyAxis axis{path, {}};
            try {
                for (const std::string& text : read_list(value, "axes." + path))
                    for (const std::string& one : expand_range(path, text)) axis.values.push_back(plain(path, one));
            } catch (const ConfigError& error) {
                complain(value, "axes." + path + ": " + error.what());
            }
            study_.axes.push_back(std::move(axis));
        });
    }

    template <class Read>
    void read_fields(const YAML::Node& node, const std::string& group, Read read) {
        if (node.IsNull()) return;
        if (!node.IsMap()) {
            complain(node, group + ": expected fields such as 'training.seed: [1, 2]', found " + kind_of(node));
            return;
        }
        for (const auto& item : node) {
            if (!item.first.IsScalar()) {
                complain(item.first, group + ": expected the path of a field, found " + kind_of(item.first));
                continue;
            }
            lines_.emplace(group + "." + item.first.Scalar(), line_of(name_, item.first));
            read(item.first.Scalar(), item.second);
        }
    }

    /// "1e-7" and "1e-07" are one value. What is none stays as it is, and is complained of later.
    static std::string plain(const std::string& path, const std::string& text) {
        const Field* field = find_field(path);
        if (field == nullptr) return text;
        try {
            return value_text(parse_field_value(*field, text));
        } catch (const ConfigError&) {
            return text;
        }
    }

    std::string name_;
    std::filesystem::path folder_;
    StudyConfig study_;
    std::map<std::string, std::string> lines_;
    std::vector<std::string> problems_;
};

void emit_text(YAML::Emitter& out, const char* key, const std::string& text) {
    out << YAML::Key << key << YAML::Value << YAML::DoubleQuoted << text;
}

}  // namespace

StudyConfig parse_study(std::string_view yaml, const std::string& name, const std::filesystem::path& folder) {
    const YAML::Node root = parse_yaml(yaml, name);
    require_schema(root, name, what, newest_schema);
    try {
        return Reader(name, folder).read(root);
    } catch (const YAML::Exception& error) {
        throw not_yaml(name, error);
    }
}

StudyConfig load_study(const std::filesystem::path& file) {
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    return parse_study(read_yaml_text(file, what), file.string(), folder);
}

std::string study_yaml(const StudyConfig& study) {
    YAML::Emitter out;
    out << YAML::BeginMap << YAML::Key << "schema" << YAML::Value << newest_schema;
    out << YAML::Key << "program" << YAML::Value << "resonate " RESONATE_VERSION;
    emit_text(out, "name", study.name);
    emit_text(out, "title", study.title);
    emit_text(out, "description", study.description);
    out << YAML::Key << "presets" << YAML::Value << YAML::BeginSeq;
    for (const std::string& preset : study.presets) out << YAML::DoubleQuoted << preset;
    out << YAML::EndSeq << YAML::Key << "set" << YAML::Value << YAML::BeginMap;
    for (const StudySetting& setting : study.settings) emit_text(out, setting.path.c_str(), setting.value);
    out << YAML::EndMap << YAML::Key << "axes" << YAML::Value << YAML::BeginMap;
    for (const StudyAxis& axis : study.axes) {
        out << YAML::Key << axis.path << YAML::Value << YAML::Flow << YAML::BeginSeq;
        for (const std::string& value : axis.values) out << YAML::DoubleQuoted << value;
        out << YAML::EndSeq;
    }
    out << YAML::EndMap << YAML::Key << "jobs" << YAML::Value << study.jobs;
    out << YAML::Key << "threads" << YAML::Value << study.threads << YAML::EndMap;
    return std::string(out.c_str()) + "\n";
}

std::vector<StudyConfig> shipped_study_list() {
    std::vector<StudyConfig> studies;
    for (std::size_t i = 0; i < shipped_study_count; ++i)
        studies.push_back(parse_study(shipped_studies[i].yaml, shipped_studies[i].name));
    return studies;
}

StudyConfig find_study(const std::string& name) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < shipped_study_count; ++i) {
        if (name == shipped_studies[i].name) return parse_study(shipped_studies[i].yaml, name);
        names.push_back(shipped_studies[i].name);
    }
    std::error_code failure;
    if (std::filesystem::exists(name, failure)) return load_study(name);
    const std::string near = nearest(name, names);
    throw ConfigError("there is no study or file '" + name + "'" +
                      (near.empty()
                           ? "; the list of studies in Compare and `resonate-cli study --list` show those there are"
                           : "; did you mean '" + near + "'?"));
}

}  // namespace resonate
