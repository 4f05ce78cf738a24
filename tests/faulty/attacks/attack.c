/* An engine that wants out of its worker. Its option `attack` names what it tries at its first move, `path` a file or
 * folder to try it on. It never plays: the failure that it returns tells what came of it, and so does a line of
 * progress:
 *
 *     fork: refused (Operation not permitted)
 *     fork: DONE
 *     mount: NOT REFUSED (Bad address)
 *
 * What would do harm where nothing holds it back is tried with arguments that the kernel finds wrong, but only after
 * it was allowed to look at them.
 */
#define TINY_ID "attack"
#define TINY_CREATE create
#define TINY_OPTION option
#define TINY_SEARCH search
#include "support/tiny_engine.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>

static char wanted[64], target[512];

/* Every attack returns what a system call does: below zero with errno, or not. */
static long read_file(void) {
    char byte;
    const int file = open(target, O_RDONLY | O_CLOEXEC);
    return file < 0 ? file : read(file, &byte, 1);
}
static long read_folder(void) {
    return opendir(target) == NULL ? -1 : 0;
}
static long of_parent(const char *what, int flags) {
    char path[64], byte;
    snprintf(path, sizeof path, "/proc/%d/%s", (int)getppid(), what);
    const int file = open(path, flags | O_CLOEXEC);
    return file < 0 ? file : read(file, &byte, 1);
}
static long read_parent_memory(void) {
    return of_parent("mem", O_RDWR);
}
static long read_parent_environment(void) {
    return of_parent("environ", O_RDONLY);
}
static long read_parent_maps(void) {
    return of_parent("maps", O_RDONLY);
}
static long take_parent_descriptor(void) {
    return of_parent("fd/0", O_RDONLY);
}
static long write_file(void) {
    return open(target, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
}
static long append_file(void) {
    const int file = open(target, O_WRONLY | O_APPEND | O_CLOEXEC);
    return file < 0 ? file : write(file, "x", 1);
}
static long truncate_file(void) {
    return truncate(target, 0);
}
static long remove_file(void) {
    return unlink(target);
}
static long rename_file(void) {
    char other[600];
    snprintf(other, sizeof other, "%s.taken", target);
    return rename(target, other);
}
static long link_file(void) {
    char other[600];
    snprintf(other, sizeof other, "%s.linked", target);
    return link(target, other);
}
static long point_at_file(void) {
    char other[600];
    snprintf(other, sizeof other, "%s.pointed", target);
    return symlink(target, other);
}
static long change_mode(void) {
    return chmod(target, 0777);
}
static long change_owner(void) {
    return chown(target, 1, 1);
}
static long change_times(void) {
    return utimes(target, NULL);
}
static long make_folder(void) {
    char other[600];
    snprintf(other, sizeof other, "%s.folder", target);
    return mkdir(other, 0700);
}
static long make_pipe(void) {
    char other[600];
    snprintf(other, sizeof other, "%s.pipe", target);
    return mkfifo(other, 0600);
}
static long shared_memory(void) {
    return open("/dev/shm/parlour-attack", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}
static long memory_file(void) {
    return syscall(SYS_memfd_create, "attack", 0);
}
static long socket_tcp(void) {
    return socket(AF_INET, SOCK_STREAM, 0);
}
static long socket_udp(void) {
    return socket(AF_INET6, SOCK_DGRAM, 0);
}
static long socket_raw(void) {
    return socket(AF_INET, SOCK_RAW, 1);
}
static long socket_netlink(void) {
    return socket(AF_NETLINK, SOCK_RAW, 0);
}
static long socket_unix(void) {
    struct sockaddr_un address = {AF_UNIX, "/run/systemd/journal/socket"};
    const int one = socket(AF_UNIX, SOCK_DGRAM, 0);
    return one < 0 ? one : (connect(one, (struct sockaddr *)&address, sizeof address), 0);
}
static long leave(pid_t child) {
    if (child == 0) _exit(0);
    return child;
}
static long do_fork(void) {
    return leave(fork());
}
static long do_vfork(void) {
    return leave((pid_t)syscall(SYS_clone, SIGCHLD | CLONE_VFORK, NULL, NULL, NULL, NULL));
}
static long do_clone3(void) {
    uint64_t arguments[11];
    memset(arguments, 0, sizeof arguments);
    arguments[4] = SIGCHLD;
    return leave((pid_t)syscall(SYS_clone3, arguments, sizeof arguments));
}
static long do_exec(void) {
    return execl("/bin/true", "true", (char *)NULL);
}
static long do_spawn(void) {
    pid_t child;
    char *const words[] = {(char *)"true", NULL};
    errno = posix_spawn(&child, "/bin/true", NULL, NULL, words, NULL);
    return errno == 0 ? 0 : -1;
}
static long do_system(void) {
    const int status = system("true");
    if (status != -1 && WIFEXITED(status) && WEXITSTATUS(status) == 127) {
        errno = EPERM; /* the shell could not be run */
        return -1;
    }
    return status;
}
static long signal_parent(void) {
    return kill(getppid(), 0);
}
static long kill_parent(void) {
    return kill(getppid(), SIGKILL);
}
static long open_parent(void) {
    return syscall(SYS_pidfd_open, getppid(), 0);
}
static long outlive_parent(void) {
    return prctl(PR_SET_PDEATHSIG, 0);
}
static long trace_parent(void) {
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
}
static long peek_parent(void) {
    char here[8];
    struct iovec mine = {here, sizeof here}, theirs = {(void *)&wanted, sizeof here};
    return process_vm_readv(getppid(), &mine, 1, &theirs, 1, 0);
}
static long poke_parent(void) {
    char here[8] = {0};
    struct iovec mine = {here, sizeof here}, theirs = {(void *)&wanted, sizeof here};
    return process_vm_writev(getppid(), &mine, 1, &theirs, 1, 0);
}
static long raise_limits(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_FSIZE, &limit) != 0) return -1;
    limit.rlim_max = limit.rlim_cur = RLIM_INFINITY;
    return setrlimit(RLIMIT_FSIZE, &limit);
}
static long raise_priority(void) {
    return setpriority(PRIO_PROCESS, 0, -20);
}
static long become_nobody(void) {
    return setuid(65534);
}
static long new_namespace(void) {
    return unshare(CLONE_NEWUSER);
}
static long do_mount(void) {
    return mount(NULL, NULL, NULL, 0, NULL);
}
static long do_chroot(void) {
    return chroot("/nowhere/at/all");
}
static long do_keyctl(void) {
    return syscall(SYS_keyctl, 0, -3, 0, 0, 0);
}
static long do_io_uring(void) {
    return syscall(SYS_io_uring_setup, 1, NULL);
}
static long do_bpf(void) {
    return syscall(SYS_bpf, 0, NULL, 0);
}
static long do_perf(void) {
    return syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0);
}
static long do_userfaultfd(void) {
    return syscall(SYS_userfaultfd, 0);
}
static long do_reboot(void) {
    return syscall(SYS_reboot, 0, 0, 0, NULL);
}
static long load_module(void) {
    return syscall(SYS_init_module, NULL, 0, NULL);
}
static long set_clock(void) {
    return syscall(SYS_settimeofday, 8, NULL);
}
static long set_name(void) {
    return syscall(SYS_sethostname, NULL, 70000);
}
static long shared_segment(void) {
    return syscall(SYS_shmget, 0, 4096, 01600);
}
static long message_queue(void) {
    return syscall(SYS_mq_open, "parlour-attack", O_RDWR | O_CREAT, 0600, NULL);
}
static long type_on_terminal(void) {
    char letter = 'x';
    return syscall(SYS_ioctl, 0, 0x5412 /* TIOCSTI */, &letter);
}

