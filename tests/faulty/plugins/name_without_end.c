/* Its game's name has a million letters. */
#include "support/tiny_faults.h"
static parlour_status present(uint32_t index, parlour_game_desc *out);
#define TINY_ID "name_without_end"
#define TINY_DESCRIBE present
#include "support/tiny_game.h"
static parlour_status present(uint32_t index, parlour_game_desc *out) {
    static char name[1000001];
    memset(name, 'a', sizeof name - 1);
    tiny_describe(index, out);
    out->name = name;
    return PARLOUR_OK;
}
