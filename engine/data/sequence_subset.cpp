// engine/data/sequence_subset.cpp: see sequence_subset.h.
#include "data/sequence_subset.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "data/random.h"

namespace resonate {

SequenceSubset::SequenceSubset(std::shared_ptr<const SequenceSet> whole, std::vector<std::int64_t> indices)
    : whole_(std::move(whole)), indices_(std::move(indices)), shape_(whole_->shape()) {
    shape_.count = std::ssize(indices_);
}

void SequenceSubset::write_input(std::int64_t index, float* out, std::int64_t step_stride) const {
    whole_->write_input(place(index), out, step_stride);
}

void SequenceSubset::write_labels(std::int64_t index, std::int64_t* out, std::int64_t step_stride) const {
    whole_->write_labels(place(index), out, step_stride);
}

std::optional<SequenceEvents> SequenceSubset::events(std::int64_t index) const { return whole_->events(place(index)); }

TrainAndTest split_off_test(const SequenceSet& set, double share) {
    const SequenceSet::Shape& shape = set.shape();
    assert(shape.count >= 2);
    std::vector<std::vector<std::int64_t>> groups(shape.label_per_step ? 1 : static_cast<size_t>(shape.classes));
    for (std::int64_t index = 0; index < shape.count; ++index) {
        std::int64_t label = 0;
        if (!shape.label_per_step) set.write_labels(index, &label, 1);
        groups[static_cast<size_t>(label)].push_back(index);
    }
    TrainAndTest split;
    for (size_t group = 0; group < groups.size(); ++group) {
        std::vector<std::int64_t>& members = groups[group];
        Random random(derive_seed(0, "own test split", group));
        for (size_t i = members.size(); i > 1; --i) std::swap(members[i - 1], members[random.below(i)]);
        const auto testing = std::llround(share * static_cast<double>(members.size()));
        split.test.insert(split.test.end(), members.begin(), members.begin() + testing);
        split.train.insert(split.train.end(), members.begin() + testing, members.end());
    }
    const auto keep_one = [](std::vector<std::int64_t>& empty, std::vector<std::int64_t>& full) {
        if (!empty.empty()) return;
        empty.push_back(full.back());
        full.pop_back();
    };
    keep_one(split.test, split.train);
    keep_one(split.train, split.test);
    std::sort(split.train.begin(), split.train.end());
    std::sort(split.test.begin(), split.test.end());
    return split;
}

}  // namespace resonate
