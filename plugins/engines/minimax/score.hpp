// What a search says of a position: a value, and which side of it is proven.
#pragma once

#include <algorithm>
#include <cstdint>

namespace minimax {

// Values are whole numbers, so that bounds compare exactly: `score_one` is the best utility of the game, -score_one
// the worst, 0 the middle. Evaluations stay strictly inside.
constexpr std::int32_t score_one = 1'000'000'000;

// Score.proof. A side is proven when the part of the tree that yields it reached finished games only.
enum : std::uint32_t {
    proof_none = 0,
    proof_lower = 1, // the true value is at least `value`
    proof_upper = 2, // the true value is at most `value`
    proof_exact = 3
};

// A value from the view of one player, with what is proven about it.
struct Score {
    std::int32_t value = 0;
    std::uint32_t proof = proof_none;

    constexpr bool exact() const { return proof == proof_exact; }
    // The same from the view of the opponent: the sides swap.
    constexpr Score flipped() const { return {-value, ((proof & 1) << 1) | (proof >> 1)}; }
    // Nothing is better than the best utility or worse than the worst: that side needs no search.
    constexpr Score with_limits() const {
        Score all = *this;
        if (value >= score_one) all.proof |= proof_upper;
        if (value <= -score_one) all.proof |= proof_lower;
        return all;
    }
};

// The value in [-1, 1] that the host is given.
constexpr float to_float(std::int32_t value) {
    return static_cast<float>(static_cast<double>(value) / score_one);
}

// A number in [-1, 1] as a value; what is no number becomes the middle.
constexpr std::int32_t from_unit(double unit) {
    if (!(unit >= -1)) return unit < -1 ? -score_one : 0;
    const double scaled = std::min(unit, 1.0) * score_one;
    return static_cast<std::int32_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

} // namespace minimax
