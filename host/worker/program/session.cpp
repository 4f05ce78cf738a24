#include "host/worker/program/session.hpp"

#include "host/plugins/console.hpp"
#include "host/plugins/host_object.hpp"
#include "host/plugins/text.hpp"
#include "host/worker/program/loading.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <thread>

namespace parlour::host::worker {

namespace {

constexpr double progress_burst = 64, progress_a_second = 200;
constexpr double log_burst = 400, log_a_second = 100;

// Passes reports on, but no more than somebody could read: of those held back the newest of each rank is kept.
class Reporter {
public:
    Reporter(Wire &wire, std::uint64_t request) : wire_(wire), request_(request) {}

    void take(const SearchInfo &info) {
        held_.insert_or_assign(info.rank, info);
        if (!rate_.pass()) return;
        send(held_.at(info.rank));
        held_.erase(info.rank);
    }
    void finish() {
        for (const auto &[rank, info] : held_) send(info);
        held_.clear();
    }

private:
    void send(const SearchInfo &info) { wire_.send(Progress{request_, info}); }

    Wire &wire_;
    std::uint64_t request_;
    Rate rate_{progress_burst, progress_a_second};
    std::map<std::uint32_t, SearchInfo> held_;
};

StateBuffer state_of(const Bytes &bytes, std::size_t size) {
    StateBuffer out(size);
    std::memcpy(out.data(), bytes.data(), std::min(size, bytes.size()));
    return out;
}

// Whether a plugin took SIGUSR1 to say where it is.
bool takes_trace_signal() {
    struct sigaction action {};
    return sigaction(SIGUSR1, nullptr, &action) == 0 &&
           ((action.sa_flags & SA_SIGINFO) != 0 || (action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN));
}

} // namespace

void Session::fail(std::uint64_t request, const Problem &problem) {
    wire_.send(Failure{request, problem.code, one_line(problem.sentence), fit_lines(problem.details)});
}

// The thread that reads: a stop reaches a search that runs, the host's end ends everything.
void Session::listen() {
    for (;;) {
        FrameDecoder::Frame frame = wire_.receive();
        const std::lock_guard lock(mutex_);
        if (const auto *stop = std::get_if<Stop>(&frame.message)) {
            if (stop->request == searching_ && stop_.load(std::memory_order_relaxed) < stop->level)
                stop_.store(stop->level, std::memory_order_relaxed);
            continue;
        }
        if (std::holds_alternative<Bye>(frame.message)) _exit(0);
        if (std::holds_alternative<Search>(frame.message)) {
            searching_ = frame.sequence;
            stop_.store(PARLOUR_GO, std::memory_order_relaxed);
        }
        frames_.push_back(std::move(frame));
        arrived_.notify_one();
    }
}

FrameDecoder::Frame Session::next() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [&] { return !frames_.empty(); });
    FrameDecoder::Frame out = std::move(frames_.front());
    frames_.pop_front();
    return out;
}

Result<void> Session::set_up(const Load &load) {
    const Result<LibraryPtr> games = library_of(load.game);
    if (!games) return games.problem();
    Result<GamePtr> game = game_of(load.game, *games);
    if (!game) return game.problem();
    rules_ = std::make_unique<Rules>((*game)->ref().raw(), [games = *games] { return failure_details(*games); });
    if (load.engine.file.empty()) {
        game_ = std::move(*game);
        return {};
    }
    const Result<LibraryPtr> library = library_of(load.engine);
    if (!library) return library.problem();
    const Result<parlour_engine> raw = make_engine(**library, load.engine.id, load.engine.options);
    if (!raw) return raw.problem();
    game_ = std::move(*game);
    engines_ = *library;
    engine_id_ = load.engine.id;
    engine_name_ = load.engine_name;
    engine_ = std::make_unique<LoadedEngine>(*raw, engine_id_, engine_name_, engines_,
                                             [library = *library] { return failure_details(*library); });
    return {};
}

void Session::ask_rules(const AskRules &ask, std::uint64_t request) {
    Result<Bytes> result = rules_->answer(static_cast<RulesCall>(ask.call), ask.arguments);
    if (!result) return fail(request, result.problem());
    wire_.send(RulesAnswer{request, std::move(*result)});
}

