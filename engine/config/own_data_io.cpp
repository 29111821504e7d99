// engine/config/own_data_io.cpp: definitions of sets of arrays to YAML and back.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "config/field_table.h"
#include "config/yaml_text.h"
#include "resonate/own_data.h"
#include "resonate/run_store.h"

namespace resonate {
namespace {

constexpr int schema_version = 1;
constexpr const char* what = "a definition of arrays";

constexpr std::array label_forms{LabelForm::sequence, LabelForm::step, LabelForm::one_hot, LabelForm::step_one_hot};
constexpr std::array scalings{Scaling::none, Scaling::standardise, Scaling::min_max};

/// Reads the fields of one definition; the first wrong one ends it.
class DefinitionReader {
 public:
    explicit DefinitionReader(std::string name) : name_(std::move(name)) {}

    ArraysDefinition read(const YAML::Node& root) {
        require_schema(root, name_, what, schema_version);
        ArraysDefinition result;
        read_fields(root, "",
                    {{"schema", [](const YAML::Node&) {}},
                     {"title", [&](const YAML::Node& node) { result.title = text(node, "title"); }},
                     {"description", [&](const YAML::Node& node) { result.description = text(node, "description"); }},
                     {"axes", [&](const YAML::Node& node) { result.axes = axes(node); }},
                     {"labels", [&](const YAML::Node& node) { result.labels = choice(node, "labels", label_forms); }},
                     {"first_label", [&](const YAML::Node& node) { result.first_label = first_label(node); }},
                     {"scaling", [&](const YAML::Node& node) { result.scaling = choice(node, "scaling", scalings); }},
                     {"classes", [&](const YAML::Node& node) { result.classes = texts(node, "classes"); }},
                     {"channels", [&](const YAML::Node& node) { result.channels = texts(node, "channels"); }},
                     {"test_fraction", [&](const YAML::Node& node) { result.test_fraction = share(node); }},
                     {"train", [&](const YAML::Node& node) { result.train = split(node, "train"); }},
                     {"validation", [&](const YAML::Node& node) { result.validation = split(node, "validation"); }},
                     {"test", [&](const YAML::Node& node) { result.test = split(node, "test"); }}});
        if (result.train.input.file.empty())
            throw ConfigError(name_ + ": 'train' is missing; it names the input and label arrays to train with");
        return result;
    }

 private:
    using Fields = std::map<std::string, std::function<void(const YAML::Node&)>>;

    [[noreturn]] void fail(const YAML::Node& node, const std::string& text) const {
        throw ConfigError(line_of(name_, node) + text + (text.find("; ") == text.npos ? "; correct it there" : ""));
    }

    /// Calls the reader of each field of a map; unknown names and names given twice are refused.
    void read_fields(const YAML::Node& map, const std::string& path, const Fields& fields) const {
        if (!map.IsMap()) fail(map, path + ": expected nested fields, found " + kind_of(map));
        const std::string prefix = path.empty() ? "" : path + ".";
        std::map<std::string, bool> seen;
        for (const auto& item : map) {
            const std::string key = item.first.IsScalar() ? item.first.Scalar() : kind_of(item.first);
            const auto field = fields.find(key);
            if (field == fields.end()) {
                std::vector<std::string> known;
                for (const auto& [name, reader] : fields) known.push_back(name);
                const std::string near = nearest(key, known);
                fail(item.first,
                     "there is no field '" + prefix + key + "'" +
                         (near.empty() ? "; take it out, or update Resonate where a newer one wrote the file"
                                       : "; did you mean '" + prefix + near + "'?"));
            }
            if (seen[key]) fail(item.first, prefix + key + ": is given twice");
            seen[key] = true;
            field->second(item.second);
        }
    }

    std::string text(const YAML::Node& node, const std::string& path) const {
        if (!node.IsScalar()) fail(node, path + ": expected a text, found " + kind_of(node));
        return node.Scalar();
    }

    std::vector<std::string> texts(const YAML::Node& node, const std::string& path) const {
        if (!node.IsSequence()) fail(node, path + ": expected a list such as [left, right], found " + kind_of(node));
        std::vector<std::string> list;
        for (const YAML::Node& item : node) {
            list.push_back(text(item, path));
            if (std::count(list.begin(), list.end(), list.back()) > 1)
                fail(item, path + ": '" + list.back() + "' is there twice");
        }
        return list;
    }

    std::string axes(const YAML::Node& node) const {
        const std::string found = text(node, "axes");
        std::string sorted = found;
        std::sort(sorted.begin(), sorted.end());
        if (sorted != "INT" && sorted != "NT")
            fail(node, "axes: expected an order of N (sequences), T (steps) and I (inputs) such as NTI, found '" +
                           found + "'");
        return found;
    }

    template <class Enum, size_t count>
    Enum choice(const YAML::Node& node, const std::string& path, const std::array<Enum, count>& known) const {
        const std::string found = text(node, path);
        std::string names;
        for (const Enum value : known) {
            if (to_string(value) == found) return value;
            names += (names.empty() ? "" : ", ") + to_string(value);
        }
        fail(node, path + ": expected one of " + names + ", found '" + found + "'");
    }

