#include "host/worker/supervisor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
extern "C" { // this header of glibc 2.36 does not say so itself
#include <sys/pidfd.h>
}
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

namespace parlour::host::worker {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t kept_output = 64u << 10;
constexpr std::size_t most_in_a_turn = 1u << 20; // bytes of one worker's output that are read ...
constexpr auto turn = 100ms;                     // ... in so long; what it writes beyond that is lost to it
constexpr auto without_descriptor = 5ms;         // between looks at a process that cannot be polled

// A descriptor, closed at the end.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(Descriptor &&other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor &operator=(Descriptor &&other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    int get() const { return number_; }
    bool open() const { return number_ >= 0; }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }
    // The same open file under a number that none of a child's own descriptors has.
    Descriptor high_copy() const { return Descriptor(fcntl(number_, F_DUPFD_CLOEXEC, 10)); }

private:
    int number_ = -1;
};

// What a worker finds in its environment: nothing that leads to the person's session, one thread a library.
std::vector<std::string> worker_environment() {
    std::vector<std::string> out{"PATH=/usr/bin:/bin", "HOME=/nonexistent", "LANG=C.UTF-8", "PARLOUR_WORKER=1"};
    for (const char *library : {"OMP", "OPENBLAS", "MKL", "NUMEXPR"})
        out.push_back(fmt::format("{}_NUM_THREADS=1", library));
    for (const char *sanitizer : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"}) {
        if (const char *value = std::getenv(sanitizer)) out.push_back(fmt::format("{}={}", sanitizer, value));
    }
    return out;
}

int spawn(const std::filesystem::path &program, const std::vector<std::string> &more, int socket, int output,
          pid_t &pid) {
    std::vector<std::string> environment = worker_environment();
    environment.insert(environment.end(), more.begin(), more.end());
    std::vector<char *> envp;
    for (std::string &one : environment) envp.push_back(one.data());
    envp.push_back(nullptr);
    std::string name = program.string();
    char *argv[] = {name.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, 1);
    posix_spawn_file_actions_adddup2(&actions, output, 2);
    posix_spawn_file_actions_adddup2(&actions, socket, 3);
    posix_spawn_file_actions_addclosefrom_np(&actions, 4);
    posix_spawn_file_actions_addchdir_np(&actions, "/");
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    const int problem = posix_spawn(&pid, name.c_str(), &actions, &attributes, argv, envp.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return problem;
}

} // namespace

struct WorkerProcess::State {
    pid_t pid = -1;
    Descriptor end_descriptor; // a pidfd
    Descriptor pipe;           // what it writes; the supervisor's thread only
    Clock::time_point turn_began{};
    std::size_t in_turn = 0;

    mutable std::mutex mutex; // guards what follows, and that the number is the worker's until it is reaped
    mutable std::condition_variable ended;
    std::optional<WorkerEnd> end;
    bool killed = false;
    std::string output;
    std::uint64_t output_bytes = 0;

    bool at_rest(Clock::time_point now) const { return in_turn >= most_in_a_turn && now - turn_began < turn; }

    // Takes what is there, within the bounds of a turn.
    void drain(Clock::time_point now) {
        if (now - turn_began >= turn) {
            turn_began = now;
            in_turn = 0;
        }
        std::array<char, 16384> buffer;
        while (pipe.open() && in_turn < most_in_a_turn) {
            const ssize_t n = ::read(pipe.get(), buffer.data(), buffer.size());
            if (n < 0 && errno == EINTR) continue;
            if (n < 0 && errno == EAGAIN) return;
            if (n <= 0) return pipe.close();
            const auto size = static_cast<std::size_t>(n);
            in_turn += size;
            const std::lock_guard lock(mutex);
            output_bytes += size;
            output.append(buffer.data(), size);
            if (output.size() > 2 * kept_output) output.erase(0, output.size() - kept_output);
        }
    }

    // Reaps the process if it has ended.
    void look() {
        siginfo_t info{};
        if (waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != pid)
            return;
        in_turn = 0;
        drain(Clock::now());
        pipe.close();
        const std::lock_guard lock(mutex);
        ::kill(-pid, SIGKILL); // before it is reaped: until then the group's number cannot be another's
        int status = 0;
        rusage usage{};
        while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) continue;
        WorkerEnd out;
        if (WIFSIGNALED(status)) out.signal = WTERMSIG(status);
        if (WIFEXITED(status)) out.code = WEXITSTATUS(status);
        out.killed_by_us = killed;
        out.peak_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) << 10;
        end = out;
        ended.notify_all();
    }
};

WorkerProcess::WorkerProcess(std::shared_ptr<Supervisor> supervisor, std::shared_ptr<State> state)
    : supervisor_(std::move(supervisor)), state_(std::move(state)) {}

WorkerProcess::~WorkerProcess() {
    constexpr auto long_enough = std::chrono::seconds(5); // only a process that the kernel holds takes longer
    kill();
    static_cast<void>(end(long_enough));
}

int WorkerProcess::pid() const {
    return state_->pid;
}

int WorkerProcess::end_descriptor() const {
    return state_->end_descriptor.get();
}

void WorkerProcess::kill() {
    const std::lock_guard lock(state_->mutex);
    if (state_->end) return;
    state_->killed = true;
    ::kill(-state_->pid, SIGKILL);
    ::kill(state_->pid, SIGKILL);
}

