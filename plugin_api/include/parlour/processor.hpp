// parlour/processor.hpp - what the processor of this machine runs, for hosts that pick among builds of a plugin.
// Header-only, C++20.
#pragma once

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace parlour {

// Whether it has what x86-64-v3 asks for: avx2, bmi1, bmi2, f16c, fma, lzcnt, movbe, popcnt. [any]
inline bool processor_runs_x86_64_v3() {
#if defined(__x86_64__)
    __builtin_cpu_init();
    const bool by_name = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma") &&
                         __builtin_cpu_supports("popcnt");
    if (!by_name) return false;
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_MOVBE) || !(c & bit_F16C)) return false;
    return __get_cpuid(0x80000001u, &a, &b, &c, &d) && (c & bit_LZCNT);
#else
    return false;
#endif
}

} // namespace parlour
