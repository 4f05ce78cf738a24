#pragma once
// Icons as vectors: no icon font, sharp at every scale.
#include <cstdint>

#include "host/ui/base/geometry.hpp"

namespace parlour::host::ui {

enum class Icon : std::uint8_t {
    none,
    back,
    search,
    gear,
    undo,
    redo,
    first,
    previous,
    play,
    pause,
    next,
    last,
    bulb,
    flag,
    plus,
    minus,
    refresh,
    plug,
    sun,
    moon,
    question,
    close,
    check,
    warning,
    person,
    engine,
    copy,
    star,
    star_outline,
    menu,
    more,
    chevron_down,
    chevron_right,
    clock,
    chart,
    folder,
    save,
    trash,
    dice,
    rotate,
    fullscreen,
    info,
    list,
    grid,
    users,
    count_
};

/// Draws `icon` centred on `center` in a square of `size` pixels.
void draw_icon(ImDrawList &list, Icon icon, Vec2 center, float size, Color color);

} // namespace parlour::host::ui
