// A position as text, drawn from the game's own scene: a grid of cells with one character or a few for each, its
// coordinates, then the marks, counters and buttons; or a list of what lies where, for a table that is no grid.
// All functions are [any].
#pragma once

#include "host/scene/scene.hpp"
#include "host/terminal/style.hpp"

#include <optional>
#include <string>
#include <vector>

namespace parlour::host::terminal {

struct BoardOptions {
    ColorDepth colors = ColorDepth::none;
    bool flipped = false;                                // turned by half a turn
    bool labels = false;                                 // the cells' names in place of what lies on them
    std::vector<std::uint32_t> changed{};                // cells of the last move: set in brackets
    std::vector<std::string> players{};                  // names, for the counters
    std::optional<std::vector<std::uint32_t>> buttons{}; // those that can be pressed now; empty: show all
};

// The board as lines with a newline each. What has no place in a grid of text is told in lines below it.
std::string board_text(const Scene &scene, const BoardOptions &options);

// How many columns of a terminal a UTF-8 text takes: its code points, wide ones twice, combining ones not at all.
std::size_t text_width(const std::string &text);

} // namespace parlour::host::terminal
