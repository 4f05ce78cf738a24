#include "host/terminal/console.hpp"

#include <sys/ioctl.h>

#include <algorithm>

namespace parlour::host::terminal {

std::size_t console_width(int descriptor) {
    winsize size{};
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 78;
    return std::clamp<std::size_t>(size.ws_col, 42, 102) - 2;
}

} // namespace parlour::host::terminal
