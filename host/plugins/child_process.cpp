#include "host/plugins/child_process.hpp"

#include "host/plugins/scripts.hpp"

#include "host/sandbox/sandbox.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <thread>

extern char **environ;

namespace parlour::host {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t most_errors = 64u << 10;

// A pipe of which this process reads: keeps the first `most` bytes and drops the rest, so that the writer never
// waits.
class Stream {
public:
    explicit Stream(std::size_t most) : most_(most) {}
    ~Stream() {
        close_read();
        close_write();
    }
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    bool open() {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) return false;
        read_ = ends[0];
        write_ = ends[1];
        return fcntl(read_, F_SETFL, O_NONBLOCK) == 0;
    }
    int write_end() const { return write_; }
    int read_end() const { return read_; }
    bool at_end() const { return read_ < 0; }
    bool overflowed() const { return overflowed_; }
    void close_write() {
        if (write_ >= 0) ::close(write_);
        write_ = -1;
    }
    // Takes what is there now, but no more than a pipe holds a few times: whoever writes faster does not keep us
    // here.
    void drain() {
        std::array<char, 16384> buffer;
        for (int reads = 0; read_ >= 0 && reads < 32; ++reads) {
            const ssize_t n = ::read(read_, buffer.data(), buffer.size());
            if (n > 0) {
                const std::size_t room = most_ - text.size();
                if (static_cast<std::size_t>(n) > room) overflowed_ = true;
                text.append(buffer.data(), std::min(room, static_cast<std::size_t>(n)));
            } else if (n < 0 && errno == EINTR) {
                continue;
            } else if (n < 0 && errno == EAGAIN) {
                return;
            } else {
                close_read();
            }
        }
    }

    std::string text;

private:
    void close_read() {
        if (read_ >= 0) ::close(read_);
        read_ = -1;
    }

    std::size_t most_;
    int read_ = -1, write_ = -1;
    bool overflowed_ = false;
};

// Starts the program; 0 or an errno.
int start(const std::vector<std::string> &arguments, const Stream &out, const Stream &err, pid_t &pid) {
    std::vector<char *> argv;
    for (const std::string &argument : arguments) argv.push_back(const_cast<char *>(argument.c_str()));
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out.write_end(), 1);
    posix_spawn_file_actions_adddup2(&actions, err.write_end(), 2);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    const int problem = posix_spawn(&pid, argv[0], &actions, &attributes, argv.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return problem;
}

std::string in_seconds(std::chrono::milliseconds limit) {
    return fmt::format("{:g} s", static_cast<double>(limit.count()) / 1000);
}

} // namespace

ChildResult run_child(const std::vector<std::string> &arguments, std::chrono::milliseconds limit,
                      std::size_t most_output) {
    using namespace std::chrono_literals;
    ChildResult result;
    Stream out(most_output), err(most_errors);
    pid_t pid = -1;
    const int problem = out.open() && err.open() ? start(arguments, out, err, pid) : errno;
    if (problem != 0) {
        result.ending = fmt::format("could not be started ({})", std::strerror(problem));
        return result;
    }
    out.close_write();
    err.close_write();

    const Clock::time_point deadline = Clock::now() + limit;
    bool ended = false, late = false, flooded = false;
    while (!ended && !late && !flooded) {
        if (out.at_end() && err.at_end()) {
            std::this_thread::sleep_for(1ms);
        } else {
            pollfd watched[2] = {{out.read_end(), POLLIN, 0}, {err.read_end(), POLLIN, 0}};
            ::poll(watched, 2, 10);
        }
        out.drain();
        err.drain();
        flooded = out.overflowed();
        siginfo_t info{};
        ended = waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
        late = !ended && Clock::now() >= deadline;
    }
    ::kill(-pid, SIGKILL); // before the child is reaped: until then the group's number cannot be another's
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    out.drain();

    result.out = std::move(out.text);
    result.err = std::move(err.text);
    if (flooded) {
        result.end = ChildResult::End::flooded;
        result.ending = fmt::format("wrote more than {} MB", most_output >> 20);
    } else if (late) {
        result.end = ChildResult::End::timed_out;
        result.ending = "did not answer within " + in_seconds(limit);
    } else if (WIFSIGNALED(status)) {
        result.end = ChildResult::End::signalled;
        result.code = WTERMSIG(status);
        result.ending = fmt::format("crashed ({})", signal_name(result.code));
    } else {
        result.end = ChildResult::End::exited;
        result.code = WEXITSTATUS(status);
        if (result.code != 0) result.ending = fmt::format("ended with code {}", result.code);
    }
    return result;
}

int become_expendable(const std::vector<std::filesystem::path> &plugins, std::uint64_t memory_bytes) {
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS}) ::signal(signal, SIG_DFL);
#if defined(__SANITIZE_ADDRESS__)
    __lsan_disable(); // what a faulty plugin leaks is no reason to call its end a crash
#endif
    const int real = fcntl(1, F_DUPFD_CLOEXEC, 3);
    dup2(2, 1);
    SandboxRules rules;
    std::vector<std::filesystem::path> files = plugins;
    for (std::filesystem::path &file : files_of_script_environment()) files.push_back(std::move(file));
    for (const std::filesystem::path &file : files) {
        for (std::filesystem::path &path : readable_for_plugin(file)) rules.read_only.push_back(std::move(path));
    }
    rules.memory_bytes = memory_bytes;
    rules.last_kept_descriptor = std::max(real, 2);
    lock_down(rules);
    return real;
}

std::string signal_name(int signal) {
    const char *name = sigabbrev_np(signal);
    return name != nullptr ? fmt::format("SIG{}", name) : fmt::format("signal {}", signal);
}

} // namespace parlour::host
