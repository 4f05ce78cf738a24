// Widgets that hold a value: switches, sliders, text fields, lists of choices.
#include <imgui_internal.h>

#include <cmath>
#include <utility>

#include "host/ui/base/widgets_internal.hpp"

namespace parlour::host::ui {

using namespace detail;

bool checkbox(std::string_view label, bool &value, bool enabled) {
    Canvas canvas;
    const std::string_view text = visible(label);
    const float box = px(20), space = px(10);
    const Vec2 natural(box + space + canvas.text_size(text, FontRole::body).x, px(28));
    const Interaction it = interact(label, natural, {.enabled = enabled});
    if (it.pressed) value = !value;
    const float on = context().animate(animation_key(it.id, 2), value ? 1.0f : 0.0f, 120);
    const Theme &t = theme();
    const Rect square{it.rect.x, std::floor(it.rect.center().y - box * 0.5f), box, box};
    const float radius = px(6);
    canvas.fill(square,
                mix(plate_color(it, Role::control, Role::control_hover, Role::control_press),
                    mix(t[Role::accent], t[Role::accent_hover], it.hover), on),
                radius);
    if (on < 1) canvas.stroke(square, faded(t[Role::border], 1 - on), std::max(1.0f, px(1.5f)), radius);
    if (on > 0)
        canvas.icon(Icon::check, square.center(), box * 0.8f * (0.6f + 0.4f * on), faded(t[Role::accent_text], on));
    canvas.text({square.right() + space, it.rect.center().y}, text, FontRole::body,
                enabled ? t[Role::text] : t[Role::text_faint], Align::left, it.rect.right() - square.right() - space);
    if (it.ring) focus_ring(square, radius);
    return it.pressed;
}

bool toggle(std::string_view label, bool &value, bool enabled) {
    Canvas canvas;
    const std::string_view text = visible(label);
    const Vec2 track(px(38), px(22));
    const Interaction it = interact(label, {text.empty() ? track.x : 0, px(30)}, {.enabled = enabled});
    if (it.pressed) value = !value;
    const float on = context().animate(animation_key(it.id, 2), value ? 1.0f : 0.0f, 140);
    const Theme &t = theme();
    const Rect r{it.rect.right() - track.x, std::floor(it.rect.center().y - track.y * 0.5f), track.x, track.y};
    const float half = track.y * 0.5f;
    const Color off = mix(t[Role::control_hover], t[Role::text_faint], 0.35f + 0.25f * it.hover);
    const Color plate = mix(off, mix(t[Role::accent], t[Role::accent_hover], it.hover), on);
    canvas.fill(r, enabled ? plate : mix(t[Role::panel], plate, 0.4f), half);
    const Vec2 knob(r.x + half + on * (track.x - track.y), r.center().y);
    canvas.circle_shadow({knob.x, knob.y + px(1)}, half - px(3), px(2), rgba(0x00000060));
    canvas.circle(knob, half - px(3), enabled ? rgb(0xffffff) : t[Role::text_dim]);
    canvas.text({it.rect.x, it.rect.center().y}, text, FontRole::body, enabled ? t[Role::text] : t[Role::text_faint],
                Align::left, it.rect.w - track.x - px(8));
    if (it.ring) focus_ring(r, half);
    return it.pressed;
}

bool slider(std::string_view id, float &value, float minimum, float maximum, const SliderStyle &style) {
    if (!(maximum > minimum)) maximum = minimum + 1;
    Canvas canvas;
    const Rect whole = claim({style.width, px(32)});
    Rect r = whole;
    if (style.text) r.cut_right(px(58));
    const Interaction it = interact_in(id, r, {.enabled = style.enabled, .drag_through = true});
    const float knob = px(9), from = r.x + knob, length = std::max(1.0f, r.w - 2 * knob);
    const float before = value;
    if (it.held && ImGui::GetIO().MouseDown[0])
        value = minimum + (maximum - minimum) * std::clamp((ImGui::GetIO().MousePos.x - from) / length, 0.0f, 1.0f);
    if (const int direction = take_horizontal(it); direction != 0)
        value += static_cast<float>(direction) * (style.step > 0 ? style.step : (maximum - minimum) / 20);
    if (style.step > 0 && value != before) value = minimum + std::round((value - minimum) / style.step) * style.step;
    value = std::clamp(value, minimum, maximum);

    const Theme &t = theme();
    const float part = (value - minimum) / (maximum - minimum);
    const float shown = it.held ? part : context().animate(animation_key(it.id, 2), part, 160);
    if (it.held) context().set_animation(animation_key(it.id, 2), part);
    const float y = std::floor(r.center().y), thick = px(4), x = from + shown * length;
    const Color fill = style.enabled ? mix(t[Role::accent], t[Role::accent_hover], it.hover) : t[Role::text_faint];
    canvas.fill({r.x, y - thick * 0.5f, r.w, thick}, mix(t[Role::control], t[Role::control_hover], 0.6f),
                thick * 0.5f);
    canvas.fill({r.x, y - thick * 0.5f, x - r.x, thick}, fill, thick * 0.5f);
    if (style.step > 0 && (maximum - minimum) / style.step <= 12.5f) {
        const int ticks = static_cast<int>(std::round((maximum - minimum) / style.step));
        for (int i = 0; i <= ticks; ++i) {
            const float at = static_cast<float>(i) / static_cast<float>(ticks);
            canvas.circle({from + at * length, y}, px(2.2f), at <= shown + 0.001f ? fill : t[Role::text_faint]);
        }
    }
    if (it.hover > 0) canvas.circle({x, y}, knob + px(5) * it.hover, faded(fill, 0.22f));
    canvas.circle_shadow({x, y + px(1)}, knob, px(3), rgba(0x00000060));
    canvas.circle({x, y}, knob, style.enabled ? rgb(0xffffff) : t[Role::text_dim]);
    canvas.circle({x, y}, knob - px(3.5f), fill);
    if (it.ring) canvas.ring({x, y}, knob + px(4) + px(2), px(2), t[Role::focus]);
    if (style.text)
        canvas.text({whole.right(), y}, style.text(value), FontRole::medium, t[Role::text], Align::right, px(56));
    return value != before;
}

bool slider_int(std::string_view id, int &value, int minimum, int maximum, const SliderStyle &style) {
    SliderStyle whole = style;
    whole.step = std::max(1.0f, style.step);
    if (!whole.text) whole.text = [](float v) { return std::to_string(std::lround(v)); };
    auto number = static_cast<float>(value);
    if (!slider(id, number, static_cast<float>(minimum), static_cast<float>(maximum), whole)) return false;
    const int chosen = static_cast<int>(std::lround(number));
    return std::exchange(value, chosen) != chosen;
}

TextFieldResult text_field(std::string_view id, std::string &value, const TextFieldStyle &style) {
    Canvas canvas;
    const Theme &t = theme();
    const Rect r = claim({style.width, px(control_height)});
    TextFieldResult result;
    const std::string label(id);
    result.id = ImGui::GetID(label.c_str());
    const bool active = ImGui::GetActiveID() == result.id;
    const bool hovered = style.enabled && ImGui::IsMouseHoveringRect(r.min(), r.max()) && ImGui::IsWindowHovered();
    const float hover = context().animate(animation_key(result.id, 0), hovered || active ? 1.0f : 0.0f, 110);
    const float radius = px(control_radius);
    canvas.fill(r, mix(t[Role::control], t[Role::control_hover], hover * 0.6f), radius);
    if (!style.error.empty())
        canvas.stroke(r, t[Role::bad], std::max(1.0f, px(1.5f)), radius);
    else if (active)
        canvas.stroke(r, t[Role::focus], std::max(1.0f, px(1.5f)), radius);
    else if (!t.is_dark() || t.name == ThemeName::high_contrast)
        canvas.stroke(r, t[Role::border], 1, radius);

    Rect inner = r.inset(px(12), 0);
    if (style.icon != Icon::none) {
        const Rect place = inner.cut_left(px(icon_size), px(8));
        canvas.icon(style.icon, place.center(), px(icon_size), active ? t[Role::text] : t[Role::text_dim]);
    }
    const bool clear_shown = style.clearable && !value.empty() && style.enabled;
    const Rect clear_place = clear_shown ? inner.cut_right(px(22), px(4)) : Rect{};

    // ImGui edits the text; the frame around it is ours.
    const auto grow = [](ImGuiInputTextCallbackData *data) {
        if (data->EventFlag != ImGuiInputTextFlags_CallbackResize) return 0;
        auto *text = static_cast<std::string *>(data->UserData);
        text->resize(static_cast<std::size_t>(data->BufTextLen));
        data->Buf = text->data();
        return 0;
    };
    ImGuiInputTextFlags flags = ImGuiInputTextFlags_CallbackResize;
    if (style.numeric) flags |= ImGuiInputTextFlags_CharsDecimal;
    const ImFont *font = context().fonts[FontRole::body];
    const float padding = std::floor((r.h - font->FontSize) * 0.5f);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, Vec2(0, padding));
    ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
    ImGui::PushStyleColor(ImGuiCol_TextDisabled, t[Role::text_faint]);
    ImGui::SetCursorScreenPos({inner.x, r.y});
    ImGui::SetNextItemWidth(inner.w);
    if (!style.enabled) ImGui::BeginDisabled();
    const std::string hint(style.hint);
    result.changed = ImGui::InputTextWithHint(label.c_str(), hint.c_str(), value.data(), value.capacity() + 1, flags,
                                              grow, &value);
    if (style.enabled) context().register_tab_stop(result.id, true);
    result.active = ImGui::IsItemActive();
    result.submitted = ImGui::IsItemDeactivated() && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter));
    if (!style.enabled) ImGui::EndDisabled();
    ImGui::PopStyleColor(2);
    ImGui::PopStyleVar();
    const bool ring = context().keyboard_mode && ImGui::GetCurrentContext()->NavId == result.id && !result.active;

    if (clear_shown) {
        const Interaction it = interact_in(label + "/clear", clear_place, {.tab_stop = false});
        canvas.icon(Icon::close, clear_place.center(), px(14), mix(t[Role::text_dim], t[Role::text], it.hover));
        if (it.pressed) {
            value.clear();
            result.changed = true;
        }
    }
    if (ring) focus_ring(r, radius);
    // Whatever was drawn inside, the item as a whole takes the place of the field.
    ImGui::SetCursorScreenPos(r.min());
    ImGui::ItemSize(r.size());
    if (!style.error.empty()) {
        paragraph(style.error, r.w, FontRole::small, Role::bad);
    }
    return result;
}

