/* A game without outcome(). */
#define TINY_ID "null_function"
#define TINY_OUTCOME NULL
#include "support/tiny_game.h"
