// engine/kernels/isa_avx512.cpp: the kernels for AVX-512.
#define RESONATE_ISA avx512
#define RESONATE_SIMD_WIDTH 16
#include "kernels/isa_kernels.h"

namespace resonate::kernels {

extern const KernelTable avx512_kernels;
const KernelTable avx512_kernels = RESONATE_ISA::table("avx512");

}  // namespace resonate::kernels
