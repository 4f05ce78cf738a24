// What a person typed as a move of any game: its text, or a part of it; the names of cells to touch one after the
// other; a button's name or key. All functions are [any].
#pragma once

#include "host/scene/scene.hpp"
#include "host/scene/touch_tree.hpp"

#include <optional>
#include <string>
#include <vector>

namespace parlour::host::terminal {

// One of the three: the move meant, several that may be meant, or a sentence that says why it is none.
struct MoveInput {
    std::optional<Move> move;
    std::vector<Move> choices;
    std::string sentence;
};

// Reads a move of a position in which a player is to move.
MoveInput read_move(const Game &game, const StateBuffer &state, const std::string &text);

} // namespace parlour::host::terminal
