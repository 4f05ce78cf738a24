/* Loaded before the C library (LD_PRELOAD), this makes the n-th call fail that writes below a folder: open, write,
 * pwrite, fsync, fdatasync, rename, ftruncate. The environment says which:
 *
 *     PARLOUR_FAULT_FOLDER   only files below this folder count
 *     PARLOUR_FAULT_NTH      the call that fails, from 1, counted in each process
 *     PARLOUR_FAULT_ERROR    ENOSPC, EIO, EINTR, or short: a write that takes only half of its bytes
 *     PARLOUR_FAULT_LASTS    set: all later calls of the same kind fail as well
 *     PARLOUR_FAULT_REPORT   a file outside the folder that gets a line when a call fails
 *
 * It stands on system calls alone, so it may be called before anything else in the process is ready. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long calls;
static _Atomic(const char *) failed_kind;

static int is_below(const char *path) {
    const char *folder = getenv("PARLOUR_FAULT_FOLDER");
    return folder != NULL && path != NULL && *folder != '\0' && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_open_below(int descriptor) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    const long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = '\0';
    return is_below(path);
}

static void report(const char *kind) {
    const char *file = getenv("PARLOUR_FAULT_REPORT");
    if (file == NULL) return;
    const long descriptor = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (descriptor < 0) return;
    syscall(SYS_write, descriptor, kind, strlen(kind));
    syscall(SYS_write, descriptor, "\n", (size_t)1);
    syscall(SYS_close, descriptor);
}

static int errno_of(const char *name) {
    if (strcmp(name, "ENOSPC") == 0) return ENOSPC;
    if (strcmp(name, "EIO") == 0) return EIO;
    if (strcmp(name, "EINTR") == 0) return EINTR;
    return 0;
}

/* Counts a call of `kind` on a file below the folder. Gives 0 for one that goes through, an errno for one that fails,
 * -1 for a write that is to be short. */
static int fault(const char *kind, int can_be_short) {
    const int before = errno;
    const char *name = getenv("PARLOUR_FAULT_ERROR"), *nth = getenv("PARLOUR_FAULT_NTH");
    if (name == NULL || nth == NULL) return 0;
    const int error = errno_of(name);
    if (error == 0 && !can_be_short) return 0;
    const char *earlier = atomic_load(&failed_kind);
    const int again = earlier != NULL && getenv("PARLOUR_FAULT_LASTS") != NULL && strcmp(earlier, kind) == 0;
    if (atomic_fetch_add(&calls, 1) + 1 != atol(nth) && !again) {
        errno = before;
        return 0;
    }
    atomic_store(&failed_kind, kind);
    report(kind);
    errno = before;
    return error != 0 ? error : -1;
}

static int refuse(int error) {
    errno = error;
    return -1;
}

static int open_at(int folder, const char *path, int flags, mode_t mode) {
    if (is_below(path)) {
        const int error = fault("open", 0);
        if (error > 0) return refuse(error);
    }
    return (int)syscall(SYS_openat, folder, path, flags, mode);
}

#define MODE_OF(flags, last)                       \
    mode_t mode = 0;                               \
    if (((flags) & (O_CREAT | O_TMPFILE)) != 0) {  \
        va_list rest;                              \
        va_start(rest, last);                      \
        mode = (mode_t)va_arg(rest, unsigned int); \
        va_end(rest);                              \
    }

int open(const char *path, int flags, ...) {
    MODE_OF(flags, flags)
    return open_at(AT_FDCWD, path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    MODE_OF(flags, flags)
    return open_at(AT_FDCWD, path, flags, mode);
}
int openat(int folder, const char *path, int flags, ...) {
    MODE_OF(flags, flags)
    return open_at(folder, path, flags, mode);
}
int openat64(int folder, const char *path, int flags, ...) {
    MODE_OF(flags, flags)
    return open_at(folder, path, flags, mode);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    if (is_open_below(descriptor)) {
        const int error = fault("write", count > 1);
        if (error > 0) return refuse(error);
        if (error < 0) count /= 2;
    }
    return syscall(SYS_write, descriptor, bytes, count);
}

static ssize_t write_at(int descriptor, const void *bytes, size_t count, off_t offset) {
    if (is_open_below(descriptor)) {
        const int error = fault("pwrite", count > 1);
        if (error > 0) return refuse(error);
        if (error < 0) count /= 2;
    }
    return syscall(SYS_pwrite64, descriptor, bytes, count, offset);
}
ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    return write_at(descriptor, bytes, count, offset);
}
ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off_t offset) {
    return write_at(descriptor, bytes, count, offset);
}

static int on_descriptor(const char *kind, long number, int descriptor, long argument) {
    if (is_open_below(descriptor)) {
        const int error = fault(kind, 0);
        if (error > 0) return refuse(error);
    }
    return (int)syscall(number, descriptor, argument);
}
int fsync(int descriptor) {
    return on_descriptor("fsync", SYS_fsync, descriptor, 0);
}
int fdatasync(int descriptor) {
    return on_descriptor("fdatasync", SYS_fdatasync, descriptor, 0);
}
int ftruncate(int descriptor, off_t length) {
    return on_descriptor("ftruncate", SYS_ftruncate, descriptor, length);
}
int ftruncate64(int descriptor, off_t length) {
    return on_descriptor("ftruncate", SYS_ftruncate, descriptor, length);
}

int rename(const char *from, const char *to) {
    if (is_below(to)) {
        const int error = fault("rename", 0);
        if (error > 0) return refuse(error);
    }
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}
