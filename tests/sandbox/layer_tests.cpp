// Each layer of a lock-down by itself, in a child process: what it takes away, and what it leaves.
#include "host/sandbox/attempts.hpp"
#include "host/sandbox/landlock.hpp"
#include "host/sandbox/sandbox.hpp"
#include "support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

namespace parlour::host {
namespace {

namespace fs = std::filesystem;
using tests::ScratchFolder;

// How a child ended.
struct Ended {
    int code = -1, signal = 0;
    bool layer_missing = false;
    std::string words; // what it had to say
};

constexpr int missing_code = 77;

// Runs `body` in a child that locked itself down with `rules`; it returns "" or what is wrong.
Ended in_child(const SandboxRules &rules, const std::function<std::string(const SandboxReport &)> &body) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("no pipe");
    const pid_t child = fork();
    if (child == 0) {
        // The report goes to descriptor 3, the last that is kept.
        dup2(ends[1], 3);
        const auto say = [](const std::string &text) { return write(3, text.data(), text.size()) >= 0; };
        const SandboxReport report = lock_down(rules);
        for (const LayerReport &layer : report.layers) {
            if (!layer.in_force && !report.orphaned) {
                say(layer.sentence);
                _exit(missing_code);
            }
        }
        const std::string wrong = body(report);
        _exit(wrong.empty() && say(wrong) ? 0 : say(wrong) ? 1 : 2);
    }
    close(ends[1]);
    Ended ended;
    std::array<char, 4096> bytes;
    for (ssize_t n; (n = read(ends[0], bytes.data(), bytes.size())) > 0;)
        ended.words.append(bytes.data(), static_cast<std::size_t>(n));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
    ended.layer_missing = ended.code == missing_code;
    return ended;
}

#define RUN_OR_SKIP(ended, rules, ...)                \
    const Ended ended = in_child(rules, __VA_ARGS__); \
    if (ended.layer_missing) GTEST_SKIP() << "not in force here: " << ended.words

SandboxRules only(std::uint32_t layers) {
    SandboxRules rules;
    rules.layers = layers;
    return rules;
}

// "" if a call failed with the errno that it should fail with.
std::string refused(const char *what, long status, int with) {
    if (status >= 0) return std::string(what) + " was allowed; ";
    if (errno != with) return std::string(what) + " failed with " + std::strerror(errno) + "; ";
    return {};
}

TEST(Layers, DescriptorsCloseWhatTheProgramHadOpen) {
    constexpr int high = 42;
    ASSERT_EQ(dup2(0, high), high);
    RUN_OR_SKIP(ended, only(layer_descriptors), [](const SandboxReport &) {
        std::string wrong = refused("using a descriptor of the program", fcntl(high, F_GETFD), EBADF);
        for (int kept = 0; kept <= 3; ++kept) {
            if (fcntl(kept, F_GETFD) < 0) wrong += "a descriptor that is to be kept is closed; ";
        }
        return wrong;
    });
    close(high);
    EXPECT_EQ(ended.code, 0) << ended.words;
}

TEST(Layers, LimitsBoundMemoryFilesAndDescriptors) {
    const ScratchFolder folder;
    const fs::path file = folder / "file";
    RUN_OR_SKIP(ended, only(layer_limits), [&](const SandboxReport &) {
        std::string wrong;
        const auto map = [](std::size_t bytes, int kind) {
            void *const at = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, kind | MAP_ANONYMOUS, -1, 0);
            if (at != MAP_FAILED) munmap(at, bytes);
            return at == MAP_FAILED ? -1L : 0L;
        };
        if (!sanitized_build) {
            wrong += refused("taking 600 MB", map(600u << 20, MAP_PRIVATE), ENOMEM);
            // Shared memory does not count as the process's own: the bound on addresses has to catch it.
            wrong += refused("sharing 2 GB", map(2ull << 30, MAP_SHARED), ENOMEM);
            if (map(100u << 20, MAP_PRIVATE) != 0) wrong += "100 MB were refused; ";
        }
        const int out = open(file.c_str(), O_WRONLY | O_CREAT, 0600);
        wrong += refused("writing to a file", write(out, "x", 1), EFBIG);
        rlimit limit{};
        getrlimit(RLIMIT_CORE, &limit);
        if (limit.rlim_max != 0) wrong += "core files are written; ";
        long status = 0;
        for (int i = 0; i < 100 && status >= 0; ++i) status = dup(0);
        return wrong + refused("opening a hundred descriptors", status, EMFILE);
    });
    EXPECT_EQ(ended.code, 0) << ended.words;
}

