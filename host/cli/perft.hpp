// Perft: the number of move sequences of a length, the usual check and benchmark of rules
// (chessprogramming.org/Perft). A sequence that ends the game earlier is not carried down: it is counted apart, as
// ended. Chance moves count like others.
#pragma once

#include "host/plugins/game.hpp"

#include <cstdint>
#include <vector>

namespace parlour::host::cli {

struct PerftCount {
    std::uint64_t leaves = 0; // sequences of the full length
    std::uint64_t ended = 0;  // games that were over before
};

struct PerftMove {
    Move move = PARLOUR_MOVE_NONE;
    PerftCount count;
};

struct PerftResult {
    PerftCount total;
    std::vector<PerftMove> moves; // in the order of the rules; empty at depth 0 and for a finished game
};

// Counts from a position, 0 to 1000 plies deep. A Problem when the rules report a fault on the way.
Result<PerftResult> perft(const Game &game, const StateBuffer &state, std::uint32_t depth);

} // namespace parlour::host::cli
