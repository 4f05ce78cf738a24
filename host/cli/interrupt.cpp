#include "host/cli/interrupt.hpp"

#include <csignal>

namespace parlour::host::cli {

namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");

void on_signal(int) {
    interrupted.store(true, std::memory_order_relaxed);
}

void handle(int signal, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    // The handler goes after its first signal; interrupted system calls go on.
    action.sa_flags = SA_RESTART | (handler == SIG_DFL ? 0 : static_cast<int>(SA_RESETHAND));
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
}

} // namespace

InterruptGuard::InterruptGuard() {
    interrupted.store(false, std::memory_order_relaxed);
    handle(SIGINT, on_signal);
    handle(SIGTERM, on_signal);
}

InterruptGuard::~InterruptGuard() {
    handle(SIGINT, SIG_DFL);
    handle(SIGTERM, SIG_DFL);
}

const std::atomic<bool> &InterruptGuard::wanted() {
    return interrupted;
}

} // namespace parlour::host::cli
