// engine/data/idx_digits.h: reads the IDX files of MNIST (LeCun, Cortes, Burges), packed with gzip or not.
#pragma once

#include <filesystem>
#include <memory>

#include "data/pixel_sequence_set.h"

namespace resonate {

/// `images`: magic 0x00000803, [N, 28, 28] bytes; `labels`: magic 0x00000801, [N] bytes 0 … 9; big-endian headers. The
/// sequences show the rows of the image one after the other, T = 784, or pixel permutation[t] at step t where a
/// permutation of 784 is given. Throws DataError naming file, place, expected and found.
std::shared_ptr<const PixelSequenceSet> read_idx_digits(const std::filesystem::path& images,
                                                        const std::filesystem::path& labels,
                                                        std::vector<std::int64_t> permutation = {});

}  // namespace resonate