void WorkerProcess::signal(int number) {
    const std::lock_guard lock(state_->mutex);
    if (!state_->end) ::kill(state_->pid, number);
}

std::optional<WorkerEnd> WorkerProcess::end(std::chrono::milliseconds at_most) const {
    std::unique_lock lock(state_->mutex);
    if (at_most.count() > 0) state_->ended.wait_for(lock, at_most, [&] { return state_->end.has_value(); });
    return state_->end;
}

std::string WorkerProcess::output() const {
    const std::lock_guard lock(state_->mutex);
    const std::size_t from = state_->output.size() > kept_output ? state_->output.size() - kept_output : 0;
    return state_->output.substr(from);
}

std::uint64_t WorkerProcess::output_bytes() const {
    const std::lock_guard lock(state_->mutex);
    return state_->output_bytes;
}

struct Supervisor::Impl {
    // A worker that is to be started.
    struct Order {
        const std::filesystem::path &program;
        const std::vector<std::string> &environment;
        int socket;
        std::shared_ptr<WorkerProcess::State> state;
        int problem = 0; // an errno
        bool done = false;
    };

    Descriptor wake{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::mutex mutex; // guards orders and quit
    std::condition_variable answered;
    std::list<Order *> orders;
    bool quit = false;
    std::vector<std::shared_ptr<WorkerProcess::State>> workers; // the thread's own
    std::thread thread;

    void call() const {
        const std::uint64_t one = 1;
        while (::write(wake.get(), &one, sizeof one) < 0 && errno == EINTR) continue;
    }

    static int carry_out(const Order &order) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return errno;
        Descriptor reading(ends[0]), writing(ends[1]);
        const Descriptor output = writing.high_copy();
        const Descriptor socket(fcntl(order.socket, F_DUPFD_CLOEXEC, 10));
        if (!output.open() || !socket.open()) return errno;
        WorkerProcess::State &state = *order.state;
        if (const int problem = spawn(order.program, order.environment, socket.get(), output.get(), state.pid);
            problem != 0)
            return problem;
        state.end_descriptor = Descriptor(pidfd_open(state.pid, 0));
        if (state.end_descriptor.open()) fcntl(state.end_descriptor.get(), F_SETFD, FD_CLOEXEC);
        state.pipe = std::move(reading);
        return 0;
    }

    void take_orders() {
        const std::lock_guard lock(mutex);
        for (Order *order : orders) {
            order->problem = carry_out(*order);
            if (order->problem == 0) workers.push_back(order->state);
            order->done = true;
        }
        if (!orders.empty()) answered.notify_all();
        orders.clear();
    }

    // How long to sleep, and on what.
    int prepare(std::vector<pollfd> &watched, Clock::time_point now) const {
        int timeout = -1;
        const auto within = [&](std::chrono::milliseconds time) {
            const int more = static_cast<int>(time.count());
            timeout = timeout < 0 ? more : std::min(timeout, more);
        };
        watched.assign(1, {wake.get(), POLLIN, 0});
        for (const auto &worker : workers) {
            if (worker->end_descriptor.open())
                watched.push_back({worker->end_descriptor.get(), POLLIN, 0});
            else
                within(without_descriptor);
            if (worker->pipe.open() && worker->at_rest(now))
                within(turn);
            else if (worker->pipe.open())
                watched.push_back({worker->pipe.get(), POLLIN, 0});
        }
        return timeout;
    }

    void run() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_BLOCK, &all, nullptr);
        std::vector<pollfd> watched;
        for (;;) {
            take_orders();
            {
                const std::lock_guard lock(mutex);
                if (quit && orders.empty() && workers.empty()) return;
            }
            const int timeout = prepare(watched, Clock::now());
            if (::poll(watched.data(), watched.size(), timeout) < 0 && errno != EINTR) return;
            std::uint64_t calls;
            while (::read(wake.get(), &calls, sizeof calls) > 0) continue;
            for (const auto &worker : workers) {
                worker->drain(Clock::now());
                worker->look();
            }
            std::erase_if(workers, [](const auto &worker) {
                const std::lock_guard lock(worker->mutex);
                return worker->end.has_value();
            });
        }
    }
};

std::shared_ptr<Supervisor> Supervisor::instance() {
    static std::mutex mutex;
    static std::weak_ptr<Supervisor> current;
    const std::lock_guard lock(mutex);
    std::shared_ptr<Supervisor> out = current.lock();
    if (out == nullptr) {
        out.reset(new Supervisor);
        current = out;
    }
    return out;
}

Supervisor::Supervisor() : impl_(std::make_unique<Impl>()) {
    impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

Supervisor::~Supervisor() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->quit = true;
    }
    impl_->call();
    impl_->thread.join();
}

Result<std::unique_ptr<WorkerProcess>> Supervisor::start(const std::filesystem::path &program, int socket,
                                                         const std::vector<std::string> &environment) {
    Impl::Order order{program, environment, socket, std::make_shared<WorkerProcess::State>()};
    {
        std::unique_lock lock(impl_->mutex);
        impl_->orders.push_back(&order);
        impl_->call();
        impl_->answered.wait(lock, [&] { return order.done; });
    }
    if (order.problem != 0)
        return Problem{
            fmt::format("the program {} could not be started ({})", program.string(), std::strerror(order.problem))};
    return std::unique_ptr<WorkerProcess>(new WorkerProcess(shared_from_this(), order.state));
}

} // namespace parlour::host::worker
