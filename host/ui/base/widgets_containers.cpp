// Panels, dialogs, menus.
#include <imgui_internal.h>

#include <utility>

#include "host/ui/base/widgets_internal.hpp"

namespace parlour::host::ui {

using namespace detail;

namespace {

/// Where the menu opened last hangs.
Rect menu_anchor;

constexpr ImGuiWindowFlags popup_flags = ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                                         ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                                         ImGuiWindowFlags_AlwaysAutoResize;

} // namespace

bool panel_begin(std::string_view id, const Rect &r, const PanelStyle &style) {
    const Theme &t = theme();
    const float radius = px(style.radius);
    Canvas canvas;
    if (style.fill) {
        if (style.shadow) canvas.shadow(r, px(18), {0, px(6)});
        canvas.fill(r, t[*style.fill], radius);
    }
    if (style.border || (style.fill && t.name == ThemeName::high_contrast))
        canvas.stroke(r, t[Role::border], 1, radius);
    ImGui::SetCursorScreenPos(r.min());
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, Vec2(px(style.padding), px(style.padding)));
    ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, radius);
    ImGuiWindowFlags flags = ImGuiWindowFlags_AlwaysUseWindowPadding | ImGuiWindowFlags_NavFlattened |
                             ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground;
    if (!style.scroll) flags |= ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;
    const bool visible = ImGui::BeginChild(ImGui::GetID(id.data(), id.data() + id.size()),
                                           {std::max(1.0f, r.w), std::max(1.0f, r.h)}, false, flags);
    ImGui::PopStyleVar(2);
    return visible;
}

void panel_end() {
    ImGui::EndChild();
}

Rect content_rect() {
    const Vec2 at = ImGui::GetCursorScreenPos(), size = ImGui::GetContentRegionAvail();
    return {at.x, at.y, size.x, size.y};
}

bool modal_begin(std::string_view title, bool &open, const ModalStyle &style) {
    const std::string name(title);
    const bool shown = ImGui::IsPopupOpen(name.c_str());
    if (open && !shown) ImGui::OpenPopup(name.c_str());
    if (!open && !shown) return false;
    ImGuiContext &g = *ImGui::GetCurrentContext();
    Context &c = context();
    const Vec2 screen = ImGui::GetIO().DisplaySize;
    const float width = std::min(px(style.width), screen.x - px(32)), most = screen.y - px(48);
    const float height = std::min(px(style.height), most);
    ImGui::SetNextWindowPos({std::floor(screen.x * 0.5f), std::floor(screen.y * 0.48f)}, ImGuiCond_Always,
                            {0.5f, 0.5f});
    ImGui::SetNextWindowSizeConstraints({width, height}, {width, height > 0 ? height : most});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, Vec2(px(24), px(20)));
    ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, 0);
    ImGui::PushStyleColor(ImGuiCol_PopupBg, 0);
    const bool visible = ImGui::BeginPopupModal(name.c_str(), nullptr, popup_flags);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
    if (!visible) return false;
    if (g.DimBgRatio < 1) c.request_frame_in(0); // ImGui darkens the page over some frames
    popup_plate(px(14));

    const Vec2 at = ImGui::GetCursorScreenPos();
    const float row = px(32), line = ImGui::GetContentRegionAvail().x;
    Canvas().text({at.x, at.y + row * 0.5f}, detail::visible(title), FontRole::heading, c.theme[Role::text],
                  Align::left, line - row);
    bool close = false;
    if (style.closable) {
        place({at.x + line - row + px(6), at.y, row, row});
        close = icon_button("##close", Icon::close, {.kind = ButtonKind::quiet, .tip = "Close (Esc)"});
    }
    ImGui::SetCursorScreenPos({at.x, at.y + row + px(10)});

    const bool front = g.OpenPopupStack.Size > 0 && g.OpenPopupStack.back().Window == g.CurrentWindow;
    if (style.closable && front) {
        const bool outside = ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !ImGui::IsWindowAppearing() &&
                             !g.CurrentWindow->Rect().Contains(ImGui::GetIO().MousePos);
        close = close || outside || std::exchange(c.back_pressed, false);
    }
    if (close || !open) {
        open = false;
        ImGui::CloseCurrentPopup();
        c.request_frame_in(0);
    }
    return true;
}

