// One short game between two engines as text, for when there is nobody to play: no display and no terminal.
#pragma once

#include "host/plugins/registry.hpp"

#include <cstdint>
#include <ostream>

namespace parlour::host::terminal {

// Lets engines play a game with small budgets and prints the moves, the last board and the result. Without a game the
// shortest one is taken in which everything is open. A Problem when there is no game, or no engine that plays it.
Result<void> show_exhibition(const Registry &registry, GamePtr game, std::uint64_t seed, std::ostream &out);

} // namespace parlour::host::terminal
