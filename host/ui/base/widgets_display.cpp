// Widgets that show something: bars, curves, badges, rows, notices.
#include <imgui_internal.h>

#include <array>
#include <cmath>
#include <string>

#include "host/ui/base/widgets_internal.hpp"

namespace parlour::host::ui {

using namespace detail;

namespace {

/// The area between a line and zero, without fringe: the line drawn on top smooths its upper edge, and vertical seams
/// between neighbours are shared exactly.
void fill_area(ImDrawList &list, Vec2 a, Vec2 b, float zero, Color color) {
    const auto base = list._VtxCurrentIdx;
    list.PrimReserve(6, 4);
    const Vec2 uv = list._Data->TexUvWhitePixel;
    for (const unsigned offset : {0u, 1u, 2u, 0u, 2u, 3u}) list.PrimWriteIdx(static_cast<ImDrawIdx>(base + offset));
    list.PrimWriteVtx(a, uv, color);
    list.PrimWriteVtx(b, uv, color);
    list.PrimWriteVtx({b.x, zero}, uv, color);
    list.PrimWriteVtx({a.x, zero}, uv, color);
}

} // namespace

void eval_bar(std::string_view id, const Rect &r, float value, Color first, Color second) {
    Canvas canvas;
    const float wanted = std::isfinite(value) ? std::clamp(value, -1.0f, 1.0f) : 0.0f;
    const ImGuiID key = ImGui::GetID(id.data(), id.data() + id.size());
    const float shown = context().animate(animation_key(key, 4), wanted, 450);
    const bool vertical = r.h > r.w;
    const float radius = std::min(r.w, r.h) * 0.5f, part = (shown + 1) * 0.5f;
    Rect rest = r;
    const Rect own =
        vertical ? rest.cut_bottom(std::floor(r.h * part + 0.5f)) : rest.cut_left(std::floor(r.w * part + 0.5f));
    const auto side = [&](const Rect &clip, Color c) {
        if (clip.w <= 0 || clip.h <= 0) return;
        canvas.push_clip(clip);
        canvas.gradient(r, lighter(c, 0.10f), darker(c, 0.06f), radius);
        canvas.pop_clip();
    };
    side(rest, second);
    side(own, first);
    const float mark = std::max(2.0f, px(2));
    const Color ink = theme()[Role::text], halo = faded(theme()[Role::background], 0.6f);
    const Rect middle = vertical ? Rect{r.x - px(2), std::floor(r.center().y - mark * 0.5f), r.w + px(4), mark}
                                 : Rect{std::floor(r.center().x - mark * 0.5f), r.y - px(2), mark, r.h + px(4)};
    canvas.fill(middle.inset(-1), halo, 1);
    canvas.fill(middle, ink);
}

void progress(std::string_view id, const Rect &r, float fraction, Role role) {
    Canvas canvas;
    Context &c = context();
    const float radius = r.h * 0.5f;
    canvas.fill(r, color(Role::control), radius);
    if (fraction < 0) {
        // A band that wanders to and fro, once there in 1.2 seconds; it rests in the middle with reduced motion.
        const float width = r.w * 0.3f;
        const auto phase = static_cast<float>(std::fmod(c.time(), 2.4) / 1.2);
        const float place_of = c.reduced_motion ? 0.5f : phase < 1 ? phase : 2 - phase;
        canvas.fill({r.x + (r.w - width) * place_of, r.y, width, r.h}, color(role), radius);
        if (!c.reduced_motion) c.request_frame_in(30);
        return;
    }
    const ImGuiID key = ImGui::GetID(id.data(), id.data() + id.size());
    const float shown = c.animate(animation_key(key, 4), std::clamp(fraction, 0.0f, 1.0f), 400);
    canvas.push_clip({r.x, r.y, r.w * shown, r.h});
    canvas.fill(r, color(role), radius);
    canvas.pop_clip();
}

int sparkline(std::string_view id, const Rect &r, std::span<const float> values, const SparklineStyle &style) {
    Canvas canvas;
    const Theme &t = theme();
    const Interaction it = interact_in(id, r, {.tab_stop = false, .drag_through = true});
    canvas.fill(r, t[Role::panel_inset], px(10));
    if (t.name == ThemeName::high_contrast) canvas.stroke(r, t[Role::border], 1, px(10));
    const Rect field = r.inset(px(12), px(12));
    const float zero = std::floor(field.center().y) + 0.5f;
    canvas.fill({field.x, zero - 0.5f, field.w, 1}, t[Role::divider]);
    if (values.empty() || field.w <= 0) return -1;
    const float step = values.size() > 1 ? field.w / static_cast<float>(values.size() - 1) : 0;
    std::vector<Vec2> points;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float v = std::isfinite(values[i]) ? std::clamp(values[i], -1.0f, 1.0f) : 0.0f;
        points.emplace_back(field.x + step * static_cast<float>(i), zero - v * field.h * 0.5f);
    }
    const Color above = faded(style.positive ? style.positive : t[Role::good], 0.38f);
    const Color below = faded(style.negative ? style.negative : t[Role::bad], 0.38f);
    ImDrawList &list = canvas.list();
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const Vec2 a = points[i], b = points[i + 1];
        const bool a_above = a.y <= zero, b_above = b.y <= zero;
        if (a_above == b_above) {
            fill_area(list, a, b, zero, a_above ? above : below);
            continue;
        }
        const Vec2 crossing(a.x + (b.x - a.x) * (zero - a.y) / (b.y - a.y), zero);
        fill_area(list, a, crossing, zero, a_above ? above : below);
        fill_area(list, crossing, b, zero, b_above ? above : below);
    }
    canvas.polyline(points, t[Role::text], std::max(1.5f, px(1.75f)));
    const int last = static_cast<int>(points.size()) - 1;
    const int selected = style.selected < 0 ? last : std::min(style.selected, last);
    const auto index_at = [&](float x) {
        return step > 0 ? std::clamp(static_cast<int>(std::lround((x - field.x) / step)), 0, last) : 0;
    };
    if (it.hovered && !context().keyboard_mode) {
        const Vec2 p = points[static_cast<std::size_t>(index_at(ImGui::GetIO().MousePos.x))];
        canvas.fill({std::floor(p.x), field.y, 1, field.h}, faded(t[Role::text_dim], 0.5f));
        canvas.circle(p, px(3.5f), t[Role::text_dim]);
    }
    const Vec2 dot = points[static_cast<std::size_t>(selected)];
    canvas.circle(dot, px(5.5f), t[Role::text]);
    canvas.circle(dot, px(4), t[Role::info]);
    return it.pressed && !context().keyboard_mode ? index_at(ImGui::GetIO().MousePos.x) : -1;
}

