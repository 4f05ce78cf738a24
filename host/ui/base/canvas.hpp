#pragma once
// The drawing words of boards, tiles and pieces, over Dear ImGui's draw list.
//
// Everything is an anti-aliased vector. A Canvas carries a stack of transforms (offset and scale), an alpha
// multiplier and clip rectangles; coordinates given to it are mapped by the top of the stack, line widths
// and radii by the geometric mean of its scale. A negative or small x scale flips a piece over (turning a disc).
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "host/ui/base/fonts.hpp"
#include "host/ui/base/geometry.hpp"
#include "host/ui/base/icons.hpp"
#include "host/ui/base/theme.hpp"

namespace parlour::host::ui {

/// Where text stands relative to its point.
enum class Align : std::uint8_t { left, center, right };

/// Which corners are rounded.
enum class Corners : std::uint8_t { all, top, bottom, left, right, none };

/// A second sign beside colour that tells players apart: by player index, repeating after six.
enum class ShapeCue : std::uint8_t { none, diamond, square, triangle, cross, ring };
[[nodiscard]] constexpr ShapeCue cue_of_player(std::size_t index) {
    return static_cast<ShapeCue>(index % 6);
}

/// How a round piece looks.
struct DiscLook {
    Color color = 0;
    ShapeCue cue = ShapeCue::none; ///< engraved sign
    int level = 0;                 ///< 1 and more: a crown (a promoted man); 2 draws it with a second rim
    bool shadow = true;            ///< soft shadow below
    bool relief = true;            ///< rings and light; false gives a plain flat disc
};

/// How a playing card looks.
struct CardLook {
    std::string_view glyph{}; ///< "K", "A♠", "10♥": what the face shows; the suit's colour is used for ♥ and ♦
    bool face_up = true;      ///< false shows the back
    Color back = 0;           ///< colour of the back; 0: the theme's accent
    Color ink = 0;            ///< colour of the glyph; 0: by suit
    bool selected = false;    ///< lifted and ringed
};

class Canvas {
public:
    /// Draws into `list` with the look of `theme` and `fonts`; all three must outlive the canvas.
    Canvas(ImDrawList &list, const Theme &theme, const Fonts &fonts);
    /// Draws into the current ImGui window with the current theme (see context.hpp).
    Canvas();

    [[nodiscard]] ImDrawList &list() { return *list_; }
    [[nodiscard]] const Theme &theme() const { return *theme_; }

    // ---- state -------------------------------------------------------------------------------------------
    /// From now on point p is drawn at offset + p * scale (inside the transform already pushed).
    void push_transform(Vec2 offset, Vec2 scale = {1, 1});
    void pop_transform();
    /// Scales about `center`: {0.2f, 1} squeezes in x. Pops with pop_transform().
    void push_scale_about(Vec2 center, Vec2 scale);
    /// Multiplies the alpha of everything drawn until the pop.
    void push_alpha(float factor);
    void pop_alpha();
    /// Draws nothing outside `clip` (inside the clip already pushed) until the pop.
    void push_clip(const Rect &clip);
    void pop_clip();
    /// A point or a rectangle as the transforms map it.
    [[nodiscard]] Vec2 map(Vec2 p) const;
    [[nodiscard]] Rect map(const Rect &r) const;

