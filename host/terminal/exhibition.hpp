// One short game between two engines as text, for when there is nobody to play: no display and no terminal.
#pragma once

#include "host/plugins/registry.hpp"

#include <cstdint>
#include <ostream>

namespace parlour::host::terminal {

// Chooses the shortest game in which everything is open, lets engines play it with small budgets, and prints the
// moves, the last board and the result. A Problem when there is no game, or no engine that plays one.
Result<void> show_exhibition(const Registry &registry, std::uint64_t seed, std::ostream &out);

} // namespace parlour::host::terminal
