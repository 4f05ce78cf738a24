/* Ways to go wrong, for tests' plugins that need one of them in one place. */
#ifndef PARLOUR_TESTS_TINY_FAULTS_H
#define PARLOUR_TESTS_TINY_FAULTS_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <parlour/parlour.h>

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Writes to the zero address: SIGSEGV. */
static inline void fault_crash(void) {
    int *volatile nowhere = NULL;
    *(volatile int *)nowhere = 1;
}

/* Never comes back, at work. */
static inline void fault_loop(void) {
    volatile unsigned count = 0;
    for (;;) count = count + 1;
}

/* Never comes back, asleep. */
static inline void fault_sleep(void) {
    for (;;) pause();
}

/* Comes back after so many milliseconds, whatever else happens. */
static inline void fault_wait(long milliseconds) {
    struct timespec left;
    left.tv_sec = milliseconds / 1000;
    left.tv_nsec = milliseconds % 1000 * 1000000;
    while (nanosleep(&left, &left) != 0) continue;
}

/* Writes to a descriptor without end, whether or not anybody reads. */
static inline void fault_flood(int descriptor) {
    char block[4096];
    memset(block, 'x', sizeof block);
    block[sizeof block - 1] = '\n';
    for (;;) {
        if (write(descriptor, block, sizeof block) < 0) continue;
    }
}

/* Calls itself until the stack is full: SIGSEGV. */
static inline int fault_recurse(volatile int *above) {
    volatile int here[1000];
    here[0] = *above + 1;
    return fault_recurse(here) + here[0];
}

/* Takes memory and uses it, until there is none or somebody ends it. What malloc refuses ends in abort(), as in
 * programs that do not look. */
static inline void fault_eat_memory(void) {
    const size_t block = (size_t)8 << 20;
    for (;;) {
        char *more = (char *)malloc(block);
        if (more == NULL) abort();
        memset(more, 1, block);
    }
}

#endif