void modal_end() {
    ImGui::EndPopup();
}

bool any_popup_open() {
    return ImGui::GetCurrentContext()->OpenPopupStack.Size > 0;
}

void open_menu(std::string_view id) {
    const ImRect item = ImGui::GetCurrentContext()->LastItemData.Rect;
    menu_anchor = {item.Min.x, item.Min.y, item.GetWidth(), item.GetHeight()};
    ImGui::OpenPopup(ImGui::GetID(id.data(), id.data() + id.size()));
}

bool menu_begin(std::string_view id) {
    const ImGuiID popup = ImGui::GetID(id.data(), id.data() + id.size());
    if (!ImGui::IsPopupOpen(popup, ImGuiPopupFlags_None)) {
        ImGui::GetCurrentContext()->NextWindowData.ClearFlags();
        return false;
    }
    // At the right half of the screen the menu hangs from its anchor's right edge.
    const bool right = menu_anchor.center().x > ImGui::GetIO().DisplaySize.x * 0.5f;
    ImGui::SetNextWindowPos({right ? menu_anchor.right() : menu_anchor.x, menu_anchor.bottom() + px(4)},
                            ImGuiCond_Always, {right ? 1.0f : 0.0f, 0.0f});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, Vec2(px(6), px(6)));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, Vec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, 0);
    ImGui::PushStyleColor(ImGuiCol_PopupBg, 0);
    const bool open = ImGui::BeginPopupEx(popup, popup_flags);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(open ? 1 : 3); // the padding and the spacing stay for the items
    if (open) popup_plate(px(10));
    return open;
}

bool menu_item(std::string_view label, Icon icon, bool enabled, std::string_view shortcut) {
    Canvas canvas;
    const Theme &t = theme();
    const std::string_view text = detail::visible(label);
    const float icon_space = px(28);
    const float natural = icon_space + canvas.text_size(text, FontRole::body).x + px(32) +
                          canvas.text_size(shortcut, FontRole::small).x;
    const float width = std::max({natural + px(10), px(190), ImGui::GetWindowSize().x - px(12)});
    const Interaction it = interact(label, {width, px(34)}, {.enabled = enabled});
    const Color ink = enabled ? t[Role::text] : t[Role::text_faint];
    canvas.fill(it.rect, faded(t[Role::control_hover], it.hover), px(7));
    const float y = it.rect.center().y;
    canvas.icon(icon, {it.rect.x + px(18), y}, px(icon_size), enabled ? t[Role::text_dim] : t[Role::text_faint]);
    canvas.text({it.rect.x + px(8) + icon_space, y}, text, FontRole::body, ink);
    canvas.text({it.rect.right() - px(10), y}, shortcut, FontRole::small, t[Role::text_faint], Align::right);
    if (it.ring) canvas.stroke(it.rect, t[Role::focus], px(2), px(7));
    if (it.pressed) ImGui::CloseCurrentPopup();
    return it.pressed;
}

void menu_end() {
    ImGui::EndPopup();
    ImGui::PopStyleVar(2);
}

void gap(float design_pixels) {
    const ImGuiStyle &style = ImGui::GetStyle();
    ImGui::Dummy({0, std::max(0.0f, px(design_pixels) - style.ItemSpacing.y)});
}

void divider() {
    const Vec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    Canvas().fill({at.x, at.y, width, std::max(1.0f, px(1))}, color(Role::divider));
    ImGui::Dummy({width, std::max(1.0f, px(1))});
}

} // namespace parlour::host::ui
