// engine/data/physical_cores.cpp: how many cores there are to compute on; see resonate/machine.h.
#include "resonate/machine.h"

#include <sched.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <utility>

namespace resonate {

int physical_cores() {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    const int fallback = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return fallback;
    std::set<std::pair<int, int>> cores;  // package, core
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &allowed)) continue;
        const std::string topology = "/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/";
        int package = -1;
        int core = -1;
        std::ifstream(topology + "physical_package_id") >> package;
        std::ifstream(topology + "core_id") >> core;
        if (core < 0) return fallback;
        cores.emplace(package, core);
    }
    return std::max(1, static_cast<int>(cores.size()));
}

}  // namespace resonate
