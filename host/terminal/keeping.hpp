// Where this run of the program keeps its games, and the unfinished ones that it offers.
#pragma once

#include "host/cli/command_line.hpp"
#include "host/plugins/registry.hpp"
#include "host/records/store.hpp"

#include <ostream>

namespace parlour::host::terminal {

// --no-save and --records FILE.
void add_keeping_options(cli::CommandLine &line);

// The store that a command line asks for; null with --no-save, and where none can be opened, which is said in a
// sentence on `err`. What was set aside in opening is said there, too.
std::unique_ptr<Store> open_store(const cli::CommandLine &line, std::ostream &err);

// A stored game with its match played again by the rules.
struct KeptGame {
    GameId id = 0;
    Match match;
};

// The unfinished game of this id, or the latest one when `which` is empty. Throws cli::Refusal when there is none or
// it cannot be opened.
KeptGame kept_game(Store &store, const Registry &registry, const std::string &which);

// The latest unfinished game of a game's id, with some words about it ("12 moves, from 2026-03-05"); nothing when
// there is none.
struct Offer {
    GameId id = 0;
    std::string words;
};
std::optional<Offer> unfinished_game(Store &store, const std::string &game);

} // namespace parlour::host::terminal
