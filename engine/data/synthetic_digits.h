// engine/data/synthetic_digits.h: digits drawn with a pen that wobbles, in the form of MNIST.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "data/pixel_sequence_set.h"

namespace resonate {

/// `count` images of 28 × 28 pixels, one pixel per step, the 10 digits in turn. Each is a way of writing the digit
/// whose points are moved, bent by a smooth random field, slanted, turned, stretched, brought to the size and place
/// that MNIST gives its digits, and drawn with a pen of random width. A function of (seed, split, index) alone, by
/// arithmetic that is exact on every machine; `split` keeps training and test apart. `permutation` as PixelSequenceSet
/// takes it.
std::shared_ptr<const PixelSequenceSet> generate_synthetic_digits(std::int64_t count, std::uint64_t seed,
                                                                  std::string_view split,
                                                                  std::vector<std::int64_t> permutation = {});

}  // namespace resonate
