// The layout sentinels, as C++.
#include <parlour/parlour.h>

#define PARLOUR_SIZE(type, size) static_assert(sizeof(type) == (size), #type " changed its size");
#define PARLOUR_FIELD(type, field, offset) \
    static_assert(offsetof(type, field) == (offset), #type "." #field " moved");
#include "layout_rows.h"
