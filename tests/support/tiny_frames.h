/* Messages to the host behind its back: what a plugin in a worker can write to the worker's own socket. */
#ifndef PARLOUR_TESTS_TINY_FRAMES_H
#define PARLOUR_TESTS_TINY_FRAMES_H

#include "support/tiny_faults.h"

/* The worker's socket, and the number of the first message that a worker sends after its start and its game. */
enum { tiny_socket = 3, tiny_first_number = 3 };

/* Writes it all, or as much as the other side takes. */
static inline void tiny_write(const void *bytes, size_t size) {
    const char *at = (const char *)bytes;
    while (size > 0) {
        const ssize_t n = write(tiny_socket, at, size);
        if (n <= 0) return;
        at += n;
        size -= (size_t)n;
    }
}

/* One frame: {u32 length, u64 number}, little-endian, and the bytes. */
static inline void tiny_frame(uint64_t number, const void *bytes, uint32_t size) {
    unsigned char header[12];
    memcpy(header, &size, 4);
    memcpy(header + 4, &number, 8);
    tiny_write(header, sizeof header);
    tiny_write(bytes, size);
}

#endif
