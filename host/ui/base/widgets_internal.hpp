#pragma once
// What the widgets share among themselves; screens do not include this.
#include <string_view>

#include "host/ui/base/widgets.hpp"

namespace parlour::host::ui::detail {

/// Common measures in design pixels.
inline constexpr float control_height = 36, control_radius = 9, control_padding = 14, icon_size = 18;

/// The part of a label that is shown: what stands before "##".
[[nodiscard]] inline std::string_view visible(std::string_view label) {
    return label.substr(0, label.find("##"));
}

/// The rectangle of the next item: what place() said, else `natural` at the cursor. Width 0 or less: the rest of the
/// line.
[[nodiscard]] Rect claim(Vec2 natural);

/// The item of interact() in exactly `r`.
Interaction interact_in(std::string_view id, const Rect &r, const InteractionStyle &style);

/// An id for something remembered about an item besides its hover state.
[[nodiscard]] inline ImGuiID animation_key(ImGuiID id, std::uint32_t what) {
    return id ^ (0x9e3779b9u * (what + 1));
}

/// Colour of a plate at rest, hovered and held.
[[nodiscard]] Color plate_color(const Interaction &it, Role rest, Role hover, Role press);

/// Left or Right pressed while the item has the focus: -1, +1, else 0. The focus then stays where it is.
[[nodiscard]] int take_horizontal(const Interaction &it);

/// Calls `line` for each line of `text` broken at words to `width` pixels, with the pitch of lines in pixels; returns
/// the height of all. An empty `line` only measures.
float break_lines(std::string_view text, FontRole font, float width,
                  const std::function<void(std::string_view line, float y)> &line = {});

/// The plate of a popup window with its shadow, drawn over ImGui's own (which is transparent).
void popup_plate(float radius);

} // namespace parlour::host::ui::detail
