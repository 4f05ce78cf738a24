/* Has the symbol, but it is something else. */
#define TINY_ID "wrong_magic"
#define TINY_MAGIC 0x12345678u
#include "support/tiny_game.h"
