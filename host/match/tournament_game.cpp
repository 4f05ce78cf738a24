#include "host/match/tournament_game.hpp"

#include "host/match/duration.hpp"

#include <algorithm>

namespace parlour::host {

using std::chrono::nanoseconds;

namespace {

constexpr nanoseconds slice = std::chrono::milliseconds(50); // between looks at the stop word
constexpr std::uint32_t three_strikes = 3;                   // late answers, the last of which loses on time

// How the search for one move ended, besides its result.
enum class Answered { in_time, late, never, stopped };

// The ending of a game in which an engine failed.
Ending ending_of(const Problem &problem) {
    switch (problem.code) {
        case PARLOUR_E_ILLEGAL:
            return Ending::illegal_move;
        case PARLOUR_E_STOPPED:
            return Ending::time;
        case problem_stalled:
            return Ending::stall;
        default:
            return Ending::crash;
    }
}

class GamePlayer {
public:
    GamePlayer(const TournamentSetup &setup, std::size_t index, RunnerPool &pool)
        : setup_(setup), pool_(pool), index_(index), contestants_(seating(setup, index)) {
        for (std::size_t seat = 0; seat < contestants_.size(); ++seat) {
            const auto before = contestants_.begin() + static_cast<std::ptrdiff_t>(seat);
            copies_.push_back(static_cast<std::size_t>(std::count(contestants_.begin(), before, contestants_[seat])));
        }
        fresh_.assign(contestants_.size(), true);
    }

    Result<std::optional<TournamentGame>> play() {
        MatchSetup match_setup{setup_.game,      {}, setup_.time, game_seed(setup_, index_), setup_.max_plies,
                               UndoPolicy::fair, {}};
        for (const std::size_t contestant : contestants_) match_setup.seats.push_back(setup_.contestants[contestant]);
        Result<Match> match = Match::create(std::move(match_setup));
        if (!match) return match.problem();
        match->start_clock(now());
        while (!match->is_over()) {
            match->settle(now());
            const std::optional<std::uint32_t> player = match->to_move();
            if (player && !one_move(*match, *player)) return std::optional<TournamentGame>{};
        }
        tell_the_end(*match);
        TournamentGame out{index_, contestants_, *match->outcome(), match->plies(), {}};
        if (setup_.keep_records) {
            std::map<std::string, std::string> extra = setup_.extra;
            extra.emplace("Round", std::to_string(index_ + 1));
            out.record = to_record(*match, setup_.date, std::move(extra));
        }
        return std::optional(std::move(out));
    }

private:
    nanoseconds now() const { return setup_.now(); }
    bool told_to_stop() const { return setup_.stop != nullptr && setup_.stop->load(std::memory_order_relaxed); }

    // To every engine that has searched in it.
    void tell_the_end(const Match &match) {
        for (std::uint32_t seat = 0; seat < contestants_.size(); ++seat) {
            if (fresh_[seat]) continue;
            pool_.runner(contestants_[seat], copies_[seat])
                .end_game({match.game_ptr(), match.state(), match.position(0), match.moves(), seat});
        }
    }

    // Has one engine move, and ends the match if that goes wrong. False when the tournament is to stop.
    bool one_move(Match &match, std::uint32_t player) {
        EngineRunner &runner = pool_.runner(contestants_[player], copies_[player]);
        const SearchLimits limits =
            search_limits(match.seats()[player], match.clock(), player, now(), match.search_seed());
        const std::optional<nanoseconds> hard = limits.hard_time;
        const nanoseconds grace = std::max(setup_.grace, runner.grace(limits));
        const nanoseconds allowed = hard ? *hard + grace : setup_.longest_search;
        SearchJob job{match.game_ptr(), match.state(), match.position(0), match.moves(), limits, fresh_[player]};
        fresh_[player] = false;
        if (const Result<void> started = runner.start(std::move(job), now()); !started) {
            match.finish(Ending::crash, player, started.sentence(), now());
            return true;
        }
        std::optional<Result<SearchResult>> result;
        Answered answered = wait(runner, allowed, grace, result);
        if (answered == Answered::stopped) return false;
        if (answered == Answered::in_time && hard && *result && (*result)->time > allowed) answered = Answered::late;
        judge(match, player, answered, hard, result);
        return true;
    }

    // Waits for the result as long as it is allowed to take, then stops the search and waits for the grace. An engine
    // that does not even stop is replaced.
    Answered wait(EngineRunner &runner, nanoseconds allowed, nanoseconds grace,
                  std::optional<Result<SearchResult>> &result) {
        Answered answered = Answered::in_time;
        for (nanoseconds waited{0}; waited < allowed; waited += slice) {
            result = runner.wait_result(std::min(slice, allowed - waited));
            if (told_to_stop()) answered = Answered::stopped;
            if (result || answered == Answered::stopped) break;
        }
        if (result) return answered;
        if (answered != Answered::stopped) answered = Answered::late;
        runner.stop(PARLOUR_STOP_NOW, now());
        result = runner.wait_result(grace);
        if (!result) {
            runner.give_up();
            if (answered == Answered::late) answered = Answered::never;
        }
        return answered;
    }

    void judge(Match &match, std::uint32_t player, Answered answered, std::optional<nanoseconds> hard,
               const std::optional<Result<SearchResult>> &result) {
        const std::string name = seat_text(match.seats()[player]);
        const nanoseconds limit = hard.value_or(setup_.longest_search);
        if (answered == Answered::never) {
            std::string detail =
                name + " did not answer within " + duration_text(limit) + ", nor when it was stopped";
            if (const Result<void> replaced = pool_.replace(contestants_[player], copies_[player]); !replaced)
                detail += "; another instance could not be made: " + replaced.sentence();
            match.finish(Ending::stall, player, detail, now());
        } else if (answered == Answered::late) {
            match.finish(hard ? Ending::time : Ending::stall, player,
                         name + " did not answer within " + duration_text(limit), now());
        } else if (!*result) {
            match.finish(ending_of(result->problem()), player, result->sentence(), now());
        } else if (match.check_time(now())) {
            return;
        } else if (const SearchResult &found = **result; found.late_answers >= three_strikes) {
            match.finish(Ending::time, player,
                         name + " answered later than " + duration_text(limit) + " three times in this game", now());
        } else if (found.resign) {
            match.resign(player, now());
        } else if (const Result<void> played =
                       match.play(found.move, now(), {found.value, found.depth, found.nodes, {}});
                   !played && !match.check_time(now())) {
            match.finish(Ending::illegal_move, player, played.sentence(), now());
        }
    }

    const TournamentSetup &setup_;
    RunnerPool &pool_;
    std::size_t index_;
    std::vector<std::size_t> contestants_, copies_; // of each seat
    std::vector<bool> fresh_;
};

} // namespace

std::vector<std::size_t> seating(const TournamentSetup &setup, std::size_t index) {
    std::vector<std::size_t> out;
    for (std::size_t seat = 0; seat < setup.game->players(); ++seat)
        out.push_back((seat + index) % setup.contestants.size());
    return out;
}

std::uint64_t game_seed(const TournamentSetup &setup, std::size_t index) {
    const std::uint64_t rotation = index / setup.contestants.size();
    return mix64(mix64(setup.seed) + rotation);
}

Result<std::optional<TournamentGame>> play_tournament_game(const TournamentSetup &setup, std::size_t index,
                                                           RunnerPool &pool) {
    return GamePlayer(setup, index, pool).play();
}

} // namespace parlour::host
