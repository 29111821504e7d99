// engine/data/own_arrays.cpp: see own_arrays.h.
#include "data/own_arrays.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "data/array_sequence_set.h"
#include "data/sequence_subset.h"
#include "resonate/error.h"

namespace resonate {
namespace {

constexpr std::int64_t most_classes = 10000;
constexpr std::int64_t most_steps = 1'000'000;
constexpr std::int64_t most_inputs = 65535;

/// An array and the file it lies in.
struct FoundArray {
    std::shared_ptr<const ArrayFile> file;
    ArrayHeader header;

    std::string place() const { return place_of(file->path(), header); }
    std::string with_shape() const { return place() + " has shape " + shape_text(header.shape); }
};

/// N, T and I of an input array, and which of its axes they are.
struct InputShape {
    std::int64_t count = 0;
    std::int64_t steps = 0;
    std::int64_t inputs = 0;
    std::vector<size_t> order;  ///< of each axis of the file: its place in [N, T, I]
};

struct FoundSplit {
    FoundArray input;
    FoundArray labels;
    InputShape shape;
};

class ArraysReader {
 public:
    ArraysReader(const ArraysDefinition& definition, std::filesystem::path folder)
        : definition_(definition), folder_(std::move(folder)) {
        check_axes();
    }

    FoundSplit find(const ArraySplit& split) {
        FoundSplit found;
        found.input = find(split.input, "input");
        ArraySource labels = split.labels;
        if (labels.file.empty()) labels.file = split.input.file;
        found.labels = find(labels, "labels");
        found.shape = input_shape(found.input);
        return found;
    }

    /// Names of all classes. Reads the labels where neither the definition nor their shape says how many there are.
    std::vector<std::string> class_names(const FoundSplit& train) const {
        std::vector<std::string> names =
            definition_.classes.empty() ? train.labels.file->class_names() : definition_.classes;
        const std::int64_t classes = names.empty() ? numbered_classes(train) : std::ssize(names);
        if (classes < 1 || classes > most_classes)
            throw DataError(train.labels.place() + ": expected labels of 1 to " + std::to_string(most_classes) +
                            " classes, found " + std::to_string(classes) + "; are these the labels?");
        if (names.empty())
            for (std::int64_t i = 0; i < classes; ++i) names.push_back(std::to_string(i + definition_.first_label));
        return names;
    }

    std::vector<std::string> channel_names(const FoundSplit& train) const {
        const auto inputs = static_cast<size_t>(train.shape.inputs);
        if (!definition_.channels.empty()) {
            if (definition_.channels.size() != inputs)
                throw DataError(train.input.with_shape() + ", so " + std::to_string(inputs) + " inputs, but " +
                                std::to_string(definition_.channels.size()) +
                                " channels are named; correct the definition's 'channels'");
            return definition_.channels;
        }
        std::vector<std::string> names = train.input.file->channel_names();
        if (names.size() == inputs) return names;
        names.clear();
        for (size_t i = 0; i < inputs; ++i) names.push_back("input " + std::to_string(i + 1));
        return names;
    }

    std::shared_ptr<ArraySequenceSet> load(const FoundSplit& split, const std::vector<std::string>& classes) const {
        const InputShape& in = split.shape;
        const SequenceSet::Shape shape{in.count, in.steps, in.inputs, std::ssize(classes), label_per_step()};
        std::vector<std::uint16_t> labels = read_labels(split, classes);
        return std::make_shared<ArraySequenceSet>(shape, read_numbers(*split.input.file, split.input.header, in.order),
                                                  std::move(labels));
    }

    bool label_per_step() const {
        return definition_.labels == LabelForm::step || definition_.labels == LabelForm::step_one_hot;
    }

 private:
    bool is_one_hot() const {
        return definition_.labels == LabelForm::one_hot || definition_.labels == LabelForm::step_one_hot;
    }
    /// How many classes the shape of the labels, or else the largest of them, says there are.
    std::int64_t numbered_classes(const FoundSplit& train) const {
        if (is_one_hot()) {
            const auto& shape = train.labels.header.shape;
            return shape.empty() ? 0 : shape.back();
        }
        std::int64_t classes = 0;
        const StoredNumbers numbers = read_in_file_order(train.labels);
        std::visit(
            [&](const auto& list) {
                for (const auto value : list) {
                    const double label = static_cast<double>(value) - definition_.first_label;
                    if (label >= static_cast<double>(classes))
                        classes = static_cast<std::int64_t>(std::min(label, 1e9)) + 1;
                }
            },
            numbers);
        return classes;
    }
    bool steps_first() const { return definition_.axes.find('T') < definition_.axes.find('N'); }

