/* The layout sentinels, as C11. */
#include <parlour/parlour.h>

#define PARLOUR_SIZE(type, size) _Static_assert(sizeof(type) == (size), #type " changed its size");
#define PARLOUR_FIELD(type, field, offset) \
    _Static_assert(offsetof(type, field) == (offset), #type "." #field " moved");
#include "layout_rows.h"

/* Nothing to run: that this file compiles is the test. */
extern int parlour_layout_c;
int parlour_layout_c = 1;
