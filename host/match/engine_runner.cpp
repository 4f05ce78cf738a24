#include "host/match/engine_runner.hpp"

#include "host/plugins/host_object.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

namespace parlour::host {

using std::chrono::nanoseconds;

namespace {

constexpr nanoseconds between_wakes = std::chrono::milliseconds(100);
constexpr nanoseconds soon = std::chrono::milliseconds(100);             // PARLOUR_STOP_SOON's own promise
constexpr nanoseconds longest_farewell = std::chrono::milliseconds(600); // a little more than a worker has
constexpr nanoseconds longest_wait = std::chrono::hours(24);

std::atomic<std::size_t> lost{0};

} // namespace

struct EngineRunner::Shared {
    EnginePtr engine; // used by the search's thread only, but for its construction and end
    std::atomic<std::uint32_t> stop{PARLOUR_GO};

    std::mutex wake_mutex; // held while `wake` is called, so that it is over when the runner is
    std::function<void()> wake;
    std::function<void(const SearchInfo &)> every; // set before the first search
    std::shared_ptr<Console> console;              // the same; may be null

    std::mutex mutex; // guards what follows
    std::condition_variable changed;
    std::optional<SearchJob> job;
    std::optional<EndedGame> ended;
    bool telling = false;                         // that a game is over
    std::map<std::uint32_t, SearchInfo> progress; // the newest of each rank
    nanoseconds next_wake{0};
    std::optional<Result<SearchResult>> result;
    bool quit = false, exited = false, given_up = false;

    void call_wake() {
        const std::lock_guard lock(wake_mutex);
        if (wake) wake();
    }

    void on_info(const SearchInfo &info) {
        if (every) every(info);
        {
            const std::lock_guard lock(mutex);
            progress.insert_or_assign(info.rank, info);
            if (info.time < next_wake) return;
            next_wake = info.time + between_wakes;
        }
        call_wake();
    }

    void tell(const EndedGame &over, const GamePtr &bound) {
        if (bound == nullptr || bound != over.game) return;
        try {
            const Result<void> told = engine->game_over({&over.state, &over.start, over.moves, over.player});
            if (!told) log_line(PARLOUR_LOG_WARN, engine->id(), told.sentence());
        } catch (const std::exception &exception) {
            log_line(PARLOUR_LOG_WARN, engine->id(), exception.what());
        }
    }

