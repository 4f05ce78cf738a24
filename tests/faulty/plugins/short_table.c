/* A game whose table ends in the middle. */
#define TINY_ID "short_table"
#define TINY_TABLE_SIZE 48
#include "support/tiny_game.h"
