// Where a dialogue happens: lines in, text out, and what the terminal can show.
#pragma once

#include "host/terminal/line_reader.hpp"
#include "host/terminal/style.hpp"

#include <ostream>

namespace parlour::host::terminal {

struct Console {
    LineReader &input;
    std::ostream &out;
    ColorDepth colors = ColorDepth::none;
    bool live = false;      // a terminal on which a line may be written over
    std::size_t width = 78; // columns for running text
};

// The columns of the terminal behind a file descriptor, 40 to 100; 78 where it does not say.
std::size_t console_width(int descriptor);

} // namespace parlour::host::terminal
