/* parlour/host.h - what a plugin may ask of the program that loaded it. */
#ifndef PARLOUR_HOST_H
#define PARLOUR_HOST_H

#include <parlour/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Severities of log lines. The last two name who broke the contract. */
enum {
    PARLOUR_LOG_DEBUG = 0,
    PARLOUR_LOG_INFO = 1,
    PARLOUR_LOG_WARN = 2,
    PARLOUR_LOG_ERROR = 3,
    PARLOUR_LOG_HOST_MISBEHAVING = 4,
    PARLOUR_LOG_PLUGIN_MISBEHAVING = 5
};

/* The host, SIZED. Lives as long as the process; a plugin may keep the pointer. */
typedef struct parlour_host parlour_host;
struct parlour_host {
    uint32_t size;
    uint16_t abi_major, abi_minor; /* what this host speaks */
    void *impl;                    /* the host's own; plugins leave it alone */
    const char *name, *version;    /* for log lines and bug reports, e.g. "parlour", "1.0.0" */

    /* [any] One line of text to the host's log, copied at once. */
    void (*log)(const parlour_host *host, int32_t severity, const char *text);

    /* [any] A host extension by id, or NULL. None are defined in 1.0. */
    const void *(*get_extension)(const parlour_host *host, const char *id);
};

#ifdef __cplusplus
}
#endif
#endif
