/* Says that a game has at most 2 moves. */
#define TINY_MAX_PLIES 2
#define TINY_ID "longer_than_said"
#include "support/tiny_game.h"
