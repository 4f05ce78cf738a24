// The base of all widgets, text, and the pressable ones.
#include "host/ui/base/widgets.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "host/ui/base/widgets_internal.hpp"

namespace parlour::host::ui {

using namespace detail;

namespace {

constexpr float hover_milliseconds = 110;
constexpr double tip_delay_seconds = 0.45;

/// Width of the rest of the line.
float rest_of_line() {
    return ImGui::GetContentRegionAvail().x;
}

struct ButtonColors {
    Color plate, ink;
};

ButtonColors button_colors(const Interaction &it, const ButtonStyle &style) {
    const Theme &t = theme();
    if (!style.enabled) {
        const bool solid = style.kind != ButtonKind::quiet;
        return {solid ? mix(t[Role::panel], t[Role::control], 0.45f) : Color{0}, t[Role::text_faint]};
    }
    if (style.selected)
        return {mix(t[Role::accent_soft], t[Role::accent], 0.25f * it.hover),
                mix(t[Role::info], t[Role::text], 0.35f)};
    switch (style.kind) {
        case ButtonKind::primary:
            return {darker(plate_color(it, Role::accent, Role::accent_hover, Role::accent), 0.12f * it.press),
                    t[Role::accent_text]};
        case ButtonKind::quiet:
            return {faded(t[Role::control_hover], it.hover * 0.85f), mix(t[Role::text_dim], t[Role::text], it.hover)};
        case ButtonKind::danger:
            return {mix(t[Role::control], darker(t[Role::bad], 0.15f), it.hover),
                    mix(t[Role::bad], rgb(0xffffff), it.hover)};
        case ButtonKind::normal:
            break;
    }
    return {plate_color(it, Role::control, Role::control_hover, Role::control_press), t[Role::text]};
}

} // namespace

// ---- shared ----------------------------------------------------------------------------------------------------

namespace detail {

Rect claim(Vec2 natural) {
    Context &c = context();
    if (c.next_place) {
        const Rect r = *std::exchange(c.next_place, std::nullopt);
        ImGui::SetCursorScreenPos(r.min());
        return r;
    }
    const Vec2 at = ImGui::GetCursorScreenPos();
    return {at.x, at.y, natural.x > 0 ? natural.x : std::max(px(40), rest_of_line()), natural.y};
}

Color plate_color(const Interaction &it, Role rest, Role hover, Role press) {
    return mix(mix(color(rest), color(hover), it.hover), color(press), it.press);
}

Interaction interact_in(std::string_view name, const Rect &r, const InteractionStyle &style) {
    Context &c = context();
    ImGuiContext &g = *ImGui::GetCurrentContext();
    ImGuiWindow *window = ImGui::GetCurrentWindow();
    Interaction it;
    it.rect = r;
    it.id = window->GetID(name.data(), name.data() + name.size());
    const ImRect box(r.min(), r.max());
    ImGui::SetCursorScreenPos(r.min());
    ImGui::ItemSize(box.GetSize());
    if (window->SkipItems) return it;
    if (c.on_item) c.on_item(name, r);
    if (!style.enabled) ImGui::PushItemFlag(ImGuiItemFlags_Disabled | ImGuiItemFlags_NoNav, true);
    const bool visible = ImGui::ItemAdd(box, it.id);
    if (style.enabled && style.tab_stop) c.register_tab_stop(it.id, false);
    if (visible && style.enabled) {
        const ImGuiButtonFlags flags =
            style.drag_through ? ImGuiButtonFlags_PressedOnClick : ImGuiButtonFlags_PressedOnClickRelease;
        it.pressed = ImGui::ButtonBehavior(box, it.id, &it.hovered, &it.held, flags);
        it.right_pressed = style.right_click && it.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Right);
    }
    if (!style.enabled) ImGui::PopItemFlag();
    it.focused = g.NavId == it.id && g.NavWindow == window;
    it.ring = it.focused && c.keyboard_mode && style.enabled;
    it.hover = c.animate(animation_key(it.id, 0), it.hovered || it.ring ? 1.0f : 0.0f, hover_milliseconds);
    it.press = c.animate(animation_key(it.id, 1), it.held ? 1.0f : 0.0f, hover_milliseconds * 0.6f);
    return it;
}

int take_horizontal(const Interaction &it) {
    ImGuiContext &g = *ImGui::GetCurrentContext();
    if (!it.focused || !g.NavMoveSubmitted) return 0;
    if (g.NavMoveDir != ImGuiDir_Left && g.NavMoveDir != ImGuiDir_Right) return 0;
    ImGui::NavMoveRequestCancel();
    return g.NavMoveDir == ImGuiDir_Left ? -1 : 1;
}

float break_lines(std::string_view text, FontRole font, float width,
                  const std::function<void(std::string_view, float)> &line) {
    const ImFont *face = context().fonts[font];
    const float pitch = std::floor(face->FontSize * 1.25f);
    float y = 0;
    for (const char *s = text.data(), *end = s + text.size(); s < end;) {
        const char *hard = std::find(s, end, '\n');
        const char *stop = face->CalcWordWrapPositionA(1.0f, s, hard, std::max(1.0f, width));
        if (stop == s && s < hard) ++stop; // narrower than one letter
        const char *last = stop;
        while (last > s && last[-1] == ' ') --last;
        if (line) line({s, static_cast<std::size_t>(last - s)}, y);
        y += pitch;
        s = stop;
        while (s < hard && *s == ' ') ++s;
        if (s == hard && s < end) ++s;
    }
    return std::max(0.0f, y - (pitch - face->FontSize));
}

void popup_plate(float radius) {
    ImDrawList &list = *ImGui::GetWindowDrawList();
    const Vec2 at = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    const Rect r{at.x, at.y, size.x, size.y};
    list.PushClipRectFullScreen();
    Canvas canvas;
    canvas.shadow(r, px(22), {0, px(8)});
    canvas.fill(r, color(Role::panel), radius);
    canvas.stroke(r, color(Role::border), 1, radius);
    list.PopClipRect();
}

} // namespace detail

