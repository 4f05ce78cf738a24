/* Changes the locale, the decimal point and the environment. */
#include "support/tiny_faults.h"

#include <locale.h>

static parlour_status start(const parlour_host *host, const char *path, parlour_error *error);
#define TINY_ID "game_changes_locale"
#define TINY_INIT start
#include "support/tiny_game.h"
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    setlocale(LC_ALL, "C.UTF-8");
    setlocale(LC_NUMERIC, "de_DE.UTF-8");
    clearenv();
    return tiny_init(host, path, error);
}
