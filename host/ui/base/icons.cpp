#include "host/ui/base/icons.hpp"

#include <array>
#include <cmath>
#include <initializer_list>

namespace parlour::host::ui {
namespace {

constexpr float pi = 3.14159265f;

/// Draws in a 24 x 24 grid, origin at the top left, as icon sets usually do.
class Pen {
public:
    Pen(ImDrawList &list, Vec2 center, float size, Color color)
        : list_(list), unit_(size / 24.0f), origin_(center.x - size * 0.5f, center.y - size * 0.5f), color_(color) {}

    [[nodiscard]] Vec2 at(Vec2 p) const { return {origin_.x + p.x * unit_, origin_.y + p.y * unit_}; }
    [[nodiscard]] float len(float v) const { return v * unit_; }
    [[nodiscard]] float width() const { return std::max(1.3f, 2.0f * unit_); }

    void line(std::initializer_list<Vec2> points, bool closed = false) {
        list_.PathClear();
        for (const Vec2 &p : points) list_.PathLineTo(at(p));
        list_.PathStroke(color_, closed ? ImDrawFlags_Closed : ImDrawFlags_None, width());
        if (closed) return;
        for (const Vec2 &p : {*points.begin(), *(points.end() - 1)})
            list_.AddCircleFilled(at(p), width() * 0.5f, color_);
    }
    void fill(std::initializer_list<Vec2> points) {
        list_.PathClear();
        for (const Vec2 &p : points) list_.PathLineTo(at(p));
        list_.PathFillConvex(color_);
    }
    void circle(Vec2 c, float r) { list_.AddCircle(at(c), len(r), color_, 0, width()); }
    void dot(Vec2 c, float r) { list_.AddCircleFilled(at(c), len(r), color_); }
    void arc(Vec2 c, float r, float from, float to) {
        list_.PathArcTo(at(c), len(r), from * pi, to * pi);
        list_.PathStroke(color_, ImDrawFlags_None, width());
    }
    void box(Vec2 a, Vec2 b, float radius) { list_.AddRect(at(a), at(b), color_, len(radius), 0, width()); }
    void bar(Vec2 a, Vec2 b, float radius) { list_.AddRectFilled(at(a), at(b), color_, len(radius)); }

    void star(bool filled) {
        std::array<Vec2, 10> points;
        for (std::size_t i = 0; i < points.size(); ++i) {
            const float radius = i % 2 == 0 ? 10.0f : 4.4f, angle = (static_cast<float>(i) / 5.0f - 0.5f) * pi;
            points[i] = at({12 + radius * std::cos(angle), 12.6f + radius * std::sin(angle)});
        }
        if (!filled) {
            list_.AddPolyline(points.data(), 10, color_, ImDrawFlags_Closed, width());
            return;
        }
        const Vec2 middle = at({12, 12.6f});
        // Five kites from the centre; their shared sides overlap by the fringe, hidden by the pentagon on top.
        std::array<Vec2, 5> inner;
        for (std::size_t i = 0; i < 5; ++i) {
            const std::array<Vec2, 4> kite{middle, points[(2 * i + 9) % 10], points[2 * i], points[2 * i + 1]};
            list_.AddConvexPolyFilled(kite.data(), 4, color_);
            inner[i] = points[2 * i + 1];
        }
        list_.AddConvexPolyFilled(inner.data(), 5, color_);
    }

    /// A cog: an outline that steps out at each of eight teeth, and a round hub.
    void gear() {
        constexpr int teeth = 8;
        constexpr float tip = 9.6f, root = 6.9f;
        list_.PathClear();
        for (int i = 0; i < teeth; ++i) {
            // Each tooth: up its flank, along its top, down, and the arc to the next one follows from the corners.
            const auto corner = [&](float radius, float offset) {
                const float a = (static_cast<float>(i) + offset) * 2 * pi / static_cast<float>(teeth) - pi / 2;
                list_.PathLineTo(at({12 + radius * std::cos(a), 12 + radius * std::sin(a)}));
            };
            corner(root, -0.30f);
            corner(tip, -0.17f);
            corner(tip, 0.17f);
            corner(root, 0.30f);
        }
        list_.PathStroke(color_, ImDrawFlags_Closed, width());
        circle({12, 12}, 3.0f);
    }