void place(const Rect &r) {
    context().next_place = r;
}

Interaction interact(std::string_view id, Vec2 size, const InteractionStyle &style) {
    return interact_in(id, claim(size), style);
}

void focus_ring(const Rect &r, float radius) {
    const float away = px(2), width = std::max(2.0f, px(2));
    Canvas().stroke(r.inset(-away - width), color(Role::focus), width, radius + away + width);
}

// ---- text ------------------------------------------------------------------------------------------------------

void label(std::string_view text, FontRole font, Role role) {
    Canvas canvas;
    const Vec2 size = canvas.text_size(text, font);
    const bool placed = context().next_place.has_value();
    const Rect r = claim(size);
    ImGui::ItemSize(placed ? r.size() : size);
    ImGui::ItemAdd(ImRect(r.min(), r.max()), 0);
    canvas.text({r.x, r.center().y}, text, font, color(role), Align::left, placed ? r.w : 0.0f);
}

float paragraph_height(std::string_view text, float width, FontRole font) {
    return break_lines(text, font, width);
}

float paragraph(std::string_view text, float width, FontRole font, Role role) {
    const Rect r = claim({width, 1});
    const float height = break_lines(text, font, r.w);
    ImGui::ItemSize(Vec2(r.w, height));
    if (!ImGui::ItemAdd(ImRect(r.min(), {r.right(), r.y + height}), 0)) return height;
    Canvas canvas;
    const float middle = context().fonts[font]->FontSize * 0.5f;
    break_lines(text, font, r.w, [&](std::string_view line, float y) {
        canvas.text({r.x, r.y + y + middle}, line, font, color(role));
    });
    return height;
}

void tooltip(std::string_view text) {
    if (text.empty()) return;
    Context &c = context();
    ImGuiContext &g = *ImGui::GetCurrentContext();
    const ImGuiID id = g.LastItemData.ID;
    const bool ring = c.keyboard_mode && g.NavId == id && id != 0;
    const bool wanted = (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled) || ring) && g.ActiveId == 0;
    if (!wanted) {
        if (c.tip_item == id) c.tip_item = 0;
        return;
    }
    if (c.tip_item != id) {
        c.tip_item = id;
        c.tip_since = c.time();
    }
    const double rest = tip_delay_seconds - (c.time() - c.tip_since);
    if (rest > 0) {
        c.request_frame_in(rest * 1000);
        return;
    }
    float widest = 0;
    ImDrawList &front = *ImGui::GetForegroundDrawList();
    Canvas canvas(front, c.theme, c.fonts);
    const float height = break_lines(text, FontRole::small, px(320), [&](std::string_view line, float) {
        widest = std::max(widest, canvas.text_size(line, FontRole::small).x);
    });
    const Vec2 size(widest, height);
    const ImRect item = g.LastItemData.Rect;
    const Vec2 screen = ImGui::GetIO().DisplaySize;
    Rect box{std::floor(item.GetCenter().x - size.x * 0.5f - px(10)), std::floor(item.Max.y + px(8)), size.x + px(20),
             size.y + px(12)};
    if (box.bottom() > screen.y - px(4)) box.y = std::floor(item.Min.y - px(8) - box.h);
    box.x = std::clamp(box.x, px(6), std::max(px(6), screen.x - box.w - px(6)));
    canvas.shadow(box, px(10), {0, px(3)});
    canvas.fill(box, c.theme[Role::tooltip], px(7));
    const float middle = c.fonts[FontRole::small]->FontSize * 0.5f;
    break_lines(text, FontRole::small, px(320), [&](std::string_view line, float y) {
        canvas.text({box.x + px(10), box.y + px(6) + y + middle}, line, FontRole::small, c.theme[Role::tooltip_text]);
    });
}

// ---- buttons ---------------------------------------------------------------------------------------------------

