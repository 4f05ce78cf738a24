#pragma once
// Where a scene stands on the page: board units to pixels and back.
#include "host/scene/scene.hpp"
#include "host/ui/base/geometry.hpp"

namespace parlour::host::ui {

/// Fits the board's rectangle into an area, centred, in equal scale both ways. A value.
class BoardFit {
public:
    BoardFit() = default;
    /// `turned`: seen from the other side, by half a turn.
    BoardFit(const Scene &scene, const Rect &area, bool turned);

    /// A point in board units as pixels.
    [[nodiscard]] Vec2 point(float x, float y) const;
    /// A rectangle with its centre at (x, y), its edges on whole pixels so that neighbours meet without a seam.
    [[nodiscard]] Rect rect(float x, float y, float w, float h) const;
    [[nodiscard]] Rect rect(const SceneCell &cell) const { return rect(cell.x, cell.y, cell.w, cell.h); }
    /// The whole board.
    [[nodiscard]] Rect bounds() const;
    /// Pixels per board unit.
    [[nodiscard]] float unit() const { return unit_; }
    /// Pixels back to board units.
    [[nodiscard]] Vec2 to_board(Vec2 pixel) const;
    [[nodiscard]] bool turned() const { return turned_; }

private:
    Vec2 origin_{0, 0}; // pixel of (x0, y0), or of (x1, y1) when turned
    float unit_ = 1;
    float x0_ = 0, y0_ = 0, x1_ = 1, y1_ = 1;
    bool turned_ = false;
};

} // namespace parlour::host::ui
