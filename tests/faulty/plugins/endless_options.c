/* Has one more option, always. */
#include <parlour/parlour.h>
#include <stdio.h>
#include <string.h>
static parlour_status list(const char *game_id, uint32_t index, parlour_option *out) {
    static char id[32];
    const uint32_t size = out->size;
    (void)game_id;
    snprintf(id, sizeof id, "option_%u", (unsigned)index);
    memset(out, 0, size);
    out->size = size;
    out->type = PARLOUR_OPTION_TEXT;
    out->id = id;
    out->label = out->help = out->default_text = "x";
    return PARLOUR_OK;
}
#define TINY_ID "endless_options"
#define TINY_OPTION list
#include "support/tiny_game.h"