bool button(std::string_view label, const ButtonStyle &style) {
    Canvas canvas;
    const std::string_view text = visible(label);
    float icon = style.icon != Icon::none ? px(icon_size) : 0, space = icon > 0 && !text.empty() ? px(8) : 0;
    const float text_width = canvas.text_size(text, FontRole::medium).x;
    Vec2 natural(style.size.x, style.size.y > 0 ? style.size.y : px(control_height));
    if (style.size.x == 0) natural.x = icon + space + text_width + 2 * px(control_padding);
    const Interaction it = interact(label, natural, {.enabled = style.enabled});
    const auto [plate, ink] = button_colors(it, style);
    const float radius = px(control_radius);
    const Rect r = it.rect;
    canvas.fill(r, plate, radius);
    if (style.selected && style.enabled)
        canvas.stroke(r, color(Role::accent), std::max(1.0f, px(1)), radius);
    else if (theme().name == ThemeName::high_contrast)
        canvas.stroke(r, color(Role::border), 1, radius);
    // Where both do not fit, the word tells more than the sign.
    if (!text.empty() && text_width > r.w - 2 * px(6) - icon - space) icon = space = 0;
    const float limit = r.w - 2 * px(6) - icon - space, width = icon + space + std::min(text_width, limit);
    float x = std::floor(r.center().x - width * 0.5f);
    const float y = r.center().y + it.press * px(1);
    if (icon > 0) canvas.icon(style.icon, {x + icon * 0.5f, y}, icon, ink);
    canvas.text({x + icon + space, y}, text, FontRole::medium, ink, Align::left, limit);
    if (!style.badge.empty()) {
        const Vec2 size = canvas.text_size(style.badge, FontRole::small);
        const Rect pill{r.right() - size.x - px(18), r.center().y - px(9), size.x + px(12), px(18)};
        canvas.fill(pill, faded(ink, 0.18f), pill.h * 0.5f);
        canvas.text(pill.center(), style.badge, FontRole::small, ink, Align::center);
    }
    if (it.ring) focus_ring(r, radius);
    tooltip(style.tip);
    return it.pressed;
}

bool icon_button(std::string_view id, Icon icon, const ButtonStyle &style) {
    Canvas canvas;
    const float side = px(control_height);
    const Vec2 natural(style.size.x > 0 ? style.size.x : side, style.size.y > 0 ? style.size.y : side);
    const Interaction it = interact(id, natural, {.enabled = style.enabled});
    const auto [plate, ink] = button_colors(it, style);
    const float radius = px(control_radius);
    canvas.fill(it.rect, plate, radius);
    if (theme().name == ThemeName::high_contrast) canvas.stroke(it.rect, color(Role::border), 1, radius);
    const float size = std::min(px(icon_size + 2), std::min(it.rect.w, it.rect.h) * 0.62f);
    canvas.icon(icon, {it.rect.center().x, it.rect.center().y + it.press * px(1)}, size, ink);
    if (it.ring) focus_ring(it.rect, radius);
    tooltip(style.tip);
    return it.pressed;
}

bool chip(std::string_view label, bool selected, const ChipStyle &style) {
    Canvas canvas;
    const std::string_view text = visible(label);
    const std::string count = style.count >= 0 ? std::to_string(style.count) : std::string();
    const float icon = style.icon != Icon::none ? px(15) : 0, space = icon > 0 ? px(6) : 0;
    const float text_width = canvas.text_size(text, FontRole::medium).x;
    const float count_width = count.empty() ? 0 : canvas.text_size(count, FontRole::small).x + px(7);
    const Vec2 natural(icon + space + text_width + count_width + 2 * px(13), px(30));
    const Interaction it = interact(label, natural, {.enabled = style.enabled});
    const Theme &t = theme();
    const Color plate = selected ? mix(t[Role::accent], t[Role::accent_hover], it.hover)
                                 : plate_color(it, Role::control, Role::control_hover, Role::control_press);
    const Color ink = !style.enabled ? t[Role::text_faint] : selected ? t[Role::accent_text] : t[Role::text];
    const Rect r = it.rect;
    canvas.fill(r, plate, r.h * 0.5f);
    if (t.name == ThemeName::high_contrast) canvas.stroke(r, t[Role::border], 1, r.h * 0.5f);
    float x = std::floor(r.center().x - (icon + space + text_width + count_width) * 0.5f);
    if (icon > 0) canvas.icon(style.icon, {x + icon * 0.5f, r.center().y}, icon, ink);
    x += icon + space;
    canvas.text({x, r.center().y}, text, FontRole::medium, ink);
    if (!count.empty())
        canvas.text({x + text_width + px(7), r.center().y}, count, FontRole::small,
                    mix(plate, ink, selected ? 0.8f : 0.6f));
    if (it.ring) focus_ring(r, r.h * 0.5f);
    return it.pressed;
}

} // namespace parlour::host::ui
