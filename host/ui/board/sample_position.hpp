#pragma once
// A typical position from the middle of a game, for its picture in the gallery.
#include <cstdint>

#include "host/plugins/game.hpp"

namespace parlour::host::ui {

/// Plays a few games by a cheap, plausible player (the game's own evaluation one ply deep, with some chance) and
/// returns the position of one of them that has the most to show. The same `seed` gives the same position; the game
/// is not over in it unless it is over at once. [any]
[[nodiscard]] StateBuffer sample_position(const Game &game, std::uint64_t seed = 1);

/// Plays up to `plies` moves by chance, nature's included, and returns how many were played. [any]
std::size_t play_random(const Game &game, StateBuffer &state, std::size_t plies, std::uint64_t seed);

} // namespace parlour::host::ui
