#include "playouts.hpp"

namespace mcts {

namespace {

// A random game longer than this is judged by the game's estimate.
constexpr std::uint32_t most_plies = 2000;

} // namespace

Playouts::Playouts(const parlour::GameRef &game, std::uint32_t count)
    : game_(&game), count_(count), players_(game.players()), scratch_(game.state_size()) {
    const float span = game.info().util_max - game.info().util_min;
    factor_ = span > 0 ? 2 / span : 0.0f;
    shift_ = span > 0 ? -1 - game.info().util_min * factor_ : 0.0f;
    if (game.playout() == nullptr) moves_.resize(std::max(1u, game.info().max_moves));
}

void Playouts::run(void *state, parlour::Turn turn, parlour::Rng &rng, Values &values) {
    if (count_ == 1) {
        play_one(state, turn, rng, values);
        return;
    }
    Values sum{};
    for (std::uint32_t i = 0; i < count_; ++i) {
        std::memcpy(scratch_.data(), state, game_->state_size());
        play_one(scratch_.data(), turn, rng, values);
        for (std::uint32_t p = 0; p < players_; ++p) sum[p] += values[p];
    }
    for (std::uint32_t p = 0; p < players_; ++p) values[p] = sum[p] / static_cast<float>(count_);
}

void Playouts::play_one(void *state, parlour::Turn turn, parlour::Rng &rng, Values &values) {
    if (const auto *table = game_->playout()) [[likely]] {
        table->playout(game_->self(), state, &rng.raw, most_plies, values.data());
        scale(values);
        return;
    }
    const auto capacity = static_cast<std::uint32_t>(moves_.size());
    for (std::uint32_t ply = 0; !turn.is_over() && ply < most_plies; ++ply) {
        parlour::Move move;
        if (turn.is_chance()) {
            move = game_->chance()->sample(game_->self(), state, &rng.raw);
        } else {
            const std::uint32_t n = game_->legal(state, moves_.data(), capacity);
            if (n == 0 || n > capacity) break;
            move = moves_[rng.below(n)];
        }
        turn = game_->apply(state, move);
    }
    if (turn.is_over()) {
        outcome(turn, state, values);
        return;
    }
    for (std::uint32_t p = 0; p < players_; ++p) {
        values[p] = 0;
        if (game_->eval() == nullptr || turn.is_chance()) continue;
        const auto eval = static_cast<float>(game_->eval()->eval(game_->self(), state, p));
        values[p] = eval / (1000 + std::abs(eval));
    }
}

} // namespace mcts
