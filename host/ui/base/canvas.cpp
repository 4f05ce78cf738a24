#include "host/ui/base/canvas.hpp"

#include <imgui_internal.h>

#include <array>
#include <cmath>

#include "host/ui/base/context.hpp"

namespace parlour::host::ui {
namespace {

constexpr float pi = 3.14159265f;

ImDrawFlags flags_of(Corners corners) {
    switch (corners) {
        case Corners::all:
            return ImDrawFlags_RoundCornersAll;
        case Corners::top:
            return ImDrawFlags_RoundCornersTop;
        case Corners::bottom:
            return ImDrawFlags_RoundCornersBottom;
        case Corners::left:
            return ImDrawFlags_RoundCornersLeft;
        case Corners::right:
            return ImDrawFlags_RoundCornersRight;
        case Corners::none:
            break;
    }
    return ImDrawFlags_RoundCornersNone;
}

float cross_product(Vec2 o, Vec2 a, Vec2 b) {
    return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

float signed_area(std::span<const Vec2> points) {
    float sum = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Vec2 a = points[i], b = points[(i + 1) % points.size()];
        sum += a.x * b.y - a.y * b.x;
    }
    return sum * 0.5f;
}

/// Ear clipping of a simple polygon that runs clockwise on the screen; triples of indices.
/// (Meisters, "Polygons have ears", 1975; quadratic, fine for the dozens of points of a piece.)
std::vector<std::size_t> triangulate(std::span<const Vec2> points) {
    std::vector<std::size_t> rest(points.size()), triangles;
    for (std::size_t i = 0; i < rest.size(); ++i) rest[i] = i;
    const auto inside = [&](std::size_t p, std::size_t a, std::size_t b, std::size_t c) {
        return cross_product(points[a], points[b], points[p]) >= 0 &&
               cross_product(points[b], points[c], points[p]) >= 0 &&
               cross_product(points[c], points[a], points[p]) >= 0;
    };
    while (rest.size() > 3) {
        bool found = false;
        for (std::size_t i = 0; i < rest.size() && !found; ++i) {
            const std::size_t a = rest[(i + rest.size() - 1) % rest.size()], b = rest[i],
                              c = rest[(i + 1) % rest.size()];
            if (cross_product(points[a], points[b], points[c]) <= 0) continue;
            bool ear = true;
            for (const std::size_t p : rest) ear = ear && (p == a || p == b || p == c || !inside(p, a, b, c));
            if (!ear) continue;
            triangles.insert(triangles.end(), {a, b, c});
            rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
            found = true;
        }
        if (!found) rest.erase(rest.begin()); // degenerate corner (three points in a line): it covers nothing
    }
    triangles.insert(triangles.end(), rest.begin(), rest.end());
    return triangles;
}

/// Fills a clockwise polygon with a fringe one pixel wide that fades out, as Dear ImGui does for convex ones.
void fill_polygon(ImDrawList &list, std::span<const Vec2> points, Color color) {
    const std::size_t count = points.size();
    const std::vector<std::size_t> triangles = triangulate(points);
    list.PrimReserve(static_cast<int>(triangles.size() + count * 6), static_cast<int>(count * 2));
    const Vec2 uv = list._Data->TexUvWhitePixel;
    const auto base = list._VtxCurrentIdx;
    const auto index = [base](std::size_t offset) { return static_cast<ImDrawIdx>(base + offset); };
    std::vector<Vec2> normals(count);
    for (std::size_t i = 0; i < count; ++i) {
        const Vec2 a = points[i], b = points[(i + 1) % count];
        const float dx = b.x - a.x, dy = b.y - a.y, length = std::sqrt(dx * dx + dy * dy);
        normals[i] = length > 0 ? Vec2(dy / length, -dx / length) : Vec2(0, 0);
    }
    for (std::size_t i = 0; i < triangles.size(); ++i) list.PrimWriteIdx(index(triangles[i] * 2));
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t before = (i + count - 1) % count;
        list.PrimWriteIdx(index(i * 2)), list.PrimWriteIdx(index(before * 2)),
            list.PrimWriteIdx(index(before * 2 + 1));
        list.PrimWriteIdx(index(before * 2 + 1)), list.PrimWriteIdx(index(i * 2 + 1)),
            list.PrimWriteIdx(index(i * 2));
    }
    for (std::size_t i = 0; i < count; ++i) {
        const Vec2 n0 = normals[(i + count - 1) % count], n1 = normals[i];
        Vec2 n((n0.x + n1.x) * 0.5f, (n0.y + n1.y) * 0.5f);
        const float square = std::max(0.1f, n.x * n.x + n.y * n.y); // sharp corners reach at most about 3 pixels
        n = {n.x / square * 0.5f, n.y / square * 0.5f};
        list.PrimWriteVtx({points[i].x - n.x, points[i].y - n.y}, uv, color);
        list.PrimWriteVtx({points[i].x + n.x, points[i].y + n.y}, uv, color & ~static_cast<Color>(IM_COL32_A_MASK));
    }
}

} // namespace

