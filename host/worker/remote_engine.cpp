#include "host/worker/remote_engine.hpp"

#include "host/plugins/host_object.hpp"
#include "host/plugins/text.hpp"
#include "host/worker/link.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <cstring>

namespace parlour::host {

using namespace std::chrono_literals;
using namespace worker;
using std::chrono::nanoseconds;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto between_looks = 2ms;     // at the stop word
constexpr auto between_asks = 20ms;     // whether anybody still waits for a start
constexpr auto counts_as_late = 50ms;   // beyond a hard time
constexpr auto to_write_a_trace = 20ms; // before a worker is killed
constexpr nanoseconds soon = 100ms;     // PARLOUR_STOP_SOON's own promise
constexpr nanoseconds margin = 500ms;   // for killing, reaping and a busy machine

Bytes bytes_of(const StateBuffer &state, std::size_t size) {
    Bytes out(size);
    std::memcpy(out.data(), state.data(), size);
    return out;
}

// Limits for what is left after `spent`.
SearchLimits without(SearchLimits limits, nanoseconds spent) {
    for (std::optional<nanoseconds> *time : {&limits.soft_time, &limits.hard_time}) {
        if (*time) *time = std::max<nanoseconds>(1ms, **time - spent);
    }
    return limits;
}

} // namespace

struct RemoteEngine::Impl {
    WorkerSetup setup;
    EngineLaunch launch;
    std::shared_ptr<Supervisor> supervisor = Supervisor::instance(); // so that its thread lives from game to game
    GamePtr game;                                                    // null until bind succeeds
    PluginChoice loaded;                                             // the game that the worker has
    std::unique_ptr<Link> link;                                      // null without a worker
    std::string report;
    bool traces = false;
    std::uint32_t restarts = 0, late = 0;
    std::atomic<bool> abandoned{false};

    Impl(WorkerSetup given, const EngineLaunch &what) : setup(std::move(given)), launch(what) {
        setup.environment.insert(setup.environment.end(), what.environment.begin(), what.environment.end());
    }

    const std::string &name() const { return launch.name; }

    static PluginChoice choice(const Game &which) { return {which.file().string(), which.id(), which.options()}; }

    // The end of the worker as a Problem, and the worker is gone.
    Problem crash(const std::string &when) {
        Problem out{fmt::format("{} {}{}", name(), link->why(setup.memory_bytes), when), problem_crashed,
                    link->output()};
        link.reset();
        return out;
    }
    // Kills a worker that does not answer.
    Problem stall(const std::string &sentence) {
        link->kill();
        Problem out{sentence, problem_stalled, link->output()};
        link.reset();
        return out;
    }
    Problem out_of_turn() {
        link->kill();
        Problem out{name() + " broke the protocol: an answer that nobody asked for", problem_crashed, link->output()};
        link.reset();
        return out;
    }
    Problem failure(const Failure &from, const std::string &fallback) const {
        const bool ours = from.code == problem_crashed || from.code == problem_stalled || from.code == PARLOUR_OK;
        std::string sentence = one_line(from.sentence);
        if (sentence.empty()) sentence = fallback;
        if (from.code == PARLOUR_E_NOMEM && setup.memory_bytes > 0)
            sentence += fmt::format(" (its process may take {} MB; the setting worker_memory says how much)",
                                    setup.memory_bytes >> 20);
        return {sentence, ours ? PARLOUR_E_FAIL : from.code, fit_lines(from.details)};
    }

    // Waits for the one answer to a request that is not a search.
    template <class Expected>
    Result<Expected> await(std::uint64_t request, std::chrono::milliseconds limit, const std::string &when) {
        const TimePoint until = Clock::now() + limit;
        Message message;
        Link::Event event = Link::Event::time;
        while (event == Link::Event::time && Clock::now() < until && !abandoned)
            event = link->receive(std::min(until, Clock::now() + between_asks), message);
        switch (event) {
            case Link::Event::time:
                if (abandoned) return stall(name() + " was not needed any more" + when);
                return stall(fmt::format("{} did not answer within {:g} s{}", name(),
                                         std::chrono::duration<double>(limit).count(), when));
            case Link::Event::ended:
                return crash(when);
            case Link::Event::message:
                break;
        }
        if (auto *failed = std::get_if<Failure>(&message); failed != nullptr && failed->request == request)
            return failure(*failed, name() + " does not say why it failed" + when);
        auto *expected = std::get_if<Expected>(&message);
        if (expected == nullptr || expected->request != request) return out_of_turn();
        return std::move(*expected);
    }