    // ---- shapes ------------------------------------------------------------------------------------------
    void fill(const Rect &r, Color color, float radius = 0, Corners corners = Corners::all);
    /// An outline `width` wide, wholly inside `r`.
    void stroke(const Rect &r, Color color, float width = 1, float radius = 0, Corners corners = Corners::all);
    /// Colours change from `top` to `bottom`.
    void gradient(const Rect &r, Color top, Color bottom, float radius = 0, Corners corners = Corners::all);
    /// The blurred shadow of an opaque rectangle `r`, fading out over `blur` pixels on both sides of its edge, moved
    /// by `offset` (at most `blur`). Nothing is drawn where `r` will cover it. Colour 0 takes the theme's.
    void shadow(const Rect &r, float blur, Vec2 offset = {0, 0}, Color color = 0);
    /// The same for a disc.
    void circle_shadow(Vec2 center, float radius, float blur, Color color = 0);
    void circle(Vec2 center, float radius, Color color);
    /// A circle line `width` wide; the outer edge is at `radius`.
    void ring(Vec2 center, float radius, float width, Color color);
    /// Part of a ring, angles in radians, clockwise from the right, line centred on `radius`, round ends.
    void arc(Vec2 center, float radius, float from, float to, float width, Color color);
    void circle_gradient(Vec2 center, float radius, Color top, Color bottom);
    /// A filled simple polygon, convex or not, either winding.
    void polygon(std::span<const Vec2> points, Color color);
    void polygon_outline(std::span<const Vec2> points, Color color, float width);
    /// A line with round ends.
    void line(Vec2 from, Vec2 to, Color color, float width = 1);
    void polyline(std::span<const Vec2> points, Color color, float width = 1);
    /// A line with an arrow head whose tip is at `to`.
    void arrow(Vec2 from, Vec2 to, Color color, float width);
    /// Equally long dashes.
    void dashed_rect(const Rect &r, Color color, float width, float radius, float dash);

    // ---- text --------------------------------------------------------------------------------------------
    /// Size of `text` in the font of `role`, in pixels.
    [[nodiscard]] Vec2 text_size(std::string_view text, FontRole role) const;
    /// One line of text with its vertical middle at `at`.y and its left edge, middle or right edge at `at`.x.
    /// Longer than `max_width` (when above 0) it ends in an ellipsis. Returns the width drawn.
    float text(Vec2 at, std::string_view text, FontRole role, Color color, Align align = Align::left,
               float max_width = 0);
    /// Text whose line is `height` pixels high, its capital letters (a single glyph: its ink) centred on `center`,
    /// made smaller to fit `max_width` when that is above 0; for piece glyphs and numbers of any size.
    void text_fit(Vec2 center, std::string_view text, float height, Color color, float max_width = 0);
    void icon(Icon icon, Vec2 center, float size, Color color);

    // ---- pieces ------------------------------------------------------------------------------------------
    /// A playing piece: rim, ring relief, light from above, shape cue, crown.
    void disc(Vec2 center, float radius, const DiscLook &look);
    /// An empty round place sunk into a plate of colour `plate`.
    void hole(Vec2 center, float radius, Color plate);
    /// A stone ring.
    void ring_piece(Vec2 center, float radius, Color color);
    void cross_piece(Vec2 center, float radius, Color color);
    /// A square piece with a bevel; `cue` as on a disc.
    void block(const Rect &r, Color color, ShapeCue cue = ShapeCue::none);
    void triangle_piece(Vec2 center, float radius, Color color, float angle = 0);
    void star_piece(Vec2 center, float radius, Color color);
    void card(const Rect &r, const CardLook &look);
    /// A die of side `size` showing `pips` (0..9; 0 is blank), turned by `angle` radians.
    void die(Vec2 center, float size, int pips, Color color, float angle = 0);
    /// A numbered or lettered tile: bevelled plate with fitted text.
    void tile(const Rect &r, std::string_view text, Color color);
    /// A single glyph such as a chess man, filled with `color`, outlined so that it reads on any cell.
    void glyph_piece(Vec2 center, float height, std::string_view glyph, Color color, bool outlined = true);
    /// A plate under a whole board: shadow, bevel, gradient.
    void board_plate(const Rect &r, Color color, float radius);
    /// A small crown, as on a promoted man.
    void crown(Vec2 center, float size, Color color);
    /// The cue sign alone.
    void cue(Vec2 center, float radius, ShapeCue cue, Color color);

private:
    struct Transform {
        Vec2 offset{0, 0};
        Vec2 scale{1, 1};
    };
    [[nodiscard]] float length(float design) const;
    [[nodiscard]] Color tint(Color color) const;
    [[nodiscard]] const Transform &top() const { return transforms_.back(); }
    void ellipse_path(Vec2 center, float radius);

    ImDrawList *list_;
    const Theme *theme_;
    const Fonts *fonts_;
    std::vector<Transform> transforms_{Transform{}};
    std::vector<float> alphas_{1.0f};
};

} // namespace parlour::host::ui
