// Alpha-beta for games of one player, or of two whose utilities add up to zero, with or without chance.
//
// Principal-variation search (Marsland 1986) on fail-soft alpha-beta (Knuth, Moore 1975) with a transposition table,
// killer moves, history, the game's own move order and quiescence by its noisy moves. Chance nodes by expectation
// with the windows of Star1 (Ballard 1983). The sign of a value comes from the player to move, never from the ply:
// one player may move several times in a row.
//
// What is proven: every value carries which of its sides rests on finished games only (score.hpp). Games whose
// outcome depends on history that the hash leaves out (PARLOUR_GAME_PATH_DEPENDENT) use the table for values and
// moves, but take no proof from it: the same position may end otherwise on another way.
#pragma once

#include "table.hpp"
#include "tree_search.hpp"

#include <array>

namespace minimax {

class AlphaBeta final : public TreeSearch {
public:
    // `game`, `evaluator`, `budget` and `table` outlive this object. Without `table` it is plain alpha-beta: no
    // table, no ordering beyond the game's list of moves, no quiescence.
    AlphaBeta(const parlour::GameRef &game, Evaluator &evaluator, Budget &budget, TranspositionTable *table);

    bool has_windows() const override { return true; }
    Score child(const void *root, parlour::Move move, std::uint32_t depth, std::int32_t alpha,
                std::int32_t beta) override;
    std::span<const parlour::Move> line() const override;
    parlour::Move known_move(const void *state) const override;

    // Forgets killers and history: a new search begins.
    void reset();

private:
    static constexpr std::uint32_t line_capacity = 64, history_size = 4096;

    // What a ply needs; the arrays of all plies lie one behind the other.
    struct Frame {
        std::byte *state;
        parlour::Move *moves;
        std::int32_t *order;
        float *probabilities; // null where the game has no chance
        parlour::Move killers[2];
        std::uint32_t n_line;
        std::array<parlour::Move, line_capacity> line;
    };

    template <bool Full>
    Score visit(parlour::Turn turn, Frame &frame, std::uint32_t depth, std::uint32_t viewer, std::int32_t alpha,
                std::int32_t beta);
    template <bool Full>
    Score play(const Frame &from, parlour::Move move, std::uint32_t depth, std::uint32_t viewer, std::int32_t alpha,
               std::int32_t beta);
    template <bool Full>
    Score chance(Frame &frame, std::uint32_t depth, std::uint32_t viewer, std::int32_t alpha, std::int32_t beta);
    Score plain(Frame &frame, std::uint32_t depth, std::uint32_t player, std::int32_t alpha, std::int32_t beta);
    Score full(Frame &frame, std::uint32_t depth, std::uint32_t player, std::int32_t alpha, std::int32_t beta);
    Score quiesce(Frame &frame, std::uint32_t player, std::int32_t alpha, std::int32_t beta);

    std::uint32_t legal(const Frame &frame) const;
    void order(Frame &frame, std::uint32_t n, std::uint32_t player, parlour::Move best);
    void remember(Frame &frame, std::uint32_t player, parlour::Move move, std::uint32_t depth);
    static void extend_line(Frame &frame, parlour::Move move);
    bool is_last(const Frame &frame) const { return &frame + 2 >= frames_.data() + frames_.size(); }
    std::uint32_t history_index(parlour::Move move) const {
        return small_moves_ ? move : static_cast<std::uint32_t>((move * 0x9e3779b1u) >> 20);
    }

    const parlour::GameRef &game_;
    Evaluator &evaluator_;
    Budget &budget_;
    TranspositionTable *table_;
    std::size_t stride_;
    std::uint32_t capacity_; // moves a ply
    bool small_moves_, noisy_, trust_proofs_;
    parlour::StateBuffer states_;
    std::vector<parlour::Move> moves_;
    std::vector<std::int32_t> order_;
    std::vector<std::int16_t> hints_; // scratch of order()
    std::vector<float> probabilities_;
    std::vector<Frame> frames_;
    std::vector<std::array<std::uint32_t, history_size>> history_;
};

} // namespace minimax
