/* The same engine twice in one plugin. */
#define TINY_ID "engine_twice"
#define TINY_COUNT 2
#include "support/tiny_engine.h"
