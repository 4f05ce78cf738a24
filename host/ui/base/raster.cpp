#include "host/ui/base/raster.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace parlour::host::ui {
namespace {

// Fixed-point conventions. Positions: 1/256 pixel. Interpolated values (colour channels, texels): 16.16.
// Positions are clamped to +-2^14 pixels, so every product below stays inside 64 bits:
// (2^28 texel difference) * (2^23 position difference) * 2^8 = 2^59.
constexpr int sub_bits = 8;
constexpr std::int32_t sub_one = 1 << sub_bits;
constexpr std::int32_t sub_half = sub_one / 2;
constexpr float position_limit = 16384.0f;

struct Clip {
    int x0, y0, x1, y1;
};

struct Vertex {
    std::int32_t x, y; ///< 1/256 pixel
    std::int32_t u, v; ///< 16.16 texels
    std::uint32_t color;
};

/// A source colour split into channels, alpha widened to 0..256.
struct Source {
    std::uint32_t rb, g, alpha;
};

std::uint32_t widen(std::uint32_t alpha) {
    return alpha + (alpha >> 7);
}

std::uint32_t multiply255(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t product = a * b + 128;
    return (product + (product >> 8)) >> 8;
}

Source source_of(std::uint32_t imgui_color) {
    const std::uint32_t r = (imgui_color >> IM_COL32_R_SHIFT) & 255u;
    const std::uint32_t g = (imgui_color >> IM_COL32_G_SHIFT) & 255u;
    const std::uint32_t b = (imgui_color >> IM_COL32_B_SHIFT) & 255u;
    return {(r << 16) | b, g << 8, (imgui_color >> IM_COL32_A_SHIFT) & 255u};
}

std::uint32_t opaque_pixel(const Source &s) {
    return 0xff000000u | s.rb | s.g;
}

/// `s` over `d` with alpha 0..256, two channels at a time, rounded.
std::uint32_t blend(std::uint32_t d, std::uint32_t rb, std::uint32_t g, std::uint32_t alpha) {
    const std::uint32_t inverse = 256u - alpha;
    const std::uint32_t out_rb = ((d & 0xff00ffu) * inverse + rb * alpha + 0x800080u) >> 8;
    const std::uint32_t out_g = (((d >> 8) & 0xffu) * inverse + (g >> 8) * alpha + 0x80u) & 0xff00u;
    return 0xff000000u | (out_rb & 0xff00ffu) | out_g;
}

void blend_span(std::uint32_t *row, int count, const Source &s, std::uint32_t alpha256) {
    if (alpha256 >= 256) {
        std::fill_n(row, count, opaque_pixel(s));
        return;
    }
    if (alpha256 == 0) return;
    const std::uint32_t inverse = 256u - alpha256;
    const std::uint32_t rb = s.rb * alpha256 + 0x800080u;
    const std::uint32_t g = (s.g >> 8) * alpha256 + 0x80u;
    for (int i = 0; i < count; ++i) {
        const std::uint32_t d = row[i];
        row[i] = 0xff000000u | ((((d & 0xff00ffu) * inverse + rb) >> 8) & 0xff00ffu) |
                 ((((d >> 8) & 0xffu) * inverse + g) & 0xff00u);
    }
}

std::int32_t to_fixed(float value, float scale) {
    return static_cast<std::int32_t>(std::floor(value * scale + 0.5f));
}

std::int32_t position(float value) {
    if (!(value > -position_limit)) return static_cast<std::int32_t>(-position_limit) * sub_one; // also NaN
    return to_fixed(std::min(value, position_limit), static_cast<float>(sub_one));
}

/// First pixel whose centre is at or right of (below) a position in 1/256 pixel.
int first_pixel(std::int32_t p) {
    return (p - sub_half + sub_one - 1) >> sub_bits;
}

std::uint32_t texel_alpha(const RasterTexture &t, int x, int y) {
    return static_cast<const std::uint8_t *>(t.pixels)[y * t.width + x];
}

std::uint32_t texel_argb(const RasterTexture &t, int x, int y) {
    return static_cast<const std::uint32_t *>(t.pixels)[y * t.width + x];
}

std::uint32_t mix8(std::uint32_t a, std::uint32_t b, std::uint32_t weight) {
    return (a * (256u - weight) + b * weight + 128u) >> 8;
}

/// Where a bilinear sample at 16.16 texel position (u, v) takes its four texels from.
struct Tap {
    int x0, x1, y0, y1;
    std::uint32_t wx, wy;
};

Tap tap_at(const RasterTexture &t, std::int64_t u, std::int64_t v) {
    const std::int64_t su = u - 0x8000, sv = v - 0x8000;
    const auto x = static_cast<int>(su >> 16), y = static_cast<int>(sv >> 16);
    return {std::clamp(x, 0, t.width - 1),
            std::clamp(x + 1, 0, t.width - 1),
            std::clamp(y, 0, t.height - 1),
            std::clamp(y + 1, 0, t.height - 1),
            static_cast<std::uint32_t>(su >> 8) & 255u,
            static_cast<std::uint32_t>(sv >> 8) & 255u};
}

std::uint32_t sample_alpha(const RasterTexture &t, std::int64_t u, std::int64_t v) {
    const Tap p = tap_at(t, u, v);
    return mix8(mix8(texel_alpha(t, p.x0, p.y0), texel_alpha(t, p.x1, p.y0), p.wx),
                mix8(texel_alpha(t, p.x0, p.y1), texel_alpha(t, p.x1, p.y1), p.wx), p.wy);
}

std::uint32_t sample_argb(const RasterTexture &t, std::int64_t u, std::int64_t v) {
    const Tap p = tap_at(t, u, v);
    const std::uint32_t a = texel_argb(t, p.x0, p.y0), b = texel_argb(t, p.x1, p.y0);
    const std::uint32_t c = texel_argb(t, p.x0, p.y1), d = texel_argb(t, p.x1, p.y1);
    std::uint32_t out = 0;
    for (unsigned shift = 0; shift < 32; shift += 8) {
        const auto channel = [shift](std::uint32_t pixel) { return (pixel >> shift) & 255u; };
        out |= mix8(mix8(channel(a), channel(b), p.wx), mix8(channel(c), channel(d), p.wx), p.wy) << shift;
    }
    return out;
}

/// One textured pixel: texture sample times vertex colour, over `d`.
std::uint32_t textured(std::uint32_t d, const RasterTexture &t, std::int64_t u, std::int64_t v, const Source &s) {
    if (t.format == RasterTexture::Format::alpha8)
        return blend(d, s.rb, s.g, widen(multiply255(sample_alpha(t, u, v), s.alpha)));
    const std::uint32_t pixel = sample_argb(t, u, v);
    const std::uint32_t r = multiply255((pixel >> 16) & 255u, s.rb >> 16);
    const std::uint32_t g = multiply255((pixel >> 8) & 255u, s.g >> 8);
    const std::uint32_t b = multiply255(pixel & 255u, s.rb & 255u);
    return blend(d, (r << 16) | b, g << 8, widen(multiply255(pixel >> 24, s.alpha)));
}

/// Draws one command's triangles into the buffer.
class Painter {
public:
    Painter(const PixelBuffer &target, const Clip &clip, const RasterTexture *texture)
        : target_(target), clip_(clip), texture_(texture) {}

