/* Does not write all bytes of the first position. */
#define TINY_STATE_SIZE 8
#define TINY_ID "leaves_bytes"
#include "support/tiny_game.h"
