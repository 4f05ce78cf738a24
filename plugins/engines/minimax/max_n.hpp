// Max^n (Luckhardt, Irani 1986) for three players and more, or two whose utilities do not add up to zero: every value
// is a vector, and whoever is to move takes the vector that is best for them; between equal ones the first. Chance
// nodes by expectation. Bounds prune nothing here, but a move that brings a player the best utility of the game ends
// the looking.
#pragma once

#include "tree_search.hpp"

#include <array>

namespace minimax {

class MaxN final : public TreeSearch {
public:
    // `game`, `evaluator` and `budget` outlive this object.
    MaxN(const parlour::GameRef &game, Evaluator &evaluator, Budget &budget);

    bool has_windows() const override { return false; }
    Score child(const void *root, parlour::Move move, std::uint32_t depth, std::int32_t alpha,
                std::int32_t beta) override;
    std::span<const parlour::Move> line() const override { return {frames_[1].line.data(), frames_[1].n_line}; }

private:
    static constexpr std::uint32_t line_capacity = 64;

    struct Frame {
        std::byte *state;
        parlour::Move *moves;
        float *probabilities;
        std::array<std::int32_t, PARLOUR_MAX_PLAYERS> values; // what the position of this ply is worth to each
        std::uint32_t n_line;
        std::array<parlour::Move, line_capacity> line;
    };

    bool play(Frame &from, parlour::Move move, std::uint32_t depth);
    bool choose(Frame &frame, std::uint32_t depth, std::uint32_t player);
    bool chance(Frame &frame, std::uint32_t depth);

    const parlour::GameRef &game_;
    Evaluator &evaluator_;
    Budget &budget_;
    std::uint32_t players_, capacity_;
    parlour::StateBuffer states_;
    std::vector<parlour::Move> moves_;
    std::vector<float> probabilities_;
    std::vector<Frame> frames_;
};

} // namespace minimax
