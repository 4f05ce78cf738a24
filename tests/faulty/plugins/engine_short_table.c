/* An engine whose table ends before search. */
#define TINY_ID "engine_short_table"
#define TINY_TABLE_SIZE 16
#include "support/tiny_engine.h"
