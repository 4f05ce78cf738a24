#pragma once
// What a move would change on the board: the ghost of a piece to be placed, the pieces that would turn or go.
#include <optional>
#include <vector>

#include "host/scene/scene.hpp"

namespace parlour::host::ui {

struct MovePreview {
    std::vector<ScenePiece> appears;    ///< to be drawn faintly where they would stand
    std::vector<std::uint32_t> changes; ///< cells whose pieces would turn over or go
};

/// The preview of a legal move for `viewer`. Nothing in games with hidden information, where the next position may
/// tell too much, and for moves that only lead to a chance event. [any]
[[nodiscard]] std::optional<MovePreview> preview_move(const Game &game, const StateBuffer &state, Move move,
                                                      std::uint32_t viewer, const Scene &now);

} // namespace parlour::host::ui
