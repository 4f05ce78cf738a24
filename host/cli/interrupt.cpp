#include "host/cli/interrupt.hpp"

#include <csignal>

namespace parlour::host::cli {

namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");

// What was there before the guard, and is again after the first signal.
struct sigaction before_interrupt {
}, before_end{};

void on_signal(int signal) {
    interrupted.store(true, std::memory_order_relaxed);
    sigaction(signal, signal == SIGINT ? &before_interrupt : &before_end, nullptr);
}

void handle(int signal, struct sigaction &before) {
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART; // interrupted system calls go on
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, &before);
}

} // namespace

InterruptGuard::InterruptGuard() {
    interrupted.store(false, std::memory_order_relaxed);
    handle(SIGINT, before_interrupt);
    handle(SIGTERM, before_end);
}

InterruptGuard::~InterruptGuard() {
    sigaction(SIGINT, &before_interrupt, nullptr);
    sigaction(SIGTERM, &before_end, nullptr);
}

const std::atomic<bool> &InterruptGuard::wanted() {
    return interrupted;
}

} // namespace parlour::host::cli
