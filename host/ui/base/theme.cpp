#include "host/ui/base/theme.hpp"

#include <cmath>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <utility>

namespace parlour::host::ui {
namespace {

using Roles = std::initializer_list<std::pair<Role, Color>>;

void set(Theme &theme, Roles roles) {
    for (const auto &[role, color] : roles) theme.colors[static_cast<std::size_t>(role)] = color;
}

void set_dark(Theme &theme) {
    set(theme, {{Role::background, rgb(0x12151c)},
                {Role::background_low, rgb(0x0d0f15)},
                {Role::panel, rgb(0x1a1e28)},
                {Role::panel_inset, rgb(0x12151c)},
                {Role::card, rgb(0x1f2430)},
                {Role::card_hover, rgb(0x293040)},
                {Role::control, rgb(0x272d3b)},
                {Role::control_hover, rgb(0x333b4d)},
                {Role::control_press, rgb(0x202531)},
                {Role::border, rgb(0x323a4b)},
                {Role::divider, rgb(0x2a303e)},
                {Role::row_stripe, rgba(0xffffff07)},
                {Role::row_selected, rgb(0x2f3a52)},
                {Role::text, rgb(0xeef1f7)},
                {Role::text_dim, rgb(0xa3acbf)},
                {Role::text_faint, rgb(0x747d91)},
                {Role::accent, rgb(0x2a66d8)},
                {Role::accent_hover, rgb(0x3d7aec)},
                {Role::accent_soft, rgba(0x4a85f233)},
                {Role::accent_text, rgb(0xffffff)},
                {Role::good, rgb(0x3fc486)},
                {Role::warn, rgb(0xf2b93b)},
                {Role::bad, rgb(0xf0616d)},
                {Role::info, rgb(0x5aa2ff)},
                {Role::focus, rgb(0x6aa8ff)},
                {Role::shadow, rgba(0x00000099)},
                {Role::scrim, rgba(0x05070cb0)},
                {Role::tooltip, rgb(0x2c3343)},
                {Role::tooltip_text, rgb(0xeef1f7)},
                {Role::board_frame, rgb(0x2a5ccb)},
                {Role::board_light, rgb(0xe9dcc3)},
                {Role::board_dark, rgb(0x8d6a4d)},
                {Role::board_line, rgb(0x3d4659)},
                {Role::board_hole, rgb(0x10182b)},
                {Role::board_neutral, rgb(0x7d879b)},
                {Role::board_text, rgb(0x8a93a6)},
                {Role::mark_last, rgba(0xf2c23399)},
                {Role::mark_target, rgb(0x55d69a)},
                {Role::mark_select, rgb(0x6aa8ff)},
                {Role::mark_hint, rgb(0xc58bff)},
                {Role::mark_danger, rgb(0xff5a66)}});
}

void set_light(Theme &theme) {
    set(theme, {{Role::background, rgb(0xf3f4f8)},
                {Role::background_low, rgb(0xe7eaf1)},
                {Role::panel, rgb(0xffffff)},
                {Role::panel_inset, rgb(0xf1f3f7)},
                {Role::card, rgb(0xffffff)},
                {Role::card_hover, rgb(0xf7f9ff)},
                {Role::control, rgb(0xe6e9f0)},
                {Role::control_hover, rgb(0xdadfe9)},
                {Role::control_press, rgb(0xcdd3df)},
                {Role::border, rgb(0xd3d8e2)},
                {Role::divider, rgb(0xe3e7ee)},
                {Role::row_stripe, rgba(0x1020400a)},
                {Role::row_selected, rgb(0xd9e6ff)},
                {Role::text, rgb(0x1a1e28)},
                {Role::text_dim, rgb(0x566074)},
                {Role::text_faint, rgb(0x868fa1)},
                {Role::accent, rgb(0x2463d6)},
                {Role::accent_hover, rgb(0x3a78ea)},
                {Role::accent_soft, rgba(0x2463d61f)},
                {Role::accent_text, rgb(0xffffff)},
                {Role::good, rgb(0x17885a)},
                {Role::warn, rgb(0xc98a06)},
                {Role::bad, rgb(0xcf2f3f)},
                {Role::info, rgb(0x2463d6)},
                {Role::focus, rgb(0x2463d6)},
                {Role::shadow, rgba(0x24304a3d)},
                {Role::scrim, rgba(0x1a1e2873)},
                {Role::tooltip, rgb(0x262c38)},
                {Role::tooltip_text, rgb(0xf3f4f8)},
                {Role::board_frame, rgb(0x2f66d8)},
                {Role::board_light, rgb(0xf0e4cc)},
                {Role::board_dark, rgb(0xa9825f)},
                {Role::board_line, rgb(0xa9b2c3)},
                {Role::board_hole, rgba(0x0a122a9e)},
                {Role::board_neutral, rgb(0x8b95a8)},
                {Role::board_text, rgb(0x6a7387)},
                {Role::mark_last, rgba(0xf2b21aaa)},
                {Role::mark_target, rgb(0x1b9a66)},
                {Role::mark_select, rgb(0x2463d6)},
                {Role::mark_hint, rgb(0x8a3fd1)},
                {Role::mark_danger, rgb(0xd8283a)}});
}

void set_high_contrast(Theme &theme) {
    set_dark(theme);
    set(theme, {{Role::background, rgb(0x000000)},    {Role::background_low, rgb(0x000000)},
                {Role::panel, rgb(0x0a0a0a)},         {Role::panel_inset, rgb(0x000000)},
                {Role::card, rgb(0x141414)},          {Role::card_hover, rgb(0x2e2e2e)},
                {Role::control, rgb(0x262626)},       {Role::control_hover, rgb(0x404040)},
                {Role::control_press, rgb(0x1a1a1a)}, {Role::border, rgb(0xb8b8b8)},
                {Role::divider, rgb(0x6a6a6a)},       {Role::row_selected, rgb(0x1f4fb0)},
                {Role::text, rgb(0xffffff)},          {Role::text_dim, rgb(0xe2e2e2)},
                {Role::text_faint, rgb(0xbcbcbc)},    {Role::accent, rgb(0x1f5fe0)},
                {Role::accent_hover, rgb(0x3f7cff)},  {Role::accent_soft, rgba(0x3f7cff66)},
                {Role::focus, rgb(0xffe14d)},         {Role::scrim, rgba(0x000000d0)},
                {Role::tooltip, rgb(0xffffff)},       {Role::tooltip_text, rgb(0x000000)},
                {Role::board_line, rgb(0xd0d0d0)},    {Role::board_hole, rgb(0x000000)},
                {Role::board_text, rgb(0xe2e2e2)},    {Role::mark_last, rgb(0xffe14d)},
                {Role::mark_target, rgb(0x4dffb0)}});
}

/// A positive number from an environment variable, else 0.
float number_from(const char *variable) {
    const char *text = std::getenv(variable);
    if (!text) return 0;
    char *end = nullptr;
    const float value = std::strtof(text, &end);
    return end != text && std::isfinite(value) && value > 0 ? value : 0;
}

ImVec4 vec(Color color) {
    return ImGui::ColorConvertU32ToFloat4(color);
}

} // namespace

std::optional<ThemeName> parse_theme_name(std::string_view word) {
    for (const ThemeName name : {ThemeName::dark, ThemeName::light, ThemeName::high_contrast}) {
        if (word == theme_name_text(name)) return name;
    }
    return std::nullopt;
}

std::string_view theme_name_text(ThemeName name) {
    switch (name) {
        case ThemeName::light:
            return "light";
        case ThemeName::high_contrast:
            return "high-contrast";
        case ThemeName::dark:
            break;
    }
    return "dark";
}

Color Theme::heat(float t) const {
    // From pale sand over orange to deep red: lightness falls steadily, so it also reads in grey.
    constexpr std::array<std::uint32_t, 6> stops{0xf0dcc0, 0xf1c290, 0xf0a065, 0xe97a4e, 0xd9533f, 0xb23a48};
    const float place = std::clamp(t, 0.0f, 1.0f) * static_cast<float>(stops.size() - 1);
    const std::size_t index = std::min(stops.size() - 2, static_cast<std::size_t>(place));
    return mix(rgb(stops[index]), rgb(stops[index + 1]), place - static_cast<float>(index));
}

float Theme::px(float length) const {
    return std::floor(length * scale + 0.5f);
}

Theme make_theme(ThemeName name, float scale) {
    Theme theme;
    theme.name = name;
    theme.scale = std::isfinite(scale) ? std::clamp(scale, 0.5f, 4.0f) : 1.0f;
    // Chosen after Okabe and Ito's palette, warmed up: neighbours differ in lightness as well as in hue.
    theme.players = {rgb(0xe8503a), rgb(0xf2c233), rgb(0x4a9be8), rgb(0x2fa06d),
                     rgb(0x8e5bd0), rgb(0x3fc7cf), rgb(0xf08a2c), rgb(0xe889b8)};
    theme.ivory = rgb(0xf4f1ea);
    theme.ebony = rgb(0x23262e);
    switch (name) {
        case ThemeName::dark:
            set_dark(theme);
            break;
        case ThemeName::light:
            set_light(theme);
            break;
        case ThemeName::high_contrast:
            set_high_contrast(theme);
            break;
    }
    return theme;
}

Color hole_in(const Theme &theme, Color plate) {
    const Color shade = theme[Role::board_hole];
    return mix(plate, shade | IM_COL32_A_MASK, static_cast<float>(alpha(shade)) / 255);
}

void apply_style(const Theme &theme) {
    ImGuiStyle style;
    style.WindowPadding = {0, 0};
    style.WindowBorderSize = 0;
    style.WindowRounding = 12;
    style.ChildRounding = 12;
    style.ChildBorderSize = 0;
    style.PopupRounding = 10;
    style.PopupBorderSize = 1;
    style.FramePadding = {12, 9};
    style.FrameRounding = 8;
    style.FrameBorderSize = 0;
    style.ItemSpacing = {8, 8};
    style.ItemInnerSpacing = {8, 6};
    style.ScrollbarSize = 10;
    style.ScrollbarRounding = 5;
    style.GrabRounding = 6;
    style.GrabMinSize = 16;
    style.CellPadding = {8, 5};
    style.DisabledAlpha = 0.45f;
    // Lines are drawn as geometry: no dependence on the filtering of a baked texture.
    style.AntiAliasedLinesUseTex = false;
    style.CircleTessellationMaxError = 0.12f;
    style.CurveTessellationTol = 0.6f;
    style.ScaleAllSizes(theme.scale);
    style.PopupBorderSize = 1;

    for (ImVec4 &color : style.Colors) color = vec(theme[Role::control]);
    const auto put = [&style](ImGuiCol slot, Color color) { style.Colors[slot] = vec(color); };
    put(ImGuiCol_Text, theme[Role::text]);
    put(ImGuiCol_TextDisabled, theme[Role::text_faint]);
    put(ImGuiCol_WindowBg, 0);
    put(ImGuiCol_ChildBg, 0);
    put(ImGuiCol_PopupBg, theme[Role::panel]);
    put(ImGuiCol_Border, theme[Role::border]);
    put(ImGuiCol_BorderShadow, 0);
    put(ImGuiCol_FrameBg, theme[Role::control]);
    put(ImGuiCol_FrameBgHovered, theme[Role::control_hover]);
    put(ImGuiCol_FrameBgActive, theme[Role::control_hover]);
    put(ImGuiCol_ScrollbarBg, 0);
    put(ImGuiCol_ScrollbarGrab, theme[Role::control]);
    put(ImGuiCol_ScrollbarGrabHovered, theme[Role::control_hover]);
    put(ImGuiCol_ScrollbarGrabActive, theme[Role::control_hover]);
    put(ImGuiCol_CheckMark, theme[Role::accent_text]);
    put(ImGuiCol_SliderGrab, theme[Role::accent]);
    put(ImGuiCol_SliderGrabActive, theme[Role::accent_hover]);
    put(ImGuiCol_ButtonHovered, theme[Role::control_hover]);
    put(ImGuiCol_ButtonActive, theme[Role::control_press]);
    put(ImGuiCol_Header, theme[Role::row_selected]);
    put(ImGuiCol_HeaderHovered, theme[Role::control_hover]);
    put(ImGuiCol_HeaderActive, theme[Role::control_press]);
    put(ImGuiCol_Separator, theme[Role::divider]);
    put(ImGuiCol_TableHeaderBg, theme[Role::panel_inset]);
    put(ImGuiCol_TableBorderStrong, theme[Role::border]);
    put(ImGuiCol_TableBorderLight, theme[Role::divider]);
    put(ImGuiCol_TableRowBg, 0);
    put(ImGuiCol_TableRowBgAlt, theme[Role::row_stripe]);
    put(ImGuiCol_TextSelectedBg, faded(theme[Role::accent], 0.55f));
    put(ImGuiCol_DragDropTarget, theme[Role::focus]);
    put(ImGuiCol_NavHighlight, 0);
    put(ImGuiCol_NavWindowingHighlight, 0);
    put(ImGuiCol_NavWindowingDimBg, 0);
    put(ImGuiCol_ModalWindowDimBg, theme[Role::scrim]);
    ImGui::GetStyle() = style;
}

float choose_scale(float wanted, float desktop_dpi, float display_dpi) {
    const auto usable = [](float value) { return std::isfinite(value) && value > 0; };
    float scale = 1;
    if (usable(wanted)) {
        scale = wanted;
    } else if (const float gdk = number_from("GDK_SCALE"); gdk > 0) {
        scale = gdk;
    } else if (const float qt = number_from("QT_SCALE_FACTOR"); qt > 0) {
        scale = qt;
    } else if (usable(desktop_dpi)) {
        scale = desktop_dpi / 96.0f;
    } else if (usable(display_dpi)) {
        scale = std::max(1.0f, std::floor(display_dpi / 96.0f * 4.0f) / 4.0f);
    }
    return std::clamp(std::round(scale * 4.0f) / 4.0f, 0.5f, 4.0f);
}

} // namespace parlour::host::ui