bool combo(std::string_view id, int &index, std::span<const std::string> items, const ComboStyle &style) {
    Canvas canvas;
    const Theme &t = theme();
    const Rect r = claim({style.width, px(control_height)});
    const Interaction it = interact_in(id, r, {.enabled = style.enabled && !items.empty()});
    const std::string popup = std::string(id) + "/list";
    const bool was_open = ImGui::IsPopupOpen(popup.c_str());
    const float radius = px(control_radius);
    canvas.fill(r, plate_color(it, Role::control, Role::control_hover, Role::control_press), radius);
    if (was_open)
        canvas.stroke(r, t[Role::focus], std::max(1.0f, px(1.5f)), radius);
    else if (!t.is_dark() || t.name == ThemeName::high_contrast)
        canvas.stroke(r, t[Role::border], 1, radius);
    Rect inner = r.inset(px(12), 0);
    canvas.icon(Icon::chevron_down, inner.cut_right(px(16), px(6)).center(), px(16), t[Role::text_dim]);
    if (style.icon != Icon::none)
        canvas.icon(style.icon, inner.cut_left(px(icon_size), px(8)).center(), px(icon_size), t[Role::text_dim]);
    const bool valid = index >= 0 && static_cast<std::size_t>(index) < items.size();
    const std::string_view shown =
        valid ? std::string_view(items[static_cast<std::size_t>(index)]) : style.placeholder;
    canvas.text({inner.x, r.center().y}, shown, FontRole::body,
                valid && style.enabled ? t[Role::text] : t[Role::text_faint], Align::left, inner.w);
    if (it.ring) focus_ring(r, radius);
    if (it.pressed) ImGui::OpenPopup(popup.c_str());

    // The list: under the box, above it when there is no room below.
    const float row = px(style.details.empty() ? 34.0f : 48.0f), margin = px(6);
    const float height = std::min(row * static_cast<float>(items.size()), px(330)) + 2 * margin;
    const Vec2 screen = ImGui::GetIO().DisplaySize;
    const bool below = r.bottom() + px(4) + height <= screen.y || r.y < screen.y * 0.5f;
    ImGui::SetNextWindowPos({r.x, below ? r.bottom() + px(4) : std::max(px(4), r.y - px(4) - height)});
    ImGui::SetNextWindowSize({r.w, height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, Vec2(margin, margin));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, Vec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, 0);
    ImGui::PushStyleColor(ImGuiCol_PopupBg, 0);
    bool changed = false;
    if (ImGui::BeginPopup(popup.c_str(), ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings)) {
        popup_plate(px(10));
        Canvas list;
        for (std::size_t i = 0; i < items.size(); ++i) {
            const bool chosen = valid && i == static_cast<std::size_t>(index);
            const Interaction line = interact("##" + std::to_string(i), {0, row});
            if (chosen && ImGui::IsWindowAppearing()) {
                ImGui::SetItemDefaultFocus();
                ImGui::SetScrollHereY();
            }
            list.fill(line.rect, faded(t[Role::control_hover], line.hover), px(7));
            Rect text = line.rect.inset(px(10), 0);
            const Vec2 tick = text.cut_right(px(16), px(6)).center();
            if (chosen) list.icon(Icon::check, tick, px(16), t[Role::info]);
            const bool detailed = i < style.details.size() && !style.details[i].empty();
            const float y = line.rect.center().y - (detailed ? px(8) : 0.0f);
            list.text({text.x, y}, items[i], detailed ? FontRole::medium : FontRole::body, t[Role::text], Align::left,
                      text.w);
            if (detailed)
                list.text({text.x, y + px(17)}, style.details[i], FontRole::small, t[Role::text_dim], Align::left,
                          text.w);
            if (line.ring) list.stroke(line.rect, t[Role::focus], px(2), px(7));
            if (line.pressed) {
                changed = static_cast<int>(i) != index;
                index = static_cast<int>(i);
                ImGui::CloseCurrentPopup();
            }
        }
        ImGui::EndPopup();
    }
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(3);
    return changed;
}

