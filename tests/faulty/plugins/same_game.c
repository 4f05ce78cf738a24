/* Has a game with the id of another plugin's. */
#define TINY_ID "good"
#define TINY_PLUGIN_ID "same_game"
#include "support/tiny_game.h"
