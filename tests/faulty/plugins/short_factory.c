/* A factory that ends before create. */
#define TINY_ID "short_factory"
#define TINY_FACTORY_SIZE 24
#include "support/tiny_game.h"
