// engine/kernels/isa_baseline.cpp: the kernels for the processor every build of this program runs on.
#define RESONATE_ISA baseline
#define RESONATE_SIMD_WIDTH 4
#include "kernels/isa_kernels.h"

namespace resonate::kernels {

extern const KernelTable baseline_kernels;
const KernelTable baseline_kernels = RESONATE_ISA::table("baseline");

}  // namespace resonate::kernels
