// engine/kernels/kernel_table.cpp: chooses kernels by what the processor says it can do.
#include "kernels/kernel_table.h"

#include <cstdlib>
#include <cstring>

#include "resonate/machine.h"

namespace resonate::kernels {

extern const KernelTable baseline_kernels;
#if defined(RESONATE_X86)
extern const KernelTable avx2_kernels;
extern const KernelTable avx512_kernels;
#endif

int available_kernels(const KernelTable** tables, int most) {
    int count = 0;
    const auto add = [&](const KernelTable& table) {
        if (count < most) tables[count++] = &table;
    };
#if defined(RESONATE_X86)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw"))
        add(avx512_kernels);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) add(avx2_kernels);
#endif
    add(baseline_kernels);
    return count;
}

const KernelTable& best_kernels() {
    static const KernelTable& chosen = []() -> const KernelTable& {
        const KernelTable* tables[4];
        const int count = available_kernels(tables, 4);
        if (const char* wanted = std::getenv("RESONATE_SIMD"))
            for (int i = 0; i < count; ++i)
                if (std::strcmp(tables[i]->name, wanted) == 0) return *tables[i];
        return *tables[0];
    }();
    return chosen;
}

}  // namespace resonate::kernels

namespace resonate {

std::vector<std::string> instruction_sets() {
    const kernels::KernelTable* tables[4];
    const int count = kernels::available_kernels(tables, 4);
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) names.emplace_back(tables[i]->name);
    return names;
}

std::string instruction_set() { return kernels::best_kernels().name; }

}  // namespace resonate
