// resonate/machine.h: what this computer offers to compute with.
#pragma once

#include <string>
#include <vector>

namespace resonate {

/// Physical cores this process may use, >= 1. As many threads train where nobody says otherwise.
int physical_cores();

/// Names of the instruction sets for which there are fused kernels that this processor can run, the fastest first:
/// "avx512", "avx2", "baseline".
std::vector<std::string> instruction_sets();

/// The one that fused kernels use: the fastest, or that of the variable RESONATE_SIMD.
std::string instruction_set();

}  // namespace resonate
