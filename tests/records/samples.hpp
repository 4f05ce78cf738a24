// Matches, journals and files that the tests of the store share.
#pragma once

#include "host/records/database.hpp"
#include "host/records/store.hpp"
#include "match/fake_games.hpp"
#include "match/record_samples.hpp"
#include "support/scratch_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace parlour::host::records_tests {

using namespace std::chrono_literals;

inline std::unique_ptr<Store> open_store(const std::filesystem::path &path) {
    Result<std::unique_ptr<Store>> store = Store::open(path);
    EXPECT_TRUE(store.ok()) << store.sentence();
    return store ? std::move(*store) : nullptr;
}

// Makes the fake games of their ids.
inline Result<GamePtr> make_fake(const std::string &id, const OptionMap &options) {
    if (id == "nim") return fake::try_game<fake::Nim>(options);
    if (id == "dice") return fake::try_game<fake::Dice>(options);
    if (id == "patience") return fake::try_game<fake::Patience>(options);
    return Problem{"there is no game " + id, PARLOUR_E_NOTFOUND};
}

// A game of Nim with a big heap, a person against an engine.
inline Match long_nim(std::uint64_t seed = 42, const std::string &engine = "an_engine") {
    return *Match::create({.game = fake::make_game<fake::Nim>({{"heap", "100"}}),
                           .seats = {Seat::person("Anna"), Seat::of_engine(engine, 7)},
                           .seed = seed});
}

// Tells the journal of a move and makes it, as a controller does.
inline Journal::Ticket play_told(Journal &journal, Match &match, Move move, PlyNote note = {}) {
    Ply ply{move, match.to_move(), match.game().move_text(match.state(), move), 10ms, note};
    const Journal::Ticket ticket = journal.play(match, ply);
    EXPECT_TRUE(match.play(move, 0s, note).ok());
    if (match.is_over()) return journal.outcome(match);
    return ticket;
}

// All games of the store, the latest first.
inline std::vector<StoredGame> all_games(Store &store) {
    Result<std::vector<StoredGame>> games = store.history();
    EXPECT_TRUE(games.ok()) << games.sentence();
    return games ? std::move(games).value() : std::vector<StoredGame>{};
}

// The bytes of a file.
inline std::string content(const std::filesystem::path &file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The text of a game in the store.
inline std::string stored_text(Store &store, GameId id) {
    const Result<Record> record = store.load(id);
    EXPECT_TRUE(record.ok()) << record.sentence();
    return record ? write_record(*record) : "";
}

} // namespace parlour::host::records_tests
