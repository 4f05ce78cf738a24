/* A game id that is no id. */
#define TINY_ID "Odd Game!"
#define TINY_PLUGIN_ID "odd_game_id"
#include "support/tiny_game.h"
