/* Says that it was loaded: its constructor adds a line to the file that PARLOUR_TEST_LOADED names. */
#ifndef PARLOUR_TESTS_MARKS_LOADING_H
#define PARLOUR_TESTS_MARKS_LOADING_H

#include <stdio.h>
#include <stdlib.h>

__attribute__((constructor)) static void mark_loading(void) {
    const char *file = getenv("PARLOUR_TEST_LOADED");
    FILE *stream = file != NULL ? fopen(file, "a") : NULL;
    if (stream != NULL) {
        fputs("loaded\n", stream);
        fclose(stream);
    }
}

#endif
