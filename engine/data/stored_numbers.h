// engine/data/stored_numbers.h: the numbers of an array in memory, small types as small as they were stored.
#pragma once

#include <span>
#include <variant>
#include <vector>

#include "data/array_file.h"

namespace resonate {

/// Booleans are bytes; everything that is no 8 or 16 bit integer is float32.
using StoredNumbers = std::variant<std::vector<std::uint8_t>, std::vector<std::int8_t>, std::vector<std::uint16_t>,
                                   std::vector<std::int16_t>, std::vector<float>>;

/// Reads an array with its axes in another order: axis a of the file becomes axis order[a] of the result, which is
/// row-major. Needs memory for the result alone. Throws DataError, with the place in the file's axes where a number is
/// not finite or too large for float32.
StoredNumbers read_numbers(const ArrayFile& file, const ArrayHeader& array, std::span<const std::size_t> order);

std::size_t bytes_held(const StoredNumbers& numbers);

}  // namespace resonate