    // Starts a worker and has it load the engine and the game.
    Result<void> start(const Game &with) {
        if (with.file().empty())
            return Problem{
                fmt::format("{} runs in a process of its own and needs the plugin file of {}, which has none", name(),
                            with.name()),
                PARLOUR_E_UNSUPPORTED};
        const std::string when = " while it was started";
        Result<std::unique_ptr<Link>> started = Link::start(setup);
        if (!started) return Problem{name() + ": " + started.sentence(), started.problem().code};
        link = std::move(*started);
        link->send(Hello{protocol_version, setup.memory_bytes, setup.cpu_seconds, setup.layers, getpid()});
        const std::uint64_t request =
            link->send(Load{choice(with), {launch.file.string(), launch.id, launch.options}, launch.name});
        const Result<Ready> ready = await<Ready>(request, setup.start_limit, when);
        if (!ready) {
            link.reset();
            return ready.problem();
        }
        if (ready->game_id != with.id() || ready->state_size != with.info().state_size ||
            ready->players != with.players() || ready->max_moves != with.info().max_moves) {
            link.reset();
            return Problem{
                fmt::format("{} was given another build of {} than this program has", name(), with.name())};
        }
        report = ready->report;
        traces = ready->traces;
        loaded = choice(with);
        return {};
    }

    // Whether there is a worker with this game that has not ended.
    bool has(const Game &wanted) {
        const PluginChoice want = choice(wanted);
        return link != nullptr && !link->process().end() && loaded.file == want.file && loaded.id == want.id &&
               loaded.options == want.options;
    }

    Result<void> tell_game(const Game &with) {
        link->begin_request();
        const std::uint64_t request = link->send(Bind{});
        const Result<Done> done = await<Done>(request, setup.start_limit, " when it was given " + with.name());
        if (!done) return done.problem();
        return {};
    }

    Result<void> start_and_bind(const Game &with) {
        if (const Result<void> started = start(with); !started) return started;
        return tell_game(with);
    }

    // What became of one attempt at a search: an answer, a Problem, or the worker's end.
    struct Attempt {
        std::optional<Result<SearchResult>> result;
        Problem end; // without a result
    };

    struct Question {
        const SearchRoot &root;
        const SearchStart &begin;
        const SearchLimits &limits;
        const std::atomic<std::uint32_t> &stop;
        const std::function<void(const SearchInfo &)> &on_info;
        TimePoint began;
        worker::Search message;

        nanoseconds spent() const { return Clock::now() - began; }
        // When a worker is killed that does not come back from its hard time.
        std::optional<TimePoint> kill_at(nanoseconds least) const {
            if (!limits.hard_time) return std::nullopt;
            return began + *limits.hard_time + std::max(least, *limits.hard_time / 5);
        }
    };

    // Forwards the stop word and the hard time, and says when the worker is killed.
    class Patience {
    public:
        Patience(Impl &impl, const Question &question, std::uint64_t request)
            : impl_(impl),
              question_(question),
              request_(request),
              kill_at_(question.kill_at(impl.setup.least_patience)) {}

