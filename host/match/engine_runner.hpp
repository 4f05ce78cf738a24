// Runs one engine's searches on a thread of its own. Every function returns at once: a window polls it, or sleeps
// until `wake` calls. All functions are for one thread (the main thread), `wake` is called on the search's.
//
// An engine that does not come back cannot be ended inside this process. Its runner is given up: the thread is
// detached and keeps everything that it uses (engine, game, position) alive until it returns, if ever; the engine is
// then destroyed on that thread.
#pragma once

#include "host/plugins/console.hpp"
#include "host/plugins/engine.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <thread>

namespace parlour::host {

// A search to run: owned copies of everything.
struct SearchJob {
    GamePtr game;
    StateBuffer state;                // the full position; the engine is given what its player may see
    std::optional<StateBuffer> start; // where the game began, with `moves` since; optional
    std::vector<Move> moves;
    SearchLimits limits;
    bool new_game = false; // bind again even when the game is the same object: the engine forgets
};

// A game that is over, for an engine that had a seat in it: owned copies of everything.
struct EndedGame {
    GamePtr game;
    StateBuffer state; // the last position
    StateBuffer start; // where the game began, with `moves` since
    std::vector<Move> moves;
    std::uint32_t player = 0; // the engine's seat
};

class EngineRunner {
public:
    static constexpr std::chrono::nanoseconds default_grace = Engine::default_grace;

    // `wake` may be empty; it must be safe to call from any thread, and is never called after this object's end. An
    // engine counts as stalled when it takes longer than `grace`, or than its own Engine::grace() where that is more,
    // beyond its hard time limit or after stop().
    explicit EngineRunner(EnginePtr engine, std::function<void()> wake = {},
                          std::chrono::nanoseconds grace = default_grace);
    // Stops a running search and waits for it, at most the grace; then as give_up().
    ~EngineRunner();
    EngineRunner(const EngineRunner &) = delete;
    EngineRunner &operator=(const EngineRunner &) = delete;

    const std::string &engine_id() const { return id_; }
    const std::string &engine_name() const { return name_; }

    // Every single progress goes here as well, on the search's thread, also after give_up(); for those who show all
    // of it. Set before the first start().
    void on_every_progress(std::function<void(const SearchInfo &)> take);

    // Where what the engine prints goes besides the log. Set before the first start().
    void set_console(std::shared_ptr<Console> console);

    // Begins a search. Refuses while one runs, while a result waits to be taken, and after give_up(). A failure of
    // the engine to take on the game comes as the search's result.
    Result<void> start(SearchJob job, std::chrono::nanoseconds now);
    // Whether a search runs, or its result was not taken yet.
    bool busy() const;

    // The engine hears, when its search has ended, that the game in which it last searched is over. What goes wrong
    // then is a line of the log. This object's end waits for it, 0.6 s at most.
    void end_game(EndedGame ended);

    // The newest progress of each rank since the last call, best line first; mostly empty. Wakes are coalesced: there
    // are at most ten a second, and one at the end.
    std::vector<SearchInfo> take_progress();
    // The result, once; empty while the search runs.
    std::optional<Result<SearchResult>> take_result();
    // Waits for the result at most so long (for command lines and tests).
    std::optional<Result<SearchResult>> wait_result(std::chrono::nanoseconds at_most);

    // Asks the search to end: PARLOUR_STOP_SOON or PARLOUR_STOP_NOW. The result is still to be taken.
    void stop(std::uint32_t level, std::chrono::nanoseconds now);
    // As stop(NOW), and the result will be thrown away: busy() ends by itself with the search.
    void discard(std::chrono::nanoseconds now);

    // Whether the search should have ended by `now` but did not: past its hard time or a stop, by more than the
    // grace.
    bool overdue(std::chrono::nanoseconds now) const;
    // When it will be overdue; empty when nothing limits it.
    std::optional<std::chrono::nanoseconds> overdue_at() const;

    // Lets go of an engine that does not come back. The runner can only be destroyed after this.
    void give_up();
    bool given_up() const { return shared_ == nullptr; }

    // The grace of a search with these limits. Not after give_up().
    std::chrono::nanoseconds grace(const SearchLimits &limits) const;

    // How many threads of this process were detached and still run. While there are any, a program should end by
    // std::_Exit: static objects must not die under them. [any]
    static std::size_t lost_threads();

private:
    struct Shared; // what the thread uses; it holds a reference of its own

    static void work(std::shared_ptr<Shared> shared);

    std::shared_ptr<Shared> shared_;
    std::thread thread_;
    std::string id_, name_;
    std::chrono::nanoseconds least_grace_, grace_; // at least, and that of the newest search
    std::optional<std::chrono::nanoseconds> overdue_at_;
    mutable bool busy_ = false, discard_ = false;
};

} // namespace parlour::host
