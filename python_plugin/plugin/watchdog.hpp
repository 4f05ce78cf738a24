// Ends what a script does when its time is over, by raising TimeUp in it.
//
// One helper thread looks every other millisecond at the calls that are under way. A call on Python's main thread is
// interrupted by a signal, which also ends sleeps and reaches into regular expressions; one on another thread by an
// asynchronous exception, which does not reach into C. Neither is certain: what cannot be interrupted has to be ended
// with its process, by the host. The thread that asks for a stop never waits for anything here.
#pragma once

#include "object.hpp"

#include <chrono>
#include <cstdint>

namespace parlour::python_plugin {

using SteadyClock = std::chrono::steady_clock;

// Watches the call of a script from construction to destruction, on the thread that makes it, with the GIL held.
// Nested ones do nothing: the outermost counts. In a process that is no Python program the thread has SIGPIPE blocked
// from its first one on.
class Watch {
public:
    // TimeUp comes at `deadline` (max(): never) and soon after *stop was raised (null: never). Where `move` is one of
    // core()'s, its searches are told to stop first, and their answers are waited for a little.
    Watch(SteadyClock::time_point deadline, const std::uint32_t *stop, void *move = nullptr);
    // No TimeUp is raised any more; one that was under way but did not arrive yet is taken back.
    ~Watch();
    Watch(const Watch &) = delete;
    Watch &operator=(const Watch &) = delete;

private:
    void *slot_ = nullptr;
};

// Starts the helper; if `take_signal`, and this is Python's main thread, SIGUSR2 is taken for it, and SIGPIPE is kept
// from scripts. `time_up` is the exception's class, kept for ever. With the GIL, once. Throws ScriptFailure.
void start_watchdog(const Ref &time_up, bool take_signal);

} // namespace parlour::python_plugin
