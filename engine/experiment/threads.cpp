// engine/experiment/threads.cpp: see threads.h.
#include "experiment/threads.h"

#include "kernels/fused_network.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>
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

int use_threads(int requested) {
    const int threads = requested > 0 ? requested : physical_cores();
    at::set_num_threads(threads);
    set_kernel_threads(threads);
    using SetThreads = void (*)(int);
    if (const auto set = reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(threads);
    return threads;
}

}  // namespace resonate
