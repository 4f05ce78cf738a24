#include "host/sandbox/calls.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <initializer_list>

namespace parlour::host {

namespace {

// The newest call that the lists below were drawn up with (set_mempolicy_home_node, Linux 5.17); numbers above 424
// are the same on every architecture.
constexpr unsigned newest_considered = 450;

// Names and not numbers: each architecture has some of them.
constexpr const char *allowed[] = {
    // memory
    "brk", "mmap", "mmap2", "munmap", "mprotect", "mremap", "madvise", "mincore", "membarrier", "get_mempolicy",
    // reading files, and what is open
    "read", "readv", "pread64", "preadv", "preadv2", "lseek", "_llseek", "fadvise64", "stat", "lstat", "fstat",
    "stat64", "lstat64", "fstat64", "newfstatat", "fstatat64", "statx", "access", "faccessat", "faccessat2",
    "readlink", "readlinkat", "getdents", "getdents64", "getcwd", "statfs", "fstatfs", "statfs64", "fstatfs64",
    "close", "close_range", "dup", "dup2", "dup3", "write", "writev", "recvfrom", "recvmsg", "sendmsg", "shutdown",
    "getsockopt", "getsockname", "getpeername", "pipe", "pipe2", "poll", "ppoll", "select", "_newselect", "pselect6",
    "epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2", "eventfd", "eventfd2",
    "timerfd_create", "timerfd_settime", "timerfd_gettime",
    // threads
    "futex", "futex_waitv", "set_robust_list", "get_robust_list", "set_tid_address", "rseq", "sched_yield",
    "sched_getaffinity", "sched_getparam", "sched_getscheduler", "sched_getattr", "sched_get_priority_max",
    "sched_get_priority_min", "getcpu",
    // its own signals
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigreturn", "rt_sigpending", "rt_sigsuspend",
    "rt_sigtimedwait", "sigaltstack", "restart_syscall", "pause",
    // time
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "times",
    "clock_gettime64", "clock_getres_time64", "clock_nanosleep_time64", "futex_time64", "ppoll_time64",
    "pselect6_time64", "getitimer",
    // who and where it is
    "getpid", "gettid", "getppid", "getpgrp", "getpgid", "getsid", "getuid", "geteuid", "getgid", "getegid",
    "getresuid", "getresgid", "getgroups", "uname", "sysinfo", "getrusage", "getrlimit", "ugetrlimit", "getpriority",
    "getrandom", "capget",
    // the end
    "exit", "exit_group"};

// Nothing that plays a game makes these by mistake.
constexpr const char *deadly[] = {"ptrace",
                                  "process_vm_readv",
                                  "process_vm_writev",
                                  "bpf",
                                  "perf_event_open",
                                  "userfaultfd",
                                  "mount",
                                  "umount",
                                  "umount2",
                                  "move_mount",
                                  "fsopen",
                                  "fsconfig",
                                  "fsmount",
                                  "fspick",
                                  "open_tree",
                                  "mount_setattr",
                                  "pivot_root",
                                  "io_uring_setup",
                                  "io_uring_enter",
                                  "io_uring_register",
                                  "kexec_load",
                                  "kexec_file_load",
                                  "init_module",
                                  "finit_module",
                                  "delete_module",
                                  "add_key",
                                  "request_key",
                                  "keyctl",
                                  "setns",
                                  "unshare",
                                  "reboot",
                                  "swapon",
                                  "swapoff",
                                  "iopl",
                                  "ioperm",
                                  "acct",
                                  "quotactl",
                                  "open_by_handle_at",
                                  "name_to_handle_at"};

// A filter under construction; what fails first is kept.
class Filter {
public:
    Filter() : context_(seccomp_init(SCMP_ACT_ERRNO(EPERM))) {
        if (context_ == nullptr) problem_ = ENOMEM;
    }
    ~Filter() {
        if (context_ != nullptr) seccomp_release(context_);
    }
    Filter(const Filter &) = delete;
    Filter &operator=(const Filter &) = delete;

