/* An option has four thousand million choices. */
#include "support/tiny_faults.h"
static parlour_status offer(const char *game_id, uint32_t index, parlour_option *out);
#define TINY_ID "endless_choices"
#define TINY_OPTION offer
#include "support/tiny_game.h"
static parlour_status offer(const char *game_id, uint32_t index, parlour_option *out) {
    const uint32_t size = out->size;
    if (index > 0) return PARLOUR_E_NOTFOUND;
    memset(out, 0, size);
    out->size = size;
    out->type = PARLOUR_OPTION_CHOICE;
    out->n_choices = UINT32_MAX;
    out->id = out->label = out->help = out->default_text = "heap";
    return PARLOUR_OK;
}
