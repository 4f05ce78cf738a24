// Rules in Markdown as text for a terminal. [any]
#pragma once

#include "host/terminal/style.hpp"

#include <string>

namespace parlour::host::terminal {

// Headings in bold, list items indented, emphasis in bold or left out, lines broken at `width` columns.
std::string rules_text(const std::string &markdown, std::size_t width, ColorDepth colors);

} // namespace parlour::host::terminal
