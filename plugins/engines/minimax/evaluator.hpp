// What positions are worth where the search ends: outcomes of finished games, evaluations of the others.
#pragma once

#include "score.hpp"

#include <parlour/game_ref.hpp>

#include <array>

namespace minimax {

// How unfinished positions at the horizon are judged.
enum class Leaf {
    zero,    // all even
    eval,    // by the game's evaluation; even where the game has none
    playouts // by the mean of a few random games
};

class Evaluator {
public:
    Evaluator() = default;
    // `game` outlives the evaluator. `playouts` random games a leaf, drawn from `seed` and the position, so that the
    // same position is always judged the same.
    Evaluator(const parlour::GameRef &game, Leaf leaf, std::uint32_t playouts)
        : game_(&game), leaf_(leaf), playouts_(playouts), scratch_(game.state_size()) {
        if (leaf_ == Leaf::eval && game.eval() == nullptr) leaf_ = Leaf::zero;
        const double span = static_cast<double>(game.info().util_max) - static_cast<double>(game.info().util_min);
        middle_ = (static_cast<double>(game.info().util_max) + static_cast<double>(game.info().util_min)) / 2;
        factor_ = span > 0 ? 2.0 / span : 0.0;
    }

    void set_seed(std::uint64_t seed) { seed_ = seed; }
    Leaf leaf_kind() const { return leaf_; }

    // A finished game. A fault of the rules counts as even and proves nothing.
    Score finished(parlour::Turn turn, const void *state, std::uint32_t player) const {
        if (turn.is_fault()) [[unlikely]]
            return {};
        std::array<float, PARLOUR_MAX_PLAYERS> util;
        game_->outcome(state, util.data());
        return {value_of(util[player]), proof_exact};
    }
    // The same for every player; false for a fault.
    bool finished(parlour::Turn turn, const void *state, std::int32_t *values) const {
        std::array<float, PARLOUR_MAX_PLAYERS> util{};
        if (!turn.is_fault()) game_->outcome(state, util.data());
        for (std::uint32_t p = 0; p < game_->players(); ++p) values[p] = turn.is_fault() ? 0 : value_of(util[p]);
        return !turn.is_fault();
    }

    // An unfinished position, not at a chance node, for one player: strictly inside +-score_one.
    std::int32_t leaf(const void *state, std::uint32_t player) {
        if (leaf_ == Leaf::zero) return 0;
        if (leaf_ == Leaf::eval) return squash(game_->eval()->eval(game_->self(), state, player));
        std::array<std::int32_t, PARLOUR_MAX_PLAYERS> values;
        leaf(state, values.data());
        return values[player];
    }
    // The same for every player.
    void leaf(const void *state, std::int32_t *values);

private:
    std::int32_t value_of(float util) const { return from_unit((static_cast<double>(util) - middle_) * factor_); }

    // 0 -> 0, 1000 (a game's worth of advantage) -> about a half, never quite one.
    static std::int32_t squash(std::int32_t eval) {
        const std::int64_t e = std::clamp(eval, -PARLOUR_EVAL_LIMIT, PARLOUR_EVAL_LIMIT);
        return static_cast<std::int32_t>(e * (score_one / 100 * 99) / (1000 + (e < 0 ? -e : e)));
    }

    const parlour::GameRef *game_ = nullptr;
    Leaf leaf_ = Leaf::zero;
    std::uint32_t playouts_ = 1;
    std::uint64_t seed_ = 0;
    double middle_ = 0, factor_ = 1;
    parlour::StateBuffer scratch_{16};
    std::vector<parlour::Move> moves_;
};

} // namespace minimax