Canvas::Canvas(ImDrawList &list, const Theme &theme, const Fonts &fonts)
    : list_(&list), theme_(&theme), fonts_(&fonts) {}

Canvas::Canvas() : Canvas(*ImGui::GetWindowDrawList(), context().theme, context().fonts) {}

// ---- state ---------------------------------------------------------------------------------------------------

void Canvas::push_transform(Vec2 offset, Vec2 scale) {
    const Transform outer = top();
    transforms_.push_back({{outer.offset.x + offset.x * outer.scale.x, outer.offset.y + offset.y * outer.scale.y},
                           {outer.scale.x * scale.x, outer.scale.y * scale.y}});
}

void Canvas::pop_transform() {
    if (transforms_.size() > 1) transforms_.pop_back();
}

void Canvas::push_scale_about(Vec2 center, Vec2 scale) {
    push_transform({center.x * (1 - scale.x), center.y * (1 - scale.y)}, scale);
}

void Canvas::push_alpha(float factor) {
    alphas_.push_back(alphas_.back() * std::clamp(factor, 0.0f, 1.0f));
}

void Canvas::pop_alpha() {
    if (alphas_.size() > 1) alphas_.pop_back();
}

void Canvas::push_clip(const Rect &clip) {
    const Rect r = map(clip);
    list_->PushClipRect(r.min(), r.max(), true);
}

void Canvas::pop_clip() {
    list_->PopClipRect();
}

Vec2 Canvas::map(Vec2 p) const {
    return {top().offset.x + p.x * top().scale.x, top().offset.y + p.y * top().scale.y};
}

Rect Canvas::map(const Rect &r) const {
    const Vec2 a = map(r.min()), b = map(r.max());
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(b.x - a.x), std::abs(b.y - a.y)};
}

float Canvas::length(float design) const {
    return design * std::sqrt(std::abs(top().scale.x * top().scale.y));
}

Color Canvas::tint(Color color) const {
    return alphas_.back() >= 1 ? color : faded(color, alphas_.back());
}

// ---- shapes --------------------------------------------------------------------------------------------------

void Canvas::fill(const Rect &r, Color color, float radius, Corners corners) {
    const Rect m = map(r);
    if (m.w <= 0 || m.h <= 0) return;
    list_->AddRectFilled(m.min(), m.max(), tint(color), length(radius), flags_of(corners));
}

void Canvas::stroke(const Rect &r, Color color, float width, float radius, Corners corners) {
    const float w = std::max(1.0f, length(width));
    const Rect m = map(r).inset(w * 0.5f);
    list_->PathRect(m.min(), m.max(), std::max(0.0f, length(radius) - w * 0.5f), flags_of(corners));
    list_->PathStroke(tint(color), ImDrawFlags_Closed, w);
}

void Canvas::gradient(const Rect &r, Color top_color, Color bottom_color, float radius, Corners corners) {
    const Rect m = map(r);
    if (m.w <= 0 || m.h <= 0) return;
    const int start = list_->VtxBuffer.Size;
    list_->AddRectFilled(m.min(), m.max(), tint(top_color), length(radius), flags_of(corners));
    ImGui::ShadeVertsLinearColorGradientKeepAlpha(list_, start, list_->VtxBuffer.Size, m.min(), {m.x, m.bottom()},
                                                  tint(top_color), tint(bottom_color));
}

