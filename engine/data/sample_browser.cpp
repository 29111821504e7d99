// engine/data/sample_browser.cpp: see resonate/samples.h.
#include <array>
#include <string>
#include <utility>

#include "data/sequence_set.h"
#include "resonate/error.h"
#include "resonate/samples.h"

namespace resonate {
namespace {

constexpr std::array<Split, 3> all_splits = {Split::train, Split::validation, Split::test};

const char* name_of(Split split) {
    switch (split) {
        case Split::train: return "training";
        case Split::validation: return "validation";
        case Split::test: break;
    }
    return "test";
}

/// [C] lists of indices, ascending; every list holds all of them where each step has its own label.
std::vector<std::vector<std::int64_t>> sort_by_class(const SequenceSet& set) {
    const SequenceSet::Shape& shape = set.shape();
    std::vector<std::vector<std::int64_t>> sorted(static_cast<size_t>(shape.classes));
    for (std::int64_t index = 0; index < shape.count; ++index) {
        if (shape.label_per_step) {
            for (auto& list : sorted) list.push_back(index);
            continue;
        }
        std::int64_t label = 0;
        set.write_labels(index, &label, 1);
        sorted.at(static_cast<size_t>(label)).push_back(index);
    }
    return sorted;
}

}  // namespace

struct SampleBrowser::Contents {
    struct Part {
        std::shared_ptr<const SequenceSet> set;
        std::vector<std::vector<std::int64_t>> of_class;
    };

    const Part& part(Split split) const { return parts[static_cast<size_t>(split)]; }

    DatasetInfo info;
    std::array<Part, all_splits.size()> parts;
    std::vector<std::int64_t> step_order;
};

SampleBrowser::SampleBrowser(const DatasetConfig& config, const std::filesystem::path& data_dir)
    : contents_(std::make_unique<Contents>()) {
    contents_->info = describe_dataset(config);
    DatasetSplits splits = load_dataset(config, data_dir);
    contents_->step_order = std::move(splits.permutation);
    const std::array sets = {splits.train, splits.validation, splits.test};
    for (const Split split : all_splits) {
        Contents::Part& part = contents_->parts[static_cast<size_t>(split)];
        part.set = sets[static_cast<size_t>(split)];
        part.of_class =
            part.set ? sort_by_class(*part.set) : std::vector<std::vector<std::int64_t>>(splits.train->shape().classes);
    }
}

SampleBrowser::~SampleBrowser() = default;
SampleBrowser::SampleBrowser(SampleBrowser&&) noexcept = default;
SampleBrowser& SampleBrowser::operator=(SampleBrowser&&) noexcept = default;

const DatasetInfo& SampleBrowser::info() const { return contents_->info; }

std::int64_t SampleBrowser::count(Split split) const {
    const auto& set = contents_->part(split).set;
    return set ? set->shape().count : 0;
}

const std::vector<std::int64_t>& SampleBrowser::of_class(Split split, int label) const {
    const auto& lists = contents_->part(split).of_class;
    if (label < 0 || static_cast<size_t>(label) >= lists.size())
        throw DataError(contents_->info.title + ": expected a class from 0 to " + std::to_string(lists.size() - 1) +
                        ", found " + std::to_string(label));
    return lists[static_cast<size_t>(label)];
}

Sample SampleBrowser::sample(Split split, std::int64_t index) const {
    const std::int64_t sequences = count(split);
    if (index < 0 || index >= sequences) {
        const std::string which = contents_->info.title + ": ";
        throw DataError(which +
                        (sequences == 0 ? std::string("there are no ") + name_of(split) + " sequences"
                                        : "expected a " + std::string(name_of(split)) + " sequence from 0 to " +
                                              std::to_string(sequences - 1)) +
                        ", found index " + std::to_string(index));
    }
    const SequenceSet& set = *contents_->part(split).set;
    const SequenceSet::Shape& shape = set.shape();
    Sample sample;
    sample.steps = shape.steps;
    sample.inputs = shape.inputs;
    sample.input.resize(static_cast<size_t>(shape.steps * shape.inputs));
    set.write_input(index, sample.input.data(), shape.inputs);
    sample.labels.resize(shape.label_per_step ? static_cast<size_t>(shape.steps) : 1);
    set.write_labels(index, sample.labels.data(), 1);
    return sample;
}

const std::vector<std::int64_t>& SampleBrowser::step_order() const { return contents_->step_order; }

}  // namespace resonate
