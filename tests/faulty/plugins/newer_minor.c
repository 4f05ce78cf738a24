/* Needs a host of minor version 7. */
#define TINY_ID "newer_minor"
#define TINY_MIN_MINOR 7
#include "support/tiny_game.h"
