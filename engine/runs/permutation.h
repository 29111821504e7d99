// engine/runs/permutation.h: the order in which a permuted data set's pixels are read, as PS-MNIST models bring it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace resonate {

/// The numbers of a bare int64 [n] tensor that Python's torch.save wrote: each of 0 … n−1 once. Throws CheckpointError
/// naming the file where it is not such a file, or which number is out of place.
std::vector<std::int64_t> read_permutation(const std::filesystem::path& file);

}  // namespace resonate
