/* parlour/abi.h - what every other header stands on: versions, status codes, errors, random numbers.
 *
 * The interface is C99 and needs nothing but <stddef.h> and <stdint.h>. Its conventions:
 *   - no enum types, bool, bit-fields, long, size_t or time_t inside structs: only fixed-width integers, float,
 *     double and pointers; every gap is a named, zeroed `reserved` field;
 *   - strings are UTF-8 and end with NUL;
 *   - a struct whose first field is `uint32_t size` is SIZED: it may grow at its end in a minor version, its writer
 *     sets `size` to the sizeof it was compiled with, and it never stands in an array;
 *   - a struct marked FROZEN never changes within a major version and may stand in arrays;
 *   - every function has a thread tag: [main] the host's main thread, [search] one worker thread per engine
 *     instance, one call at a time, [any] any thread, several at once;
 *   - nobody frees what another allocated: there is no free() in the interface;
 *   - no C++ exception, Rust panic or longjmp crosses the border.
 */
#ifndef PARLOUR_ABI_H
#define PARLOUR_ABI_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define PARLOUR_EXPORT __attribute__((visibility("default")))
#define PARLOUR_INLINE static inline __attribute__((unused))
#else
#define PARLOUR_EXPORT
#define PARLOUR_INLINE static inline
#endif

/* The interface version. Equal majors understand each other; a minor only adds. */
#define PARLOUR_ABI_MAGIC 0x31524c50u /* the bytes 'P' 'L' 'R' '1' */
#define PARLOUR_ABI_MAJOR 1
#define PARLOUR_ABI_MINOR 1

/* Whether the SIZED struct that `pointer` shows has `field`, and, for functions and pointers, whether it is set. */
#define PARLOUR_HAS(pointer, type, field) \
    ((pointer)->size >= offsetof(type, field) + sizeof((pointer)->field) && (pointer)->field != 0)

#ifdef __cplusplus
extern "C" {
#endif

/* What cold functions return. Zero is success, everything negative a failure with a sentence in parlour_error. */
typedef int32_t parlour_status;
enum {
    PARLOUR_OK = 0,
    PARLOUR_E_FAIL = -1,        /* anything without a code of its own */
    PARLOUR_E_ARG = -2,         /* an argument or option value is wrong */
    PARLOUR_E_UNSUPPORTED = -3, /* right, but this plugin does not do it */
    PARLOUR_E_PARSE = -4,       /* text or bytes that do not describe anything valid */
    PARLOUR_E_ILLEGAL = -5,     /* a move that the rules do not allow here */
    PARLOUR_E_NOTFOUND = -6,    /* no such id or index; ends an enumeration */
    PARLOUR_E_SCRIPT = -7,      /* a script failed; the text carries its file and line */
    PARLOUR_E_STOPPED = -8,     /* the host asked to stop before there was anything to return */
    PARLOUR_E_NOMEM = -9,
    PARLOUR_E_VERSION = -10
};

/* One sentence for a person. FROZEN, 256 bytes, owned by the caller, written by the callee when it fails:
 * what was wrong, where, and what to do. `line` is a line of a script or text (1-based), 0 where there is none. */
typedef struct parlour_error {
    int32_t code;
    uint32_t line;
    char text[248]; /* always NUL-terminated by the writer */
} parlour_error;

/* The random numbers of the interface: splitmix64 (Steele, Lea, Flood 2014), the same in every language, so that a
 * seed means the same game everywhere. FROZEN. A game has no generator of its own: it is always an argument. */
typedef struct parlour_rng {
    uint64_t state;
} parlour_rng;

/* The next 64 random bits. */
PARLOUR_INLINE uint64_t parlour_rng_next(parlour_rng *rng) {
    uint64_t z = (rng->state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* A number in 0..bound-1 (bound >= 1), by multiplication (Lemire 2019, without the rejection step: the bias is below
 * bound / 2^32). */
PARLOUR_INLINE uint32_t parlour_rng_below(parlour_rng *rng, uint32_t bound) {
    return (uint32_t)(((parlour_rng_next(rng) >> 32) * (uint64_t)bound) >> 32);
}

#ifdef __cplusplus
}
#endif
#endif