TEST(Layers, LimitsEndEndlessComputation) {
    SandboxRules rules = only(layer_limits);
    rules.cpu_seconds = 1;
    RUN_OR_SKIP(ended, rules, [](const SandboxReport &) -> std::string {
        const volatile bool go_on = true;
        while (go_on) continue;
        return "it came to an end";
    });
    EXPECT_THAT(ended.signal, testing::AnyOf(SIGXCPU, SIGKILL)) << ended.words;
}

TEST(Layers, ParentTakesItsChildWithIt) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t middle = fork();
    if (middle == 0) {
        close(ends[0]);
        if (fork() == 0) {
            lock_down(only(layer_parent));
            if (write(ends[1], "r", 1) == 1) pause();
            _exit(0);
        }
        pause();
    }
    close(ends[1]);
    char ready = 0;
    ASSERT_EQ(read(ends[0], &ready, 1), 1);
    kill(middle, SIGKILL);
    waitpid(middle, nullptr, 0);
    // The other end closes only when the grandchild is gone; the test's own time limit guards against its staying.
    EXPECT_EQ(read(ends[0], &ready, 1), 0);
    close(ends[0]);
}

TEST(Layers, ParentThatIsGoneIsNoticed) {
    SandboxRules rules = only(layer_parent);
    rules.parent = 1 << 29; // no process has this number
    RUN_OR_SKIP(ended, rules, [](const SandboxReport &report) -> std::string {
        return report.orphaned && !report.in_force(layer_parent) ? "" : "it was not noticed";
    });
    EXPECT_EQ(ended.code, 0) << ended.words;
}

TEST(Layers, PrivilegesAreGivenUp) {
    RUN_OR_SKIP(ended, only(layer_privileges), [](const SandboxReport &) -> std::string {
        return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? "" : "no_new_privs is not set";
    });
    EXPECT_EQ(ended.code, 0) << ended.words;
}

// Skipping is for kernels that lack a layer, not for mistakes in taking it into force.
TEST(Layers, HoldWhereTheKernelHasThem) {
    std::string why;
    const bool files = landlock_version(why) > 0;
    const std::uint32_t kill_process = 0x80000000u, action_available = 2;
    const bool calls = syscall(SYS_seccomp, action_available, 0, &kill_process) == 0;
    std::uint32_t expected = layer_descriptors | layer_limits | layer_parent | layer_privileges;
    expected |= (files ? layer_files : 0u) | (calls ? layer_calls : 0u);
    const Ended ended = in_child(only(expected), [](const SandboxReport &) { return std::string(); });
    EXPECT_EQ(ended.code, 0) << ended.words;
    if (!files) std::cout << "Landlock is not tested: " << why << "\n";
    if (!calls) std::cout << "seccomp is not tested: this kernel or container does not offer it\n";
}

TEST(Layers, FilesOfThePluginAreReadAndNoOthers) {
    const ScratchFolder folder;
    fs::create_directory(folder / "plugin");
    for (const char *name : {"plugin/book", "diary"}) std::ofstream(folder / name) << "text";
    SandboxRules rules = only(layer_files);
    rules.read_only = {folder / "plugin", folder / "nowhere"};
    RUN_OR_SKIP(ended, rules, [&](const SandboxReport &) {
        const auto opens = [](const fs::path &file, int flags) -> long { return open(file.c_str(), flags, 0600); };
        std::string wrong;
        if (opens(folder / "plugin/book", O_RDONLY) < 0) wrong += "the plugin's own file cannot be read; ";
        if (opens("/usr/bin", O_RDONLY | O_DIRECTORY) < 0) wrong += "system folders cannot be read; ";
        wrong += refused("reading another file", opens(folder / "diary", O_RDONLY), EACCES);
        wrong += refused("listing another folder", opens(folder.path(), O_RDONLY | O_DIRECTORY), EACCES);
        wrong += refused("the way around by ..", opens(folder / "plugin/../diary", O_RDONLY), EACCES);
        wrong += refused("writing the plugin's own file", opens(folder / "plugin/book", O_WRONLY), EACCES);
        wrong += refused("making a file", opens(folder / "plugin/new", O_WRONLY | O_CREAT), EACCES);
        wrong += refused("deleting", unlink((folder / "plugin/book").c_str()), EACCES);
        wrong += refused("making a folder", mkdir((folder / "plugin/folder").c_str(), 0700), EACCES);
        wrong += refused("a link", symlink("/etc/passwd", (folder / "plugin/link").c_str()), EACCES);
        if (!sanitized_build) wrong += refused("own environment", opens("/proc/self/environ", O_RDONLY), EACCES);
        const pid_t program = fork(); // which this layer leaves
        if (program == 0) {
            execl("/bin/true", "true", nullptr);
            _exit(1);
        }
        int status = 0;
        waitpid(program, &status, 0);
        if (status != 0) wrong += "programs of the system do not run; ";
        return wrong;
    });
    EXPECT_EQ(ended.code, 0) << ended.words;
}