    int first_label(const YAML::Node& node) const {
        int number = 0;
        if (!node.IsScalar() || !YAML::convert<int>::decode(node, number) || number < 0 || number > 1)
            fail(node, "first_label: expected 0 or 1, found " + kind_of(node));
        return number;
    }

    double share(const YAML::Node& node) const {
        double number = 0;
        if (!node.IsScalar() || !YAML::convert<double>::decode(node, number) || !(number > 0 && number < 1))
            fail(node, "test_fraction: expected more than 0 and less than 1, found " + kind_of(node));
        return number;
    }

    ArraySource source(const YAML::Node& node, const std::string& path) const {
        ArraySource result;
        if (node.IsScalar()) {
            result.file = node.Scalar();
        } else {
            read_fields(node, path,
                        {{"file", [&](const YAML::Node& file) { result.file = text(file, path + ".file"); }},
                         {"array", [&](const YAML::Node& array) { result.array = text(array, path + ".array"); }}});
        }
        return result;
    }

    ArraySplit split(const YAML::Node& node, const std::string& path) const {
        ArraySplit result;
        read_fields(node, path,
                    {{"input", [&](const YAML::Node& input) { result.input = source(input, path + ".input"); }},
                     {"labels", [&](const YAML::Node& labels) { result.labels = source(labels, path + ".labels"); }}});
        if (result.input.file.empty())
            fail(node, path + ".input: expected the name of a file, or 'file:' and 'array:', found nothing");
        return result;
    }

    std::string name_;
};

void emit_texts(YAML::Emitter& out, const char* key, const std::vector<std::string>& list) {
    if (list.empty()) return;
    out << YAML::Key << key << YAML::Value << YAML::Flow << YAML::BeginSeq;
    for (const std::string& text : list) out << YAML::DoubleQuoted << text;
    out << YAML::EndSeq;
}

void emit_source(YAML::Emitter& out, const char* key, const ArraySource& source) {
    if (source.file.empty() && source.array.empty()) return;
    out << YAML::Key << key << YAML::Value << YAML::Flow << YAML::BeginMap;
    if (!source.file.empty()) out << YAML::Key << "file" << YAML::Value << YAML::DoubleQuoted << source.file.string();
    if (!source.array.empty()) out << YAML::Key << "array" << YAML::Value << YAML::DoubleQuoted << source.array;
    out << YAML::EndMap;
}

void emit_split(YAML::Emitter& out, const char* key, const ArraySplit& split) {
    out << YAML::Key << key << YAML::Value << YAML::BeginMap;
    emit_source(out, "input", split.input);
    emit_source(out, "labels", split.labels);
    out << YAML::EndMap;
}

}  // namespace

std::string to_string(LabelForm form) {
    switch (form) {
        case LabelForm::sequence: return "sequence";
        case LabelForm::step: return "step";
        case LabelForm::one_hot: return "one_hot";
        case LabelForm::step_one_hot: return "step_one_hot";
    }
    return {};
}

std::string to_string(Scaling scaling) {
    switch (scaling) {
        case Scaling::none: return "none";
        case Scaling::standardise: return "standardise";
        case Scaling::min_max: return "min_max";
    }
    return {};
}

ArraysDefinition read_definition(const std::filesystem::path& file) {
    const std::string name = file.string();
    const YAML::Node root = parse_yaml(read_yaml_text(file, what), name);
    try {
        return DefinitionReader(name).read(root);
    } catch (const YAML::Exception& error) {
        throw not_yaml(name, error);
    }
}

void write_definition(const ArraysDefinition& definition, const std::filesystem::path& file) {
    YAML::Emitter out;
    out << YAML::BeginMap << YAML::Key << "schema" << YAML::Value << schema_version;
    out << YAML::Key << "title" << YAML::Value << YAML::DoubleQuoted << definition.title;
    if (!definition.description.empty())
        out << YAML::Key << "description" << YAML::Value << YAML::DoubleQuoted << definition.description;
    out << YAML::Key << "axes" << YAML::Value << definition.axes;
    out << YAML::Key << "labels" << YAML::Value << to_string(definition.labels);
    if (definition.first_label != 0) out << YAML::Key << "first_label" << YAML::Value << definition.first_label;
    out << YAML::Key << "scaling" << YAML::Value << to_string(definition.scaling);
    emit_texts(out, "classes", definition.classes);
    emit_texts(out, "channels", definition.channels);
    if (!definition.test || definition.test_fraction != ArraysDefinition().test_fraction)
        out << YAML::Key << "test_fraction" << YAML::Value << value_text(FieldValue(definition.test_fraction));
    emit_split(out, "train", definition.train);
    if (definition.validation) emit_split(out, "validation", *definition.validation);
    if (definition.test) emit_split(out, "test", *definition.test);
    out << YAML::EndMap;
    write_file_atomically(file, std::string(out.c_str()) + "\n");
}

}  // namespace resonate
