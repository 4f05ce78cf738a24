/* A factory of engines that ends before create. */
#define TINY_ID "engine_short_factory"
#define TINY_FACTORY_SIZE 24
#include "support/tiny_engine.h"
