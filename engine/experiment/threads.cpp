// engine/experiment/threads.cpp: see threads.h.
#include "experiment/threads.h"

#include "kernels/fused_network.h"
#include "resonate/machine.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>

namespace resonate {

int use_threads(int requested) {
    const int threads = requested > 0 ? requested : physical_cores();
    at::set_num_threads(threads);
    set_kernel_threads(threads);
    using SetThreads = void (*)(int);
    if (const auto set = reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(threads);
    return threads;
}

}  // namespace resonate