    // A rule for a call by name; one that this architecture lacks is passed over.
    void rule(std::uint32_t action, const char *name, std::initializer_list<scmp_arg_cmp> arguments = {}) {
        const int number = seccomp_syscall_resolve_name(name);
        if (problem_ != 0 || number < 0) return;
        const int status = seccomp_rule_add_array(context_, action, number, static_cast<unsigned>(arguments.size()),
                                                  arguments.begin());
        if (status != 0 && status != -EEXIST) problem_ = -status;
    }
    void attribute(scmp_filter_attr attribute, std::uint32_t value) {
        if (problem_ == 0) problem_ = -seccomp_attr_set(context_, attribute, value);
    }
    // 0 or an errno.
    int load() { return problem_ != 0 ? problem_ : -seccomp_load(context_); }

private:
    scmp_filter_ctx context_;
    int problem_ = 0;
};

scmp_arg_cmp equals(unsigned argument, std::uint64_t value) {
    return {argument, SCMP_CMP_EQ, value, 0};
}
scmp_arg_cmp bits_equal(unsigned argument, std::uint64_t mask, std::uint64_t value) {
    return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

// Calls that are allowed with some arguments only.
void add_conditional(Filter &filter) {
    constexpr auto allow = SCMP_ACT_ALLOW;
    constexpr std::uint64_t writing = O_ACCMODE | O_CREAT | O_TRUNC;
    filter.rule(allow, "open", {bits_equal(1, writing, O_RDONLY)});
    filter.rule(allow, "openat", {bits_equal(2, writing, O_RDONLY)});

    // A thread and no process, and no name space of its own.
    constexpr std::uint64_t new_spaces =
        CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
    filter.rule(allow, "clone", {bits_equal(0, CLONE_THREAD | new_spaces, CLONE_THREAD)});

    // abort() and raise() signal their own process.
    const auto own = static_cast<std::uint64_t>(::getpid());
    filter.rule(allow, "kill", {equals(0, own)});
    filter.rule(allow, "tgkill", {equals(0, own)});

    for (const std::uint64_t command : {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL}) {
        filter.rule(allow, "fcntl", {equals(1, command)});
        filter.rule(allow, "fcntl64", {equals(1, command)});
    }
    for (const std::uint64_t request : {TCGETS, FIOCLEX, FIONCLEX, FIONBIO, FIONREAD})
        filter.rule(allow, "ioctl", {equals(1, request)});

    // asyncio wakes itself over such a pair. Datagram sockets could send to an address, hence only streams.
    constexpr std::uint64_t kind = ~std::uint64_t{SOCK_CLOEXEC | SOCK_NONBLOCK};
    filter.rule(allow, "socketpair", {equals(0, AF_UNIX), bits_equal(1, kind, SOCK_STREAM)});
    filter.rule(allow, "sendto", {equals(4, 0)});

    filter.rule(allow, "prlimit64", {equals(0, 0), equals(2, 0)}); // asking, not setting
    constexpr std::uint64_t name_of_memory = 0x53564d41;           // PR_SET_VMA
    for (const std::uint64_t option : {std::uint64_t{PR_SET_NAME}, std::uint64_t{PR_GET_NAME}, name_of_memory})
        filter.rule(allow, "prctl", {equals(0, option)});

    // Whoever wants may restrict itself further; the second filter below does.
    filter.rule(allow, "seccomp", {equals(0, SECCOMP_SET_MODE_FILTER), equals(1, 0)});
}

// libseccomp cannot say "all numbers above"; of two filters that refuse a call, the later one's errno counts.
int refuse_newer_calls() {
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, newest_considered, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter{static_cast<unsigned short>(std::size(program)), program};
    return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0 ? 0 : errno;
}

} // namespace

std::string restrict_calls() {
    constexpr unsigned level_that_kills_processes = 3;
    const bool kills = seccomp_api_get() >= level_that_kills_processes;
    const std::uint32_t kill = kills ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_KILL_THREAD;

    Filter filter;
    filter.attribute(SCMP_FLTATR_ACT_BADARCH, kill);
    filter.attribute(SCMP_FLTATR_CTL_OPTIMIZE, 2); // a tree instead of a list: fewer steps a call
    for (const char *name : allowed) filter.rule(SCMP_ACT_ALLOW, name);
    add_conditional(filter);
    for (const char *name : deadly) filter.rule(kill, name);
    // The C library falls back to older calls when it is told that there is no such one.
    for (const char *name : {"clone3", "openat2"}) filter.rule(SCMP_ACT_ERRNO(ENOSYS), name);
    if (const int problem = filter.load(); problem != 0) {
        return fmt::format("this kernel or container does not let a process filter its system calls (seccomp: {})",
                           std::strerror(problem));
    }
    if (const int problem = refuse_newer_calls(); problem != 0)
        return fmt::format("the filter of newer system calls was refused ({})", std::strerror(problem));
    return {};
}

} // namespace parlour::host
