/* A plugin whose name is a NULL pointer. */
#define TINY_ID "null_name"
#define TINY_NAME NULL
#include "support/tiny_game.h"
