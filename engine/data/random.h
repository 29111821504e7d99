// engine/data/random.h: random numbers that are the same on every platform, each stream named by what it is for.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <string_view>

namespace resonate {

/// Mixes a seed with a purpose and a counter (epoch, sequence index), so that every stream is a function of these three
/// alone and nothing has to be remembered to resume. FNV-1a over the purpose, then splitmix64.
inline std::uint64_t derive_seed(std::uint64_t seed, std::string_view purpose, std::uint64_t counter = 0) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char letter : purpose) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
    std::uint64_t x = seed * 0x9e3779b97f4a7c15ULL + hash + counter * 0xd1b54a32d192ed03ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

/// mt19937_64 with distributions of our own: those of <random> differ between standard libraries.
class Random {
 public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    /// Uniform in [0, 1) with 53 random bits.
    double uniform() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// Uniform integer in [0, count), count >= 1.
    std::uint64_t below(std::uint64_t count) {
        const std::uint64_t limit = UINT64_MAX - UINT64_MAX % count;
        std::uint64_t drawn = engine_();
        while (drawn >= limit) drawn = engine_();
        return drawn % count;
    }
    /// Standard normal (Box–Muller, one of the pair).
    double normal() {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
        return radius * std::cos(2.0 * std::numbers::pi * uniform());
    }

 private:
    std::mt19937_64 engine_;
};

}  // namespace resonate