    void check_axes() const {
        std::string sorted = definition_.axes;
        std::sort(sorted.begin(), sorted.end());
        if (sorted != "INT" && sorted != "NT")
            throw DataError(
                "axes: expected an order of N (sequences), T (steps) and I (inputs), for example NTI, found '" +
                definition_.axes + "'; correct the definition");
    }

    FoundArray find(const ArraySource& source, const std::string& usual_name) {
        const std::filesystem::path path = folder_ / source.file;
        std::shared_ptr<const ArrayFile>& file = files_[path];
        if (!file) file = open_array_file(path);
        const ArrayHeader* header = nullptr;
        if (!source.array.empty())
            header = file->find(source.array);
        else if (file->arrays().size() == 1)
            header = &file->arrays().front();
        else
            header = file->find(usual_name);
        if (header != nullptr) return {file, *header};
        std::string names;
        for (const ArrayHeader& array : file->arrays())
            names += (names.empty() ? "" : ", ") + array.name + " " + shape_text(array.shape);
        throw DataError(path.string() +
                        (source.array.empty() ? ": say which array is the " + usual_name
                                              : ": has no array '" + source.array + "'") +
                        "; it holds " + names);
    }

    InputShape input_shape(const FoundArray& input) const {
        std::vector<std::int64_t> axes = input.header.shape;
        // MATLAB knows no trailing axes of length 1.
        if (input.header.first_axis_fastest)
            while (axes.size() < definition_.axes.size()) axes.push_back(1);
        if (axes.size() != definition_.axes.size())
            throw DataError(input.with_shape() + ", expected " + std::to_string(definition_.axes.size()) +
                            " axes, as the definition's 'axes: " + definition_.axes +
                            "' says; correct the definition or the array");
        InputShape found;
        found.inputs = 1;
        for (size_t a = 0; a < axes.size(); ++a) {
            const char letter = definition_.axes[a];
            (letter == 'N' ? found.count : letter == 'T' ? found.steps : found.inputs) = axes[a];
            if (a < input.header.shape.size()) found.order.push_back(letter == 'N' ? 0 : letter == 'T' ? 1 : 2);
        }
        // Axes that are not there have no place in the order of those that are.
        if (found.order.size() < 3) squeeze(found.order);
        if (found.count < 1 || found.steps < 1 || found.inputs < 1)
            throw DataError(input.with_shape() + ": expected at least one sequence, step and input; correct it");
        if (found.steps > most_steps || found.inputs > most_inputs)
            throw DataError(input.with_shape() + ", so " + std::to_string(found.steps) + " steps of " +
                            std::to_string(found.inputs) + " inputs; expected at most " + std::to_string(most_steps) +
                            " and " + std::to_string(most_inputs) + ": is 'axes: " + definition_.axes + "' right?");
        return found;
    }

    static void squeeze(std::vector<size_t>& order) {
        std::vector<size_t> sorted = order;
        std::sort(sorted.begin(), sorted.end());
        for (size_t& place : order)
            place = static_cast<size_t>(std::lower_bound(sorted.begin(), sorted.end(), place) - sorted.begin());
    }

    /// Row-major, whatever the order of elements in the file.
    static StoredNumbers read_in_file_order(const FoundArray& array) {
        std::vector<size_t> order(array.header.shape.size());
        std::iota(order.begin(), order.end(), size_t{0});
        return read_numbers(*array.file, array.header, order);
    }

    [[noreturn]] void wrong_labels(const FoundSplit& split, const std::string& expected) const {
        throw DataError(split.labels.with_shape() + ", expected " + expected + " for the " +
                        std::to_string(split.shape.count) + " sequences of " + std::to_string(split.shape.steps) +
                        " steps in " + split.input.place() + "; name the labels that belong to the input");
    }

