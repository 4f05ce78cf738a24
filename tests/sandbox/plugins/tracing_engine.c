/* An engine that tries to look into other processes as soon as it is loaded. */
#define TINY_ID "tracing_engine"
#include "support/tiny_engine.h"

#include <sys/ptrace.h>

__attribute__((constructor)) static void trace(void) {
    ptrace(PTRACE_TRACEME, 0, 0, 0);
}