    Result<SearchResult> search(const SearchJob &job_now, GamePtr &bound) {
        try {
            if (job_now.new_game || bound != job_now.game) {
                bound.reset();
                if (const Result<void> done = engine->bind(job_now.game); !done) return done.problem();
                bound = job_now.game;
            }
            const SearchRoot root{&job_now.state, job_now.start ? &*job_now.start : nullptr, job_now.moves};
            return engine->search(root, job_now.limits, stop, [this](const SearchInfo &info) { on_info(info); });
        } catch (const std::exception &exception) {
            return Problem{engine->name() + " failed: " + exception.what(), PARLOUR_E_FAIL};
        }
    }
};

EngineRunner::EngineRunner(EnginePtr engine, std::function<void()> wake, nanoseconds grace)
    : shared_(std::make_shared<Shared>()),
      id_(engine->id()),
      name_(engine->name()),
      least_grace_(grace),
      grace_(grace) {
    shared_->engine = std::move(engine);
    shared_->wake = std::move(wake);
}

EngineRunner::~EngineRunner() {
    if (given_up()) return;
    if (thread_.joinable()) {
        shared_->stop.store(PARLOUR_STOP_NOW, std::memory_order_relaxed);
        {
            std::unique_lock lock(shared_->mutex);
            shared_->changed.wait_for(lock, longest_farewell, [&] { return !shared_->ended && !shared_->telling; });
        }
        shared_->engine->abandon();
        bool exited;
        {
            std::unique_lock lock(shared_->mutex);
            shared_->quit = true;
            shared_->changed.notify_all();
            exited = shared_->changed.wait_for(lock, grace_, [&] { return shared_->exited; });
        }
        if (exited)
            thread_.join();
        else
            give_up();
    }
}

void EngineRunner::give_up() {
    if (given_up()) return;
    {
        const std::lock_guard lock(shared_->wake_mutex);
        shared_->wake = nullptr;
    }
    shared_->stop.store(PARLOUR_STOP_NOW, std::memory_order_relaxed);
    shared_->engine->abandon();
    if (thread_.joinable()) {
        {
            const std::lock_guard lock(shared_->mutex);
            shared_->quit = true;
            shared_->given_up = true;
            if (!shared_->exited) ++lost;
            shared_->changed.notify_all();
        }
        thread_.detach();
    }
    shared_.reset();
    busy_ = false;
    overdue_at_.reset();
}

nanoseconds EngineRunner::grace(const SearchLimits &limits) const {
    return std::max(least_grace_, shared_->engine->grace(limits));
}

std::size_t EngineRunner::lost_threads() {
    return lost;
}

// The thread's function.
void EngineRunner::work(std::shared_ptr<Shared> shared) {
    GamePtr bound;
    const std::shared_ptr<Console> console = shared->console;
    const ConsoleScope scope(console.get());
    std::unique_lock lock(shared->mutex);
    for (;;) {
        shared->changed.wait(lock, [&] { return shared->quit || shared->job || shared->ended; });
        if (shared->quit) break;
        if (const std::optional<EndedGame> ended = std::exchange(shared->ended, std::nullopt)) {
            shared->telling = true;
            lock.unlock();
            shared->tell(*ended, bound);
            lock.lock();
            shared->telling = false;
            shared->changed.notify_all();
            continue;
        }
        std::optional<SearchJob> job = std::exchange(shared->job, std::nullopt);
        lock.unlock();
        Result<SearchResult> result = shared->search(*job, bound);
        job.reset();
        lock.lock();
        shared->result = std::move(result);
        shared->changed.notify_all();
        lock.unlock();
        shared->call_wake();
        lock.lock();
    }
    shared->exited = true;
    const bool given_up = shared->given_up;
    shared->changed.notify_all();
    lock.unlock();
    if (given_up) {
        shared->engine.reset();
        bound.reset();
        --lost;
    }
}

Result<void> EngineRunner::start(SearchJob job, nanoseconds now) {
    if (given_up()) return Problem{name_ + " was given up because it did not answer", PARLOUR_E_FAIL};
    if (busy()) return Problem{name_ + " is still thinking about something else", PARLOUR_E_FAIL};
    overdue_at_.reset();
    grace_ = grace(job.limits);
    if (job.limits.hard_time) overdue_at_ = now + *job.limits.hard_time + grace_;
    {
        const std::lock_guard lock(shared_->mutex);
        shared_->stop.store(PARLOUR_GO, std::memory_order_relaxed);
        shared_->progress.clear();
        shared_->next_wake = nanoseconds(0);
        shared_->result.reset();
        shared_->job = std::move(job);
        shared_->changed.notify_all();
    }
    if (!thread_.joinable()) thread_ = std::thread(work, shared_);
    busy_ = true;
    discard_ = false;
    return {};
}

void EngineRunner::end_game(EndedGame ended) {
    if (given_up() || !thread_.joinable()) return;
    const std::lock_guard lock(shared_->mutex);
    shared_->ended = std::move(ended);
    shared_->changed.notify_all();
}

bool EngineRunner::busy() const {
    if (busy_ && discard_) {
        const std::lock_guard lock(shared_->mutex);
        if (shared_->result) busy_ = discard_ = false;
    }
    return busy_;
}

void EngineRunner::on_every_progress(std::function<void(const SearchInfo &)> take) {
    if (!given_up() && !busy_) shared_->every = std::move(take);
}

void EngineRunner::set_console(std::shared_ptr<Console> console) {
    if (!given_up() && !busy_) shared_->console = std::move(console);
}

std::vector<SearchInfo> EngineRunner::take_progress() {
    std::vector<SearchInfo> out;
    if (!busy_ || discard_) return out;
    const std::lock_guard lock(shared_->mutex);
    for (auto &[rank, info] : shared_->progress) out.push_back(std::move(info));
    shared_->progress.clear();
    return out;
}

std::optional<Result<SearchResult>> EngineRunner::take_result() {
    return wait_result(nanoseconds(0));
}

std::optional<Result<SearchResult>> EngineRunner::wait_result(nanoseconds at_most) {
    if (!busy_ || discard_) return std::nullopt;
    std::unique_lock lock(shared_->mutex);
    if (at_most.count() > 0)
        shared_->changed.wait_for(lock, std::min(at_most, longest_wait), [&] { return shared_->result.has_value(); });
    std::optional<Result<SearchResult>> out = std::exchange(shared_->result, std::nullopt);
    if (out) {
        busy_ = false;
        overdue_at_.reset();
    }
    return out;
}

void EngineRunner::stop(std::uint32_t level, nanoseconds now) {
    if (!busy_ || level == PARLOUR_GO) return;
    if (shared_->stop.load(std::memory_order_relaxed) < level) shared_->stop.store(level, std::memory_order_relaxed);
    const nanoseconds until = now + grace_ + (level == PARLOUR_STOP_SOON ? soon : nanoseconds(0));
    overdue_at_ = std::min(overdue_at_.value_or(until), until);
}

void EngineRunner::discard(nanoseconds now) {
    if (!busy_) return;
    stop(PARLOUR_STOP_NOW, now);
    discard_ = true;
}

bool EngineRunner::overdue(nanoseconds now) const {
    return busy() && overdue_at_ && now > *overdue_at_;
}

std::optional<nanoseconds> EngineRunner::overdue_at() const {
    return busy() ? overdue_at_ : std::nullopt;
}

} // namespace parlour::host
