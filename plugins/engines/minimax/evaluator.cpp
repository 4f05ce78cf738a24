#include "evaluator.hpp"

namespace minimax {

namespace {

constexpr std::uint32_t playout_plies = 1000; // a random game longer than this is called even

} // namespace

void Evaluator::leaf(const void *state, std::int32_t *values) {
    const std::uint32_t players = game_->players();
    if (leaf_ != Leaf::playouts) {
        for (std::uint32_t p = 0; p < players; ++p) values[p] = leaf(state, p);
        return;
    }
    std::array<double, PARLOUR_MAX_PLAYERS> sum{};
    parlour::Rng rng{{seed_ ^ game_->hash(state)}};
    for (std::uint32_t i = 0; i < playouts_; ++i) {
        std::array<float, PARLOUR_MAX_PLAYERS> util;
        util.fill(static_cast<float>(middle_));
        std::memcpy(scratch_.data(), state, game_->state_size());
        if (const auto *playout = game_->playout()) {
            playout->playout(game_->self(), scratch_.data(), &rng.raw, playout_plies, util.data());
        } else {
            parlour::Turn turn = game_->turn(scratch_.data());
            moves_.resize(game_->info().max_moves);
            for (std::uint32_t ply = 0; !turn.is_over() && ply < playout_plies; ++ply) {
                const std::uint32_t n =
                    game_->legal(scratch_.data(), moves_.data(), static_cast<std::uint32_t>(moves_.size()));
                if (n == 0 || n > moves_.size()) break;
                const parlour::Move move = turn.is_chance()
                                               ? game_->chance()->sample(game_->self(), scratch_.data(), &rng.raw)
                                               : moves_[rng.below(n)];
                turn = game_->apply(scratch_.data(), move);
            }
            if (turn.is_over() && !turn.is_fault()) game_->outcome(scratch_.data(), util.data());
        }
        for (std::uint32_t p = 0; p < players; ++p) sum[p] += static_cast<double>(value_of(util[p]));
    }
    for (std::uint32_t p = 0; p < players; ++p) {
        values[p] = static_cast<std::int32_t>(sum[p] * 0.99 / static_cast<double>(playouts_));
    }
}

} // namespace minimax
