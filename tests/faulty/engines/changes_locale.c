/* Changes the locale and the decimal point. */
#define TINY_ID "changes_locale"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <locale.h>

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    setlocale(LC_ALL, "C.UTF-8");
    setlocale(LC_NUMERIC, "de_DE.UTF-8");
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    return tiny_answer(self, root, result);
}
