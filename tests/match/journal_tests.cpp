// What a controller accepts is written down before it is shown, whoever it comes from.
#include "controller_driver.hpp"
#include "fake_journal.hpp"
#include "host/match/record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parlour::host {
namespace {

using namespace fake;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

MatchSetup persons_on_both_sides() {
    return {.game = make_game<Nim>({}), .seats = {Seat::person(), Seat::person()}};
}

struct Written {
    FakeJournal journal;
    Driver driver;

    explicit Written(bool at_once = false) : journal(at_once) { driver.controller.set_journal(&journal); }
    ~Written() { driver.controller.set_journal(nullptr); }
    void safe() {
        journal.catch_up();
        driver.controller.tick(driver.now);
    }
};

TEST(Journaling, AMoveAppearsWhenItIsSafe) {
    Written game;
    game.driver.begin(persons_on_both_sides());
    ASSERT_TRUE(game.driver.controller.person_plays(1, 0s).ok());
    EXPECT_EQ(game.driver.match().plies(), 0u);
    EXPECT_TRUE(game.driver.state().saving);
    EXPECT_FALSE(game.driver.state().person_to_move);
    EXPECT_THAT(game.driver.controller.person_plays(1, 0s).sentence(), HasSubstr("written down"));
    EXPECT_FALSE(game.driver.controller.undo(0s).ok());
    const int wakes = game.driver.wakes;
    game.journal.catch_up();
    EXPECT_GT(game.driver.wakes, wakes);
    EXPECT_TRUE(game.driver.controller.tick(0s));
    EXPECT_EQ(game.driver.match().plies(), 1u);
    EXPECT_FALSE(game.driver.state().saving);
    EXPECT_TRUE(game.driver.state().person_to_move);
    EXPECT_THAT(game.journal.entries(), ElementsAre("begin 0", "play 0 take 1"));
}

TEST(Journaling, RefusedMovesAreNotWritten) {
    Written game(true);
    game.driver.begin(persons_on_both_sides());
    EXPECT_FALSE(game.driver.controller.person_plays(9, 0s).ok());
    EXPECT_FALSE(game.driver.controller.undo(0s).ok());
    EXPECT_FALSE(game.driver.controller.redo(0s).ok());
    EXPECT_FALSE(game.driver.controller.play_from_here(0s).ok() && game.driver.match().plies() > 0);
    EXPECT_THAT(game.journal.entries()[0], "begin 0");
    for (const std::string &entry : game.journal.entries()) EXPECT_FALSE(entry.starts_with("play")) << entry;
}

TEST(Journaling, ClocksStandWhileAMoveIsOnItsWay) {
    Written game;
    MatchSetup setup = persons_on_both_sides();
    setup.time = TimeControl::total(10s);
    game.driver.begin(std::move(setup));
    game.driver.now = 4s;
    ASSERT_TRUE(game.driver.controller.person_plays(1, 4s).ok());
    game.driver.now = 1h; // a very slow disk
    game.driver.controller.tick(1h);
    EXPECT_FALSE(game.driver.match().is_over());
    EXPECT_EQ(*game.driver.state().clocks[0], 6s);
    game.safe();
    EXPECT_EQ(game.driver.match().ply(0).used, 4s) << "the moment of the decision counts";
    EXPECT_EQ(*game.driver.state().clocks[0], 6s);
    EXPECT_EQ(*game.driver.state().clocks[1], 10s);
    game.driver.now = 1h + 3s;
    EXPECT_EQ(*game.driver.state().clocks[1], 7s) << "the next clock runs from when the move was shown";
}

TEST(Journaling, APauseMeanwhileHoldsAfterwards) {
    Written game;
    MatchSetup setup = persons_on_both_sides();
    setup.time = TimeControl::total(10s);
    game.driver.begin(std::move(setup));
    ASSERT_TRUE(game.driver.controller.person_plays(1, 0s).ok());
    game.driver.controller.pause(0s);
    game.safe();
    EXPECT_EQ(game.driver.match().plies(), 1u) << "what is written was played";
    game.driver.now = 1h;
    game.driver.controller.tick(1h);
    EXPECT_FALSE(game.driver.match().is_over());
    game.driver.controller.resume(1h);
    game.driver.now = 1h + 11s;
    game.driver.controller.tick(game.driver.now);
    EXPECT_EQ(game.journal.entries().back(), "outcome time");
    EXPECT_FALSE(game.driver.match().is_over()) << "endings, too, are written first";
    game.safe();
    EXPECT_EQ(game.driver.match().outcome()->ending, Ending::time);
    EXPECT_EQ(game.driver.match().outcome()->fault, 1u);
}

TEST(Journaling, EnginesAndChanceAreWrittenLikePersons) {
    Written game;
    game.driver.begin({.game = make_game<Nim>({}), .seats = {Seat::of_engine("last"), Seat::of_engine("last")}});
    for (std::size_t plies = 0; !game.driver.match().is_over(); ++plies) {
        game.driver.until([&] { return game.driver.state().saving; });
        ASSERT_EQ(game.driver.match().plies(), plies);
        game.safe();
        ASSERT_EQ(game.driver.match().plies(), plies + 1);
    }
    EXPECT_EQ(game.journal.entries().back(), "outcome normal");
    EXPECT_EQ(game.journal.entries().size(), game.driver.match().plies() + 2);
}

TEST(Journaling, TakingBackAndPlayingAgain) {
    Written game;
    game.driver.begin(persons_on_both_sides());
    for (const Move move : {1, 2, 3}) {
        ASSERT_TRUE(game.driver.controller.person_plays(move, 0s).ok());
        game.safe();
    }
    ASSERT_TRUE(game.driver.controller.undo(0s).ok());
    EXPECT_EQ(game.driver.match().plies(), 3u);
    game.safe();
    EXPECT_EQ(game.driver.match().plies(), 2u);
    ASSERT_TRUE(game.driver.controller.redo(0s).ok());
    EXPECT_EQ(game.driver.match().plies(), 2u);
    game.safe();
    EXPECT_EQ(game.driver.match().plies(), 3u);
    game.driver.controller.jump(1, 0s);
    ASSERT_TRUE(game.driver.controller.play_from_here(0s).ok());
    EXPECT_EQ(game.driver.match().plies(), 3u);
    game.safe();
    EXPECT_EQ(game.driver.match().plies(), 1u);
    ASSERT_TRUE(game.driver.controller.resign(0s).ok());
    EXPECT_FALSE(game.driver.match().is_over());
    game.safe();
    EXPECT_TRUE(game.driver.match().is_over());
    ASSERT_TRUE(game.driver.controller.undo(0s).ok());
    game.safe();
    EXPECT_FALSE(game.driver.match().is_over());
    EXPECT_THAT(game.journal.entries(),
                ElementsAre("begin 0", "play 0 take 1", "play 1 take 2", "play 2 take 3", "cut 2", "play 2 take 3",
                            "cut 1", "outcome resign", "cut 1", "going on"));
}

TEST(Journaling, AnotherGameLeavesTheOneBeforeWithItsLastMove) {
    Written game;
    game.driver.begin(persons_on_both_sides());
    ASSERT_TRUE(game.driver.controller.person_plays(1, 0s).ok());
    game.driver.begin(persons_on_both_sides());
    EXPECT_EQ(game.driver.match().plies(), 0u);
    EXPECT_FALSE(game.driver.state().saving);
    game.driver.controller.set_journal(nullptr);
    EXPECT_THAT(game.journal.entries(), ElementsAre("begin 0", "play 0 take 1", "leave 1", "begin 0", "leave 0"));
    ASSERT_TRUE(game.driver.controller.person_plays(1, 0s).ok());
    EXPECT_EQ(game.driver.match().plies(), 1u) << "and without a journal everything is at once";
}

TEST(Journaling, AJournalThatFailsSaysSoOnceAndTheGameGoesOn) {
    Written game;
    game.driver.begin(persons_on_both_sides());
    ASSERT_TRUE(game.driver.controller.person_plays(1, 0s).ok());
    game.journal.break_down("The disk is full, so this game is not saved any more.");
    game.driver.controller.tick(0s);
    EXPECT_EQ(game.driver.match().plies(), 1u);
    EXPECT_THAT(game.driver.state().notice, HasSubstr("disk is full"));
    ASSERT_TRUE(game.driver.controller.person_plays(1, 0s).ok());
    EXPECT_EQ(game.driver.match().plies(), 2u);
    EXPECT_EQ(game.driver.state().notice, "") << "told once";
}

TEST(Journaling, DurabilityMayComeFromAnotherThreadAtAnyTime) {
    Written game;
    game.driver.begin({.game = make_game<Nim>({}), .seats = {Seat::of_engine("seeded"), Seat::of_engine("last")}});
    std::atomic<bool> quit{false};
    std::thread disk([&] {
        while (!quit) {
            game.journal.catch_up();
            std::this_thread::yield();
        }
    });
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        game.driver.until([&] { return game.driver.match().is_over(); });
        ASSERT_TRUE(game.driver.controller.rematch(seed, 0s).ok());
    }
    quit = true;
    disk.join();
}

} // namespace
} // namespace parlour::host
