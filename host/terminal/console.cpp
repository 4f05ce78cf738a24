#include "host/terminal/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

namespace parlour::host::terminal {

Console standard_console(LineReader &input, std::ostream &out) {
    Console console{.input = input, .out = out, .colors = color_depth_of(STDOUT_FILENO)};
    const bool typing = isatty(STDIN_FILENO) != 0;
    console.live = typing && isatty(STDOUT_FILENO) != 0;
    console.echo = !typing;
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        console.width = std::clamp<std::size_t>(size.ws_col, 42, 102) - 2;
    }
    return console;
}

} // namespace parlour::host::terminal
