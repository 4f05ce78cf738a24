/* A plugin whose name is empty. */
#define TINY_ID "empty_name"
#define TINY_NAME ""
#include "support/tiny_game.h"
