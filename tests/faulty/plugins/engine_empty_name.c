/* An engine whose name is empty. */
#define TINY_ID "engine_empty_name"
#define TINY_NAME ""
#include "support/tiny_engine.h"