static const struct attack {
    const char *name;
    long (*run)(void);
} attacks[] = {{"read_file", read_file},
               {"read_folder", read_folder},
               {"read_parent_memory", read_parent_memory},
               {"read_parent_environment", read_parent_environment},
               {"read_parent_maps", read_parent_maps},
               {"take_parent_descriptor", take_parent_descriptor},
               {"write_file", write_file},
               {"append_file", append_file},
               {"truncate_file", truncate_file},
               {"remove_file", remove_file},
               {"rename_file", rename_file},
               {"link_file", link_file},
               {"point_at_file", point_at_file},
               {"change_mode", change_mode},
               {"change_owner", change_owner},
               {"change_times", change_times},
               {"make_folder", make_folder},
               {"make_pipe", make_pipe},
               {"shared_memory", shared_memory},
               {"memory_file", memory_file},
               {"socket_tcp", socket_tcp},
               {"socket_udp", socket_udp},
               {"socket_raw", socket_raw},
               {"socket_netlink", socket_netlink},
               {"socket_unix", socket_unix},
               {"fork", do_fork},
               {"vfork", do_vfork},
               {"clone3", do_clone3},
               {"exec", do_exec},
               {"spawn", do_spawn},
               {"system", do_system},
               {"signal_parent", signal_parent},
               {"kill_parent", kill_parent},
               {"open_parent", open_parent},
               {"outlive_parent", outlive_parent},
               {"trace_parent", trace_parent},
               {"peek_parent", peek_parent},
               {"poke_parent", poke_parent},
               {"raise_limits", raise_limits},
               {"raise_priority", raise_priority},
               {"become_nobody", become_nobody},
               {"new_namespace", new_namespace},
               {"mount", do_mount},
               {"chroot", do_chroot},
               {"keyctl", do_keyctl},
               {"io_uring", do_io_uring},
               {"bpf", do_bpf},
               {"perf", do_perf},
               {"userfaultfd", do_userfaultfd},
               {"reboot", do_reboot},
               {"load_module", load_module},
               {"set_clock", set_clock},
               {"set_name", set_name},
               {"shared_segment", shared_segment},
               {"message_queue", message_queue},
               {"type_on_terminal", type_on_terminal}};

