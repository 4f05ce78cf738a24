// One game of a tournament, played to its end on the calling thread. Not for other folders.
#pragma once

#include "host/match/engine_runner.hpp"
#include "host/match/tournament.hpp"

#include <memory>
#include <vector>

namespace parlour::host {

// The engines of one worker, as a game needs them: the `copy`-th instance of a contestant.
class RunnerPool {
public:
    virtual ~RunnerPool() = default;
    virtual EngineRunner &runner(std::size_t contestant, std::size_t copy) = 0;
    // Puts a new instance in place of one that was given up. A Problem when none can be made: the old one stays, and
    // every later start() of it is refused.
    virtual Result<void> replace(std::size_t contestant, std::size_t copy) = 0;
};

// Which contestant sits at which seat in the index-th game.
std::vector<std::size_t> seating(const TournamentSetup &setup, std::size_t index);
// The seed of the index-th game: the same for all games of one rotation.
std::uint64_t game_seed(const TournamentSetup &setup, std::size_t index);

// Plays the index-th game. Empty when the stop word ended it; a Problem when the game cannot begin.
Result<std::optional<TournamentGame>> play_tournament_game(const TournamentSetup &setup, std::size_t index,
                                                           RunnerPool &pool);

} // namespace parlour::host
