// Colours of a terminal, or none: SGR sequences for the interface's colour roles. All functions are [any].
#pragma once

#include <cstdint>
#include <string>

namespace parlour::host::terminal {

enum class ColorDepth { none, basic, many };

// What the terminal behind a file descriptor shows: nothing when NO_COLOR is set (no-color.org), when it is no
// terminal or a dumb one; 256 colours where TERM or COLORTERM promise them, else the basic ones.
ColorDepth color_depth_of(int descriptor);

// How a run of text looks.
struct Style {
    std::uint8_t color = 0;      // PARLOUR_COLOR_* of the text; PARLOUR_COLOR_NONE: the terminal's own
    std::uint8_t background = 0; // likewise
    bool bold = false, dim = false;
    bool operator==(const Style &) const = default;
};

// The text in a style, with a reset behind it; the text itself where there is nothing to show.
std::string styled(const std::string &text, const Style &style, ColorDepth depth);

} // namespace parlour::host::terminal
