/* Takes all memory that there is, as shared mappings. */
#define TINY_ID "maps_memory"
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <sys/mman.h>

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    const size_t block = (size_t)64 << 20;
    for (;;) {
        void *more = mmap(NULL, block, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (more == MAP_FAILED) abort();
        memset(more, 1, block);
    }
    return tiny_answer(self, root, result);
}