namespace {

/// The common part of both segmented controls; `draw` paints segment `i` in its rectangle with that colour.
bool segments(std::string_view id, int &index, std::size_t count, const Rect &r, std::span<const float> widths,
              const std::function<void(std::size_t, const Rect &, Color)> &draw, std::span<const std::string> tips) {
    if (count == 0) return false;
    Canvas canvas;
    const Theme &t = theme();
    const float radius = px(control_radius), margin = px(3);
    canvas.fill(r, t[Role::control], radius);
    if (t.name == ThemeName::high_contrast) canvas.stroke(r, t[Role::border], 1, radius);
    std::vector<Rect> places;
    float x = r.x + margin;
    for (std::size_t i = 0; i < count; ++i) {
        places.push_back({x, r.y + margin, widths[i], r.h - 2 * margin});
        x += widths[i];
    }
    const std::string base(id);
    const bool valid = index >= 0 && static_cast<std::size_t>(index) < count;
    if (valid) {
        const Rect &goal = places[static_cast<std::size_t>(index)];
        const ImGuiID key = ImGui::GetID(base.c_str());
        const float slide = context().animate(animation_key(key, 3), static_cast<float>(index), 120);
        const auto left = std::min(count - 1, static_cast<std::size_t>(slide)), right = std::min(count - 1, left + 1);
        const float part = slide - static_cast<float>(left);
        const auto blend_of = [part](float a, float b) { return a + (b - a) * part; };
        const Rect pill{blend_of(places[left].x, places[right].x), goal.y, blend_of(places[left].w, places[right].w),
                        goal.h};
        canvas.fill(pill, t[Role::accent], radius - margin);
    }
    bool changed = false;
    for (std::size_t i = 0; i < count; ++i) {
        const bool chosen = valid && i == static_cast<std::size_t>(index);
        const Interaction it = interact_in(base + "/" + std::to_string(i), places[i], {});
        if (!chosen && it.hover > 0) canvas.fill(places[i], faded(t[Role::control_hover], it.hover), radius - margin);
        draw(i, places[i], chosen ? t[Role::accent_text] : mix(t[Role::text_dim], t[Role::text], it.hover));
        if (it.ring) focus_ring(places[i], radius - margin);
        if (i < tips.size()) tooltip(tips[i]);
        if (!it.pressed || chosen) continue;
        index = static_cast<int>(i);
        changed = true;
    }
    ImGui::SetCursorScreenPos(r.min());
    ImGui::ItemSize(r.size());
    return changed;
}

} // namespace

