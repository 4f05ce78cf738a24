/* Leaves a process behind that shuts its ears, and never comes back itself. */
#define _GNU_SOURCE
#include <parlour/parlour.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    const char *note = getenv("PARLOUR_TEST_NOTE");
    (void)host;
    (void)path;
    (void)error;
    if (fork() == 0) {
        FILE *file = note != NULL ? fopen(note, "w") : NULL;
        if (file != NULL) {
            fprintf(file, "%d\n", (int)getpid());
            fclose(file);
        }
        signal(SIGTERM, SIG_IGN);
        signal(SIGHUP, SIG_IGN);
    }
    for (;;) sleep(1000);
    return PARLOUR_OK;
}
#define TINY_ID "fork_and_hang"
#define TINY_INIT start
#include "support/tiny_game.h"
