#pragma once
// Points, rectangles and colours of the window: plain values, no state.
//
// Lengths are real pixels of the frame unless a name says otherwise; multiply design lengths by
// Theme::scale (or call px()) to get them. Colours are packed the way Dear ImGui packs them
// (red in the low byte, straight alpha).
#include <algorithm>
#include <cstdint>

#include <imgui.h>

namespace parlour::host::ui {

/// A point or a size in pixels.
using Vec2 = ImVec2;

/// A packed colour, IM_COL32 order, straight (not premultiplied) alpha.
using Color = ImU32;

/// An axis-aligned rectangle: left, top, width, height in pixels.
///
/// The cut_ functions slice a piece off and keep the rest, which is how screens lay themselves out:
///     Rect page = frame.bounds().inset(24);
///     Rect header = page.cut_top(56);
struct Rect {
    float x = 0, y = 0, w = 0, h = 0;

    [[nodiscard]] constexpr float left() const { return x; }
    [[nodiscard]] constexpr float top() const { return y; }
    [[nodiscard]] constexpr float right() const { return x + w; }
    [[nodiscard]] constexpr float bottom() const { return y + h; }
    [[nodiscard]] Vec2 min() const { return {x, y}; }
    [[nodiscard]] Vec2 max() const { return {x + w, y + h}; }
    [[nodiscard]] Vec2 size() const { return {w, h}; }
    [[nodiscard]] Vec2 center() const { return {x + w * 0.5f, y + h * 0.5f}; }
    [[nodiscard]] bool contains(Vec2 p) const { return p.x >= x && p.y >= y && p.x < right() && p.y < bottom(); }

    /// The same rectangle made smaller on every side (negative: larger); never of negative size.
    [[nodiscard]] constexpr Rect inset(float dx, float dy) const {
        return {x + dx, y + dy, std::max(0.0f, w - 2 * dx), std::max(0.0f, h - 2 * dy)};
    }
    [[nodiscard]] constexpr Rect inset(float d) const { return inset(d, d); }
    [[nodiscard]] constexpr Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }
    /// A rectangle of size `s` centred in this one.
    [[nodiscard]] Rect centered(Vec2 s) const { return {x + (w - s.x) * 0.5f, y + (h - s.y) * 0.5f, s.x, s.y}; }

    /// Cuts `length` pixels (at most what is left) plus a `gap` from one side and returns the piece without the gap.
    constexpr Rect cut_left(float length, float gap = 0) {
        const Rect piece{x, y, std::min(length, w), h};
        const float used = std::min(w, piece.w + gap);
        x += used;
        w -= used;
        return piece;
    }
    constexpr Rect cut_right(float length, float gap = 0) {
        const float width = std::min(length, w);
        const Rect piece{right() - width, y, width, h};
        w -= std::min(w, width + gap);
        return piece;
    }
    constexpr Rect cut_top(float length, float gap = 0) {
        const Rect piece{x, y, w, std::min(length, h)};
        const float used = std::min(h, piece.h + gap);
        y += used;
        h -= used;
        return piece;
    }
    constexpr Rect cut_bottom(float length, float gap = 0) {
        const float height = std::min(length, h);
        const Rect piece{x, bottom() - height, w, height};
        h -= std::min(h, height + gap);
        return piece;
    }

    friend constexpr bool operator==(const Rect &, const Rect &) = default;
};

/// An opaque colour from 0xRRGGBB.
[[nodiscard]] constexpr Color rgb(std::uint32_t hex) {
    return IM_COL32((hex >> 16) & 255u, (hex >> 8) & 255u, hex & 255u, 255u);
}

/// A colour from 0xRRGGBBAA.
[[nodiscard]] constexpr Color rgba(std::uint32_t hex) {
    return IM_COL32((hex >> 24) & 255u, (hex >> 16) & 255u, (hex >> 8) & 255u, hex & 255u);
}

[[nodiscard]] constexpr std::uint32_t red(Color c) {
    return (c >> IM_COL32_R_SHIFT) & 255u;
}
[[nodiscard]] constexpr std::uint32_t green(Color c) {
    return (c >> IM_COL32_G_SHIFT) & 255u;
}
[[nodiscard]] constexpr std::uint32_t blue(Color c) {
    return (c >> IM_COL32_B_SHIFT) & 255u;
}
[[nodiscard]] constexpr std::uint32_t alpha(Color c) {
    return (c >> IM_COL32_A_SHIFT) & 255u;
}

/// The colour with its alpha multiplied by `factor` (0..1).
[[nodiscard]] constexpr Color faded(Color c, float factor) {
    const float scaled = static_cast<float>(alpha(c)) * std::clamp(factor, 0.0f, 1.0f);
    const auto a = static_cast<std::uint32_t>(scaled + 0.5f);
    return (c & ~static_cast<Color>(IM_COL32_A_MASK)) | (a << IM_COL32_A_SHIFT);
}

/// `from` at t = 0, `to` at t = 1, straight mix in between; t is clamped.
[[nodiscard]] constexpr Color mix(Color from, Color to, float t) {
    const auto weight = static_cast<std::int32_t>(std::clamp(t, 0.0f, 1.0f) * 256.0f + 0.5f);
    Color result = 0;
    for (unsigned shift = 0; shift < 32; shift += 8) {
        const auto a = static_cast<std::int32_t>((from >> shift) & 255u);
        const auto b = static_cast<std::int32_t>((to >> shift) & 255u);
        const std::int32_t value = a + (((b - a) * weight + 128) >> 8);
        result |= static_cast<Color>(std::clamp(value, std::int32_t{0}, std::int32_t{255})) << shift;
    }
    return result;
}

/// The colour mixed towards white (lighter) or black (darker), alpha kept.
[[nodiscard]] constexpr Color lighter(Color c, float t) {
    return mix(c, (c & IM_COL32_A_MASK) | (IM_COL32_WHITE & ~static_cast<Color>(IM_COL32_A_MASK)), t);
}
[[nodiscard]] constexpr Color darker(Color c, float t) {
    return mix(c, c & IM_COL32_A_MASK, t);
}

/// Relative luminance 0..1 (WCAG 2 weights, gamma taken as 2): used to choose a readable text colour.
[[nodiscard]] constexpr float luminance(Color c) {
    const auto linear = [](std::uint32_t v) { return static_cast<float>(v * v) / (255.0f * 255.0f); };
    return 0.2126f * linear(red(c)) + 0.7152f * linear(green(c)) + 0.0722f * linear(blue(c));
}

/// Black-ish or white, whichever reads better on `background`.
[[nodiscard]] constexpr Color readable_on(Color background) {
    return luminance(background) > 0.30f ? rgb(0x15181f) : rgb(0xffffff);
}

/// How far two colours are apart in light: 1 (the same) to 21 (black and white), as WCAG 2 has it.
[[nodiscard]] constexpr float contrast(Color a, Color b) {
    const float light = std::max(luminance(a), luminance(b)), dark = std::min(luminance(a), luminance(b));
    return (light + 0.05f) / (dark + 0.05f);
}

/// `ink`, moved towards black or white as far as it takes to be read on `background` (contrast 3).
[[nodiscard]] constexpr Color legible_on(Color background, Color ink) {
    constexpr float wanted = 3;
    const bool on_light = luminance(background) > 0.18f; // as far from black as from white
    Color found = ink;
    for (float t = 0.1f; contrast(background, found) < wanted && t < 1.05f; t += 0.1f)
        found = on_light ? darker(ink, t) : lighter(ink, t);
    return found;
}

} // namespace parlour::host::ui
