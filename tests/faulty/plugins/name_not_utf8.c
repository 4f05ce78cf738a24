/* A name in Latin-1. */
#define TINY_ID "name_not_utf8"
#define TINY_NAME "M\xfchle"
#include "support/tiny_game.h"