void Canvas::shadow(const Rect &r, float blur, Vec2 offset, Color color) {
    const Rect m = map(r).moved(length(offset.x), length(offset.y));
    const float b = length(blur);
    if (m.w <= 0 || m.h <= 0 || b <= 0) return;
    const Color shade = tint(color ? color : (*theme_)[Role::shadow]);
    const float slice_x = std::min(2 * b, m.w * 0.5f + b), slice_y = std::min(2 * b, m.h * 0.5f + b);
    // Whole pixels, so that the stretched middle pieces meet the corners exactly.
    const std::array<float, 4> xs{std::floor(m.x - b), std::floor(m.x - b + slice_x),
                                  std::ceil(m.right() + b - slice_x), std::ceil(m.right() + b)};
    const std::array<float, 4> ys{std::floor(m.y - b), std::floor(m.y - b + slice_y),
                                  std::ceil(m.bottom() + b - slice_y), std::ceil(m.bottom() + b)};
    const Vec2 outer = fonts_->shadow().uv_outer, inner = fonts_->shadow().uv_inner;
    const std::array<float, 4> us{outer.x, inner.x, inner.x, outer.x}, vs{outer.y, inner.y, inner.y, outer.y};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column) {
            if (row == 1 && column == 1) continue;
            if (xs[column] >= xs[column + 1] || ys[row] >= ys[row + 1]) continue;
            list_->PrimReserve(6, 4);
            list_->PrimRectUV({xs[column], ys[row]}, {xs[column + 1], ys[row + 1]}, {us[column], vs[row]},
                              {us[column + 1], vs[row + 1]}, shade);
        }
    }
}

void Canvas::circle_shadow(Vec2 center, float radius, float blur, Color color) {
    const Color shade = tint(color ? color : (*theme_)[Role::shadow]);
    const Vec2 c = map(center);
    const float rx = radius * std::abs(top().scale.x), ry = radius * std::abs(top().scale.y), b = length(blur);
    // Rings of falling alpha (a squared fall reads softer than a straight one).
    constexpr unsigned segments = 32, rings = 4;
    constexpr std::array<float, rings> alphas{1.0f, 0.55f, 0.16f, 0.0f};
    list_->PrimReserve(static_cast<int>(segments * 3 + segments * 6 * (rings - 1)),
                       static_cast<int>(1 + segments * rings));
    const Vec2 uv = list_->_Data->TexUvWhitePixel;
    const unsigned base = list_->_VtxCurrentIdx;
    const auto index = [base](unsigned offset) { return static_cast<ImDrawIdx>(base + offset); };
    list_->PrimWriteVtx(c, uv, shade);
    for (unsigned ring_index = 0; ring_index < rings; ++ring_index) {
        const float grow = b * (2.0f * static_cast<float>(ring_index) / (rings - 1) - 1.0f);
        for (unsigned i = 0; i < segments; ++i) {
            const float angle = 2 * pi * static_cast<float>(i) / segments;
            list_->PrimWriteVtx({c.x + std::max(0.0f, rx + grow) * std::cos(angle),
                                 c.y + std::max(0.0f, ry + grow) * std::sin(angle)},
                                uv, faded(shade, alphas[ring_index]));
        }
    }
    for (unsigned i = 0; i < segments; ++i) {
        const unsigned j = (i + 1) % segments;
        list_->PrimWriteIdx(index(0)), list_->PrimWriteIdx(index(1 + i)), list_->PrimWriteIdx(index(1 + j));
        for (unsigned ring_index = 0; ring_index + 1 < rings; ++ring_index) {
            const unsigned a = 1 + ring_index * segments, d = a + segments;
            list_->PrimWriteIdx(index(a + i)), list_->PrimWriteIdx(index(d + i)), list_->PrimWriteIdx(index(d + j));
            list_->PrimWriteIdx(index(a + i)), list_->PrimWriteIdx(index(d + j)), list_->PrimWriteIdx(index(a + j));
        }
    }
}

