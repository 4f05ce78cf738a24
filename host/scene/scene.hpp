// What a position looks like, as data: the cells, pieces, marks and widgets that a game's board extension tells a
// visitor, with owned strings. No drawing here: the window and the text board both read it.
// A Scene is a value; collecting one is [any].
#pragma once

#include "host/plugins/game.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace parlour::host {

// A place on the board in board units (x to the right, y down); see parlour_cell for the meaning of the fields.
struct SceneCell {
    std::uint32_t id = PARLOUR_CELL_NONE;
    std::uint8_t shape = PARLOUR_SHAPE_RECT, color = PARLOUR_COLOR_NONE, flags = 0;
    std::uint32_t rgba = 0;
    float x = 0, y = 0, w = 1, h = 1, angle = 0;
    std::vector<float> xy{}; // pairs, relative to x, y; polygons only
    std::string label{};     // "" where the game gives none

    // Whether a person can touch it: it has an id and is not decoration.
    bool touchable() const { return id != PARLOUR_CELL_NONE && (flags & PARLOUR_CELL_DECOR) == 0; }
    // Its corners in board units, turned by its angle; none for a circle. A hexagon is regular where w equals h:
    // both are the diameter of the circle through its corners.
    std::vector<std::array<float, 2>> corners() const;
    // Whether a point in board units lies on it.
    bool contains(float at_x, float at_y) const;
};

// A thing on a cell; see parlour_piece.
struct ScenePiece {
    std::uint32_t id = 0, cell = PARLOUR_CELL_NONE;
    std::uint8_t kind = PARLOUR_PIECE_DISC, color = PARLOUR_COLOR_NONE, level = 0, flags = 0;
    std::uint32_t rgba = 0, count = 0;
    float dx = 0, dy = 0, scale = 1;
    std::uint8_t enter = PARLOUR_ENTER_GROW;
    std::string glyph{}, label{};
};

// A mark over the pieces; see parlour_mark.
struct SceneMark {
    std::uint32_t cell_a = PARLOUR_CELL_NONE, cell_b = PARLOUR_CELL_NONE;
    std::uint8_t kind = PARLOUR_MARK_LINE, color = PARLOUR_COLOR_NONE;
    std::uint32_t rgba = 0;
    std::string text{};
};

// A button or counter beside the board; see parlour_widget.
struct SceneWidget {
    std::uint32_t id = 0;
    std::uint8_t kind = PARLOUR_WIDGET_BUTTON;
    std::int32_t player = -1;
    std::uint32_t key = 0; // Unicode, 0 for none
    std::string label{}, value{};
};

class Scene {
public:
    // The whole picture of a position: layout, then scene. `viewer` is a player or PARLOUR_VIEWER_ALL; in games with
    // hidden information a player is shown the view of the position, so that nothing hidden can be drawn. Nothing
    // for a game without a board. Numbers that are not finite and more than 16,384 items of a kind are dropped.
    static std::optional<Scene> of(const Game &game, const StateBuffer &state, std::uint32_t viewer);

    float x0 = 0, y0 = 0, x1 = 1, y1 = 1; // the board's rectangle, x0 < x1 and y0 < y1
    std::vector<SceneCell> cells;         // in drawing order; a changing cell has taken its layout cell's place
    std::vector<ScenePiece> pieces;
    std::vector<SceneMark> marks;
    std::vector<SceneWidget> widgets;

    // The cell with this id, or null.
    const SceneCell *cell(std::uint32_t id) const;
    // The touchable cell drawn last that contains a point in board units, or null.
    const SceneCell *cell_at(float x, float y) const;
    // The button with this id, or null.
    const SceneWidget *button(std::uint32_t id) const;
    // The pieces on a cell, lowest first.
    std::vector<const ScenePiece *> pieces_on(std::uint32_t cell) const;
    // The highest of them, or null.
    const ScenePiece *highest_on(std::uint32_t cell) const;
};

} // namespace parlour::host
