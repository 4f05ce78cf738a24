#include "host/match/tournament.hpp"

#include "host/match/tournament_game.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace parlour::host {

namespace {

constexpr std::uint32_t most_threads = 64;

// What the workers ask of the caller's thread: engines are made there, and it hears of finished games.
class Desk {
public:
    // Has the caller's thread run `task`; waits for it.
    void ask(const std::function<void()> &task) {
        std::unique_lock lock(mutex_);
        bool done = false;
        tasks_.push_back([&] {
            task();
            const std::lock_guard finished(mutex_);
            done = true;
        });
        changed_.notify_all();
        changed_.wait(lock, [&] { return done; });
    }
    void worker_ends() {
        const std::lock_guard lock(mutex_);
        ++ended_;
        changed_.notify_all();
    }
    // The caller's thread serves until so many workers have ended.
    void serve(std::size_t workers) {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [&] { return !tasks_.empty() || ended_ == workers; });
            if (tasks_.empty()) return;
            const std::function<void()> task = std::move(tasks_.front());
            tasks_.pop_front();
            lock.unlock();
            task();
            changed_.notify_all();
            lock.lock();
        }
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> tasks_;
    std::size_t ended_ = 0;
};

// The engines of one worker thread.
class WorkerPool : public RunnerPool {
public:
    WorkerPool(const TournamentSetup &setup, Desk &desk) : setup_(setup), desk_(desk) {}

    // [main] As many instances of each contestant as one game can need.
    Result<void> fill() {
        const std::size_t players = setup_.game->players(), contestants = setup_.contestants.size();
        runners_.resize(contestants);
        for (std::size_t contestant = 0; contestant < contestants; ++contestant) {
            runners_[contestant].resize((players + contestants - 1) / contestants);
            for (std::unique_ptr<EngineRunner> &runner : runners_[contestant]) {
                if (const Result<void> made = make(contestant, runner); !made) return made;
            }
        }
        return {};
    }
    EngineRunner &runner(std::size_t contestant, std::size_t copy) override { return *runners_[contestant][copy]; }
    Result<void> replace(std::size_t contestant, std::size_t copy) override {
        Result<void> made;
        desk_.ask([&] { made = make(contestant, runners_[contestant][copy]); });
        return made;
    }

private:
    Result<void> make(std::size_t contestant, std::unique_ptr<EngineRunner> &runner) {
        const Seat &seat = setup_.contestants[contestant];
        Result<EnginePtr> engine = setup_.create_engine(seat.engine, seat.options);
        if (!engine) return engine.problem();
        runner = std::make_unique<EngineRunner>(std::move(*engine), std::function<void()>{}, setup_.grace);
        return {};
    }

    const TournamentSetup &setup_;
    Desk &desk_;
    std::vector<std::vector<std::unique_ptr<EngineRunner>>> runners_; // [contestant][copy]
};

Result<void> check(const TournamentSetup &setup) {
    const auto wrong = [](std::string sentence) { return Problem{std::move(sentence), PARLOUR_E_ARG}; };
    if (setup.game == nullptr) return wrong("a tournament needs a game");
    if (setup.contestants.empty()) return wrong("a tournament needs at least one engine");
    if (setup.contestants.size() > setup.game->players())
        return wrong(setup.game->name() + " has seats for " + std::to_string(setup.game->players()) +
                     " players, but " + std::to_string(setup.contestants.size()) + " engines were named");
    for (const Seat &seat : setup.contestants) {
        if (!seat.is_engine()) return wrong("only engines play in a tournament, not " + seat_text(seat));
    }
    if (setup.games == 0) return wrong("a tournament has at least one game");
    if (setup.concurrency < 1 || setup.concurrency > most_threads)
        return wrong("from 1 to " + std::to_string(most_threads) + " games can be played at once, not " +
                     std::to_string(setup.concurrency));
    if (!setup.create_engine) return wrong("a tournament needs a way to make engines");
    return {};
}

