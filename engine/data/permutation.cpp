// engine/data/permutation.cpp: see permutation.h.
#include "data/permutation.h"

#include <numeric>
#include <utility>

#include "data/random.h"
#include "resonate/error.h"

namespace resonate {
namespace {

constexpr const char* give_another = "; give the permutation that came with the model, or none";

}  // namespace

std::vector<std::int64_t> draw_permutation(std::int64_t steps, std::uint64_t seed) {
    std::vector<std::int64_t> permutation(static_cast<size_t>(steps));
    std::iota(permutation.begin(), permutation.end(), std::int64_t{0});
    Random random(derive_seed(seed, "permutation"));
    // Fisher–Yates.
    for (size_t i = permutation.size(); i > 1; --i) std::swap(permutation[i - 1], permutation[random.below(i)]);
    return permutation;
}

void require_permutation(std::span<const std::int64_t> permutation, std::int64_t steps, const std::string& place) {
    if (static_cast<std::int64_t>(permutation.size()) != steps)
        throw DataError(place + ": expected a permutation of " + std::to_string(steps) + " steps, found " +
                        std::to_string(permutation.size()) + " numbers" + give_another);
    std::vector<bool> seen(permutation.size());
    for (size_t t = 0; t < permutation.size(); ++t) {
        const std::int64_t step = permutation[t];
        if (step < 0 || step >= steps)
            throw DataError(place + ": expected 0 to " + std::to_string(steps - 1) + " at place " + std::to_string(t) +
                            ", found " + std::to_string(step) + give_another);
        if (seen[static_cast<size_t>(step)])
            throw DataError(place + ": expected every step once, found " + std::to_string(step) + " again at place " +
                            std::to_string(t) + give_another);
        seen[static_cast<size_t>(step)] = true;
    }
}

}  // namespace resonate
