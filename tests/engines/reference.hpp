// The definition of what minimax and max^n compute, without bounds, tables or any cleverness: to be compared with.
#pragma once

#include <parlour/game_ref.hpp>

namespace parlour::test {

// The value in [-1, 1] to the player to move when everybody looks `depth` plies ahead and all positions at the
// horizon are even (or, with `evaluate`, worth e / (1000 + |e|) * 0.99 for an evaluation of e). Chance nodes by
// expectation; they cost no depth. Any number of players.
double reference_value(const GameRef &game, const void *state, std::uint32_t depth, bool evaluate);

} // namespace parlour::test
