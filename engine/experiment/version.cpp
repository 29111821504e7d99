// engine/experiment/version.cpp: versions of this program and of what it computes with.
#include "resonate/experiment.h"

namespace resonate {

std::string program_version() { return RESONATE_VERSION; }

std::string version_text() { return "Resonate " RESONATE_VERSION "\nLibTorch " RESONATE_TORCH_VERSION; }

}  // namespace resonate
