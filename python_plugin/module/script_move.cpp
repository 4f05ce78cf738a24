#include "script_move.hpp"

#include "search_job.hpp"

#include <algorithm>
#include <utility>

namespace parlour::python {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// What a script is left to do something with a search's answer: this, or a tenth of its time where that is less.
constexpr std::chrono::nanoseconds to_answer = 5ms;

thread_local std::shared_ptr<ScriptMove> move_of_thread;

} // namespace

const std::shared_ptr<ScriptMove> &ScriptMove::current() {
    return move_of_thread;
}

void ScriptMove::set_current(std::shared_ptr<ScriptMove> move) {
    move_of_thread = std::move(move);
}

void ScriptMove::take(SearchJob &job) {
    if (deadline_ != TimePoint::max()) {
        const std::chrono::nanoseconds left = std::max<std::chrono::nanoseconds>(0ns, deadline_ - Clock::now());
        const auto most = static_cast<std::uint64_t>((left - std::min(to_answer, left / 10)).count());
        parlour_limits &limits = job.limits;
        const auto bound = [&](std::uint32_t bit, std::uint64_t &time) {
            time = (limits.mask & bit) != 0 ? std::min(time, most) : most;
        };
        bound(PARLOUR_LIMIT_SOFT_TIME, limits.soft_ns);
        bound(PARLOUR_LIMIT_HARD_TIME, limits.hard_ns);
        limits.mask |= PARLOUR_LIMIT_SOFT_TIME | PARLOUR_LIMIT_HARD_TIME;
    }
    const std::lock_guard lock(mutex_);
    job.stop.store(level_, std::memory_order_relaxed);
    jobs_.push_back(&job);
}

void ScriptMove::drop(const SearchJob &job) {
    const std::lock_guard lock(mutex_);
    std::erase(jobs_, &job);
}

void ScriptMove::stop(std::uint32_t level) {
    const std::lock_guard lock(mutex_);
    level_ = std::max(level_, level);
    for (SearchJob *job : jobs_) {
        if (job->stop.load(std::memory_order_relaxed) < level_) job->stop.store(level_, std::memory_order_relaxed);
    }
}

} // namespace parlour::python
