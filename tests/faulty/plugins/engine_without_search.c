/* An engine that cannot search. */
#define TINY_ID "engine_without_search"
#define TINY_NO_SEARCH
#include "support/tiny_engine.h"
