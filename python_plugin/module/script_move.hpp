// The move that a script is asked for, as the searches that it starts see it: they end with it, each with the best
// that it has found, so that the script has an answer in hand when its own time is over.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace parlour::python {

struct SearchJob;

class ScriptMove {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    // `deadline` is when the script is to have answered; max(): never.
    explicit ScriptMove(TimePoint deadline) : deadline_(deadline) {}

    // The move that this thread's script is asked for; null outside of any.
    static const std::shared_ptr<ScriptMove> &current();
    static void set_current(std::shared_ptr<ScriptMove> move);

    // A search is to begin for this move: it gets no more time than the move has. [any]
    void take(SearchJob &job);
    // The search is over and done with. [any]
    void drop(const SearchJob &job);
    // Has every search of this move return what it has, now and from now on. [any, without the GIL]
    void stop(std::uint32_t level);

    // A search begins, ends. [any]
    void begin_search() { searching_.fetch_add(1, std::memory_order_relaxed); }
    void end_search() { searching_.fetch_sub(1, std::memory_order_relaxed); }
    // Whether a search is under way. [any]
    bool searching() const { return searching_.load(std::memory_order_relaxed) > 0; }

private:
    const TimePoint deadline_;
    std::atomic<int> searching_{0};
    std::mutex mutex_; // guards what follows
    std::uint32_t level_ = 0;
    std::vector<SearchJob *> jobs_;
};

} // namespace parlour::python