void Canvas::ellipse_path(Vec2 center, float radius) {
    const Vec2 c = map(center);
    const float rx = radius * std::abs(top().scale.x), ry = radius * std::abs(top().scale.y);
    const float larger = std::max(rx, ry);
    // Segments for a chord error of 0.1 pixel.
    const float wanted = larger > 0.5f ? pi / std::acos(1 - std::min(0.1f, larger) / larger) : 8.0f;
    const int segments = std::clamp(static_cast<int>(std::ceil(wanted)), 12, 160);
    list_->PathClear();
    for (int i = 0; i < segments; ++i) {
        const float angle = 2 * pi * static_cast<float>(i) / static_cast<float>(segments);
        list_->PathLineTo({c.x + rx * std::cos(angle), c.y + ry * std::sin(angle)});
    }
}

void Canvas::circle(Vec2 center, float radius, Color color) {
    if (radius <= 0) return;
    ellipse_path(center, radius);
    list_->PathFillConvex(tint(color));
}

void Canvas::ring(Vec2 center, float radius, float width, Color color) {
    const float w = std::min(width, radius);
    if (w <= 0) return;
    ellipse_path(center, radius - w * 0.5f);
    list_->PathStroke(tint(color), ImDrawFlags_Closed, std::max(1.0f, length(w)));
}

void Canvas::arc(Vec2 center, float radius, float from, float to, float width, Color color) {
    const float w = length(width);
    list_->PathClear();
    list_->PathArcTo(map(center), length(radius), from, to, std::clamp(static_cast<int>(length(radius)), 12, 64));
    const Vec2 first = list_->_Path.front(), last = list_->_Path.back();
    list_->PathStroke(tint(color), ImDrawFlags_None, w);
    list_->AddCircleFilled(first, w * 0.5f, tint(color));
    list_->AddCircleFilled(last, w * 0.5f, tint(color));
}

void Canvas::circle_gradient(Vec2 center, float radius, Color top_color, Color bottom_color) {
    const int start = list_->VtxBuffer.Size;
    circle(center, radius, top_color);
    const Vec2 c = map(center);
    const float ry = radius * std::abs(top().scale.y);
    ImGui::ShadeVertsLinearColorGradientKeepAlpha(list_, start, list_->VtxBuffer.Size, {c.x, c.y - ry},
                                                  {c.x, c.y + ry}, tint(top_color), tint(bottom_color));
}

void Canvas::polygon(std::span<const Vec2> points, Color color) {
    if (points.size() < 3) return;
    std::vector<Vec2> mapped;
    mapped.reserve(points.size());
    for (const Vec2 &p : points) mapped.push_back(map(p));
    if (signed_area(mapped) < 0) std::reverse(mapped.begin(), mapped.end());
    fill_polygon(*list_, mapped, tint(color));
}

void Canvas::polygon_outline(std::span<const Vec2> points, Color color, float width) {
    list_->PathClear();
    for (const Vec2 &p : points) list_->PathLineTo(map(p));
    list_->PathStroke(tint(color), ImDrawFlags_Closed, std::max(1.0f, length(width)));
}

void Canvas::line(Vec2 from, Vec2 to, Color color, float width) {
    const Vec2 a = map(from), b = map(to);
    const float half = std::max(1.0f, length(width)) * 0.5f;
    if (half < 1.0f) {
        list_->PathLineTo(a);
        list_->PathLineTo(b);
        list_->PathStroke(tint(color), ImDrawFlags_None, half * 2);
        return;
    }
    // One convex capsule: no seam where the cap meets the line, also when translucent.
    const float angle = std::atan2(b.y - a.y, b.x - a.x);
    const int segments = std::clamp(static_cast<int>(half) + 4, 6, 24);
    list_->PathArcTo(b, half, angle - pi * 0.5f, angle + pi * 0.5f, segments);
    list_->PathArcTo(a, half, angle + pi * 0.5f, angle + pi * 1.5f, segments);
    list_->PathFillConvex(tint(color));
}

