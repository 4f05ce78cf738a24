// The iterations: ever deeper searches of the root moves, until the budget is spent or nothing is left to find out.
#pragma once

#include "tree_search.hpp"

namespace minimax {

// A move of the root and what is known of it, for the player to move.
struct RootMove {
    parlour::Move move = PARLOUR_MOVE_NONE;
    Score score;             // of the last iteration that reached it; of those behind the best an upper bound only
    std::uint64_t nodes = 0; // spent on it in all iterations
    std::vector<parlour::Move> line;
};

struct RootPlan {
    std::vector<parlour::Move> moves; // at least one; the first is taken if there is no time for any
    std::uint32_t lines = 1;          // how many of them get their exact value
    std::uint32_t most_depth = 1;     // plies
};

struct RootResult {
    std::vector<RootMove> moves; // best first; the first `lines` with exact values
    std::uint32_t depth = 0;     // the last finished iteration
    bool has_value = false;      // whether the first move's score means something
    bool proven = false;         // whether it is exact
};

// Searches the position of `search`. Stops by itself when every line is proven, or the best one is won. A lost
// position keeps the move that was last found lost: the longest resistance.
RootResult iterate(const parlour::Search &search, TreeSearch &tree, const Budget &budget, const RootPlan &plan);

// Perfect-information Monte Carlo (Levy 1989; Long, Sturtevant, Buro, Furtak 2010) for hidden information: the root
// moves are searched in `samples` full positions that fit the view, and their values averaged. Nothing is proven so.
// The result has the values of all moves.
RootResult iterate_samples(const parlour::Search &search, TreeSearch &tree, const Budget &budget,
                           const RootPlan &plan, std::uint32_t samples);

} // namespace minimax