    void draw(const ImDrawVert *vertices, const ImDrawIdx *indices, unsigned count, ImVec2 origin) {
        const float scale_u = texture_ ? static_cast<float>(texture_->width) * 65536.0f : 0.0f;
        const float scale_v = texture_ ? static_cast<float>(texture_->height) * 65536.0f : 0.0f;
        const auto load = [&](ImDrawIdx index) {
            const ImDrawVert &v = vertices[index];
            return Vertex{position(v.pos.x - origin.x), position(v.pos.y - origin.y), to_fixed(v.uv.x, scale_u),
                          to_fixed(v.uv.y, scale_v), v.col};
        };
        for (unsigned i = 0; i + 2 < count; i += 3) {
            const Vertex a = load(indices[i]), b = load(indices[i + 1]), c = load(indices[i + 2]);
            if (i + 5 < count && indices[i + 3] == indices[i] && indices[i + 4] == indices[i + 2]) {
                const Vertex d = load(indices[i + 5]);
                if (is_rectangle(a, b, c, d)) {
                    rectangle(a, c);
                    i += 3;
                    continue;
                }
            }
            triangle(a, b, c);
        }
    }

private:
    static bool is_rectangle(const Vertex &a, const Vertex &b, const Vertex &c, const Vertex &d) {
        return a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x && a.x <= c.x && a.y <= c.y &&
               a.color == b.color && b.color == c.color && c.color == d.color && a.v == b.v && b.u == c.u &&
               c.v == d.v && d.u == a.u;
    }

    std::uint32_t *row(int y) const {
        return target_.pixels + static_cast<std::ptrdiff_t>(y) * static_cast<std::ptrdiff_t>(target_.stride);
    }

