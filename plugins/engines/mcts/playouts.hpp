// Random games from a position to its end, and outcomes as values.
#pragma once

#include <parlour/game_ref.hpp>

#include <array>

namespace mcts {

// One value a player, each in [-1, 1].
using Values = std::array<float, PARLOUR_MAX_PLAYERS>;

class Playouts {
public:
    Playouts() = default;
    // `game` outlives this object. Each leaf is judged by the mean of `count` games.
    Playouts(const parlour::GameRef &game, std::uint32_t count);

    // Judges an unfinished position; plays in `state` itself, which is spoilt.
    void run(void *state, parlour::Turn turn, parlour::Rng &rng, Values &values);

    // The outcome of a finished game. A fault of the rules counts as even.
    void outcome(parlour::Turn turn, const void *state, Values &values) const {
        if (turn.is_fault()) [[unlikely]] {
            values.fill(0);
            return;
        }
        game_->outcome(state, values.data());
        scale(values);
    }

private:
    void play_one(void *state, parlour::Turn turn, parlour::Rng &rng, Values &values);
    void scale(Values &values) const {
        for (std::uint32_t p = 0; p < players_; ++p) {
            const float value = values[p] * factor_ + shift_;
            values[p] = value >= -1 ? std::min(value, 1.0f) : value < -1 ? -1.0f : 0.0f; // 0 for what is no number
        }
    }

    const parlour::GameRef *game_ = nullptr;
    std::uint32_t count_ = 1, players_ = 0;
    float factor_ = 1, shift_ = 0;
    parlour::StateBuffer scratch_{16};
    std::vector<parlour::Move> moves_;
};

} // namespace mcts
