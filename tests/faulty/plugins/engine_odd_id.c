/* An engine id that is no id. */
#define TINY_ID "engine_odd_id"
#define TINY_ENGINE_ID "../Odd Engine!"
#include "support/tiny_engine.h"
