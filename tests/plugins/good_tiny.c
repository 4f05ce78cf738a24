/* The tiny game as it is. */
#define TINY_ID "tiny"
#include "support/tiny_game.h"
