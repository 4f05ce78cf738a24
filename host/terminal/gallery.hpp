// The gallery in the terminal: the games, a few questions, a game, and back. Main thread only.
#pragma once

#include "host/match/match.hpp"
#include "host/plugins/registry.hpp"
#include "host/records/store.hpp"
#include "host/terminal/console.hpp"

#include <cstdint>
#include <optional>

namespace parlour::host::terminal {

// Runs until the person leaves or the input ends; begins with the game `first` where there is one. `seed` is that of
// the first game chosen here. Games are kept in `store`, which may be null.
void run_text_gallery(Registry &registry, Console console, std::uint64_t seed, std::optional<MatchSetup> first = {},
                      Store *store = nullptr);

} // namespace parlour::host::terminal