    /// Coverage of a flat-textured primitive: the alpha of the one texel it samples.
    std::uint32_t flat_alpha(const Vertex &v, std::uint32_t alpha) const {
        if (!texture_ || texture_->format != RasterTexture::Format::alpha8) return alpha;
        return multiply255(sample_alpha(*texture_, v.u, v.v), alpha);
    }

    bool flat_texture(const Vertex &a, const Vertex &c) const {
        if (!texture_) return true;
        return texture_->format == RasterTexture::Format::alpha8 && a.u == c.u && a.v == c.v;
    }

    void rectangle(const Vertex &a, const Vertex &c) {
        const int x0 = std::max(first_pixel(a.x), clip_.x0), x1 = std::min(first_pixel(c.x), clip_.x1);
        const int y0 = std::max(first_pixel(a.y), clip_.y0), y1 = std::min(first_pixel(c.y), clip_.y1);
        if (x0 >= x1 || y0 >= y1) return;
        const Source s = source_of(a.color);
        if (s.alpha == 0) return;
        if (flat_texture(a, c)) {
            const std::uint32_t alpha = widen(flat_alpha(a, s.alpha));
            for (int y = y0; y < y1; ++y) blend_span(row(y) + x0, x1 - x0, s, alpha);
            return;
        }
        // Texel position of the first pixel centre and the step per pixel.
        const std::int64_t du = (std::int64_t{c.u - a.u} * sub_one) / (c.x - a.x);
        const std::int64_t dv = (std::int64_t{c.v - a.v} * sub_one) / (c.y - a.y);
        const std::int64_t u0 = a.u + ((du * (x0 * sub_one + sub_half - a.x)) >> sub_bits);
        const std::int64_t v0 = a.v + ((dv * (y0 * sub_one + sub_half - a.y)) >> sub_bits);
        if (texture_->format != RasterTexture::Format::alpha8) {
            for (int y = y0; y < y1; ++y) {
                std::uint32_t *out = row(y);
                for (int x = x0; x < x1; ++x)
                    out[x] = textured(out[x], *texture_, u0 + du * (x - x0), v0 + dv * (y - y0), s);
            }
        } else if (du == 65536 && dv == 65536 && ((a.x | a.y) & (sub_one - 1)) == 0 &&
                   ((a.u | a.v) & 0xffff) < 0x100) {
            glyph(x0, y0, x1, y1, static_cast<int>(u0 >> 16), static_cast<int>(v0 >> 16), s);
        } else if (du == 0) {
            for (int y = y0; y < y1; ++y) {
                const std::uint32_t coverage = sample_alpha(*texture_, u0, v0 + dv * (y - y0));
                blend_span(row(y) + x0, x1 - x0, s, widen(multiply255(coverage, s.alpha)));
            }
        } else {
            scaled_alpha(x0, y0, x1, y1, u0, v0, du, dv, s);
        }
    }

    /// An unscaled piece of the Alpha8 atlas.
    void glyph(int x0, int y0, int x1, int y1, int u0, int v0, const Source &s) {
        if (u0 < 0 || v0 < 0 || u0 + (x1 - x0) > texture_->width || v0 + (y1 - y0) > texture_->height) return;
        for (int y = y0; y < y1; ++y) {
            const std::uint8_t *in = static_cast<const std::uint8_t *>(texture_->pixels) +
                                     static_cast<std::ptrdiff_t>(v0 + y - y0) * texture_->width + u0;
            std::uint32_t *out = row(y) + x0;
            for (int x = 0; x < x1 - x0; ++x) {
                if (in[x] == 0) continue;
                out[x] = blend(out[x], s.rb, s.g, widen(multiply255(in[x], s.alpha)));
            }
        }
    }

    /// A stretched piece of the Alpha8 atlas, bilinear. Rows that repeat are sampled once.
    void scaled_alpha(int x0, int y0, int x1, int y1, std::int64_t u0, std::int64_t v0, std::int64_t du,
                      std::int64_t dv, const Source &s) {
        const auto width = static_cast<std::size_t>(x1 - x0);
        coverage_.resize(width);
        for (int y = y0; y < y1; ++y) {
            if (y == y0 || dv != 0) {
                for (std::size_t x = 0; x < width; ++x) {
                    const std::int64_t u = u0 + du * static_cast<std::int64_t>(x);
                    coverage_[x] = widen(multiply255(sample_alpha(*texture_, u, v0 + dv * (y - y0)), s.alpha));
                }
            }
            std::uint32_t *out = row(y) + x0;
            for (std::size_t x = 0; x < width; ++x) out[x] = blend(out[x], s.rb, s.g, coverage_[x]);
        }
    }

