// Throws a number out of bind.
#define TINY_ID "exception_of_no_class"
#define TINY_BIND bind
#include "support/tiny_engine.h"

static parlour_status bind(TINY_BIND_ARGUMENTS) {
    throw 42;
}