void Canvas::polyline(std::span<const Vec2> points, Color color, float width) {
    if (points.size() < 2) return;
    const float w = std::max(1.0f, length(width));
    for (const Vec2 &p : points) list_->PathLineTo(map(p));
    list_->PathStroke(tint(color), ImDrawFlags_None, w);
    if (w < 2 || alpha(tint(color)) < 255) return;
    list_->AddCircleFilled(map(points.front()), w * 0.5f, tint(color));
    list_->AddCircleFilled(map(points.back()), w * 0.5f, tint(color));
}

void Canvas::arrow(Vec2 from, Vec2 to, Color color, float width) {
    const float dx = to.x - from.x, dy = to.y - from.y, distance = std::sqrt(dx * dx + dy * dy);
    if (distance <= 0) return;
    const Vec2 along(dx / distance, dy / distance), across(-along.y, along.x);
    const float head = std::min(width * 3.2f, distance * 0.7f), half = width * 0.5f, wing = head * 0.62f;
    const auto at = [&](float forward, float side) {
        return Vec2(from.x + along.x * forward + across.x * side, from.y + along.y * forward + across.y * side);
    };
    const float neck = distance - head;
    const std::array<Vec2, 7> points{at(0, -half),
                                     at(neck, -half),
                                     at(neck - head * 0.08f, -wing),
                                     at(distance, 0),
                                     at(neck - head * 0.08f, wing),
                                     at(neck, half),
                                     at(0, half)};
    polygon(points, color);
}

void Canvas::dashed_rect(const Rect &r, Color color, float width, float radius, float dash) {
    const Rect inner = r.inset(width * 0.5f);
    const std::array<Vec2, 4> corners{inner.min(), Vec2(inner.right(), inner.y), inner.max(),
                                      Vec2(inner.x, inner.bottom())};
    for (std::size_t i = 0; i < 4; ++i) {
        const Vec2 a = corners[i], b = corners[(i + 1) % 4];
        const float side = std::abs(b.x - a.x) + std::abs(b.y - a.y), free = side - 2 * radius;
        if (free <= 0) continue;
        const Vec2 along((b.x - a.x) / side, (b.y - a.y) / side);
        // An odd number of equal pieces, dash and gap in turn, that begins and ends with a dash.
        const int pieces = std::max(1, static_cast<int>(free / dash)) | 1;
        const float piece = free / static_cast<float>(pieces);
        for (int k = 0; k < pieces; k += 2) {
            const float from = radius + piece * static_cast<float>(k);
            line({a.x + along.x * from, a.y + along.y * from},
                 {a.x + along.x * (from + piece), a.y + along.y * (from + piece)}, color, width);
        }
        const Vec2 next((corners[(i + 2) % 4].x - b.x), (corners[(i + 2) % 4].y - b.y));
        if (radius > 1) {
            const float turn = std::atan2(along.y, along.x) - pi * 0.5f;
            const float next_length = std::abs(next.x) + std::abs(next.y);
            const Vec2 pivot(b.x - along.x * radius + (next_length > 0 ? next.x / next_length * radius : 0),
                             b.y - along.y * radius + (next_length > 0 ? next.y / next_length * radius : 0));
            arc(pivot, radius, turn, turn + pi * 0.5f, width, color);
        }
    }
}

// ---- text ----------------------------------------------------------------------------------------------------

Vec2 Canvas::text_size(std::string_view text, FontRole role) const {
    const ImFont *font = (*fonts_)[role];
    // A view without text may have no address either, which ImGui would take for a C string.
    if (text.empty()) return {0, font->FontSize};
    return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.data(), text.data() + text.size());
}

