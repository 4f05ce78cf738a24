/* Starts a thread that never ends. */
#include "support/tiny_faults.h"

#include <pthread.h>

static parlour_status start(const parlour_host *host, const char *path, parlour_error *error);
#define TINY_ID "game_leaves_thread"
#define TINY_INIT start
#include "support/tiny_game.h"
static void *work(void *nothing) {
    fault_sleep();
    return nothing;
}
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, NULL) == 0) pthread_detach(thread);
    return tiny_init(host, path, error);
}