    /// A value that varies linearly over a triangle.
    struct Plane {
        std::int64_t start = 0, dx = 0, dy = 0; ///< 16.16 at vertex 0; per pixel
        std::int32_t x0 = 0, y0 = 0;

        Plane() = default;
        Plane(const Vertex &a, const Vertex &b, const Vertex &c, std::int64_t area, std::int64_t va, std::int64_t vb,
              std::int64_t vc)
            : start(va), x0(a.x), y0(a.y) {
            if (va == vb && vb == vc) return;
            dx = slope(((vb - va) * (c.y - a.y) - (vc - va) * (b.y - a.y)) * sub_one, area);
            dy = slope(((vc - va) * (b.x - a.x) - (vb - va) * (c.x - a.x)) * sub_one, area);
        }
        /// Slivers can be steeper than any picture; the limit keeps at() inside 64 bits.
        static std::int64_t slope(std::int64_t numerator, std::int64_t area) {
            constexpr std::int64_t limit = std::int64_t{1} << 38;
            return std::clamp(numerator / area, -limit, limit);
        }
        std::int64_t at(int x, int y) const {
            const std::int64_t right = std::int64_t{x} * sub_one + sub_half - x0;
            const std::int64_t down = std::int64_t{y} * sub_one + sub_half - y0;
            return start + ((dx * right + dy * down) >> sub_bits);
        }
    };

    static std::uint32_t channel(std::int64_t value) {
        return static_cast<std::uint32_t>(std::clamp<std::int64_t>((value + 0x8000) >> 16, 0, 255));
    }

    /// One side of a triangle, stepped row by row: 40.24 in units of 1/256 pixel.
    struct Edge {
        std::int64_t x = 0, step = 0;

        Edge(const Vertex &from, const Vertex &to, int first_row) {
            if (to.y == from.y) return;
            const std::int64_t slope = (std::int64_t{to.x - from.x} * (std::int64_t{1} << 24)) / (to.y - from.y);
            x = std::int64_t{from.x} * (std::int64_t{1} << 24) +
                slope * (std::int64_t{first_row} * sub_one + sub_half - from.y);
            step = slope * sub_one;
        }
        int pixel() const {
            constexpr std::int64_t one = std::int64_t{1} << 32;
            return static_cast<int>((x - one / 2 + one - 1) >> 32);
        }
    };

    void triangle(Vertex a, Vertex b, Vertex c) {
        if (((a.color | b.color | c.color) & IM_COL32_A_MASK) == 0) return;
        // Step 1: sort by y, reject what covers no pixel centre.
        if (b.y < a.y) std::swap(a, b);
        if (c.y < a.y) std::swap(a, c);
        if (c.y < b.y) std::swap(b, c);
        const int first = std::max(first_pixel(a.y), clip_.y0), end = std::min(first_pixel(c.y), clip_.y1);
        if (first >= end) return;
        const auto [low, high] = std::minmax({a.x, b.x, c.x});
        if (std::max(first_pixel(low), clip_.x0) >= std::min(first_pixel(high), clip_.x1)) return;
        const std::int64_t area = std::int64_t{b.x - a.x} * (c.y - a.y) - std::int64_t{c.x - a.x} * (b.y - a.y);
        if (area == 0) return;

        // Step 2: choose how spans are filled.
        const bool one_color = a.color == b.color && b.color == c.color;
        const bool one_texel = flat_texture(a, b) && flat_texture(a, c);
        const bool one_rgb =
            ((a.color ^ b.color) & ~IM_COL32_A_MASK) == 0 && ((a.color ^ c.color) & ~IM_COL32_A_MASK) == 0;
        Shading shading{};
        shading.source = source_of(a.color);
        if (one_texel && one_color) {
            shading.kind = Shading::Kind::solid;
            shading.alpha = widen(flat_alpha(a, shading.source.alpha));
        } else {
            shading.kind = !one_texel ? Shading::Kind::textured
                           : one_rgb  ? Shading::Kind::fade
                                      : Shading::Kind::gradient;
            const auto plane = [&](unsigned shift) {
                const auto value = [shift](const Vertex &v) { return std::int64_t{(v.color >> shift) & 255u} << 16; };
                return Plane(a, b, c, area, value(a), value(b), value(c));
            };
            shading.a = plane(IM_COL32_A_SHIFT);
            if (shading.kind != Shading::Kind::fade) {
                shading.r = plane(IM_COL32_R_SHIFT);
                shading.g = plane(IM_COL32_G_SHIFT);
                shading.b = plane(IM_COL32_B_SHIFT);
            }
            if (!one_texel) {
                shading.u = Plane(a, b, c, area, a.u, b.u, c.u);
                shading.v = Plane(a, b, c, area, a.v, b.v, c.v);
            }
        }

        // Step 3: walk the rows of the upper part (a-b against a-c), then of the lower (b-c against a-c).
        const int middle = std::clamp(first_pixel(b.y), first, end);
        const bool long_edge_left = area > 0;
        Edge long_edge(a, c, first);
        for (const bool upper : {true, false}) {
            const int from = upper ? first : middle, to = upper ? middle : end;
            if (from >= to) continue;
            Edge short_edge = upper ? Edge(a, b, from) : Edge(b, c, from);
            for (int y = from; y < to; ++y) {
                const int p = long_edge.pixel(), q = short_edge.pixel();
                const int x0 = std::max(long_edge_left ? p : q, clip_.x0);
                const int x1 = std::min(long_edge_left ? q : p, clip_.x1);
                if (x0 < x1) span(shading, x0, x1, y);
                long_edge.x += long_edge.step;
                short_edge.x += short_edge.step;
            }
        }
    }