void Session::search(const Search &search, std::uint64_t request) {
    const std::size_t size = game_->info().state_size;
    if (search.state.size() != size || (search.start && search.start->size() != size))
        return fail(request, {"the host sent a position of another size", PARLOUR_E_ARG});
    const StateBuffer state = state_of(search.state, size);
    const std::optional<StateBuffer> start =
        search.start ? std::optional(state_of(*search.start, size)) : std::nullopt;
    const SearchRoot root{&state, start ? &*start : nullptr, search.moves, game_->ref().hidden() != nullptr};
    Reporter reporter(wire_, request);
    const Result<SearchResult> result =
        engine_->search(root, search.limits, stop_, [&](const SearchInfo &info) { reporter.take(info); });
    reporter.finish();
    if (!result) return fail(request, result.problem());
    wire_.send(
        Answer{request, {result->move, result->value, result->proven, result->resign, result->nodes, result->depth}});
}

void Session::end_game(const GameOver &over, std::uint64_t request) {
    const std::size_t size = game_->info().state_size;
    if (over.state.size() != size || (over.start && over.start->size() != size) || over.player >= game_->players())
        return fail(request, {"the host sent a last position that this game cannot have", PARLOUR_E_ARG});
    const StateBuffer state = state_of(over.state, size);
    const std::optional<StateBuffer> start = over.start ? std::optional(state_of(*over.start, size)) : std::nullopt;
    const LastPosition last{&state, start ? &*start : nullptr, over.moves, over.player,
                            game_->ref().hidden() != nullptr};
    if (const Result<void> told = engine_->game_over(last); !told) return fail(request, told.problem());
    wire_.send(Done{request});
}

void Session::answer(const FrameDecoder::Frame &frame) {
    const bool needs_engine = std::holds_alternative<Search>(frame.message) ||
                              std::holds_alternative<GameOver>(frame.message) ||
                              std::holds_alternative<Bind>(frame.message);
    if (needs_engine && engine_ == nullptr) {
        fail(frame.sequence, {"the host asked a worker for a move that has no engine", PARLOUR_E_ARG});
    } else if (const auto *ask = std::get_if<AskRules>(&frame.message)) {
        ask_rules(*ask, frame.sequence);
    } else if (const auto *request = std::get_if<Search>(&frame.message)) {
        search(*request, frame.sequence);
    } else if (const auto *over = std::get_if<GameOver>(&frame.message)) {
        end_game(*over, frame.sequence);
    } else if (std::holds_alternative<Bind>(frame.message)) {
        if (const Result<void> bound = engine_->bind(game_); !bound) return fail(frame.sequence, bound.problem());
        wire_.send(Done{frame.sequence});
    } else if (std::holds_alternative<Ping>(frame.message)) {
        wire_.send(Done{frame.sequence});
    } else {
        fail(frame.sequence, {"the host sent a message that a worker has no answer to", PARLOUR_E_ARG});
    }
}

void Session::run(const Load &load, std::uint64_t request, const std::string &report) {
    Rate log_rate(log_burst, log_a_second);
    std::uint64_t left_out = 0;
    set_log_sink([&](std::int32_t severity, const std::string &who, const std::string &text) {
        if (!log_rate.pass()) {
            ++left_out;
            return;
        }
        if (left_out > 0) wire_.send(LogLine{PARLOUR_LOG_WARN, who, lines_left_out(std::exchange(left_out, 0))});
        wire_.send(LogLine{severity, who, text});
    });
    std::thread([this] { listen(); }).detach();
    if (const Result<void> loaded = set_up(load); !loaded) {
        fail(request, loaded.problem());
        for (;;) static_cast<void>(next()); // until the host hangs up
    }
    const parlour_game_info &info = game_->info();
    wire_.send(
        Ready{request, report, game_->id(), info.state_size, info.players, info.max_moves, takes_trace_signal()});
    for (;;) answer(next());
}

} // namespace parlour::host::worker
