// engine/runs/run_status.cpp: names of the ends a run can have.
#include "resonate/training_events.h"

namespace resonate {

std::string to_string(RunStatus status) {
    switch (status) {
        case RunStatus::running: return "running";
        case RunStatus::finished: return "finished";
        case RunStatus::stopped: return "stopped";
        case RunStatus::diverged: return "diverged";
        case RunStatus::failed: return "failed";
    }
    return {};
}

}  // namespace resonate
