#pragma once
// Draws a scene: cells, pieces and marks in the theme's colours. Knows colour roles and shapes, no game.
#include "host/scene/scene.hpp"
#include "host/ui/base/canvas.hpp"
#include "host/ui/board/board_fit.hpp"

namespace parlour::host::ui {

/// Where and how a piece is drawn when it does not simply stand on its cell.
struct PieceLook {
    Vec2 center{0, 0}; ///< pixels
    float scale = 1;   ///< times its size at rest
    float alpha = 1;
    float squash = 1;    ///< width factor, 0..1: turning over
    float angle = 0;     ///< radians; dice
    bool lifted = false; ///< held in the hand or under way: a larger shadow
};

class ScenePainter {
public:
    /// `canvas` outlives the painter.
    ScenePainter(Canvas &canvas, const BoardFit &fit) : canvas_(canvas), fit_(fit) {}

    /// All of it, at rest: for pictures on tiles.
    void whole(const Scene &scene);

    void cells(const Scene &scene);
    void pieces(const Scene &scene);
    void marks(const Scene &scene);

    /// A piece at rest on its cell; nothing when the cell is not there.
    void piece(const Scene &scene, const ScenePiece &piece, float alpha = 1);
    /// A piece of the size that it has on `home`, somewhere else.
    void piece(const SceneCell &home, const ScenePiece &piece, const PieceLook &look);
    void mark(const Scene &scene, const SceneMark &mark);

    /// Where a piece's centre is on its cell, in pixels.
    [[nodiscard]] Vec2 center(const SceneCell &cell, const ScenePiece &piece) const;
    /// A cell's corners in pixels, drawn in towards its centre by `inset` pixels; none for a circle.
    [[nodiscard]] std::vector<Vec2> corners(const SceneCell &cell, float inset = 0) const;
    /// Half the size of a piece of scale 1 on a cell, in pixels.
    [[nodiscard]] float radius(const SceneCell &cell) const;

    [[nodiscard]] const BoardFit &fit() const { return fit_; }
    [[nodiscard]] Canvas &canvas() { return canvas_; }

private:
    void cell(const Scene &scene, const SceneCell &cell);
    void polygon_cell(const SceneCell &cell, Color fill);

    Canvas &canvas_;
    BoardFit fit_;
};

/// Whether a cell is a rectangle that stands upright; all others but circles are drawn by their corners.
[[nodiscard]] bool is_upright(const SceneCell &cell);

/// The colour of a role of parlour/game_board.h. `fallback` stands for PARLOUR_COLOR_NONE.
[[nodiscard]] Color scene_color(const Theme &theme, std::uint8_t role, std::uint32_t rgba, bool piece,
                                Color fallback);

/// The colour that stands for a player all over the window: that of their pieces, guessed from what the game calls
/// them ("Black", "White"), else the theme's for that seat.
[[nodiscard]] Color seat_color(const Theme &theme, const Game &game, std::uint32_t player);

/// A player's sign beside their name: a piece of `kind` in the colour of seat_color(), with its second sign beside
/// colour; black on a dark page has a thin ring.
void draw_seat(Canvas &canvas, Vec2 center, float radius, Color seat, std::uint32_t player,
               std::uint8_t kind = PARLOUR_PIECE_DISC, bool crowned = false);

} // namespace parlour::host::ui
