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
    bool echo = false;      // nobody sees what is typed: show each line behind its prompt
    std::size_t width = 78; // columns for running text
};

// The console of this process: standard input behind `input`, standard output behind `out`. Lines are broken at the
// width of the terminal, 40 to 100 columns, or at 78 where there is none.
Console standard_console(LineReader &input, std::ostream &out);

} // namespace parlour::host::terminal
