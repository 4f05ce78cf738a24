// Who plays, in words: "person", "minimax", "mcts@3", "minimax@7:hash_mb=64". Main thread only.
#pragma once

#include "host/match/seat.hpp"
#include "host/plugins/registry.hpp"

#include <string>
#include <vector>

namespace parlour::host::terminal {

// The level of an engine when nobody says another.
inline constexpr int usual_level = 6;

// A seat of such words: "person" or "person:Anna"; else an engine's id with an optional @level (1..10) and
// :option=value,... behind it. A Problem names what is wrong.
Result<Seat> parse_seat(const Registry &registry, const Game &game, const std::string &words);

// The engines that play a game, the best first.
std::vector<std::string> engines_for(const Registry &registry, const Game &game);

// The usual seats: a person and then the best engine everywhere else; only engines, taken in turn, without a person.
std::vector<Seat> usual_seats(const Registry &registry, const Game &game, bool person);

} // namespace parlour::host::terminal
