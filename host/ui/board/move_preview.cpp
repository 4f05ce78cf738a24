#include "host/ui/board/move_preview.hpp"

#include <algorithm>

namespace parlour::host::ui {

std::optional<MovePreview> preview_move(const Game &game, const StateBuffer &state, Move move, std::uint32_t viewer,
                                        const Scene &now) {
    if (game.has(PARLOUR_GAME_HIDDEN)) return std::nullopt;
    StateBuffer next = state;
    const auto turn = game.play(next, move);
    if (!turn || turn->is_chance()) return std::nullopt;
    const auto after = Scene::of(game, next, viewer);
    if (!after) return std::nullopt;
    const auto same = [](const ScenePiece &a, const ScenePiece &b) {
        return a.cell == b.cell && a.kind == b.kind && a.color == b.color && a.rgba == b.rgba;
    };
    MovePreview preview;
    for (const ScenePiece &piece : after->pieces) {
        if (std::any_of(now.pieces.begin(), now.pieces.end(), [&](const ScenePiece &p) { return same(p, piece); }))
            continue;
        const bool occupied = std::any_of(now.pieces.begin(), now.pieces.end(),
                                          [&](const ScenePiece &p) { return p.cell == piece.cell; });
        if (occupied) {
            preview.changes.push_back(piece.cell);
        } else {
            preview.appears.push_back(piece);
        }
    }
    for (const ScenePiece &piece : now.pieces) {
        const bool stays = std::any_of(after->pieces.begin(), after->pieces.end(),
                                       [&](const ScenePiece &p) { return p.cell == piece.cell; });
        if (!stays) preview.changes.push_back(piece.cell);
    }
    return preview;
}

} // namespace parlour::host::ui