static parlour_status search(TINY_SEARCH_ARGUMENTS) {
    char line[200];
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; ++i) {
        if (strcmp(attacks[i].name, wanted) != 0) continue;
        errno = 0;
        const int refused_by = attacks[i].run() < 0 ? errno : 0;
        const int refused = refused_by == EPERM || refused_by == EACCES || refused_by == ENOSYS;
        if (refused_by == 0)
            snprintf(line, sizeof line, "%s: DONE", wanted);
        else
            snprintf(line, sizeof line, "%s: %s (%s)", wanted, refused ? "refused" : "NOT REFUSED",
                     strerror(refused_by));
        tiny_say(control, line);
        return tiny_fail(error, PARLOUR_E_FAIL, line);
    }
    return tiny_fail(error, PARLOUR_E_ARG, "there is no such attack");
}

static parlour_status option(TINY_OPTION_ARGUMENTS) {
    static const char *const ids[] = {"attack", "path"};
    const uint32_t size = out->size;
    if (index >= 2) return PARLOUR_E_NOTFOUND;
    memset(out, 0, size);
    out->size = size;
    out->type = PARLOUR_OPTION_TEXT;
    out->id = out->label = out->help = ids[index];
    out->default_text = "";
    return PARLOUR_OK;
}

static parlour_status create(TINY_CREATE_ARGUMENTS) {
    for (uint32_t i = 0; i < n_options; ++i) {
        const int which = strcmp(options[i].id, "attack") == 0;
        snprintf(which ? wanted : target, which ? sizeof wanted : sizeof target, "%s", options[i].value);
    }
    return tiny_create(host, engine_id, NULL, 0, out, error);
}
