// tests/engine/set_contents.h: what a sequence set holds, and small files, for the tests of data sets.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "data/sequence_set.h"

namespace resonate::tests {

/// [T, I]
inline std::vector<float> input_of(const SequenceSet& set, std::int64_t index) {
    std::vector<float> values(static_cast<size_t>(set.shape().steps * set.shape().inputs));
    set.write_input(index, values.data(), set.shape().inputs);
    return values;
}

/// [T], or [1] where the sequence has one label
inline std::vector<std::int64_t> labels_of(const SequenceSet& set, std::int64_t index) {
    std::vector<std::int64_t> labels(set.shape().label_per_step ? static_cast<size_t>(set.shape().steps) : 1);
    set.write_labels(index, labels.data(), 1);
    return labels;
}

inline std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

inline void write(const std::filesystem::path& file, const std::string& bytes) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace resonate::tests
