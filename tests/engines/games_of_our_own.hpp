// Two tiny games for what the shipped ones do not have: moves again after some moves (heap), and one player (ladder).
#pragma once

#include <parlour/game_ref.hpp>

namespace parlour::test {

// A heap of counters; take one to three, the last one wins, and whoever takes two moves again.
const GameRef &heap_game();

// One player, ten moves: add one or double; the utility, 0..1, is how near the number comes to 200.
const GameRef &ladder_game();

} // namespace parlour::test
