/* Locks a mutex that it holds. */
#define TINY_ID "deadlock"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <pthread.h>

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&mutex);
    pthread_mutex_lock(&mutex);
    return tiny_answer(self, root, result);
}
