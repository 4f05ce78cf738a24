// The arithmetic of match results between two engines: Elo difference, its error, likelihood of superiority.
#pragma once

#include <cstdint>

namespace parlour::host {

struct EloEstimate {
    double elo = 0;           // +-infinity when one side made all points
    double low = 0, high = 0; // the 95 % interval; may be infinite
    double error = 0;         // half its width; infinite when a bound is
    double los = 0.5;         // likelihood of superiority, 0..1
};

// From one side's wins, draws and losses. The expected score s gives elo = -400 log10(1/s - 1); the interval is that
// of s +- 1.96 standard errors, from the sample variance of the games' scores (the usual trinomial estimate, as
// printed by cutechess and fastchess). los = (1 + erf((w - l) / sqrt(2 (w + l)))) / 2. All zero: no estimate, los
// 0.5.
EloEstimate estimate_elo(std::uint64_t wins, std::uint64_t draws, std::uint64_t losses);

} // namespace parlour::host
