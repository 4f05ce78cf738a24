#include "host/match/elo.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace parlour::host {

namespace {

// The difference in strength at which a score of `share` (0..1) is expected.
double elo_of(double share) {
    constexpr double endless = std::numeric_limits<double>::infinity();
    if (share <= 0) return -endless;
    if (share >= 1) return endless;
    return -400 * std::log10(1 / share - 1);
}

constexpr double two_sided_95 = 1.959963984540054;

} // namespace

EloEstimate estimate_elo(std::uint64_t wins, std::uint64_t draws, std::uint64_t losses) {
    EloEstimate out;
    const std::uint64_t games = wins + draws + losses;
    if (games == 0) return out;
    const double w = static_cast<double>(wins), d = static_cast<double>(draws), l = static_cast<double>(losses);
    const double n = static_cast<double>(games);
    const double mean = (w + d / 2) / n;
    const double variance = (w * (1 - mean) * (1 - mean) + d * (0.5 - mean) * (0.5 - mean) + l * mean * mean) / n;
    const double deviation = two_sided_95 * std::sqrt(variance / n);
    out.elo = elo_of(mean);
    out.low = elo_of(mean - deviation);
    out.high = elo_of(mean + deviation);
    out.error = std::isfinite(out.low) && std::isfinite(out.high) ? (out.high - out.low) / 2
                                                                  : std::numeric_limits<double>::infinity();
    if (wins + losses > 0) out.los = 0.5 * (1 + std::erf((w - l) / std::sqrt(2 * (w + l))));
    return out;
}

} // namespace parlour::host
