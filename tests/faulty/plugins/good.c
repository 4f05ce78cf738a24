/* Nothing is wrong here: what must go on to work beside every faulty plugin. */
#define TINY_ID "good"
#include "support/tiny_game.h"
