#pragma once
// The look: colours by role, the players' palette, the scale, and the ImGui style that follows from them.
//
// Drawing code asks for a role, never for a number, so that dark, light and high contrast are one switch.
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "host/ui/base/geometry.hpp"

namespace parlour::host::ui {

enum class ThemeName : std::uint8_t { dark, light, high_contrast };

/// "dark", "light" or "high-contrast"; nothing for any other word.
[[nodiscard]] std::optional<ThemeName> parse_theme_name(std::string_view word);
[[nodiscard]] std::string_view theme_name_text(ThemeName name);

/// What a colour is for.
enum class Role : std::uint8_t {
    background,     ///< the page
    background_low, ///< a second stop for the page's gradient, bars at its foot
    panel,          ///< side panel, dialog
    panel_inset,    ///< a well inside a panel: graph, move list
    card,           ///< tile, player card
    card_hover,     ///< card under the pointer
    control,        ///< button, chip, field at rest
    control_hover,  ///< the same under the pointer
    control_press,  ///< the same held down
    border,         ///< hair line around panels and fields
    divider,        ///< line between rows
    row_stripe,     ///< every other row of a table
    row_selected,   ///< the chosen row
    text,           ///< what is to be read
    text_dim,       ///< secondary
    text_faint,     ///< hints, line numbers, disabled
    accent,         ///< primary button, selected chip, slider
    accent_hover,   ///< accent under the pointer
    accent_soft,    ///< tinted background of something chosen
    accent_text,    ///< text on accent
    good,           ///< success, advantage
    warn,           ///< caution, favourite star
    bad,            ///< error, disadvantage
    info,           ///< news
    focus,          ///< the keyboard focus ring
    shadow,         ///< soft shadows (its alpha is the strength)
    scrim,          ///< over the page while a dialog is open
    tooltip,        ///< tooltip background
    tooltip_text,   ///< text on it
    board_frame,    ///< the plate under a board
    board_light,    ///< light cells
    board_dark,     ///< dark cells
    board_line,     ///< grid lines on a board
    board_hole,     ///< the dark of an empty hole, over the colour of what it is in
    board_neutral,  ///< neutral pieces, walls
    board_text,     ///< coordinates
    mark_last,      ///< the last move
    mark_target,    ///< a legal target
    mark_select,    ///< the chosen piece
    mark_hint,      ///< what the hint points at
    mark_danger,    ///< check, losing, capture
    count_
};

inline constexpr std::size_t role_count = static_cast<std::size_t>(Role::count_);

/// Colours told apart by people with any common colour vision deficiency together with their shape cue
/// (Canvas draws the cue). Order: red, yellow, blue, green, purple, cyan, orange, pink.
inline constexpr std::size_t player_color_count = 8;

struct Theme {
    ThemeName name = ThemeName::dark;
    float scale = 1.0f; ///< real pixels per design pixel, 0.5..4
    std::array<Color, role_count> colors{};
    std::array<Color, player_color_count> players{};
    Color ivory = 0; ///< light pieces of games that are black and white
    Color ebony = 0; ///< dark pieces of the same

    [[nodiscard]] Color operator[](Role role) const { return colors[static_cast<std::size_t>(role)]; }
    /// The colour of player `index`, counted from 0; wraps after eight.
    [[nodiscard]] Color player(std::size_t index) const { return players[index % player_color_count]; }
    /// Position 0..1 on a scale from calm to hot, for visit counts and numbered tiles.
    [[nodiscard]] Color heat(float t) const;
    /// Design pixels to real pixels, whole.
    [[nodiscard]] float px(float length) const;
    [[nodiscard]] bool is_dark() const { return name != ThemeName::light; }
};

/// The theme of that name at that scale (clamped to 0.5..4).
[[nodiscard]] Theme make_theme(ThemeName name, float scale);

/// What one sees in an empty hole in something of colour `plate`.
[[nodiscard]] Color hole_in(const Theme &theme, Color plate);

/// Sets the style of the current ImGui context from the theme: fresh style, scaled once, square corners gone,
/// ImGui's own navigation highlight invisible (widgets draw their own ring).
void apply_style(const Theme &theme);

/// The scale for a window: `wanted` when above 0, else GDK_SCALE or QT_SCALE_FACTOR, else `desktop_dpi` / 96 (what
/// the desktop says, Xft.dpi), else `display_dpi` / 96 rounded down (what the monitor says, often wrong), else 1. In
/// quarters, 0.5..4. A DPI is 0 when unknown.
[[nodiscard]] float choose_scale(float wanted, float desktop_dpi, float display_dpi);

} // namespace parlour::host::ui
