/* Locks a mutex that it holds. */
#include "support/tiny_faults.h"

#include <pthread.h>

static parlour_status start(const parlour_host *host, const char *path, parlour_error *error);
#define TINY_ID "deadlock_in_init"
#define TINY_INIT start
#include "support/tiny_game.h"
static parlour_status start(const parlour_host *host, const char *path, parlour_error *error) {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&mutex);
    pthread_mutex_lock(&mutex);
    return tiny_init(host, path, error);
}
