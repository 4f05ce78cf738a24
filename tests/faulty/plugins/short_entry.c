/* An entry that ends before get_factory. */
#define TINY_ID "short_entry"
#define TINY_ENTRY_SIZE 88
#include "support/tiny_game.h"
