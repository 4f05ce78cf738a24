#include "watchdog.hpp"

#include "interpreter.hpp"

#include <parlour/engine.h>

#include <pthread.h>
#include <signal.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace parlour::python_plugin {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t most_calls = 64; // under way at once; further ones are not watched
constexpr milliseconds look_every{2}, strike_every{5}, sleep_after{200};
constexpr milliseconds soon{60}, now_at_once{20}; // what a script has left when it is asked for its move
// A search that a script has started ends by itself when it is told to; what the script then has left for its answer,
// and how long it is put up with in all.
constexpr milliseconds after_a_search{20}, longest_search{100};

// A call under way. Its fields are guarded by the mutex.
struct Slot {
    std::mutex mutex;
    std::uint64_t number = 0; // of the call; 0: none
    SteadyClock::time_point deadline{}, next_strike{}, answers_by{};
    const std::uint32_t *stop = nullptr;
    void *move = nullptr; // of core()
    std::uint32_t asked = PARLOUR_GO;
    bool by_signal = false;
    unsigned long python_thread = 0;
    std::atomic<bool> taken{false};
};

struct Watchdog {
    std::array<Slot, most_calls> slots;
    std::atomic<std::uint64_t> next_number{1};
    std::atomic<int> under_way{0};
    std::atomic<bool> asleep{false};
    std::mutex mutex;
    std::condition_variable wake;
    PyObject *time_up = nullptr;
    pthread_t main_thread{};
    bool has_signal = false;
    bool own_process = false; // no Python program that has its own mind about signals
};

// Never destroyed: its thread runs until the process ends.
Watchdog &watchdog() {
    static auto &one = *new Watchdog;
    return one;
}

thread_local Slot *current = nullptr;
std::atomic<bool> armed_main{false};

// On a thread that runs a script, writing to a closed pipe is an error and ends no process. Once a thread: elsewhere
// the host is ended by it as it was before.
void block_broken_pipes() {
    thread_local bool blocked = false;
    if (blocked || !watchdog().own_process) return;
    sigset_t broken_pipe;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    blocked = pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr) == 0;
}

bool on_main_thread() {
    return watchdog().has_signal && pthread_equal(pthread_self(), watchdog().main_thread) != 0;
}

// Whether the call is to be struck now. With the slot's mutex.
bool due(Slot &slot, SteadyClock::time_point now) {
    if (slot.number == 0) return false;
    std::uint32_t level =
        slot.stop == nullptr ? std::uint32_t{PARLOUR_GO} : __atomic_load_n(slot.stop, __ATOMIC_RELAXED);
    if (level > slot.asked)
        slot.deadline = std::min(slot.deadline, now + (level == PARLOUR_STOP_NOW ? now_at_once : soon));
    if (now >= slot.deadline) level = PARLOUR_STOP_NOW;
    if (slot.move != nullptr) {
        if (level > slot.asked) core().stop_searches(slot.move, level);
        if (core().searching(slot.move)) slot.answers_by = now + after_a_search;
    }
    slot.asked = std::max(slot.asked, level);
    if (now < slot.deadline || now < std::min(slot.answers_by, slot.deadline + longest_search)) return false;
    if (now < slot.next_strike) return false;
    slot.next_strike = now + strike_every;
    return true;
}

void look(Slot &slot) {
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(slot.mutex);
        if (!due(slot, SteadyClock::now())) return;
        if (slot.by_signal) {
            pthread_kill(watchdog().main_thread, SIGUSR2);
            return;
        }
        number = slot.number;
    }
    const Gil gil; // may wait long for a script that is stuck in C
    unsigned long thread = 0;
    {
        const std::lock_guard lock(slot.mutex);
        if (slot.number == number) thread = slot.python_thread;
    }
    if (thread != 0) PyThreadState_SetAsyncExc(thread, watchdog().time_up);
}

