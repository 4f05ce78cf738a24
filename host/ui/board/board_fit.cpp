#include "host/ui/board/board_fit.hpp"

#include <cmath>

namespace parlour::host::ui {

BoardFit::BoardFit(const Scene &scene, const Rect &area, bool turned)
    : x0_(scene.x0), y0_(scene.y0), x1_(scene.x1), y1_(scene.y1), turned_(turned) {
    const float width = std::max(x1_ - x0_, 1e-3f), height = std::max(y1_ - y0_, 1e-3f);
    unit_ = std::max(1e-3f, std::min(area.w / width, area.h / height));
    // Whole pixels per unit keep cells equally large, where that costs little.
    if (unit_ >= 24) unit_ = std::floor(unit_);
    origin_ = {std::floor(area.x + (area.w - unit_ * width) * 0.5f),
               std::floor(area.y + (area.h - unit_ * height) * 0.5f)};
}

Vec2 BoardFit::point(float x, float y) const {
    if (turned_) return {origin_.x + (x1_ - x) * unit_, origin_.y + (y1_ - y) * unit_};
    return {origin_.x + (x - x0_) * unit_, origin_.y + (y - y0_) * unit_};
}

Rect BoardFit::rect(float x, float y, float w, float h) const {
    const Vec2 a = point(x - w * 0.5f, y - h * 0.5f), b = point(x + w * 0.5f, y + h * 0.5f);
    const float left = std::round(std::min(a.x, b.x)), top = std::round(std::min(a.y, b.y));
    return {left, top, std::round(std::max(a.x, b.x)) - left, std::round(std::max(a.y, b.y)) - top};
}

Rect BoardFit::bounds() const {
    return rect((x0_ + x1_) * 0.5f, (y0_ + y1_) * 0.5f, x1_ - x0_, y1_ - y0_);
}

Vec2 BoardFit::to_board(Vec2 pixel) const {
    const float x = (pixel.x - origin_.x) / unit_, y = (pixel.y - origin_.y) / unit_;
    return turned_ ? Vec2{x1_ - x, y1_ - y} : Vec2{x0_ + x, y0_ + y};
}

} // namespace parlour::host::ui
