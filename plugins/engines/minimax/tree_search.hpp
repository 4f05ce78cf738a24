// What the driver of the iterations needs of a tree search: the value of one root move. AlphaBeta and MaxN are the
// two.
#pragma once

#include "budget.hpp"
#include "evaluator.hpp"
#include "score.hpp"

#include <span>

namespace minimax {

constexpr std::uint32_t most_plies = 512; // no line is followed further

// The outcomes of a chance node with probabilities that add up to one; returns how many, 0 if the rules failed.
inline std::uint32_t chance_outcomes(const parlour::GameRef &game, const void *state, parlour::Move *moves,
                                     float *probabilities, std::uint32_t capacity) {
    const auto *table = game.chance();
    if (table == nullptr) return 0;
    const std::uint32_t n = table->outcomes(game.self(), state, moves, probabilities, capacity);
    if (n > capacity) return 0;
    float total = 0;
    for (std::uint32_t i = 0; i < n; ++i) total += probabilities[i];
    if (!(total > 0)) return 0;
    for (std::uint32_t i = 0; i < n; ++i) probabilities[i] /= total;
    return n;
}

// How many plies a search keeps room for: most_plies, fewer where positions are very big.
inline std::uint32_t plies_for(const parlour::GameRef &game) {
    constexpr std::size_t most_bytes = 64u << 20;
    const std::size_t each = game.state_size() + 16 + std::size_t{game.info().max_moves} * 12;
    return static_cast<std::uint32_t>(std::clamp<std::size_t>(most_bytes / each, 64, most_plies));
}

class TreeSearch {
public:
    virtual ~TreeSearch() = default;

    // Whether alpha and beta save anything; otherwise child() is always exact.
    virtual bool has_windows() const = 0;

    // The value, for the player to move at `root`, of playing `move` there and searching `depth` plies further.
    // Fail-soft: a value <= alpha is an upper bound, a value >= beta a lower one. Meaningless when the budget has
    // stopped.
    virtual Score child(const void *root, parlour::Move move, std::uint32_t depth, std::int32_t alpha,
                        std::int32_t beta) = 0;

    // The line that the last child() expects, without the root move.
    virtual std::span<const parlour::Move> line() const = 0;

    // The best move of a position where an earlier search left one, else PARLOUR_MOVE_NONE; it may be illegal.
    virtual parlour::Move known_move(const void *) const { return PARLOUR_MOVE_NONE; }
};

} // namespace minimax
