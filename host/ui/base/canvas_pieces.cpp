// The ready-made pieces of Canvas: discs, cards, dice, tiles and the like, lit from above.
#include <array>
#include <cmath>
#include <string>

#include "host/ui/base/canvas.hpp"

namespace parlour::host::ui {
namespace {

constexpr float pi = 3.14159265f;

/// Points of a shape given around the origin, turned, scaled and moved.
template <std::size_t Count>
std::array<Vec2, Count> placed(std::array<Vec2, Count> points, Vec2 center, float scale, float angle = 0) {
    const float c = std::cos(angle), s = std::sin(angle);
    for (Vec2 &p : points) p = {center.x + (p.x * c - p.y * s) * scale, center.y + (p.x * s + p.y * c) * scale};
    return points;
}

/// An X with round ends: arms of length 1 from the centre, `half` half as wide.
std::vector<Vec2> cross_points(Vec2 center, float radius, float half, float turn) {
    constexpr int cap = 8;
    std::vector<Vec2> points;
    for (int arm = 0; arm < 4; ++arm) {
        const float angle = turn + static_cast<float>(arm) * pi * 0.5f;
        const Vec2 end(center.x + (radius - half) * std::cos(angle), center.y + (radius - half) * std::sin(angle));
        for (int i = 0; i <= cap; ++i) {
            const float a = angle - pi * 0.5f + pi * static_cast<float>(i) / cap;
            points.emplace_back(end.x + half * std::cos(a), end.y + half * std::sin(a));
        }
        const float between = angle + pi * 0.25f, reach = half * 1.41421356f;
        points.emplace_back(center.x + reach * std::cos(between), center.y + reach * std::sin(between));
    }
    return points;
}

std::vector<Vec2> rounded_square(Vec2 center, float half, float radius, float angle) {
    constexpr int steps = 6;
    std::vector<Vec2> points;
    const float c = std::cos(angle), s = std::sin(angle);
    for (int corner = 0; corner < 4; ++corner) {
        const float sx = corner == 0 || corner == 3 ? 1.0f : -1.0f, sy = corner < 2 ? 1.0f : -1.0f;
        for (int i = 0; i <= steps; ++i) {
            const float a = (static_cast<float>(corner) + static_cast<float>(i) / steps) * pi * 0.5f;
            const float x = sx * (half - radius) + radius * std::cos(a),
                        y = sy * (half - radius) + radius * std::sin(a);
            points.emplace_back(center.x + x * c - y * s, center.y + x * s + y * c);
        }
    }
    return points;
}

std::array<Vec2, 10> star_points(Vec2 center, float radius) {
    std::array<Vec2, 10> points;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const float r = i % 2 == 0 ? radius : radius * 0.45f, a = (static_cast<float>(i) / 5.0f - 0.5f) * pi;
        points[i] = {center.x + r * std::cos(a), center.y + r * std::sin(a)};
    }
    return points;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

} // namespace

void Canvas::cue(Vec2 center, float radius, ShapeCue cue, Color color) {
    switch (cue) {
        case ShapeCue::none:
            return;
        case ShapeCue::diamond: {
            const std::array<Vec2, 4> shape{Vec2(0, -1), Vec2(1, 0), Vec2(0, 1), Vec2(-1, 0)};
            polygon(placed(shape, center, radius), color);
            return;
        }
        case ShapeCue::square: {
            const float half = radius * 0.80f;
            fill({center.x - half, center.y - half, half * 2, half * 2}, color, half * 0.2f);
            return;
        }
        case ShapeCue::triangle: {
            const std::array<Vec2, 3> shape{Vec2(0, -1.05f), Vec2(1, 0.72f), Vec2(-1, 0.72f)};
            polygon(placed(shape, center, radius), color);
            return;
        }
        case ShapeCue::cross:
            polygon(cross_points(center, radius * 1.1f, radius * 0.26f, pi * 0.25f), color);
            return;
        case ShapeCue::ring:
            ring(center, radius * 0.95f, radius * 0.34f, color);
            return;
    }
}

void Canvas::crown(Vec2 center, float size, Color color) {
    const float s = size * 0.5f;
    const std::array<Vec2, 7> shape{Vec2(-1, -0.45f), Vec2(-0.5f, 0.1f),  Vec2(0, -0.8f),     Vec2(0.5f, 0.1f),
                                    Vec2(1, -0.45f),  Vec2(0.78f, 0.75f), Vec2(-0.78f, 0.75f)};
    polygon(placed(shape, center, s), color);
    for (const Vec2 &tip : {Vec2(-1, -0.5f), Vec2(0, -0.85f), Vec2(1, -0.5f)})
        circle({center.x + tip.x * s, center.y + tip.y * s}, s * 0.17f, color);
}

void Canvas::disc(Vec2 center, float radius, const DiscLook &look) {
    const Color color = look.color;
    if (!look.relief) {
        circle(center, radius, color);
        cue(center, radius * 0.32f, look.cue, darker(color, 0.42f));
        if (look.level > 0) crown(center, radius * 0.9f, darker(color, 0.5f));
        return;
    }
    const bool pale = luminance(color) > 0.6f, dark = luminance(color) < 0.06f;
    const Color edge = darker(color, pale ? 0.22f : 0.34f);
    if (look.shadow)
        circle_shadow({center.x, center.y + radius * 0.10f}, radius * 0.98f, radius * 0.20f, rgba(0x00000070));
    if (look.level > 1) circle({center.x, center.y + radius * 0.10f}, radius, darker(edge, 0.25f));
    circle(center, radius, edge);
    const Vec2 face(center.x, center.y - radius * 0.045f);
    circle_gradient(face, radius * 0.945f, lighter(color, dark ? 0.16f : 0.22f), darker(color, 0.05f));
    // The groove: a dark line, lit again on its lower side. Too fine to show on small pieces.
    if (length(radius) >= 13) {
        ring({face.x, face.y + radius * 0.035f}, radius * 0.72f, radius * 0.07f,
             faded(lighter(color, 0.45f), dark ? 0.4f : 0.8f));
        ring(face, radius * 0.72f, radius * 0.07f, darker(color, pale ? 0.16f : 0.24f));
    }
    circle_gradient(face, radius * 0.64f, darker(color, pale ? 0.05f : 0.09f), lighter(color, dark ? 0.06f : 0.10f));
    const Color sign = dark ? lighter(color, 0.38f) : darker(color, pale ? 0.30f : 0.42f);
    if (look.level > 0) {
        crown({face.x, face.y + radius * 0.03f}, radius * 0.78f, faded(lighter(color, 0.6f), 0.5f));
        crown(face, radius * 0.78f, sign);
    } else if (look.cue != ShapeCue::none) {
        cue({face.x, face.y + radius * 0.03f}, radius * 0.27f, look.cue, faded(lighter(color, 0.6f), 0.55f));
        cue(face, radius * 0.27f, look.cue, sign);
    }
}

void Canvas::hole(Vec2 center, float radius, Color plate) {
    const Color inside = hole_in(*theme_, plate);
    circle_gradient(center, radius, darker(plate, 0.42f), lighter(plate, 0.22f));
    circle_gradient(center, radius * 0.94f, darker(inside, theme_->is_dark() ? 0.45f : 0.10f), inside);
}

void Canvas::ring_piece(Vec2 center, float radius, Color color) {
    const float width = radius * 0.30f;
    ring({center.x, center.y + radius * 0.08f}, radius * 1.01f, width * 1.05f, rgba(0x00000055));
    ring(center, radius, width, darker(color, 0.22f));
    ring({center.x, center.y - radius * 0.025f}, radius * 0.97f, width * 0.78f, color);
    ring({center.x, center.y - radius * 0.045f}, radius * 0.93f, width * 0.26f, faded(lighter(color, 0.6f), 0.7f));
}

void Canvas::cross_piece(Vec2 center, float radius, Color color) {
    const float half = radius * 0.17f;
    polygon(cross_points({center.x, center.y + radius * 0.07f}, radius * 1.04f, half, pi * 0.25f), rgba(0x00000055));
    polygon(cross_points(center, radius * 1.02f, half, pi * 0.25f), darker(color, 0.22f));
    polygon(cross_points({center.x, center.y - radius * 0.025f}, radius * 0.99f, half * 0.80f, pi * 0.25f), color);
    polygon(cross_points({center.x, center.y - radius * 0.035f}, radius * 0.90f, half * 0.24f, pi * 0.25f),
            faded(lighter(color, 0.6f), 0.7f));
}

void Canvas::block(const Rect &r, Color color, ShapeCue sign) {
    const float side = std::min(r.w, r.h), radius = side * 0.14f, edge = side * 0.06f;
    shadow(r, side * 0.10f, {0, side * 0.04f}, rgba(0x00000070));
    fill(r, darker(color, 0.30f), radius);
    Rect face = r;
    face.cut_bottom(edge);
    gradient(face, lighter(color, 0.18f), darker(color, 0.04f), radius);
    cue(face.center(), side * 0.20f, sign, darker(color, 0.40f));
}

void Canvas::triangle_piece(Vec2 center, float radius, Color color, float angle) {
    const std::array<Vec2, 3> shape{Vec2(0, -1), Vec2(0.92f, 0.66f), Vec2(-0.92f, 0.66f)};
    polygon(placed(shape, {center.x, center.y + radius * 0.08f}, radius * 1.02f, angle), rgba(0x00000055));
    polygon(placed(shape, center, radius, angle), darker(color, 0.26f));
    polygon(placed(shape, {center.x, center.y - radius * 0.02f}, radius * 0.86f, angle), color);
    polygon(placed(shape, {center.x, center.y - radius * 0.02f}, radius * 0.44f, angle), lighter(color, 0.20f));
}

void Canvas::star_piece(Vec2 center, float radius, Color color) {
    polygon(star_points({center.x, center.y + radius * 0.08f}, radius * 1.02f), rgba(0x00000055));
    polygon(star_points(center, radius), darker(color, 0.24f));
    polygon(star_points({center.x, center.y - radius * 0.02f}, radius * 0.84f), color);
}

void Canvas::card(const Rect &r, const CardLook &look) {
    const Rect c = look.selected ? r.moved(0, -r.h * 0.06f) : r;
    const float radius = c.w * 0.10f;
    shadow(c, c.w * 0.12f, {0, c.w * 0.05f}, rgba(0x00000080));
    if (look.selected) stroke(c.inset(-c.w * 0.045f), (*theme_)[Role::mark_select], c.w * 0.035f, radius * 1.4f);
    if (!look.face_up) {
        const Color back = look.back ? look.back : (*theme_)[Role::accent];
        fill(c, rgb(0xf7f5ef), radius);
        const Rect field = c.inset(c.w * 0.065f);
        gradient(field, lighter(back, 0.06f), darker(back, 0.28f), radius * 0.6f);
        push_clip(field.inset(c.w * 0.05f));
        const float step = c.w * 0.16f;
        const Color lattice = faded(rgb(0xffffff), 0.20f);
        for (float x = -c.h; x < c.w; x += step) {
            line({c.x + x, c.y}, {c.x + x + c.h, c.bottom()}, lattice, std::max(1.0f, c.w * 0.012f));
            line({c.x + x, c.bottom()}, {c.x + x + c.h, c.y}, lattice, std::max(1.0f, c.w * 0.012f));
        }
        pop_clip();
        stroke(field.inset(c.w * 0.05f), faded(rgb(0xffffff), 0.55f), c.w * 0.015f, radius * 0.4f);
        return;
    }
    gradient(c, rgb(0xfffefb), rgb(0xefebe2), radius);
    stroke(c, rgba(0x00000022), 1, radius);
    const bool red_suit = contains(look.glyph, "♥") || contains(look.glyph, "♦");
    const Color ink = look.ink ? look.ink : red_suit ? rgb(0xcf2b38) : rgb(0x22262f);
    // "10♥" is a rank and a suit: the suit stands large in the middle, both stand in the corners.
    constexpr std::size_t suit_bytes = 3;
    const bool suited =
        look.glyph.size() > suit_bytes && look.glyph.substr(look.glyph.size() - suit_bytes, 2) == "\xE2\x99";
    if (!suited) {
        text_fit(c.center(), look.glyph, c.h * 0.52f, ink, c.w * 0.74f);
        const float small = c.h * 0.19f, dx = c.w * 0.17f, dy = c.h * 0.12f;
        text_fit({c.x + dx, c.y + dy}, look.glyph, small, ink, c.w * 0.26f);
        text_fit({c.right() - dx, c.bottom() - dy}, look.glyph, small, ink, c.w * 0.26f);
        return;
    }
    const std::string_view rank = look.glyph.substr(0, look.glyph.size() - suit_bytes);
    const std::string_view suit = look.glyph.substr(look.glyph.size() - suit_bytes);
    text_fit(c.center(), suit, c.h * 0.50f, ink, c.w * 0.70f);
    const float dx = c.w * 0.17f, rank_y = c.h * 0.12f, suit_y = c.h * 0.26f;
    text_fit({c.x + dx, c.y + rank_y}, rank, c.h * 0.21f, ink, c.w * 0.26f);
    text_fit({c.x + dx, c.y + suit_y}, suit, c.h * 0.17f, ink);
    text_fit({c.right() - dx, c.bottom() - suit_y}, suit, c.h * 0.17f, ink);
    text_fit({c.right() - dx, c.bottom() - rank_y}, rank, c.h * 0.21f, ink, c.w * 0.26f);
}

void Canvas::die(Vec2 center, float size, int pips, Color color, float angle) {
    const float half = size * 0.5f, radius = size * 0.20f;
    circle_shadow({center.x, center.y + size * 0.07f}, half * 1.0f, size * 0.14f, rgba(0x00000066));
    polygon(rounded_square({center.x, center.y + size * 0.045f}, half, radius, angle), darker(color, 0.30f));
    polygon(rounded_square(center, half, radius, angle), darker(color, 0.06f));
    polygon(rounded_square({center.x, center.y - size * 0.012f}, half * 0.94f, radius, angle), lighter(color, 0.10f));
    // Bits of a 3x3 grid, row by row from the top left.
    static constexpr std::array<unsigned, 10> faces{0,           0b000010000, 0b100000001, 0b100010001, 0b101000101,
                                                    0b101010101, 0b101101101, 0b101111101, 0b111101111, 0b111111111};
    const unsigned face = faces[static_cast<std::size_t>(std::clamp(pips, 0, 9))];
    const Color ink = readable_on(color), c = luminance(color) > 0.30f ? rgb(0x2a2e38) : ink;
    const float turn_c = std::cos(angle), turn_s = std::sin(angle), step = size * 0.26f;
    for (int i = 0; i < 9; ++i) {
        if (!((face >> i) & 1u)) continue;
        const float x = static_cast<float>(i % 3 - 1) * step, y = static_cast<float>(i / 3 - 1) * step;
        const Vec2 p(center.x + x * turn_c - y * turn_s, center.y - size * 0.012f + x * turn_s + y * turn_c);
        circle({p.x, p.y + size * 0.014f}, size * 0.092f, lighter(color, 0.5f));
        circle(p, size * 0.090f, c);
    }
}

void Canvas::tile(const Rect &r, std::string_view text, Color color) {
    const float side = std::min(r.w, r.h), radius = side * 0.12f;
    fill(r, darker(color, 0.26f), radius);
    Rect face = r;
    face.cut_bottom(side * 0.05f);
    gradient(face, lighter(color, 0.14f), darker(color, 0.02f), radius);
    text_fit(face.center(), text, side * 0.50f, readable_on(color), r.w * 0.80f);
}

void Canvas::glyph_piece(Vec2 center, float height, std::string_view glyph, Color color, bool outlined) {
    // Outlined chess men have filled twins six code points on: the filled ones take colour better.
    std::string filled(glyph);
    if (glyph.size() == 3 && glyph.starts_with("\xE2\x99")) {
        const auto last = static_cast<unsigned char>(glyph[2]);
        if (last >= 0x94 && last <= 0x99) filled[2] = static_cast<char>(last + 6);
    }
    if (!outlined) {
        text_fit(center, filled, height, color);
        return;
    }
    const bool pale = luminance(color) > 0.2f;
    const Color outline = pale ? rgb(0x2b2723) : rgb(0xf1e9da);
    const float width = std::max(1.0f, height * (pale ? 0.032f : 0.022f));
    for (int i = 0; i < 8; ++i) {
        const float a = static_cast<float>(i) * pi * 0.25f;
        text_fit({center.x + width * std::cos(a), center.y + width * std::sin(a)}, filled, height, outline);
    }
    text_fit(center, filled, height, color);
}

void Canvas::board_plate(const Rect &r, Color color, float radius) {
    const float lift = std::max(2.0f, std::min(r.w, r.h) * 0.012f);
    shadow({r.x, r.y, r.w, r.h + lift}, std::max(8.0f, std::min(r.w, r.h) * 0.05f), {0, lift * 1.5f});
    fill({r.x, r.y + lift, r.w, r.h}, darker(color, 0.36f), radius);
    gradient(r, lighter(color, 0.07f), darker(color, 0.05f), radius);
    stroke(r, faded(lighter(color, 0.5f), 0.28f), 1, radius);
}

} // namespace parlour::host::ui