bool segmented(std::string_view id, int &index, std::span<const std::string> items, float width) {
    Canvas canvas;
    std::vector<float> widths;
    float total = 0;
    for (const std::string &item : items) {
        widths.push_back(canvas.text_size(item, FontRole::medium).x + 2 * px(14));
        total += widths.back();
    }
    const float margin = 2 * px(3);
    const bool fixed = width > 0 || context().next_place.has_value();
    const Rect r = claim({fixed ? width : total + margin, px(control_height)});
    if (fixed)
        std::fill(widths.begin(), widths.end(),
                  (r.w - margin) / static_cast<float>(std::max<std::size_t>(1, items.size())));
    return segments(id, index, items.size(), r, widths,
                    [&](std::size_t i, const Rect &place_of, Color ink) {
                        canvas.text(place_of.center(), items[i], FontRole::medium, ink, Align::center,
                                    place_of.w - px(6));
                    },
                    {});
}

bool segmented_icons(std::string_view id, int &index, std::span<const Icon> items,
                     std::span<const std::string> tips) {
    Canvas canvas;
    const float margin = 2 * px(3), natural = px(38);
    const bool fixed = context().next_place.has_value();
    const auto count = static_cast<float>(std::max<std::size_t>(1, items.size()));
    const Rect r = claim({natural * count + margin, px(control_height)});
    const std::vector<float> widths(items.size(), fixed ? (r.w - margin) / count : natural);
    return segments(
        id, index, items.size(), r, widths,
        [&](std::size_t i, const Rect &place_of, Color ink) {
            canvas.icon(items[i], place_of.center(), px(icon_size), ink);
        },
        tips);
}

