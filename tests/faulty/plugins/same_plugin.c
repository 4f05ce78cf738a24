/* Has the id of another plugin. */
#define TINY_ID "same_plugin_game"
#define TINY_PLUGIN_ID "good"
#include "support/tiny_game.h"
