// engine/experiment/version.cpp: versions of this program and of what it computes with.
#include <torch/torch.h>
#include <torch/version.h>

#include "resonate/experiment.h"

namespace resonate {

std::string program_version() { return RESONATE_VERSION; }

std::string version_text() {
    return "Resonate " RESONATE_VERSION "\nLibTorch " TORCH_VERSION "\n" + at::get_parallel_info();
}

}  // namespace resonate
