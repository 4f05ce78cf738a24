#include "host/sandbox/attempts.hpp"

#include "host/sandbox/sandbox.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <functional>

namespace parlour::host {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t too_much_memory = 4ull << 30;

// 0 if a descriptor came back (it is closed again), else the errno.
int opened(int descriptor) {
    if (descriptor < 0) return errno;
    ::close(descriptor);
    return 0;
}

int done(int status) {
    return status < 0 ? errno : 0;
}

int fork_once() {
    const pid_t child = ::fork();
    if (child < 0) return errno;
    if (child == 0) ::_exit(0);
    int status = 0;
    ::waitpid(child, &status, 0);
    return 0;
}

// Asks for a program that is not there: "no such file" means that the call itself was let through.
int execute() {
    char name[] = "nothing";
    char *const arguments[] = {name, nullptr};
    ::execve("/nonexistent/nothing", arguments, nullptr);
    return errno == ENOENT ? 0 : errno;
}

int map_too_much() {
    void *const memory =
        ::mmap(nullptr, too_much_memory, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return errno;
    ::munmap(memory, too_much_memory);
    return 0;
}

int raise_limit() {
    const rlimit limit{4096, 4096};
    return done(::setrlimit(RLIMIT_NOFILE, &limit));
}

SandboxAttempt attempt(const char *id, const char *what, const std::function<int()> &run) {
    const int problem = run();
    return {id, what, problem != 0, problem != 0 ? std::strerror(problem) : "it was allowed"};
}

Json attempt_json(const SandboxAttempt &attempt) {
    return {{"id", attempt.id}, {"what", attempt.what}, {"refused", attempt.refused}, {"answer", attempt.answer}};
}

bool say(const std::string &line) {
    const std::string text = line + "\n";
    return ::write(STDOUT_FILENO, text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

} // namespace

std::vector<SandboxAttempt> try_forbidden(const std::filesystem::path &file) {
    const char *const path = file.c_str();
    const std::string beside = file.string() + ".new";
    const std::string folder = file.parent_path().string();
    const std::string parent = fmt::format("/proc/{}/environ", ::getppid());
    std::vector<SandboxAttempt> out{
        attempt("read", "reading a person's file", [&] { return opened(::open(path, O_RDONLY | O_CLOEXEC)); }),
        attempt("list", "listing a person's folder",
                [&] { return opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)); }),
        attempt("accounts", "reading /etc/passwd",
                [] { return opened(::open("/etc/passwd", O_RDONLY | O_CLOEXEC)); }),
        attempt("parent_memory", "reading the program's environment",
                [&] { return opened(::open(parent.c_str(), O_RDONLY | O_CLOEXEC)); }),
        attempt("write", "writing to a file", [&] { return opened(::open(path, O_WRONLY | O_CLOEXEC)); }),
        attempt("create", "making a new file",
                [&] { return opened(::open(beside.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)); }),
        attempt("truncate", "emptying a file", [&] { return done(::truncate(path, 0)); }),
        attempt("mode", "changing a file's mode", [&] { return done(::chmod(path, 0644)); }),
        attempt("rename", "renaming a file", [&] { return done(::rename(path, path)); }),
        attempt("internet", "opening an internet socket",
                [] { return opened(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)); }),
        attempt("local_socket", "opening a local socket",
                [] { return opened(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)); }),
        attempt("fork", "starting a process", fork_once),
        attempt("exec", "running another program", execute),
        attempt("kill", "signalling the program", [] { return done(::kill(::getppid(), 0)); }),
        attempt("memory_file", "making a file in memory",
                [] { return opened(::memfd_create("attempt", MFD_CLOEXEC)); }),
        attempt("limits", "raising its own limits", raise_limit),
    };
    if (!sanitized_build) out.push_back(attempt("memory", "taking 4 GB of memory", map_too_much));
    out.push_back(attempt("delete", "deleting a file", [&] { return done(::unlink(path)); }));
    return out;
}

SandboxAttempt try_deadly() {
    return attempt("trace", "tracing a process", [] { return ::ptrace(PTRACE_TRACEME, 0, 0, 0) < 0 ? errno : 0; });
}

int run_sandbox_check(const std::filesystem::path &file) {
    ::signal(SIGSYS, SIG_DFL);
    SandboxRules rules;
    rules.last_kept_descriptor = STDERR_FILENO;
    constexpr std::uint32_t plenty = 10;
    rules.cpu_seconds = plenty;
    Json out = Json::parse(report_json(lock_down(rules)));
    out["attempts"] = Json::array();
    for (const SandboxAttempt &each : try_forbidden(file)) out["attempts"].push_back(attempt_json(each));
    if (!say(out.dump(-1, ' ', false, Json::error_handler_t::replace))) return 1;
    return say(attempt_json(try_deadly()).dump(-1, ' ', false, Json::error_handler_t::replace)) ? 0 : 1;
}

} // namespace parlour::host
