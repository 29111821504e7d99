// engine/kernels/isa_avx2.cpp: the kernels for AVX2 and FMA.
#define RESONATE_ISA avx2
#define RESONATE_SIMD_WIDTH 8
#include "kernels/isa_kernels.h"

namespace resonate::kernels {

extern const KernelTable avx2_kernels;
const KernelTable avx2_kernels = RESONATE_ISA::table("avx2");

}  // namespace resonate::kernels