    struct Shading {
        enum class Kind : std::uint8_t { solid, fade, gradient, textured };
        Kind kind = Kind::solid;
        Source source{};
        std::uint32_t alpha = 0;
        Plane r, g, b, a, u, v;
    };

    void span(const Shading &s, int x0, int x1, int y) const {
        std::uint32_t *out = row(y);
        switch (s.kind) {
            case Shading::Kind::solid:
                blend_span(out + x0, x1 - x0, s.source, s.alpha);
                return;
            case Shading::Kind::fade: {
                std::int64_t a = s.a.at(x0, y);
                for (int x = x0; x < x1; ++x, a += s.a.dx)
                    out[x] = blend(out[x], s.source.rb, s.source.g, widen(channel(a)));
                return;
            }
            case Shading::Kind::gradient:
            case Shading::Kind::textured: {
                std::int64_t r = s.r.at(x0, y), g = s.g.at(x0, y), b = s.b.at(x0, y), a = s.a.at(x0, y);
                std::int64_t u = s.u.at(x0, y), v = s.v.at(x0, y);
                for (int x = x0; x < x1; ++x) {
                    const Source source{(channel(r) << 16) | channel(b), channel(g) << 8, channel(a)};
                    out[x] = s.kind == Shading::Kind::textured
                                 ? textured(out[x], *texture_, u, v, source)
                                 : blend(out[x], source.rb, source.g, widen(source.alpha));
                    r += s.r.dx, g += s.g.dx, b += s.b.dx, a += s.a.dx, u += s.u.dx, v += s.v.dx;
                }
                return;
            }
        }
    }

    const PixelBuffer &target_;
    Clip clip_;
    const RasterTexture *texture_;
    std::vector<std::uint32_t> coverage_;
};

Clip clip_of(const ImDrawCmd &command, ImVec2 origin, const PixelBuffer &target) {
    const auto pixel = [](float value, int limit) {
        return static_cast<int>(std::clamp(value, 0.0f, static_cast<float>(limit)));
    };
    return {pixel(command.ClipRect.x - origin.x, target.width), pixel(command.ClipRect.y - origin.y, target.height),
            pixel(command.ClipRect.z - origin.x, target.width), pixel(command.ClipRect.w - origin.y, target.height)};
}

} // namespace

void rasterise(const ImDrawData &data, const PixelBuffer &target) {
    if (!target.pixels || target.width <= 0 || target.height <= 0) return;
    for (int n = 0; n < data.CmdListsCount; ++n) {
        const ImDrawList &list = *data.CmdLists[n];
        for (const ImDrawCmd &command : list.CmdBuffer) {
            if (command.UserCallback) continue;
            const Clip clip = clip_of(command, data.DisplayPos, target);
            if (clip.x0 >= clip.x1 || clip.y0 >= clip.y1) continue;
            Painter painter(target, clip, static_cast<const RasterTexture *>(command.GetTexID()));
            painter.draw(list.VtxBuffer.Data + command.VtxOffset, list.IdxBuffer.Data + command.IdxOffset,
                         command.ElemCount, data.DisplayPos);
        }
    }
}

void clear(const PixelBuffer &target, ImU32 color) {
    const std::uint32_t pixel = opaque_pixel(source_of(color));
    for (int y = 0; y < target.height; ++y)
        std::fill_n(target.pixels + static_cast<std::ptrdiff_t>(y) * target.stride, target.width, pixel);
}

} // namespace parlour::host::ui
