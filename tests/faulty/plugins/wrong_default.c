/* An option whose default it would refuse itself. */
#include <parlour/parlour.h>
#include <string.h>
static parlour_status list(const char *game_id, uint32_t index, parlour_option *out) {
    const uint32_t size = out->size;
    (void)game_id;
    if (index > 0) return PARLOUR_E_NOTFOUND;
    memset(out, 0, size);
    out->size = size;
    out->type = PARLOUR_OPTION_INT;
    out->min = 1;
    out->max = 5;
    out->step = 1;
    out->id = "heap";
    out->label = out->help = "Heap";
    out->default_text = "9";
    return PARLOUR_OK;
}
#define TINY_ID "wrong_default"
#define TINY_OPTION list
#include "support/tiny_game.h"
