// Ctrl-C as a wish to end with what there is: a search then returns its best so far, a match its counts.
#pragma once

#include <atomic>

namespace parlour::host::cli {

// While an object of this class lives, the first SIGINT or SIGTERM sets wanted(); a second one ends the process as
// usual. One at a time, main thread.
class InterruptGuard {
public:
    InterruptGuard();
    ~InterruptGuard();
    InterruptGuard(const InterruptGuard &) = delete;
    InterruptGuard &operator=(const InterruptGuard &) = delete;

    // Set once; [any].
    static const std::atomic<bool> &wanted();
};

} // namespace parlour::host::cli
