// engine/kernels/simd.h: vectors of floats for the instruction set a file is compiled for.
// Included by isa_*.cpp only, each with compiler flags and a namespace (RESONATE_ISA) of its own. Nothing from the
// standard library may be instantiated below it: the linker keeps one copy of an inline function for the whole program,
// and it must not be the one with instructions the processor may lack.
#pragma once

#include <cstdint>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace resonate::kernels::RESONATE_ISA {

inline constexpr int width = RESONATE_SIMD_WIDTH;  ///< floats in a vector: 16, 8 or 4
typedef float Vector __attribute__((vector_size(width * sizeof(float))));
typedef std::int32_t Mask __attribute__((vector_size(width * sizeof(std::int32_t))));  ///< 0 or -1 per float
typedef float Unaligned __attribute__((vector_size(width * sizeof(float)), aligned(alignof(float)), may_alias));

inline Vector load(const float* from) { return *reinterpret_cast<const Unaligned*>(from); }
inline void store(float* to, Vector value) { *reinterpret_cast<Unaligned*>(to) = value; }
/// x − 0 is x for every x, so that this is a broadcast alone (0 + x would have to add: it turns −0 into 0).
inline Vector broadcast(float value) { return value - Vector{}; }
inline Vector select(Mask mask, Vector yes, Vector no) { return mask ? yes : no; }

/// One bit per float, lowest first.
inline std::uint32_t bits(Mask mask) {
#if defined(__AVX512F__) && RESONATE_SIMD_WIDTH == 16
    return _mm512_movepi32_mask(reinterpret_cast<__m512i>(mask));
#elif defined(__AVX2__) && RESONATE_SIMD_WIDTH == 8
    return static_cast<std::uint32_t>(_mm256_movemask_ps(reinterpret_cast<__m256>(mask)));
#elif defined(__SSE2__) && RESONATE_SIMD_WIDTH == 4
    return static_cast<std::uint32_t>(_mm_movemask_ps(reinterpret_cast<__m128>(mask)));
#else
    std::uint32_t result = 0;
    for (int i = 0; i < width; ++i) result |= (static_cast<std::uint32_t>(mask[i]) & 1U) << i;
    return result;
#endif
}

/// e^x, relative error below 2e-7 for x in [-87, 88]; below and above it stays at the value of the end. NaN stays NaN.
/// x = n ln 2 + r, a polynomial of r (Moshier, Cephes library), and n added to the exponent.
inline Vector exponential(Vector x) {
    constexpr float lowest = -87.0F;
    constexpr float highest = 88.0F;
    constexpr float log2_of_e = 1.44269504088896341F;
    constexpr float ln2_high = 0.693359375F;
    constexpr float ln2_low = -2.12194440e-4F;
    constexpr float rounding = 12582912.0F;  // 1.5 · 2^23: adding it leaves the nearest integer in the low bits
    x = select(x < lowest, broadcast(lowest), x);
    x = select(x > highest, broadcast(highest), x);
    const Vector shifted = x * log2_of_e + rounding;
    const Vector n = shifted - rounding;
    const Vector r = (x - n * ln2_high) - n * ln2_low;
    Vector p = r * 1.9875691500e-4F + 1.3981999507e-3F;
    p = p * r + 8.3334519073e-3F;
    p = p * r + 4.1665795894e-2F;
    p = p * r + 1.6666665459e-1F;
    p = p * r + 5.0000001201e-1F;
    p = p * (r * r) + r + 1.0F;
    const Mask power = (reinterpret_cast<Mask>(shifted) << 23) + 0x3f800000;
    return p * reinterpret_cast<Vector>(power);
}

/// Denormal numbers are zero within: a decayed membrane would otherwise cost a hundred times as much as a live one.
class FlushDenormals {
 public:
#if defined(__SSE2__)
    FlushDenormals() : before_(_mm_getcsr()) { _mm_setcsr(before_ | 0x8040U); }
    ~FlushDenormals() { _mm_setcsr(before_); }

 private:
    unsigned before_;
#else
    FlushDenormals() {}
    ~FlushDenormals() {}
#endif
};

}  // namespace resonate::kernels::RESONATE_ISA
