#pragma once
// What the window itself draws on a board: the last move, legal targets, the hint, the keyboard's cursor,
// coordinates.
#include <span>

#include "host/scene/touch_tree.hpp"
#include "host/ui/board/scene_painter.hpp"

namespace parlour::host::ui {

/// Lays a colour over a cell, in its shape; a round place gets a ring instead, white or on a light piece dark.
/// `piece`: the colour of what lies there, 0 for nothing.
void mark_cell(ScenePainter &painter, const SceneCell &cell, Color color, Color piece = 0);

/// A dot on an empty cell, a ring around the highest of the pieces that lie there. `strength` 0..1: how loud.
void mark_target(ScenePainter &painter, const Scene &scene, const SceneCell &cell, Color color, float strength);

/// The targets worth marking while nothing has been touched yet. Where nearly every free cell that looks alike is a
/// target the dots would say nothing and only hide the board, and so would rings around nearly all pieces.
[[nodiscard]] std::vector<Touch> telling_targets(const Scene &scene, std::span<const Touch> targets);

/// A target that has no mark of its own, under the pointer: lit up, or a dot where the cell is not filled.
void mark_pointed(ScenePainter &painter, const Scene &scene, const SceneCell &cell, Color color);

/// The outline of a cell: the keyboard's cursor, a refused touch, the choice.
void mark_outline(ScenePainter &painter, const SceneCell &cell, Color color, float width);

/// A move's touches: arrows from cell to cell, or a ring where there is only one.
void mark_path(ScenePainter &painter, const Scene &scene, std::span<const Touch> path, Color color);

/// The names of columns and rows around the board where the cells' labels have them ("e4"), the labels of single
/// columns below it ("c"), or small numbers in the cells ("17").
void draw_coordinates(ScenePainter &painter, const Scene &scene);
/// Whether draw_coordinates() would write outside of the board.
[[nodiscard]] bool has_outer_coordinates(const Scene &scene);

} // namespace parlour::host::ui