TournamentResult blank_result(const TournamentSetup &setup) {
    TournamentResult out;
    for (const Seat &seat : setup.contestants) {
        ContestantScore score;
        score.name = seat_text(seat);
        const auto same = [&](const ContestantScore &other) { return other.name == score.name; };
        for (int number = 2; std::any_of(out.scores.begin(), out.scores.end(), same); ++number)
            score.name = seat_text(seat) + " #" + std::to_string(number);
        out.scores.push_back(std::move(score));
    }
    if (setup.contestants.size() == 2 && setup.game->players() == 2) out.elo = EloEstimate{};
    return out;
}

} // namespace

void count_game(TournamentResult &result, const TournamentGame &game) {
    const Outcome &outcome = game.outcome;
    const std::size_t players = game.contestants.size();
    ++result.games;
    ++result.endings[static_cast<std::size_t>(outcome.ending)];
    for (std::uint32_t seat = 0; seat < players; ++seat) {
        ContestantScore &score = result.scores[game.contestants[seat]];
        const bool winner = std::find(outcome.winners.begin(), outcome.winners.end(), seat) != outcome.winners.end();
        ++score.games;
        score.utility += static_cast<double>(outcome.utilities[seat]);
        if (winner && outcome.winners.size() == 1) {
            ++score.wins;
            score.points += 1;
        } else if (winner) {
            ++score.draws;
            score.points += 1 / static_cast<double>(outcome.winners.size());
        } else if (outcome.is_draw() && players > 1) {
            ++score.draws;
            score.points += 1 / static_cast<double>(players);
        } else {
            ++score.losses;
        }
        if (outcome.fault == seat) ++score.faults[static_cast<std::size_t>(outcome.ending)];
    }
    if (result.elo) {
        const ContestantScore &first = result.scores[0];
        result.elo = estimate_elo(first.wins, first.draws, first.losses);
    }
}

Result<TournamentResult> run_tournament(const TournamentSetup &given) {
    TournamentSetup setup = given;
    if (!setup.now) setup.now = [] { return std::chrono::steady_clock::now().time_since_epoch(); };
    if (const Result<void> fit = check(setup); !fit) return fit.problem();

    Desk desk;
    const std::size_t workers = std::min<std::size_t>(setup.concurrency, setup.games);
    std::deque<WorkerPool> pools;
    for (std::size_t worker = 0; worker < workers; ++worker) {
        pools.emplace_back(setup, desk);
        if (const Result<void> filled = pools.back().fill(); !filled) return filled.problem();
    }

    TournamentResult so_far = blank_result(setup);
    std::atomic<std::size_t> next{0};
    std::optional<Problem> failure; // on the caller's thread
    std::atomic<bool> halt{false};
    const auto told_to_stop = [&] { return halt || (setup.stop != nullptr && setup.stop->load()); };
    const auto work = [&](WorkerPool &pool) {
        for (std::size_t index = next++; index < setup.games && !told_to_stop(); index = next++) {
            Result<std::optional<TournamentGame>> played = play_tournament_game(setup, index, pool);
            if (played && !*played) break; // stopped
            desk.ask([&] {
                if (!played) {
                    if (!failure) failure = played.problem();
                    halt = true;
                    return;
                }
                count_game(so_far, **played);
                so_far.list.push_back(std::move(**played));
                if (setup.on_game) setup.on_game(so_far, so_far.list.back());
            });
        }
        desk.worker_ends();
    };
    std::vector<std::jthread> threads;
    for (WorkerPool &pool : pools) threads.emplace_back([&work, &pool] { work(pool); });
    desk.serve(workers);
    threads.clear();
    if (failure) return *failure;

    // Counted again in game order, so that sums are the same whichever game ended first.
    TournamentResult result = blank_result(setup);
    result.list = std::move(so_far.list);
    std::sort(result.list.begin(), result.list.end(),
              [](const TournamentGame &a, const TournamentGame &b) { return a.index < b.index; });
    for (const TournamentGame &game : result.list) count_game(result, game);
    result.stopped = result.games < setup.games;
    return result;
}

} // namespace parlour::host
