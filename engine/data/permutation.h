// engine/data/permutation.h: the order in which a permuted set shows its steps.
// Convention: step t shows pixel permutation[t], x_permuted = x[permutation], as in the published scripts.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace resonate {

/// A random permutation of 0 … steps − 1: a function of its arguments alone, the same on every machine.
std::vector<std::int64_t> draw_permutation(std::int64_t steps, std::uint64_t seed);

/// Throws DataError unless `permutation` holds every number of 0 … steps − 1 once; `place` says whose it is.
void require_permutation(std::span<const std::int64_t> permutation, std::int64_t steps, const std::string& place);

}  // namespace resonate