        // Looks at clock and stop word; false when the worker's time is up.
        bool look() {
            const TimePoint now = Clock::now();
            std::uint32_t level = question_.stop.load(std::memory_order_relaxed);
            const bool told_by_caller = level > told_by_caller_;
            told_by_caller_ = std::max(told_by_caller_, level);
            const std::optional<nanoseconds> &hard = question_.limits.hard_time;
            if (hard && now - question_.began >= *hard) level = PARLOUR_STOP_NOW;
            if (told_by_caller) {
                const TimePoint by =
                    now + impl_.setup.least_patience + (told_by_caller_ == PARLOUR_STOP_SOON ? soon : nanoseconds(0));
                kill_at_ = std::min(kill_at_.value_or(by), by);
            }
            if (level > told_) impl_.link->send(Stop{request_, level});
            told_ = std::max(told_, level);
            if (kill_at_ && impl_.traces && !traced_ && now >= *kill_at_ - to_write_a_trace) {
                traced_ = true;
                impl_.link->signal(SIGUSR1);
            }
            return !kill_at_ || now < *kill_at_;
        }
        TimePoint next_look() const {
            const TimePoint next = Clock::now() + between_looks;
            return kill_at_ ? std::min(next, *kill_at_) : next;
        }
        bool by_caller() const { return told_by_caller_ != PARLOUR_GO; }

    private:
        Impl &impl_;
        const Question &question_;
        std::uint64_t request_;
        std::optional<TimePoint> kill_at_;
        std::uint32_t told_ = PARLOUR_GO, told_by_caller_ = PARLOUR_GO;
        bool traced_ = false;
    };

    Problem stalled(const Question &question, bool by_caller) {
        const double seconds = std::chrono::duration<double>(question.spent()).count();
        return stall(by_caller
                         ? fmt::format("{} did not stop when it was asked to, and its process was ended", name())
                         : fmt::format("{} did not answer within {:.1f} s, nor when it was stopped, and its "
                                       "process was ended",
                                       name(), seconds));
    }

    Result<SearchResult> take(const Question &question, const EngineAnswer &answer) {
        Result<SearchResult> result =
            check_answer(name(), *game, *question.root.state, question.begin, question.limits, answer);
        if (!result) return result;
        result->time = question.spent();
        if (question.limits.hard_time && result->time > *question.limits.hard_time + counts_as_late) ++late;
        result->late_answers = late;
        return result;
    }

    void pass_on(const Question &question, SearchInfo &info) const {
        if (!question.on_info) return;
        info.time = question.spent();
        if (info.stats.size() > game->info().max_moves) info.stats.resize(game->info().max_moves);
        question.on_info(info);
    }

    Attempt try_once(const Question &question) {
        worker::Search message = question.message;
        message.limits = without(question.limits, question.spent());
        link->begin_request();
        const std::uint64_t request = link->send(message);
        Patience patience(*this, question, request);
        for (;;) {
            if (!patience.look()) return {stalled(question, patience.by_caller()), {}};
            Message said;
            const Link::Event event = link->receive(patience.next_look(), said);
            if (event == Link::Event::time) continue;
            if (event == Link::Event::ended) return {std::nullopt, crash(" while it searched")};
            if (auto *progress = std::get_if<Progress>(&said); progress != nullptr && progress->request == request) {
                pass_on(question, progress->info);
            } else if (auto *answer = std::get_if<Answer>(&said); answer != nullptr && answer->request == request) {
                return {take(question, answer->answer), {}};
            } else if (auto *failed = std::get_if<Failure>(&said); failed != nullptr && failed->request == request) {
                return {failure(*failed, name() + " found no move and does not say why"), {}};
            } else {
                return {out_of_turn(), {}};
            }
        }
    }

    // Tries, and if the worker ends, tries once more with a new one.
    Result<SearchResult> search(const Question &question) {
        for (int crashes = 0;;) {
            if (link == nullptr) {
                if (restarts >= setup.most_restarts)
                    return Problem{
                        fmt::format("{} was started again {} times in this game already", name(), restarts),
                        problem_crashed};
                ++restarts;
                if (const Result<void> started = start_and_bind(*game); !started) return started.problem();
            }
            Attempt attempt = try_once(question);
            if (attempt.result) return std::move(*attempt.result);
            const bool time_left = !question.limits.hard_time || question.spent() < *question.limits.hard_time;
            const bool wanted = question.stop.load(std::memory_order_relaxed) == PARLOUR_GO;
            if (++crashes == 2) attempt.end.sentence += ", twice in the same position";
            if (crashes == 2 || restarts >= setup.most_restarts || !time_left || !wanted) return attempt.end;
            log_line(PARLOUR_LOG_WARN, launch.id, attempt.end.sentence + "; it is started again");
        }
    }
};