    /// An arrow head at the end of a quarter turn, pointing along `angle`.
    void head(Vec2 tip, float angle, float size) {
        const float a = angle * pi;
        const auto side = [&](float turn) {
            return Vec2(tip.x + size * std::cos(a + turn), tip.y + size * std::sin(a + turn));
        };
        line({side(0.78f * pi), tip, side(-0.78f * pi)});
    }

private:
    ImDrawList &list_;
    float unit_;
    Vec2 origin_;
    Color color_;
};

void draw_media(Pen &p, Icon icon) {
    switch (icon) {
        case Icon::first:
            p.line({{6.5f, 6}, {6.5f, 18}});
            p.line({{17, 6}, {11, 12}, {17, 18}});
            break;
        case Icon::previous:
            p.line({{14.5f, 6}, {8.5f, 12}, {14.5f, 18}});
            break;
        case Icon::play:
            p.fill({{8, 5.5f}, {18.5f, 12}, {8, 18.5f}});
            break;
        case Icon::pause:
            p.bar({7, 6}, {10.2f, 18}, 1);
            p.bar({13.8f, 6}, {17, 18}, 1);
            break;
        case Icon::next:
            p.line({{9.5f, 6}, {15.5f, 12}, {9.5f, 18}});
            break;
        case Icon::last:
            p.line({{7, 6}, {13, 12}, {7, 18}});
            p.line({{17.5f, 6}, {17.5f, 18}});
            break;
        default:
            break;
    }
}

void draw_object(Pen &p, Icon icon) {
    switch (icon) {
        case Icon::bulb:
            p.arc({12, 10}, 5.6f, 0.70f, 2.30f);
            p.line({{8.8f, 14.6f}, {9.4f, 17}, {14.6f, 17}, {15.2f, 14.6f}});
            p.line({{10.2f, 20.2f}, {13.8f, 20.2f}});
            break;
        case Icon::flag:
            p.line({{6.5f, 4}, {6.5f, 20}});
            p.fill({{6.5f, 4.5f}, {18.5f, 8.6f}, {6.5f, 12.8f}});
            break;
        case Icon::plug:
            p.line({{9, 3.5f}, {9, 8}});
            p.line({{15, 3.5f}, {15, 8}});
            p.bar({6, 8}, {18, 11.5f}, 1.2f);
            p.arc({12, 11}, 5, 0, 1);
            p.line({{12, 16.5f}, {12, 20.5f}});
            break;
        case Icon::sun:
            p.circle({12, 12}, 4.2f);
            for (int i = 0; i < 8; ++i) {
                const float a = static_cast<float>(i) * pi / 4, c = std::cos(a), s = std::sin(a);
                p.line({{12 + 7.2f * c, 12 + 7.2f * s}, {12 + 9.4f * c, 12 + 9.4f * s}});
            }
            break;
        case Icon::moon:
            p.arc({12, 12}, 8, 0.06f, 1.44f);
            p.arc({16.2f, 7.8f}, 6.6f, 0.40f, 1.10f);
            break;
        case Icon::warning:
            p.line({{12, 4}, {21, 19.5f}, {3, 19.5f}}, true);
            p.line({{12, 9.5f}, {12, 13.5f}});
            p.dot({12, 16.6f}, 1.3f);
            break;
        case Icon::person:
            p.circle({12, 8}, 3.8f);
            p.arc({12, 20.5f}, 7, 1.08f, 1.92f);
            break;
        case Icon::users:
            p.circle({9, 8.5f}, 3.4f);
            p.arc({9, 20}, 6.2f, 1.08f, 1.92f);
            p.arc({15.6f, 8.5f}, 3.4f, 1.6f, 2.4f);
            p.arc({15.4f, 20}, 6.2f, 1.55f, 1.90f);
            break;
        case Icon::engine:
            p.box({6.5f, 6.5f}, {17.5f, 17.5f}, 2);
            p.bar({10, 10}, {14, 14}, 0.8f);
            for (const float t : {9.5f, 14.5f}) {
                p.line({{t, 3}, {t, 5.4f}});
                p.line({{t, 18.6f}, {t, 21}});
                p.line({{3, t}, {5.4f, t}});
                p.line({{18.6f, t}, {21, t}});
            }
            break;
        case Icon::copy:
            p.box({8.5f, 8.5f}, {19.5f, 19.5f}, 2);
            p.line({{5.2f, 15.2f}, {4.5f, 15.2f}, {4.5f, 4.5f}, {15.2f, 4.5f}, {15.2f, 5.2f}});
            break;
        case Icon::clock:
            p.circle({12, 12}, 8.4f);
            p.line({{12, 7}, {12, 12}, {15.2f, 14.2f}});
            break;
        case Icon::chart:
            p.line({{3.5f, 17}, {9, 11}, {13, 14.5f}, {20.5f, 6.5f}});
            break;
        case Icon::folder:
            p.line({{3.5f, 18.5f}, {3.5f, 6}, {9.5f, 6}, {11.5f, 8.5f}, {20.5f, 8.5f}, {20.5f, 18.5f}}, true);
            break;
        case Icon::save:
            p.line({{12, 3.8f}, {12, 14}});
            p.head({12, 14.6f}, 0.5f, 5);
            p.line({{4.5f, 15.5f}, {4.5f, 19.8f}, {19.5f, 19.8f}, {19.5f, 15.5f}});
            break;
        case Icon::trash:
            p.line({{4.5f, 7}, {19.5f, 7}});
            p.line({{9.2f, 6.5f}, {9.8f, 4}, {14.2f, 4}, {14.8f, 6.5f}});
            p.line({{6.5f, 7.5f}, {7.4f, 20}, {16.6f, 20}, {17.5f, 7.5f}});
            break;
        case Icon::dice:
            p.box({4.5f, 4.5f}, {19.5f, 19.5f}, 3);
            for (const Vec2 &c :
                 {Vec2(8.8f, 8.8f), Vec2(15.2f, 8.8f), Vec2(12, 12), Vec2(8.8f, 15.2f), Vec2(15.2f, 15.2f)})
                p.dot(c, 1.35f);
            break;
        default:
            break;
    }
}

void draw_sign(Pen &p, Icon icon) {
    switch (icon) {
        case Icon::back:
            p.line({{5, 12}, {19, 12}});
            p.line({{11, 6}, {5, 12}, {11, 18}});
            break;
        case Icon::search:
            p.circle({10.4f, 10.4f}, 6);
            p.line({{15, 15}, {20, 20}});
            break;
        case Icon::gear:
            p.gear();
            break;
        case Icon::undo:
            p.line({{8.5f, 5}, {4.5f, 9}, {8.5f, 13}});
            p.line({{5, 9}, {14.2f, 9}});
            p.arc({14.2f, 13.8f}, 4.8f, 1.5f, 2.5f);
            p.line({{14.2f, 18.6f}, {9.5f, 18.6f}});
            break;
        case Icon::redo:
            p.line({{15.5f, 5}, {19.5f, 9}, {15.5f, 13}});
            p.line({{19, 9}, {9.8f, 9}});
            p.arc({9.8f, 13.8f}, 4.8f, 0.5f, 1.5f);
            p.line({{9.8f, 18.6f}, {14.5f, 18.6f}});
            break;
        case Icon::plus:
            p.line({{12, 5}, {12, 19}});
            p.line({{5, 12}, {19, 12}});
            break;
        case Icon::minus:
            p.line({{5, 12}, {19, 12}});
            break;
        case Icon::refresh:
            p.arc({12, 12}, 7.2f, 0.05f, 1.62f);
            p.line({{12.4f, 1.8f}, {16.2f, 5.2f}, {12.4f, 8.8f}});
            break;
        case Icon::rotate:
            p.arc({12, 12}, 7.2f, 0.10f, 0.84f);
            p.arc({12, 12}, 7.2f, 1.10f, 1.84f);
            p.line({{20.6f, 4.4f}, {18.8f, 9}, {14.2f, 8.2f}});
            p.line({{3.4f, 19.6f}, {5.2f, 15}, {9.8f, 15.8f}});
            break;
        case Icon::question:
            p.arc({12, 8.6f}, 4, 1.0f, 2.35f);
            p.line({{14.1f, 12.0f}, {12, 13.8f}, {12, 15.4f}});
            p.dot({12, 19}, 1.5f);
            break;
        case Icon::info:
            p.circle({12, 12}, 8.6f);
            p.line({{12, 11.4f}, {12, 16.4f}});
            p.dot({12, 7.8f}, 1.4f);
            break;
        case Icon::close:
            p.line({{6, 6}, {18, 18}});
            p.line({{18, 6}, {6, 18}});
            break;
        case Icon::check:
            p.line({{5, 12.5f}, {10, 17.5f}, {19, 7}});
            break;
        case Icon::star:
            p.star(true);
            break;
        case Icon::star_outline:
            p.star(false);
            break;
        case Icon::menu:
        case Icon::list:
            for (const float y : {6.5f, 12.0f, 17.5f}) p.line({{icon == Icon::list ? 9.0f : 4.5f, y}, {19.5f, y}});
            if (icon == Icon::list)
                for (const float y : {6.5f, 12.0f, 17.5f}) p.dot({5, y}, 1.3f);
            break;
        case Icon::more:
            for (const float x : {5.5f, 12.0f, 18.5f}) p.dot({x, 12}, 1.8f);
            break;
        case Icon::chevron_down:
            p.line({{6.5f, 9.5f}, {12, 15}, {17.5f, 9.5f}});
            break;
        case Icon::chevron_right:
            p.line({{9.5f, 6.5f}, {15, 12}, {9.5f, 17.5f}});
            break;
        case Icon::fullscreen:
            p.line({{9, 4.5f}, {4.5f, 4.5f}, {4.5f, 9}});
            p.line({{15, 4.5f}, {19.5f, 4.5f}, {19.5f, 9}});
            p.line({{9, 19.5f}, {4.5f, 19.5f}, {4.5f, 15}});
            p.line({{15, 19.5f}, {19.5f, 19.5f}, {19.5f, 15}});
            break;
        case Icon::grid:
            for (const float x : {4.5f, 13.5f})
                for (const float y : {4.5f, 13.5f}) p.box({x, y}, {x + 6, y + 6}, 1.4f);
            break;
        default:
            break;
    }
}

} // namespace

void draw_icon(ImDrawList &list, Icon icon, Vec2 center, float size, Color color) {
    if (icon == Icon::none || alpha(color) == 0) return;
    Pen pen(list, center, size, color);
    // Each family draws what it knows and ignores the rest.
    draw_media(pen, icon);
    draw_object(pen, icon);
    draw_sign(pen, icon);
}

} // namespace parlour::host::ui
