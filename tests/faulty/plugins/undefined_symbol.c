/* Calls a function that no library has. */
#include <parlour/parlour.h>
int function_that_nobody_wrote(void);
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    (void)host;
    (void)path;
    (void)error;
    return function_that_nobody_wrote();
}
#define TINY_ID "undefined_symbol"
#define TINY_INIT start
#include "support/tiny_game.h"
