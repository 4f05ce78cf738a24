// Plays many games between engines on several threads, and counts. Sides rotate from game to game; the games of one
// rotation share a seed, every game's seeds come from one, and results stand in game order, so that (time limits
// aside) the outcome is the same whatever the concurrency.
#pragma once

#include "host/match/elo.hpp"
#include "host/match/engine_services.hpp"
#include "host/match/record.hpp"

#include <array>
#include <atomic>

namespace parlour::host {

// One finished game.
struct TournamentGame {
    std::size_t index = 0;                // 0-based
    std::vector<std::size_t> contestants; // which contestant sat at each seat
    Outcome outcome;
    std::size_t plies = 0;
    std::optional<Record> record{}; // if they are kept
};

// What one contestant has made.
struct ContestantScore {
    std::string name;
    std::uint64_t games = 0; // seats played
    std::uint64_t wins = 0, draws = 0, losses = 0;
    double points = 0;                                // a win 1; a shared win is shared; a draw is shared by all
    double utility = 0;                               // sum of the game's own utilities
    std::array<std::uint64_t, ending_count> faults{}; // games lost by each ending that was this one's fault
};

struct TournamentResult {
    std::vector<ContestantScore> scores;
    std::optional<EloEstimate> elo; // of the first contestant against the second; two contestants of two players only
    std::array<std::uint64_t, ending_count> endings{};
    std::uint64_t games = 0;          // finished
    bool stopped = false;             // by the stop word, before all were played
    std::vector<TournamentGame> list; // in game order
};

struct TournamentSetup {
    GamePtr game{};
    std::vector<Seat> contestants{}; // engines with their options and limits; one to as many as the game has players
    std::size_t games = 2;
    std::uint32_t concurrency = 1; // games at once, 1..64
    TimeControl time{};            // besides the contestants' own limits
    std::uint64_t seed = 1;
    std::uint32_t max_plies = 0;                                      // 0: no limit
    std::chrono::nanoseconds grace{std::chrono::milliseconds(250)};   // beyond a hard time limit: lost on time
    std::chrono::nanoseconds longest_search{std::chrono::minutes(5)}; // an engine without a time limit stalls there
    bool keep_records = false;
    std::string date{};                         // for the records
    std::map<std::string, std::string> extra{}; // tags for the records
    EngineMaker create_engine{};                // called on the caller's thread only
    // After each game, on the caller's thread; the counts so far and the game.
    std::function<void(const TournamentResult &so_far, const TournamentGame &game)> on_game{};
    const std::atomic<bool> *stop = nullptr;         // ends after the moves being thought about; may be null
    std::function<std::chrono::nanoseconds()> now{}; // a monotonic clock, [any]; empty: the steady clock
};

// Plays it all; blocks. A Problem for a wrong setup, or when an engine cannot be made.
Result<TournamentResult> run_tournament(const TournamentSetup &setup);

// Adds one game to the counts: whoever has the highest utility wins, the highest of all equal is a draw.
void count_game(TournamentResult &result, const TournamentGame &game);

} // namespace parlour::host