TEST(Layers, CallsRefuseEverythingThatReachesOut) {
    const ScratchFolder folder;
    std::ofstream(folder / "diary") << "text";
    RUN_OR_SKIP(ended, only(layer_calls), [&](const SandboxReport &) {
        std::string wrong;
        for (const SandboxAttempt &attempt : try_forbidden(folder / "diary")) {
            // What is only read is the other layer's to refuse, memory a third one's.
            constexpr const char *others[] = {"read", "list", "accounts", "parent_memory", "memory"};
            const bool ours = std::find(std::begin(others), std::end(others), attempt.id) == std::end(others);
            if (ours && !attempt.refused) wrong += attempt.what + " was allowed; ";
            if (ours && attempt.answer != std::strerror(EPERM)) wrong += attempt.what + ": " + attempt.answer + "; ";
        }
        return wrong;
    });
    EXPECT_EQ(ended.code, 0) << ended.words;
}

TEST(Layers, CallsLookAtArguments) {
    RUN_OR_SKIP(ended, only(layer_calls), [](const SandboxReport &) {
        int pair[2] = {-1, -1};
        std::string wrong = refused("a pair of datagram sockets", socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), EPERM);
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) wrong += "no pair of stream sockets; ";
        const sockaddr nobody{};
        wrong += refused("sending to an address", sendto(pair[0], "x", 1, 0, &nobody, sizeof nobody), EPERM);
        if (send(pair[0], "x", 1, 0) != 1) wrong += "nothing can be sent over a pair; ";
        wrong += refused("being told of input by a signal to the parent", fcntl(pair[0], F_SETOWN, getppid()), EPERM);
        char letter = 'x';
        wrong += refused("typing on the terminal", ioctl(0, TIOCSTI, &letter), EPERM);
        wrong += refused("opening for reading and writing", open("/dev/null", O_RDWR), EPERM);
        wrong += refused("opening with the odd mode 3", open("/dev/null", O_ACCMODE), EPERM);
        wrong += refused("a nameless file", open("/tmp", O_TMPFILE | O_RDWR, 0600), EPERM);
        wrong += refused("dying after the parent", prctl(PR_SET_PDEATHSIG, 0), EPERM);
        wrong += refused("a group of its own", setpgid(0, 0), EPERM);
        wrong += refused("a name space of its own", syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0), EPERM);
        wrong += refused("clone3", syscall(SYS_clone3, nullptr, 0), ENOSYS);
        wrong += refused("openat2", syscall(SYS_openat2, AT_FDCWD, "/", nullptr, 0), ENOSYS);
        wrong += refused("a call of the future", syscall(700), ENOSYS);
        return wrong;
    });
    EXPECT_EQ(ended.code, 0) << ended.words;
}

