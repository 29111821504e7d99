// engine/experiment/parallel_text.cpp: how LibTorch is built to use threads.
#include <ATen/Parallel.h>

#include "resonate/experiment.h"

namespace resonate {

std::string parallel_text() { return at::get_parallel_info(); }

}  // namespace resonate
