/* Reports a text of 16 MB. */
#define TINY_ID "huge_text"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    const size_t length = (size_t)16 << 20;
    char *text = (char *)malloc(length);
    if (text == NULL) return PARLOUR_E_NOMEM;
    memset(text, 'a', length - 1);
    text[length - 1] = 0;
    tiny_say(control, text);
    free(text);
    return tiny_answer(self, root, result);
}
