// The sequentialiser: presents a game whose players move at once as one of hidden information, in which they choose
// one after the other.
//
//     position = the game's position, zeroed up to a multiple of 4
//              | uint32 chosen    bit p: player p has chosen; bit 16+p: ... but this view does not know what
//              | uint32 choice[players], 0 where none is known
//
// At a node of simultaneous moves the first active player who has not chosen is to move; when the last one chooses,
// the joint move is played. Nobody's view shows what others chose in the same round.
#pragma once

#include "host/base/result.hpp"

#include <parlour/game.h>

namespace parlour::host {

// Wraps a game with PARLOUR_GAME_SIMULTANEOUS, which now belongs to the wrapper: destroying that destroys both. A
// Problem if its positions have no room for the choices; `inner` is then still the caller's.
Result<parlour_game> sequentialiser_layer(const parlour_game &inner);

} // namespace parlour::host