Rect badge(Canvas &canvas, Vec2 anchor, std::string_view text, Color dot) {
    const float height = px(24), width = canvas.text_size(text, FontRole::small).x + px(32);
    const Rect r{std::floor(anchor.x - width), anchor.y, std::ceil(width), height};
    canvas.fill(r, rgba(0x0b0e14e0), height * 0.5f);
    canvas.circle({r.x + px(13), r.center().y}, px(3.5f), dot);
    canvas.text({r.x + px(22), r.center().y}, text, FontRole::small, rgb(0xf2f4f8));
    return r;
}

void status_dot(Canvas &canvas, Vec2 center, Color color, bool pulsing) {
    Context &c = context();
    if (pulsing && !c.reduced_motion) {
        const auto phase = static_cast<float>(std::fmod(c.time(), 1.4) / 1.4);
        canvas.circle(center, px(4) + px(6) * phase, faded(color, 0.45f * (1 - phase)));
        c.request_frame_in(40);
    }
    canvas.circle(center, px(4), color);
}

int table_row(std::string_view id, std::span<const RowCell> cells, std::span<const float> widths,
              const RowStyle &style) {
    Canvas canvas;
    const Theme &t = theme();
    const Rect r = claim({0, px(style.height)});
    const float radius = px(6);
    if (style.selected)
        canvas.fill(r, t[Role::row_selected], radius);
    else if (style.striped)
        canvas.fill(r, t[Role::row_stripe], radius);
    int pressed = -1;
    float x = r.x;
    const std::string base(id);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const RowCell &cell = cells[i];
        const float width = i < widths.size() ? widths[i] * r.w : 0;
        const Rect place_of{std::floor(x), r.y, std::floor(width), r.h};
        x += width;
        if (cell.selected) canvas.fill(place_of, t[Role::row_selected], radius);
        if (style.pressable && !cell.text.empty()) {
            const Interaction it = interact_in(base + "/" + std::to_string(i), place_of, {.tab_stop = false});
            if (it.hover > 0) canvas.fill(place_of, faded(t[Role::control_hover], 0.6f * it.hover), radius);
            if (it.ring) canvas.stroke(place_of, t[Role::focus], px(2), radius);
            if (it.pressed) pressed = static_cast<int>(i);
            if (canvas.text_size(cell.text, cell.font).x > place_of.w - px(16)) tooltip(cell.text);
        }
        const Rect text = place_of.inset(px(8), 0);
        const float at = cell.align == Align::left    ? text.x
                         : cell.align == Align::right ? text.right()
                                                      : text.center().x;
        canvas.text({at, r.center().y}, cell.text, cell.font, t[cell.color], cell.align, text.w);
    }
    // Rows stand close together, whatever the spacing of other widgets.
    ImGui::SetCursorScreenPos(r.min());
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, Vec2(0, px(1)));
    ImGui::ItemSize(r.size());
    ImGui::PopStyleVar();
    return pressed;
}

void notice(std::string_view text, Role role, Icon icon, float width) {
    Canvas canvas;
    const Theme &t = theme();
    const bool placed = context().next_place.has_value();
    Rect r = claim({width, px(44)});
    const float inner = r.w - px(12 + 20 + 10 + 14);
    const float height = paragraph_height(text, inner, FontRole::body);
    if (!placed) r.h = height + px(22);
    ImGui::ItemSize(r.size());
    ImGui::ItemAdd(ImRect(r.min(), r.max()), 0);
    canvas.fill(r, faded(t[role], t.is_dark() ? 0.13f : 0.12f), px(10));
    canvas.fill({r.x, r.y, px(4), r.h}, t[role], px(2));
    canvas.icon(icon, {r.x + px(22), r.y + px(11) + px(8)}, px(20), t[role]);
    const float middle = context().fonts[FontRole::body]->FontSize * 0.5f;
    break_lines(text, FontRole::body, inner, [&](std::string_view line, float y) {
        canvas.text({r.x + px(42), r.y + px(11) + y + middle}, line, FontRole::body, t[Role::text]);
    });
}

void empty_state(const Rect &r, Icon icon, std::string_view heading, std::string_view text) {
    Canvas canvas;
    const Theme &t = theme();
    const float width = std::min(r.w - px(32), px(420)), y = r.center().y - px(40);
    canvas.circle({r.center().x, y - px(30)}, px(36), t[Role::card]);
    canvas.icon(icon, {r.center().x, y - px(30)}, px(34), t[Role::text_dim]);
    canvas.text({r.center().x, y + px(34)}, heading, FontRole::heading, t[Role::text], Align::center, r.w);
    break_lines(text, FontRole::body, width, [&](std::string_view line, float line_y) {
        canvas.text({r.center().x, y + px(66) + line_y}, line, FontRole::body, t[Role::text_dim], Align::center);
    });
}

} // namespace parlour::host::ui