    /// The labels with N before T and classes last, and how many numbers there are for each sequence.
    std::pair<StoredNumbers, std::int64_t> label_numbers(const FoundSplit& split) const {
        std::vector<std::int64_t> shape = split.labels.header.shape;
        const std::int64_t count = split.shape.count;
        const std::int64_t steps = split.shape.steps;
        const std::vector<std::int64_t> by_step = steps_first() ? std::vector{steps, count} : std::vector{count, steps};
        const size_t one_hot = is_one_hot() ? 1 : 0;
        const std::vector<size_t> as_it_is = one_hot ? std::vector<size_t>{0, 1, 2} : std::vector<size_t>{0, 1};
        const std::vector<size_t> swapped = one_hot ? std::vector<size_t>{1, 0, 2} : std::vector<size_t>{1, 0};
        std::vector<std::int64_t> front = shape;
        if (one_hot && !front.empty()) front.pop_back();
        const bool stepwise = front == by_step;
        if (label_per_step()) {
            if (!stepwise)
                wrong_labels(split, (steps_first() ? "[T, N" : "[N, T") + std::string(one_hot ? ", C]" : "]"));
            return {read_numbers(*split.labels.file, split.labels.header, steps_first() ? swapped : as_it_is), steps};
        }
        // A column or a row is a list as well, as MATLAB has no other.
        std::vector<std::int64_t> list = front;
        if (!one_hot) std::erase(list, 1);
        if (list.empty()) list.push_back(1);
        if (list == std::vector{count}) return {read_in_file_order(split.labels), 1};
        if (!one_hot && stepwise)
            return {read_numbers(*split.labels.file, split.labels.header, steps_first() ? swapped : as_it_is), steps};
        wrong_labels(split, one_hot ? "[N, C]" : "[N]");
    }

    std::vector<std::uint16_t> read_labels(const FoundSplit& split, const std::vector<std::string>& classes) const {
        const auto [numbers, per_sequence] = label_numbers(split);
        const std::vector<std::int64_t> words = meaning_of_words(split, classes);
        std::vector<std::uint16_t> labels = std::visit(
            [&, each = per_sequence](const auto& list) {
                return is_one_hot() ? one_hot_labels(split, list, std::ssize(classes), each)
                                    : integer_labels(split, list, std::ssize(classes), words, each);
            },
            numbers);
        if (!label_per_step() && per_sequence > 1) keep_one_each(split, labels, per_sequence);
        return labels;
    }

    /// Class of each word of the label file; empty where labels are numbers.
    static std::vector<std::int64_t> meaning_of_words(const FoundSplit& split,
                                                      const std::vector<std::string>& classes) {
        std::vector<std::int64_t> meaning;
        for (const std::string& word : split.labels.file->class_names()) {
            const auto found = std::find(classes.begin(), classes.end(), word);
            if (found == classes.end())
                throw DataError(split.labels.place() + ": the label '" + word + "' is none of the " +
                                std::to_string(classes.size()) + " classes; name it in the definition's 'classes'");
            meaning.push_back(found - classes.begin());
        }
        return meaning;
    }

    std::string label_place(const FoundSplit& split, std::int64_t at, std::int64_t each) const {
        return split.labels.place() + ": the label of sequence " + std::to_string(at / each) +
               (each > 1 ? ", step " + std::to_string(at % each) : "");
    }

    template <class Number>
    std::vector<std::uint16_t> integer_labels(const FoundSplit& split, const std::vector<Number>& list,
                                              std::int64_t classes, const std::vector<std::int64_t>& words,
                                              std::int64_t each) const {
        std::vector<std::uint16_t> labels;
        labels.reserve(list.size());
        const int first = words.empty() ? definition_.first_label : 0;
        const std::int64_t allowed = words.empty() ? classes : std::ssize(words);
        for (const Number number : list) {
            const auto value = static_cast<double>(number);
            const double label = value - first;
            if (value != std::floor(value) || label < 0 || label >= static_cast<double>(allowed)) {
                char text[32];
                std::snprintf(text, sizeof text, "%g", value);
                const bool from_one = first == 0 && value == static_cast<double>(classes);
                throw DataError(label_place(split, std::ssize(labels), each) + " is " + text + ", expected " +
                                std::to_string(first) + " to " + std::to_string(first + classes - 1) +
                                (from_one ? "; if classes are numbered from 1, set 'first_label: 1'" : ""));
            }
            const auto index = static_cast<std::int64_t>(label);
            labels.push_back(static_cast<std::uint16_t>(words.empty() ? index : words[static_cast<size_t>(index)]));
        }
        return labels;
    }

    template <class Number>
    std::vector<std::uint16_t> one_hot_labels(const FoundSplit& split, const std::vector<Number>& list,
                                              std::int64_t classes, std::int64_t each) const {
        if (split.labels.header.shape.back() != classes)
            throw DataError(split.labels.with_shape() + ", expected a last axis of " + std::to_string(classes) +
                            ", one for each class; correct 'classes' or the array");
        std::vector<std::uint16_t> labels;
        const auto width = static_cast<size_t>(classes);
        labels.reserve(list.size() / width);
        for (size_t row = 0; row + width <= list.size(); row += width) {
            const auto begin = list.begin() + static_cast<std::ptrdiff_t>(row);
            const auto end = begin + classes;
            const auto one = std::find(begin, end, Number{1});
            if (one == end || std::count(begin, end, Number{0}) != classes - 1)
                throw DataError(label_place(split, std::ssize(labels), each) +
                                " is not one-hot: expected a single 1 among zeros; correct it there");
            labels.push_back(static_cast<std::uint16_t>(one - begin));
        }
        return labels;
    }

