/* parlour/parlour.h - the whole C interface. */
#ifndef PARLOUR_PARLOUR_H
#define PARLOUR_PARLOUR_H

#include <parlour/abi.h>
#include <parlour/engine.h>
#include <parlour/entry.h>
#include <parlour/game.h>
#include <parlour/game_board.h>
#include <parlour/game_chance.h>
#include <parlour/game_hidden.h>
#include <parlour/game_people.h>
#include <parlour/game_search.h>
#include <parlour/game_simultaneous.h>
#include <parlour/host.h>
#include <parlour/option.h>

#endif