bool stepper(std::string_view id, int &value, int minimum, int maximum, int step, float width) {
    Canvas canvas;
    const Theme &t = theme();
    const Rect r = claim({width > 0 ? width : px(124), px(control_height)});
    const float radius = px(control_radius);
    canvas.fill(r, t[Role::control], radius);
    if (!t.is_dark() || t.name == ThemeName::high_contrast) canvas.stroke(r, t[Role::border], 1, radius);
    const std::string base(id);
    Rect middle = r;
    const int before = value;
    const auto end = [&](const Rect &place_of, Icon icon, int change, const char *suffix) {
        const bool possible = change < 0 ? value > minimum : value < maximum;
        const Interaction it = interact_in(base + suffix, place_of, {.enabled = possible});
        canvas.fill(place_of.inset(px(3)), faded(t[Role::control_hover], it.hover), radius - px(3));
        canvas.icon(icon, place_of.center(), px(16), possible ? t[Role::text] : t[Role::text_faint]);
        if (it.ring) focus_ring(place_of.inset(px(3)), radius - px(3));
        if (it.pressed) value = std::clamp(value + change, minimum, maximum);
    };
    end(middle.cut_left(r.h), Icon::minus, -step, "/minus");
    end(middle.cut_right(r.h), Icon::plus, step, "/plus");
    canvas.text(middle.center(), std::to_string(value), FontRole::strong, t[Role::text], Align::center, middle.w);
    ImGui::SetCursorScreenPos(r.min());
    ImGui::ItemSize(r.size());
    return value != before;
}

} // namespace parlour::host::ui