void run() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    Watchdog &dog = watchdog();
    auto idle_since = SteadyClock::now();
    for (;;) {
        if (dog.under_way.load(std::memory_order_acquire) > 0) {
            idle_since = SteadyClock::now();
            for (Slot &slot : dog.slots) {
                if (slot.taken.load(std::memory_order_acquire)) look(slot);
            }
        }
        std::unique_lock lock(dog.mutex);
        if (SteadyClock::now() - idle_since < sleep_after) {
            dog.wake.wait_for(lock, look_every);
            continue;
        }
        dog.asleep.store(true);
        dog.wake.wait(lock, [&] { return dog.under_way.load() > 0; });
        dog.asleep.store(false);
        idle_since = SteadyClock::now();
    }
}

// The handler in Python's eyes: runs between two instructions of the script.
PyObject *on_signal(PyObject *, PyObject *) {
    if (armed_main.load(std::memory_order_relaxed)) {
        PyErr_SetNone(watchdog().time_up);
        return nullptr;
    }
    Py_RETURN_NONE;
}

PyMethodDef handler{"on_signal", on_signal, METH_VARARGS, nullptr};

} // namespace

Watch::Watch(SteadyClock::time_point deadline, const std::uint32_t *stop, void *move) {
    Watchdog &dog = watchdog();
    if (current != nullptr || dog.time_up == nullptr) return;
    block_broken_pipes();
    for (Slot &slot : dog.slots) {
        bool free = false;
        if (slot.taken.load(std::memory_order_relaxed) || !slot.taken.compare_exchange_strong(free, true)) continue;
        {
            const std::lock_guard lock(slot.mutex);
            slot.deadline = deadline;
            slot.next_strike = {};
            slot.stop = stop;
            slot.move = move;
            slot.asked = PARLOUR_GO;
            slot.answers_by = {};
            slot.by_signal = on_main_thread();
            slot.python_thread = PyThread_get_thread_ident();
            slot.number = dog.next_number.fetch_add(1, std::memory_order_relaxed);
        }
        if (slot.by_signal) armed_main.store(true, std::memory_order_relaxed);
        current = &slot;
        slot_ = &slot;
        dog.under_way.fetch_add(1);
        if (dog.asleep.load()) {
            const std::lock_guard lock(dog.mutex);
            dog.wake.notify_one();
        }
        return;
    }
}

Watch::~Watch() {
    if (slot_ == nullptr) return;
    Slot &slot = *static_cast<Slot *>(slot_);
    bool struck = false;
    {
        const std::lock_guard lock(slot.mutex);
        struck = slot.next_strike != SteadyClock::time_point{};
        slot.number = 0;
        slot.stop = nullptr;
        slot.move = nullptr;
    }
    if (slot.by_signal) armed_main.store(false, std::memory_order_relaxed);
    current = nullptr;
    watchdog().under_way.fetch_sub(1);
    if (struck && slot.by_signal) {
        // A signal that came too late runs its handler here, where it does nothing.
        PyObject *type = nullptr, *value = nullptr, *trace = nullptr;
        PyErr_Fetch(&type, &value, &trace);
        if (PyErr_CheckSignals() != 0) PyErr_Clear();
        PyErr_Restore(type, value, trace);
    } else if (struck) {
        PyThreadState_SetAsyncExc(slot.python_thread, nullptr);
    }
    slot.taken.store(false, std::memory_order_release);
}

void start_watchdog(const Ref &time_up, bool take_signal) {
    Watchdog &dog = watchdog();
    if (dog.time_up != nullptr) return;
    const Ref threading = need(PyImport_ImportModule("threading"));
    const Ref main = need(PyObject_CallMethod(threading.get(), "main_thread", nullptr));
    const Ref ident = need(PyObject_GetAttrString(main.get(), "ident"));
    if (take_signal && static_cast<unsigned long>(integer_of(ident.get())) == PyThread_get_thread_ident()) {
        const Ref signals = need(PyImport_ImportModule("signal"));
        const Ref function = need(PyCFunction_New(&handler, nullptr));
        need(PyObject_CallMethod(signals.get(), "signal", "iO", SIGUSR2, function.get()));
        dog.main_thread = pthread_self();
        dog.has_signal = true;
    }
    dog.own_process = take_signal;
    dog.time_up = Ref(time_up).release();
    std::thread(run).detach();
}

} // namespace parlour::python_plugin
