#include "max_n.hpp"

namespace minimax {

using parlour::Move;
using parlour::Turn;

MaxN::MaxN(const parlour::GameRef &game, Evaluator &evaluator, Budget &budget)
    : game_(game),
      evaluator_(evaluator),
      budget_(budget),
      players_(game.players()),
      capacity_(std::max(1u, game.info().max_moves)) {
    const std::uint32_t plies = plies_for(game) + 2;
    states_ = parlour::StateBuffer(game.state_size(), plies);
    moves_.resize(std::size_t{plies} * capacity_);
    if (game.chance() != nullptr) probabilities_.resize(std::size_t{plies} * capacity_);
    frames_.resize(plies);
    for (std::size_t ply = 0; ply < plies; ++ply) {
        Frame &frame = frames_[ply];
        frame.state = static_cast<std::byte *>(states_.at(ply));
        frame.moves = moves_.data() + ply * capacity_;
        frame.probabilities = probabilities_.empty() ? nullptr : probabilities_.data() + ply * capacity_;
        frame.n_line = 0;
    }
}

Score MaxN::child(const void *root, Move move, std::uint32_t depth, std::int32_t, std::int32_t) {
    const std::uint32_t viewer = game_.turn(root).player();
    std::memcpy(frames_[0].state, root, game_.state_size());
    const bool proven = play(frames_[0], move, depth);
    return {frames_[1].values[viewer], proven ? proof_exact : proof_none};
}

// Fills the values of the next frame with what the move leads to; whether they are proven.
bool MaxN::play(Frame &from, Move move, std::uint32_t depth) {
    Frame &next = (&from)[1];
    next.n_line = 0;
    next.values.fill(0);
    if (!budget_.spend()) return false;
    parlour::copy_state(next.state, from.state, states_.stride());
    const Turn turn = game_.apply(next.state, move);
    if (turn.is_over()) return evaluator_.finished(turn, next.state, next.values.data());
    const bool last = &next + 1 == frames_.data() + frames_.size();
    if (turn.is_chance()) return !last && chance(next, depth);
    if (depth > 0 && !last) return choose(next, depth, turn.player());
    evaluator_.leaf(next.state, next.values.data());
    return false;
}

bool MaxN::choose(Frame &frame, std::uint32_t depth, std::uint32_t player) {
    if (budget_.stopped()) return false;
    const std::uint32_t n = game_.legal(frame.state, frame.moves, capacity_);
    if (n == 0 || n > capacity_) return false;
    const Frame &next = (&frame)[1];
    bool proven = true;
    for (std::uint32_t i = 0; i < n; ++i) {
        const bool child_proven = play(frame, frame.moves[i], depth - 1);
        if (budget_.has_stopped()) return false;
        proven = proven && child_proven;
        if (i > 0 && next.values[player] <= frame.values[player]) continue;
        frame.values = next.values;
        frame.line[0] = frame.moves[i];
        frame.n_line = std::min(next.n_line + 1, line_capacity);
        std::copy_n(next.line.data(), frame.n_line - 1, frame.line.data() + 1);
        if (frame.values[player] == score_one) break;
    }
    return proven;
}

bool MaxN::chance(Frame &frame, std::uint32_t depth) {
    if (budget_.stopped()) return false;
    const std::uint32_t n = chance_outcomes(game_, frame.state, frame.moves, frame.probabilities, capacity_);
    std::array<double, PARLOUR_MAX_PLAYERS> sum{};
    bool proven = n > 0;
    for (std::uint32_t i = 0; i < n; ++i) {
        const bool child_proven = play(frame, frame.moves[i], depth);
        if (budget_.has_stopped()) return false;
        proven = proven && child_proven;
        for (std::uint32_t p = 0; p < players_; ++p) {
            sum[p] += static_cast<double>(frame.probabilities[i]) * (&frame)[1].values[p];
        }
    }
    for (std::uint32_t p = 0; p < players_; ++p) frame.values[p] = from_unit(sum[p] / score_one);
    return proven;
}

} // namespace minimax
