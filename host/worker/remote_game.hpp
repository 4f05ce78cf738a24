// A game whose rules run in a worker: a parlour_game like any other, every function of which is a question to that
// worker. Nothing that the rules do or do not do reaches this process but an answer that was looked at, or the
// interface's own way to say that rules fail (PARLOUR_TURN_FAULT, PARLOUR_COUNT_FAULT, a status with a sentence),
// with the reason in IsolatedRules::trouble.
#pragma once

#include "host/plugins/engine_launch.hpp"
#include "host/worker/worker_setup.hpp"

namespace parlour::host {

// Starts a worker for the game and waits until it has it. The game's functions are [any]; symmetries are left out.
// [main]
Result<parlour_game> make_remote_game(const WorkerSetup &setup, const GameLaunch &launch);

// The function that RegistryOptions wants, with workers run as `setup` says.
RemoteGameMaker remote_game_maker(WorkerSetup setup);

// Of a game that make_remote_game made: the worker's process (0 without one), and how often one was started.
int rules_process(const parlour_game &game);
std::uint32_t rules_starts(const parlour_game &game);

} // namespace parlour::host
