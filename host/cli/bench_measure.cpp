#include "host/cli/bench_measure.hpp"

#include <algorithm>
#include <cstdint>
#include <ctime>

namespace parlour::host::cli {

double thread_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

namespace {

double seconds_of(const Kernel &kernel, std::uint64_t count) {
    const double begin = thread_seconds();
    kernel(count);
    return std::max(1e-9, thread_seconds() - begin);
}

// How many make a slice: short enough for many rounds, long enough for the clock.
std::uint64_t slice_of(const Kernel &kernel, double slice_seconds) {
    std::uint64_t count = 1;
    for (;;) {
        const double taken = seconds_of(kernel, count);
        if (taken >= slice_seconds || count > (std::uint64_t{1} << 40)) return count;
        count = taken < slice_seconds / 16 ? count * 8 : count * 2;
    }
}

} // namespace

std::vector<Measured> measure_in_turn(const std::vector<Kernel> &kernels, double seconds) {
    constexpr double longest_slice = 0.02;
    constexpr std::size_t least_rounds = 3;
    const double slice = std::min(longest_slice, seconds / static_cast<double>(kernels.size() * 8));
    std::vector<std::uint64_t> counts;
    for (const Kernel &kernel : kernels) counts.push_back(slice_of(kernel, slice));

    std::vector<std::vector<double>> rates(kernels.size()), ratios(kernels.size());
    double spent = 0;
    for (std::size_t round = 0; round < least_rounds || spent < seconds; ++round) {
        for (std::size_t i = 0; i < kernels.size(); ++i) {
            const double taken = seconds_of(kernels[i], counts[i]);
            rates[i].push_back(static_cast<double>(counts[i]) / taken);
            spent += taken;
        }
        for (std::size_t i = 0; i < kernels.size(); ++i) ratios[i].push_back(rates[i].back() / rates.back().back());
    }
    std::vector<Measured> out;
    for (std::size_t i = 0; i < kernels.size(); ++i) out.push_back({median(rates[i]), median(ratios[i])});
    return out;
}

} // namespace parlour::host::cli
