#include "alpha_beta.hpp"

#include <cmath>

namespace minimax {

using parlour::Move;
using parlour::Turn;

namespace {

constexpr std::int32_t unknown = -score_one - 1; // below every value

} // namespace

AlphaBeta::AlphaBeta(const parlour::GameRef &game, Evaluator &evaluator, Budget &budget, TranspositionTable *table)
    : game_(game),
      evaluator_(evaluator),
      budget_(budget),
      table_(table),
      capacity_(std::max(1u, game.info().max_moves)),
      small_moves_(game.info().move_space > 0 && game.info().move_space <= history_size),
      noisy_(game.hints() != nullptr && game.hints()->noisy != nullptr && evaluator.leaf_kind() == Leaf::eval),
      trust_proofs_(!game.has(PARLOUR_GAME_PATH_DEPENDENT)) {
    const std::uint32_t plies = plies_for(game) + 2;
    states_ = parlour::StateBuffer(game.state_size(), plies);
    stride_ = states_.stride();
    moves_.resize(std::size_t{plies} * capacity_);
    order_.resize(std::size_t{plies} * capacity_);
    hints_.resize(capacity_);
    if (game.chance() != nullptr) probabilities_.resize(std::size_t{plies} * capacity_);
    frames_.resize(plies);
    for (std::size_t ply = 0; ply < plies; ++ply) {
        Frame &frame = frames_[ply];
        frame.state = static_cast<std::byte *>(states_.at(ply));
        frame.moves = moves_.data() + ply * capacity_;
        frame.order = order_.data() + ply * capacity_;
        frame.probabilities = probabilities_.empty() ? nullptr : probabilities_.data() + ply * capacity_;
    }
    history_.resize(game.players());
    reset();
}

void AlphaBeta::reset() {
    for (Frame &frame : frames_) {
        frame.killers[0] = frame.killers[1] = PARLOUR_MOVE_NONE;
        frame.n_line = 0;
    }
    for (auto &of_player : history_) of_player.fill(0);
}

std::span<const Move> AlphaBeta::line() const {
    return {frames_[1].line.data(), frames_[1].n_line};
}

Move AlphaBeta::known_move(const void *state) const {
    Entry known;
    return table_ != nullptr && table_->probe(game_.hash(state), known) ? known.move : PARLOUR_MOVE_NONE;
}

Score AlphaBeta::child(const void *root, Move move, std::uint32_t depth, std::int32_t alpha, std::int32_t beta) {
    const std::uint32_t viewer = game_.turn(root).player();
    std::memcpy(frames_[0].state, root, game_.state_size());
    frames_[1].n_line = 0;
    return table_ != nullptr ? play<true>(frames_[0], move, depth, viewer, alpha, beta)
                             : play<false>(frames_[0], move, depth, viewer, alpha, beta);
}

// The value of a move for `viewer`, who plays it.
template <bool Full>
inline Score AlphaBeta::play(const Frame &from, Move move, std::uint32_t depth, std::uint32_t viewer,
                             std::int32_t alpha, std::int32_t beta) {
    if (!budget_.spend()) [[unlikely]]
        return {};
    Frame &next = const_cast<Frame *>(&from)[1];
    parlour::copy_state(next.state, from.state, stride_);
    return visit<Full>(game_.apply(next.state, move), next, depth, viewer, alpha, beta);
}

// The value of a position for `viewer`, whoever is to move.
template <bool Full>
inline Score AlphaBeta::visit(Turn turn, Frame &frame, std::uint32_t depth, std::uint32_t viewer, std::int32_t alpha,
                              std::int32_t beta) {
    frame.n_line = 0;
    if (turn.is_over()) return evaluator_.finished(turn, frame.state, viewer);
    if (turn.is_chance()) [[unlikely]]
        return chance<Full>(frame, depth, viewer, alpha, beta);
    const std::uint32_t player = turn.player();
    const bool mine = player == viewer;
    const std::int32_t low = mine ? alpha : -beta, high = mine ? beta : -alpha;
    Score score;
    if (depth == 0) {
        if (Full && noisy_)
            score = quiesce(frame, player, low, high);
        else
            score.value = evaluator_.leaf(frame.state, player);
    } else if constexpr (Full) {
        score = full(frame, depth, player, low, high);
    } else {
        score = plain(frame, depth, player, low, high);
    }
    return mine ? score : score.flipped();
}

// Expectation over the outcomes. A chance node costs no depth: it has no evaluation of its own. Star1: an outcome
// needs to be known only as far as the best and the worst of the outcomes left could still bring the sum into the
// window.
template <bool Full>
Score AlphaBeta::chance(Frame &frame, std::uint32_t depth, std::uint32_t viewer, std::int32_t alpha,
                        std::int32_t beta) {
    if (budget_.stopped() || is_last(frame)) return {};
    const std::uint32_t n = chance_outcomes(game_, frame.state, frame.moves, frame.probabilities, capacity_);
    constexpr double one = score_one;
    double done = 0, rest = 1;
    std::uint32_t proof = n > 0 ? proof_exact : proof_none;
    for (std::uint32_t i = 0; i < n; ++i) {
        const double p = static_cast<double>(frame.probabilities[i]);
        rest = i + 1 == n ? 0.0 : rest - p;
        const double low = std::clamp(std::floor((alpha - done - rest * one) / p), -one, one);
        const double high = std::clamp(std::ceil((beta - done + rest * one) / p), -one, one);
        const Score score = play<Full>(frame, frame.moves[i], depth, viewer, static_cast<std::int32_t>(low),
                                       static_cast<std::int32_t>(high));
        if (budget_.has_stopped()) return {};
        done += p * score.value;
        proof &= score.proof;
        if (score.value <= low && low > -one) {
            return {from_unit(std::ceil(done + rest * one) / one), proof & proof_upper};
        }
        if (score.value >= high && high < one) {
            return {from_unit(std::floor(done - rest * one) / one), proof & proof_lower};
        }
    }
    return {from_unit(done / one), proof};
}

std::uint32_t AlphaBeta::legal(const Frame &frame) const {
    const std::uint32_t n = game_.legal(frame.state, frame.moves, capacity_);
    return n <= capacity_ ? n : 0; // more is a fault of the rules
}

void AlphaBeta::extend_line(Frame &frame, Move move) {
    const Frame &next = (&frame)[1];
    frame.line[0] = move;
    frame.n_line = std::min(next.n_line + 1, line_capacity);
    std::copy_n(next.line.data(), frame.n_line - 1, frame.line.data() + 1);
}

// Alpha-beta and nothing else.
Score AlphaBeta::plain(Frame &frame, std::uint32_t depth, std::uint32_t player, std::int32_t alpha,
                       std::int32_t beta) {
    if (budget_.stopped()) return {};
    if (is_last(frame)) return {evaluator_.leaf(frame.state, player), proof_none};
    const std::uint32_t n = legal(frame);
    if (n == 0) return {};
    std::int32_t best = unknown;
    std::uint32_t lower = proof_none, upper = proof_upper;
    for (std::uint32_t i = 0; i < n; ++i) {
        const Score score = play<false>(frame, frame.moves[i], depth - 1, player, alpha, beta);
        if (budget_.has_stopped()) [[unlikely]]
            return {};
        upper &= score.proof;
        if (score.value < best) continue;
        lower = (score.value > best ? 0 : lower) | (score.proof & proof_lower);
        best = score.value;
        if (best > alpha) {
            extend_line(frame, frame.moves[i]);
            alpha = best;
            if (alpha >= beta) {
                upper = proof_none;
                break;
            }
        }
    }
    return Score{best, lower | upper}.with_limits();
}

Score AlphaBeta::full(Frame &frame, std::uint32_t depth, std::uint32_t player, std::int32_t alpha,
                      std::int32_t beta) {
    // 1. Stop, or no room for further plies.
    if (budget_.stopped()) return {};
    if (is_last(frame)) return {evaluator_.leaf(frame.state, player), proof_none};

    // 2. What is known already; the moves are listed while the table's line is on its way from memory.
    const std::uint64_t key = game_.hash(frame.state);
    table_->prefetch(key);
    const std::uint32_t n = legal(frame);
    if (n == 0) return {};
    Entry known;
    if (table_->probe(key, known)) {
        if (!trust_proofs_) known.score.proof = proof_none;
        const bool deep = known.depth >= depth;
        const bool lower = (deep && (known.bound & bound_lower)) || (known.score.proof & proof_lower);
        const bool upper = (deep && (known.bound & bound_upper)) || (known.score.proof & proof_upper);
        if ((lower && upper) || (lower && known.score.value >= beta) || (upper && known.score.value <= alpha)) {
            frame.line[0] = known.move;
            frame.n_line = known.move != PARLOUR_MOVE_NONE ? 1 : 0;
            return known.score;
        }
    }

    // 3. The most promising first.
    order(frame, n, player, known.move);

    // 4. The first move with the whole window, the others only as far as to show that they are not better.
    const std::int32_t old_alpha = alpha;
    std::int32_t best = unknown;
    Move best_move = PARLOUR_MOVE_NONE;
    std::uint32_t lower_proof = proof_none, upper_proof = proof_upper;
    for (std::uint32_t i = 0; i < n; ++i) {
        const auto next =
            static_cast<std::uint32_t>(std::max_element(frame.order + i, frame.order + n) - frame.order);
        std::swap(frame.order[i], frame.order[next]);
        std::swap(frame.moves[i], frame.moves[next]);
        const Move move = frame.moves[i];

        Score score = play<true>(frame, move, depth - 1, player, alpha, i == 0 ? beta : alpha + 1);
        if (i > 0 && score.value > alpha && score.value < beta && !budget_.has_stopped()) {
            score = play<true>(frame, move, depth - 1, player, alpha, beta);
        }
        if (budget_.has_stopped()) [[unlikely]]
            return {};

        upper_proof &= score.proof;
        if (score.value < best) continue;
        lower_proof = (score.value > best ? 0 : lower_proof) | (score.proof & proof_lower);
        if (score.value == best) continue;
        best = score.value;
        best_move = move;
        if (best > alpha) {
            extend_line(frame, move);
            alpha = best;
            if (alpha >= beta) {
                upper_proof = proof_none;
                remember(frame, player, move, depth);
                break;
            }
        }
    }

    // 5. Keep it for other ways to the same position.
    const Score score = Score{best, lower_proof | upper_proof}.with_limits();
    const auto bound = static_cast<std::uint8_t>(best >= beta        ? bound_lower
                                                 : best <= old_alpha ? bound_upper
                                                                     : bound_exact);
    table_->store(key, {score, best_move, depth, bound});
    if (table_->crowded()) [[unlikely]]
        table_->grow([this] { return !budget_.stopped(); });
    return score;
}

// Beyond the horizon: only the moves after which an evaluation would mislead. Where these are all the legal moves
// (captures that are forced) the player cannot stand pat.
Score AlphaBeta::quiesce(Frame &frame, std::uint32_t player, std::int32_t alpha, std::int32_t beta) {
    const auto &hints = *game_.hints();
    const std::uint32_t n = hints.noisy(game_.self(), frame.state, frame.moves, capacity_);
    const bool quiet = n == 0 || n > capacity_ || is_last(frame);
    const bool forced = !quiet && game_.legal(frame.state, frame.moves, 0) == n;
    Score best{unknown, proof_none};
    if (!forced) {
        best.value = evaluator_.leaf(frame.state, player);
        if (quiet || best.value >= beta || budget_.stopped()) return best;
        alpha = std::max(alpha, best.value);
    }
    std::uint32_t upper_proof = forced ? proof_upper : proof_none;
    order(frame, n, player, PARLOUR_MOVE_NONE);
    for (std::uint32_t i = 0; i < n; ++i) {
        const auto next =
            static_cast<std::uint32_t>(std::max_element(frame.order + i, frame.order + n) - frame.order);
        std::swap(frame.order[i], frame.order[next]);
        std::swap(frame.moves[i], frame.moves[next]);
        const Score score = play<true>(frame, frame.moves[i], 0, player, alpha, beta);
        if (budget_.has_stopped()) [[unlikely]]
            return {};
        upper_proof &= score.proof;
        if (score.value <= best.value) continue;
        best = {score.value, score.proof & proof_lower};
        if (best.value > alpha) {
            extend_line(frame, frame.moves[i]);
            alpha = best.value;
            if (alpha >= beta) {
                upper_proof = proof_none;
                break;
            }
        }
    }
    best.proof |= upper_proof;
    return best.with_limits();
}

// Table move, killers, then the game's hint, and between equal hints what has caused cuts elsewhere.
void AlphaBeta::order(Frame &frame, std::uint32_t n, std::uint32_t player, Move best) {
    const auto *hints = game_.hints();
    if (hints != nullptr) hints->order(game_.self(), frame.state, frame.moves, n, hints_.data());
    const auto &history = history_[player];
    for (std::uint32_t i = 0; i < n; ++i) {
        const Move move = frame.moves[i];
        const std::int32_t hint = hints != nullptr ? hints_[i] * 32768 : 0;
        frame.order[i] = move == best               ? INT32_MAX
                         : move == frame.killers[0] ? INT32_MAX - 1
                         : move == frame.killers[1] ? INT32_MAX - 2
                                                    : hint + static_cast<std::int32_t>(history[history_index(move)]);
    }
}

// A move that made a cut: a killer of its ply, and a little more of its player's history (which stays below 32768).
void AlphaBeta::remember(Frame &frame, std::uint32_t player, Move move, std::uint32_t depth) {
    if (frame.killers[0] != move) {
        frame.killers[1] = frame.killers[0];
        frame.killers[0] = move;
    }
    std::uint32_t &history = history_[player][history_index(move)];
    const std::uint32_t bonus = std::min(depth * depth, 1024u);
    history += bonus - history * bonus / 32768;
}

} // namespace minimax
