// The gallery in the terminal: the games, a few questions, a game, and back. Main thread only.
#pragma once

#include "host/plugins/registry.hpp"
#include "host/terminal/console.hpp"

#include <cstdint>

namespace parlour::host::terminal {

// Runs until the person leaves or the input ends.
void run_text_gallery(Registry &registry, Console console, std::uint64_t seed);

} // namespace parlour::host::terminal
