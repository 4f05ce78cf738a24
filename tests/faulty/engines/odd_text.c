/* Reports what is not UTF-8, and what would clear a terminal. */
#define TINY_ID "odd_text"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    tiny_say(control, "\xff\xfe\x80 \033[2J\033]0;mine\007 \xed\xa0\x80");
    return tiny_answer(self, root, result);
}