TEST(Layers, CallsLeaveWhatEnginesNeed) {
    RUN_OR_SKIP(ended, only(all_layers), [](const SandboxReport &) -> std::string {
        int sum = 0;
        {
            std::vector<std::jthread> threads;
            std::mutex lock;
            for (int i = 1; i <= 8; ++i)
                threads.emplace_back([&, i] {
                    const std::vector<char> some(4u << 20, 'x');
                    const std::lock_guard guard(lock);
                    sum += i * some[1] / 'x';
                });
        }
        if (sum != 36) return "threads do not compute";
        try {
            throw std::runtime_error("thrown");
        } catch (const std::exception &) {
            sum = 0;
        }
        if (sum != 0) return "exceptions do not work";
        std::ifstream library("/usr/lib/os-release");
        std::string line;
        if (!std::getline(library, line)) return "system files cannot be read";
        const int poll = epoll_create1(EPOLL_CLOEXEC);
        if (poll < 0) return "there is no epoll";
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (std::chrono::steady_clock::now().time_since_epoch().count() == 0) return "there is no clock";
        if (kill(getpid(), 0) != 0) return "it cannot signal itself";
        return {};
    });
    EXPECT_EQ(ended.code, 0) << ended.words;
}

TEST(Layers, AbortIsStillAbort) {
    RUN_OR_SKIP(ended, only(all_layers), [](const SandboxReport &) -> std::string { std::abort(); });
    EXPECT_EQ(ended.signal, SIGABRT);
}

// Calls that nothing but an attack makes end the process at once.
class DeadlyCall : public testing::TestWithParam<std::pair<const char *, long>> {};

TEST_P(DeadlyCall, EndsTheProcess) {
    RUN_OR_SKIP(ended, only(layer_calls), [](const SandboxReport &) -> std::string {
        syscall(GetParam().second, 0, 0, 0, 0, 0, 0);
        return "it went on";
    });
    EXPECT_EQ(ended.signal, SIGSYS) << ended.words;
}

INSTANTIATE_TEST_SUITE_P(Attacks, DeadlyCall,
                         testing::Values(std::pair{"ptrace", SYS_ptrace}, std::pair{"bpf", SYS_bpf},
                                         std::pair{"mount", SYS_mount}, std::pair{"unshare", SYS_unshare},
                                         std::pair{"io_uring", SYS_io_uring_setup},
                                         std::pair{"userfaultfd", SYS_userfaultfd}, std::pair{"setns", SYS_setns},
                                         std::pair{"keyring", SYS_keyctl},
                                         std::pair{"other_memory", SYS_process_vm_writev}),
                         [](const auto &row) { return std::string(row.param.first); });

TEST(Layers, AnOrdinaryUserIsLockedDownAsWell) {
    if (getuid() != 0) GTEST_SKIP() << "this is an ordinary user already: every other test is this one";
    const pid_t child = fork();
    if (child == 0) {
        constexpr uid_t nobody = 65534;
        if (setgid(nobody) != 0 || setuid(nobody) != 0) _exit(missing_code);
        const SandboxReport report = lock_down(only(all_layers));
        // As root and as nobody the same layers hold.
        _exit(report.in_force(layer_privileges) && open("/etc/passwd", O_RDONLY) < 0 ? 0
              : report.in_force(layer_files)                                         ? 1
                                                                                     : missing_code);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == missing_code) GTEST_SKIP() << "Landlock is not in force here";
    EXPECT_EQ(status, 0);
}

TEST(ReadableForPlugin, IsItsFolderButNoPersonsFolder) {
    using testing::Contains;
    using testing::Each;
    using testing::Not;
    const auto readable = [](const char *file) { return readable_for_plugin(file); };
    EXPECT_THAT(readable("/opt/parlour/plugins/nim.so"), Each(fs::path("/opt/parlour/plugins")));
    EXPECT_THAT(readable("/opt/parlour/plugins/x86-64-v3/nim.so"), Each(fs::path("/opt/parlour/plugins")));
    EXPECT_THAT(readable("/nim.so"), Each(fs::path("/nim.so")));
    EXPECT_THAT(readable("/tmp/nim.so"), Each(fs::path("/tmp/nim.so")));
    const ScratchFolder home;
    const char *before = getenv("HOME");
    const std::string kept = before != nullptr ? before : "";
    setenv("HOME", home.path().c_str(), 1);
    fs::create_directory(home / "plugins");
    EXPECT_THAT(readable((home / "nim.so").c_str()), Each(home / "nim.so"));
    EXPECT_THAT(readable((home.path().parent_path() / "nim.so").c_str()), Not(Contains(home.path().parent_path())));
    EXPECT_THAT(readable((home / "plugins/nim.so").c_str()), Each(home / "plugins"));
    setenv("HOME", kept.c_str(), 1);
}

} // namespace
} // namespace parlour::host