    /// From a label for each step to the one of each sequence.
    void keep_one_each(const FoundSplit& split, std::vector<std::uint16_t>& labels, std::int64_t each) const {
        for (std::int64_t n = 0; n < split.shape.count; ++n) {
            const auto begin = labels.begin() + n * each;
            const auto other = std::find_if(begin, begin + each, [&](std::uint16_t label) { return label != *begin; });
            if (other != begin + each)
                throw DataError(split.labels.place() + ": the label changes within sequence " + std::to_string(n) +
                                " at step " + std::to_string(other - begin) +
                                ", expected one for the whole sequence; if each step has its own, set 'labels: step'");
            labels[static_cast<size_t>(n)] = *begin;
        }
        labels.resize(static_cast<size_t>(split.shape.count));
        labels.shrink_to_fit();
    }

    const ArraysDefinition& definition_;
    std::filesystem::path folder_;
    std::map<std::filesystem::path, std::shared_ptr<const ArrayFile>> files_;
};

/// Loads a split that must look like the training one.
std::shared_ptr<ArraySequenceSet> load_beside(ArraysReader& reader, const ArraySplit& split, const FoundSplit& train,
                                              const std::vector<std::string>& classes) {
    const FoundSplit found = reader.find(split);
    if (found.shape.steps != train.shape.steps || found.shape.inputs != train.shape.inputs)
        throw DataError(found.input.with_shape() + ": expected " + std::to_string(train.shape.steps) + " steps and " +
                        std::to_string(train.shape.inputs) + " inputs, as " + train.input.place() + " has, found " +
                        std::to_string(found.shape.steps) + " and " + std::to_string(found.shape.inputs) +
                        "; cut or pad one of them");
    return reader.load(found, classes);
}

}  // namespace

DatasetInfo describe_arrays(const ArraysDefinition& definition, const std::filesystem::path& folder) {
    ArraysReader reader(definition, folder);
    const FoundSplit train = reader.find(definition.train);
    DatasetInfo info = dataset_info("own_arrays");
    if (!definition.title.empty()) info.title = definition.title;
    if (!definition.description.empty()) info.description = definition.description;
    info.inputs = static_cast<int>(train.shape.inputs);
    info.steps = static_cast<int>(train.shape.steps);
    info.label_per_step = reader.label_per_step();
    info.class_names = reader.class_names(train);
    info.classes = static_cast<int>(info.class_names.size());
    info.channel_names = reader.channel_names(train);
    return info;
}

DatasetSplits load_arrays(const ArraysDefinition& definition, const std::filesystem::path& folder) {
    ArraysReader reader(definition, folder);
    const FoundSplit found = reader.find(definition.train);
    const std::vector<std::string> classes = reader.class_names(found);
    const std::shared_ptr<ArraySequenceSet> all = reader.load(found, classes);
    std::shared_ptr<ArraySequenceSet> validation, test;
    if (definition.validation) validation = load_beside(reader, *definition.validation, found, classes);
    if (definition.test) test = load_beside(reader, *definition.test, found, classes);

    std::vector<std::int64_t> training(static_cast<size_t>(found.shape.count));
    std::iota(training.begin(), training.end(), std::int64_t{0});
    DatasetSplits splits;
    splits.train = all;
    splits.validation = validation;
    splits.test = test;
    if (!test) {
        if (found.shape.count < 2)
            throw DataError(found.input.with_shape() +
                            ": expected two sequences or more, as some are set apart to test; add some");
        TrainAndTest split = split_off_test(*all, definition.test_fraction);
        training = split.train;
        splits.train = std::make_shared<SequenceSubset>(all, std::move(split.train));
        splits.test = std::make_shared<SequenceSubset>(all, std::move(split.test));
    }
    const ChannelScaling scaling = all->scaling_of(training, definition.scaling);
    for (const auto& set : {all, validation, test})
        if (set) set->use(scaling);
    return splits;
}

std::vector<std::filesystem::path> files_of(const ArraysDefinition& definition, const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    const auto add = [&](const ArraySplit& split) {
        files.push_back(folder / split.input.file);
        if (!split.labels.file.empty()) files.push_back(folder / split.labels.file);
    };
    add(definition.train);
    if (definition.validation) add(*definition.validation);
    if (definition.test) add(*definition.test);
    return files;
}

}  // namespace resonate
