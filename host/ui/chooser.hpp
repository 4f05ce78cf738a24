#pragma once
// The dialog in which a move is chosen by its text: where touches are ambiguous, for typed moves, and for games
// without a board.
#include <optional>
#include <string>
#include <vector>

#include "host/ui/shell.hpp"

namespace parlour::host::ui {

class MoveChooser {
public:
    /// Asks which of `moves` of `state` is meant.
    void ask(const Game &game, const StateBuffer &state, const std::vector<Move> &moves);
    /// Opens with a field to type a move's text into, its legal moves below.
    void type(const Game &game, const StateBuffer &state);
    /// Draws the dialog while it is open; the move chosen, once.
    std::optional<Move> draw();
    [[nodiscard]] bool is_open() const { return open_; }

private:
    struct Entry {
        Move move;
        std::string text;
    };
    bool open_ = false, typing_ = false, focus_ = false;
    std::string typed_;
    std::vector<Entry> entries_;
};

/// Buttons for every legal move, for games without a board, in `area`. The move pressed.
std::optional<Move> move_buttons(const Game &game, const StateBuffer &state, const Rect &area, bool enabled);

} // namespace parlour::host::ui