float Canvas::text(Vec2 at, std::string_view text, FontRole role, Color color, Align align, float max_width) {
    if (text.empty()) return 0;
    const ImFont *font = (*fonts_)[role];
    const char *begin = text.data(), *end = begin + text.size();
    float width = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, begin, end).x;
    float ellipsis = 0;
    static constexpr std::string_view dots = "…";
    const float limit = length(max_width);
    if (max_width > 0 && width > limit) {
        ellipsis = text_size(dots, role).x;
        const char *cut = begin;
        width = font->CalcTextSizeA(font->FontSize, std::max(0.0f, limit - ellipsis), 0, begin, end, &cut).x;
        end = cut;
        while (end > begin && end[-1] == ' ') --end;
        width = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, begin, end).x + ellipsis;
    }
    const Vec2 p = map(at);
    const float shift = align == Align::center ? width * 0.5f : align == Align::right ? width : 0.0f;
    // Whole pixels keep the glyphs sharp.
    const Vec2 origin(std::floor(p.x - shift + 0.5f), std::floor(p.y - font->FontSize * 0.5f + 0.5f));
    list_->AddText(font, font->FontSize, origin, tint(color), begin, end);
    if (ellipsis > 0) {
        list_->AddText(font, font->FontSize, {origin.x + width - ellipsis, origin.y}, tint(color), dots.data(),
                       dots.data() + dots.size());
    }
    return width;
}

void Canvas::text_fit(Vec2 center, std::string_view text, float height, Color color, float max_width) {
    const char *begin = text.data(), *end = begin + text.size();
    float pixels = height * std::abs(top().scale.y);
    if (text.empty() || pixels < 2) return;
    const ImFont *font = fonts_->piece_font(pixels);
    const float natural = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, begin, end).x;
    const float limit = max_width * std::abs(top().scale.x);
    if (max_width > 0 && natural * pixels / font->FontSize > limit) {
        pixels = limit * font->FontSize / natural;
        font = fonts_->piece_font(pixels);
    }
    // Step 1: the glyphs and the ink they cover, in the font's own pixels.
    std::vector<const ImFontGlyph *> glyphs;
    float advance = 0, ink_top = FLT_MAX, ink_bottom = 0, ink_left = FLT_MAX, ink_right = 0;
    bool symbols = false;
    for (const char *s = begin; s < end;) {
        unsigned code = 0;
        const int used = ImTextCharFromUtf8(&code, s, end);
        if (used <= 0) break;
        s += used;
        const ImFontGlyph *glyph = font->FindGlyph(static_cast<ImWchar>(code));
        if (!glyph) continue;
        glyphs.push_back(glyph);
        symbols = symbols || code >= 0x2500;
        ink_left = std::min(ink_left, advance + glyph->X0);
        ink_right = std::max(ink_right, advance + glyph->X1);
        ink_top = std::min(ink_top, glyph->Y0);
        ink_bottom = std::max(ink_bottom, glyph->Y1);
        advance += glyph->AdvanceX;
    }
    if (glyphs.empty()) return;
    // Step 2: where the text's origin falls so that ink (symbols) or capitals (text) are centred.
    const float scale = pixels / font->FontSize;
    const float middle = symbols ? (ink_top + ink_bottom) * 0.5f : font->FontSize * 0.5f;
    const Vec2 c = map(center);
    Vec2 origin(c.x - (ink_left + ink_right) * 0.5f * scale, c.y - middle * scale);
    if (scale == 1.0f) origin = {std::floor(origin.x + 0.5f), std::floor(origin.y + 0.5f)};
    const float squeeze = std::abs(top().scale.y) > 0 ? std::abs(top().scale.x / top().scale.y) : 1.0f;
    // Step 3: one quad a glyph.
    float x = 0;
    for (const ImFontGlyph *glyph : glyphs) {
        const auto place = [&](float gx) { return c.x + (origin.x + (x + gx) * scale - c.x) * squeeze; };
        list_->PrimReserve(6, 4);
        list_->PrimRectUV({place(glyph->X0), origin.y + glyph->Y0 * scale},
                          {place(glyph->X1), origin.y + glyph->Y1 * scale}, {glyph->U0, glyph->V0},
                          {glyph->U1, glyph->V1}, tint(color));
        x += glyph->AdvanceX;
    }
}

void Canvas::icon(Icon icon, Vec2 center, float size, Color color) {
    draw_icon(*list_, icon, map(center), length(size), tint(color));
}

} // namespace parlour::host::ui
