// What a journal is told outlives the program, in order and exactly.
#include "samples.hpp"

namespace parlour::host::records_tests {
namespace {

TEST(Journal, WhatIsToldIsThereAfterOpeningAgain) {
    const tests::ScratchFolder folder;
    Match match = long_nim();
    {
        auto store = open_store(folder / "games.sqlite");
        auto journal = store->journal();
        journal->begin(match);
        for (const Move move : {1u, 2u, 3u}) play_told(*journal, match, move, {0.5f, 3, 100, "good"});
        journal->flush();
        ASSERT_EQ(journal->problem(), "");
        ASSERT_TRUE(journal->game().has_value());
        EXPECT_TRUE(store->unfinished()->empty()) << "it is being played";
    }
    auto store = open_store(folder / "games.sqlite");
    EXPECT_EQ(store->notice(), "");
    const auto games = store->unfinished();
    ASSERT_TRUE(games.ok());
    ASSERT_EQ(games->size(), 1u);
    EXPECT_EQ(games->front().problem, "");
    EXPECT_EQ(games->front().plies, 3u);
    EXPECT_EQ(games->front().record.game, "nim");
    EXPECT_EQ(games->front().record.seats, match.seats());
    const Result<Record> record = store->load(games->front().id);
    ASSERT_TRUE(record.ok()) << record.sentence();
    const Result<Match> loaded = load_record(*record, make_fake);
    ASSERT_TRUE(loaded.ok()) << loaded.sentence();
    EXPECT_EQ(loaded->moves(), match.moves());
    EXPECT_EQ(loaded->ply(2).note, match.ply(2).note);
    EXPECT_EQ(loaded->ply(0).used, 10ms);
}

} // namespace
} // namespace parlour::host::records_tests
