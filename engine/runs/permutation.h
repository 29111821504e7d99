// engine/runs/permutation.h: the order in which a permuted data set's pixels are read, as PS-MNIST models bring it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "runs/torch_archive_writer.h"

namespace resonate {

/// The numbers of a bare int64 [n] tensor that Python's torch.save wrote, or of the permutation in a checkpoint of this
/// program: each of 0 … n−1 once. Throws CheckpointError naming the file where it is no such file, or which number is
/// out of place.
std::vector<std::int64_t> read_permutation(const std::filesystem::path& file);

/// The permutation in a checkpoint; empty where it brings none, as those of Python.
std::vector<std::int64_t> permutation_of_checkpoint(const std::filesystem::path& file);

/// As an int64 [n] tensor.
void write_permutation(TorchArchiveWriter& writer, const std::vector<std::int64_t>& permutation);
/// A file that read_permutation() and Python's torch.load read.
std::string permutation_bytes(const std::vector<std::int64_t>& permutation);

}  // namespace resonate
