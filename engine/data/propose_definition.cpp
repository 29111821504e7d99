// engine/data/propose_definition.cpp: a first guess at what the arrays of some files mean.
#include <algorithm>
#include <cctype>
#include <numeric>
#include <optional>

#include "data/stored_numbers.h"
#include "resonate/error.h"
#include "resonate/own_data.h"

namespace resonate {
namespace {

struct Candidate {
    ArraySource source;
    std::string array;  // what names it, lower case: its name, or that of a file that holds nothing else
    std::string file;   // lower case
    ArrayHeader header;
    std::shared_ptr<const ArrayFile> opened;
};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

bool holds(const std::string& text, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* word) { return text.find(word) != text.npos; });
}

bool is_label_name(const std::string& name) {
    const std::string rest = name.starts_with('y') ? name.substr(1) : "?";
    return holds(name, {"label", "target", "class"}) || rest.empty() || rest[0] == '_' || rest.starts_with("t") ||
           rest.starts_with("v");
}

std::optional<Split> split_in(const std::string& name) {
    if (holds(name, {"valid", "_val", "val_", "dev"})) return Split::validation;
    if (holds(name, {"test", "eval"})) return Split::test;
    if (holds(name, {"train"})) return Split::train;
    return std::nullopt;
}

Split split_of(const Candidate& candidate) {
    return split_in(candidate.array).value_or(split_in(candidate.file).value_or(Split::train));
}

std::int64_t elements(const ArrayHeader& header) {
    std::int64_t count = 1;
    for (const std::int64_t axis : header.shape) count *= axis;
    return count;
}

/// Every list of axes without those of length 1.
std::vector<std::int64_t> squeezed(std::vector<std::int64_t> shape) {
    std::erase(shape, 1);
    return shape;
}

bool integers(ElementType type) { return type < ElementType::float16; }

/// Which axis of the input has N, T and I, and in which form labels of this shape are.
void guess_axes(const ArrayHeader& input, const ArrayHeader& labels, ArraysDefinition& definition) {
    const std::vector<std::int64_t>& x = input.shape;
    const std::vector<std::int64_t>& y = labels.shape;
    if (x.size() == 2) {
        definition.axes = "NT";
        if (squeezed(y) == std::vector{x[1]} && x[0] != x[1]) definition.axes = "TN";
        if (y.size() == 2 && y == x) definition.labels = LabelForm::step;
        if (y.size() == 2 && y[0] == x[0] && y != x && y[1] > 1) definition.labels = LabelForm::one_hot;
        if (y.size() == 3 && y[0] == x[0] && y[1] == x[1]) definition.labels = LabelForm::step_one_hot;
        return;
    }
    const std::vector<std::int64_t> list = squeezed(y);
    if (list.size() <= 1) {
        // One label for each sequence: the axis of that length. The rest in the usual order, steps before inputs.
        const std::int64_t count = list.empty() ? 1 : list[0];
        const auto axis = static_cast<size_t>(std::find(x.begin(), x.end(), count) - x.begin());
        definition.axes = axis == 1 ? "TNI" : axis == 2 ? "TIN" : "NTI";
        return;
    }
    const bool steps_first = y[0] == x[1] && y[1] == x[0] && x[0] != x[1];
    definition.axes = steps_first ? "TNI" : "NTI";
    if (y.size() >= 3)
        definition.labels = LabelForm::step_one_hot;
    else if (y[0] == x[0] && y[1] == x[1])
        definition.labels = LabelForm::step;
    else
        definition.labels = LabelForm::one_hot;
}

/// What only the labels themselves tell: whether they stay the same within a sequence, and whether they begin at 1.
void look_at_labels(const Candidate& labels, ArraysDefinition& definition) {
    if (definition.labels != LabelForm::sequence && definition.labels != LabelForm::step) return;
    std::vector<size_t> order(labels.header.shape.size());
    std::iota(order.begin(), order.end(), size_t{0});
    const bool words = !labels.opened->class_names().empty();
    std::visit(
        [&](const auto& list) {
            if (list.empty()) return;
            if (!words && *std::min_element(list.begin(), list.end()) == 1) definition.first_label = 1;
            if (definition.labels != LabelForm::step) return;
            const auto count = static_cast<size_t>(labels.header.shape[0]);
            const auto steps = static_cast<size_t>(labels.header.shape[1]);
            if (definition.axes.find('T') < definition.axes.find('N')) return;
            for (size_t at = 0; at < count * steps; ++at)
                if (list[at] != list[at / steps * steps]) return;
            definition.labels = LabelForm::sequence;
        },
        read_numbers(*labels.opened, labels.header, order));
}

}  // namespace

ArraysDefinition propose_definition(const std::vector<std::filesystem::path>& files) {
    std::vector<Candidate> inputs, labels;
    std::string seen;
    for (const std::filesystem::path& path : files) {
        const auto file = open_array_file(path);
        const bool alone = file->arrays().size() == 1;
        for (const ArrayHeader& header : file->arrays()) {
            const std::string stem = lower(path.stem().string());
            Candidate candidate{
                {path, alone ? "" : header.name}, alone ? stem : lower(header.name), stem, header, file};
            seen += (seen.empty() ? "" : ", ") + place_of(path, header) + " " + shape_text(header.shape);
            if (is_label_name(candidate.array))
                labels.push_back(std::move(candidate));
            else if (header.shape.size() == 2 || header.shape.size() == 3)
                inputs.push_back(std::move(candidate));
        }
    }
    // Without telling names: the larger array is the input, a list of integers the labels.
    if (labels.empty() && inputs.size() == 2 && elements(inputs[0].header) != elements(inputs[1].header)) {
        const bool first = elements(inputs[0].header) < elements(inputs[1].header);
        const size_t smaller = first ? 0 : 1;
        if (integers(inputs[smaller].header.type)) {
            labels.push_back(inputs[smaller]);
            inputs.erase(inputs.begin() + static_cast<std::ptrdiff_t>(smaller));
        }
    }
    // Names that know no training set name nothing: "QTDB_test.mat" alone.
    const bool by_name = std::any_of(inputs.begin(), inputs.end(),
                                     [](const Candidate& input) { return split_of(input) == Split::train; });
    const auto belongs = [&](const Candidate& candidate, Split split) {
        return (by_name ? split_of(candidate) : Split::train) == split;
    };
    ArraysDefinition definition;
    const auto take = [&](Split split) -> std::optional<ArraySplit> {
        const Candidate* input = nullptr;
        const Candidate* label = nullptr;
        for (const Candidate& candidate : inputs)
            if (belongs(candidate, split) && (!input || elements(candidate.header) > elements(input->header)))
                input = &candidate;
        for (const Candidate& candidate : labels)
            if (belongs(candidate, split) && !label) label = &candidate;
        if (!input || !label) return std::nullopt;
        if (split == Split::train) {
            guess_axes(input->header, label->header, definition);
            look_at_labels(*label, definition);
        }
        const bool together = label->source.file == input->source.file && label->source.array == "labels";
        return ArraySplit{input->source, together ? ArraySource{} : label->source};
    };
    const std::optional<ArraySplit> train = take(Split::train);
    if (!train)
        throw DataError(
            "expected an array of sequences, [N, T, I] or [N, T], and one of their labels to train with, found " +
            (seen.empty() ? "no array" : seen));
    definition.train = *train;
    definition.validation = take(Split::validation);
    definition.test = take(Split::test);
    definition.title = files.front().stem().string();
    return definition;
}

}  // namespace resonate
