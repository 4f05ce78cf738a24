// How benchmarks measure: processor time of this thread, ways of doing the same thing in turn (A B A B ...), medians
// of rates and of ratios taken within one round, so that a busy machine disturbs both alike.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace parlour::host::cli {

// Seconds of processor time that this thread has used.
double thread_seconds();

// The middle value; the mean of the middle two for an even number; 0 for none.
double median(std::vector<double> values);

// One way of doing a thing: does `count` of them.
using Kernel = std::function<void(std::uint64_t count)>;

struct Measured {
    double per_second = 0; // median over the rounds
    double ratio = 0;      // median of this kernel's rate over the last kernel's, within a round; 1 for the last
};

// Runs kernels in turn for about `seconds` of processor time in all, at least three rounds.
std::vector<Measured> measure_in_turn(const std::vector<Kernel> &kernels, double seconds);

} // namespace parlour::host::cli
