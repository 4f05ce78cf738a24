// Two small games of the validator's own, for engines that come without any: one open and decided by skill, one with
// chance and hidden information.
#pragma once

#include <parlour/game.h>

#include <vector>

namespace parlour::host {

// Fresh objects, the caller's to destroy. [main]
std::vector<parlour_game> make_validation_games();

} // namespace parlour::host