RemoteEngine::RemoteEngine(WorkerSetup setup, const EngineLaunch &launch)
    : Engine(launch.id, launch.name), impl_(std::make_unique<Impl>(std::move(setup), launch)) {}

RemoteEngine::~RemoteEngine() = default;

Result<void> RemoteEngine::bind(GamePtr game) {
    Impl &impl = *impl_;
    impl.game = nullptr;
    impl.restarts = impl.late = 0;
    Result<void> bound;
    if (impl.has(*game)) {
        bound = impl.tell_game(*game);
        // One that failed between two games begins this one with a new worker.
        if (!bound && impl.link == nullptr) bound = impl.start_and_bind(*game);
    } else {
        impl.link.reset();
        bound = impl.start_and_bind(*game);
    }
    if (bound) impl.game = std::move(game);
    return bound;
}

Result<SearchResult> RemoteEngine::search(const SearchRoot &root, const SearchLimits &limits,
                                          const std::atomic<std::uint32_t> &stop,
                                          const std::function<void(const SearchInfo &)> &on_info) {
    Impl &impl = *impl_;
    const TimePoint began = Clock::now();
    const Result<SearchStart> begin = check_search(name(), impl.game.get(), root);
    if (!begin) return begin.problem();
    const Game &game = *impl.game;
    const std::size_t size = game.info().state_size;
    worker::Search message;
    message.state = bytes_of(root.is_view ? *root.state : game.view(*root.state, begin->player), size);
    if (game.ref().hidden() == nullptr && root.start != nullptr) {
        message.start = bytes_of(*root.start, size);
        message.moves.assign(root.moves.begin(), root.moves.end());
    }
    try {
        return impl.search({root, *begin, limits, stop, on_info, began, std::move(message)});
    } catch (...) { // by on_info: the worker still searches
        impl.link.reset();
        throw;
    }
}

Result<void> RemoteEngine::game_over(const LastPosition &last) {
    Impl &impl = *impl_;
    if (impl.game == nullptr || impl.link == nullptr) return {};
    const Game &game = *impl.game;
    const std::size_t size = game.info().state_size;
    GameOver message;
    message.player = last.player;
    message.state = bytes_of(last.is_view ? *last.state : game.view(*last.state, last.player), size);
    if (game.ref().hidden() == nullptr && last.start != nullptr) {
        message.start = bytes_of(*last.start, size);
        message.moves.assign(last.moves.begin(), last.moves.end());
    }
    impl.link->begin_request();
    const std::uint64_t request = impl.link->send(message);
    const Result<Done> done =
        impl.await<Done>(request, impl.setup.farewell_limit, " when it was told that the game is over");
    if (!done) return done.problem();
    return {};
}

nanoseconds RemoteEngine::grace(const SearchLimits &limits) const {
    const WorkerSetup &setup = impl_->setup;
    const nanoseconds patience =
        std::max<nanoseconds>(setup.least_patience, limits.hard_time.value_or(nanoseconds(0)) / 5);
    return 2 * setup.start_limit + patience + margin;
}

void RemoteEngine::abandon() {
    impl_->abandoned = true;
}

Result<void> RemoteEngine::ping() {
    if (impl_->link == nullptr) return Problem{name() + " has no worker"};
    impl_->link->begin_request();
    const std::uint64_t request = impl_->link->send(Ping{});
    const Result<Done> done =
        impl_->await<Done>(request, impl_->setup.start_limit, " when it was asked for a sign of life");
    if (!done) return done.problem();
    return {};
}

const std::string &RemoteEngine::sandbox_report() const {
    return impl_->report;
}

int RemoteEngine::process() const {
    return impl_->link == nullptr ? 0 : impl_->link->process().pid();
}

std::uint32_t RemoteEngine::restarts() const {
    return impl_->restarts;
}

RemoteEngineMaker remote_engine_maker(WorkerSetup setup) {
    return [setup = std::move(setup)](const EngineLaunch &launch) -> Result<EnginePtr> {
        return EnginePtr(std::make_unique<RemoteEngine>(setup, launch));
    };
}

} // namespace parlour::host
