// An engine that fails in a game with a person: the clocks wait, and the person chooses what happens next.
#include "controller_driver.hpp"
#include "fake_journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parlour::host {
namespace {

using namespace fake;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

MatchSetup against_failing(const std::string &engine) {
    return {.game = make_game<Nim>({}), .seats = {Seat::person(), Seat::of_engine(engine, 7)}};
}

struct Troubled : Driver {
    explicit Troubled(const std::string &engine, TimeControl time = {}) : Driver("last") {
        MatchSetup setup = against_failing(engine);
        setup.time = time;
        begin(std::move(setup));
        EXPECT_TRUE(controller.person_plays(1, now).ok());
        wait();
    }
    void wait() {
        until([&] { return state().trouble || match().is_over() || match().person_to_move(); });
    }
};

TEST(TroubleInAGame, IsNamedAndWaitsForAChoice) {
    const std::tuple<const char *, const char *, Ending, const char *> rows[] = {
        {"failing", "Failing", Ending::crash, "lost its head"},
        {"illegal", "Illegal", Ending::illegal_move, "not legal"},
        {"not_this_game", "Not This Game", Ending::crash, "only plays other games"}};
    for (const auto &[id, name, ending, why] : rows) {
        Troubled game(id, TimeControl::total(10s));
        ASSERT_TRUE(game.state().trouble) << id;
        const Trouble trouble = *game.state().trouble;
        EXPECT_EQ(trouble.player, 1u);
        EXPECT_EQ(trouble.engine_id, id);
        EXPECT_EQ(trouble.engine, name);
        EXPECT_THAT(trouble.sentence, HasSubstr(why));
        EXPECT_EQ(trouble.ending, ending);
        EXPECT_EQ(trouble.stand_in, "last");
        EXPECT_TRUE(trouble.can_retry);
        game.now = 1h;
        game.controller.tick(game.now);
        EXPECT_FALSE(game.match().is_over()) << "the clock waits";
        EXPECT_FALSE(game.controller.next_tick(game.now));
    }
}

TEST(TroubleInAGame, TriedAgainTwiceAtOneMoveIsAnOffence) {
    Troubled game("failing");
    std::vector<std::string> offences;
    game.controller.on_offence([&](const std::string &id, const Problem &why) {
        EXPECT_THAT(why.sentence, HasSubstr("lost its head"));
        offences.push_back(id);
    });
    ASSERT_TRUE(game.controller.remedy(Remedy::retry, 0s).ok());
    EXPECT_FALSE(game.state().trouble);
    game.wait();
    ASSERT_TRUE(game.state().trouble);
    EXPECT_EQ(offences, std::vector<std::string>{"failing"});
    EXPECT_FALSE(game.state().trouble->can_retry);
    EXPECT_THAT(game.controller.remedy(Remedy::retry, 0s).sentence(), HasSubstr("too often"));
    EXPECT_TRUE(game.state().trouble) << "the choice is still to be made";
}

TEST(TroubleInAGame, RetryingHelpsAnEngineThatFailsOnce) {
    struct Once { // says nothing the first time, in any instance
        static std::atomic<int> &count() {
            static std::atomic<int> searches{0};
            return searches;
        }
    };
    Once::count() = 0;
    EngineServices services = fake::services("last");
    services.create = [](const std::string &id, const OptionMap &options) {
        return engine_by_id(id == "once" ? (Once::count()++ == 0 ? "failing" : "last") : id, options);
    };
    Controller controller(services);
    ASSERT_TRUE(controller.new_game(against_failing("once"), 0s).ok());
    ASSERT_TRUE(controller.person_plays(1, 0s).ok());
    const auto run = [&](auto done) {
        for (controller.tick(0s); !done(); controller.tick(0s)) std::this_thread::yield();
    };
    run([&] { return controller.state(0s).trouble.has_value(); });
    ASSERT_TRUE(controller.remedy(Remedy::retry, 0s).ok());
    run([&] { return controller.match().person_to_move(); });
    EXPECT_EQ(controller.match().plies(), 2u);
}

TEST(TroubleInAGame, AnotherEngineMakesOneMove) {
    Troubled game("failing");
    ASSERT_TRUE(game.controller.remedy(Remedy::stand_in_once, 0s).ok());
    game.wait();
    EXPECT_EQ(game.match().plies(), 2u);
    EXPECT_EQ(game.match().seats()[1].engine, "failing") << "it has not lost its seat";
    ASSERT_TRUE(game.controller.person_plays(1, 0s).ok());
    game.wait();
    ASSERT_TRUE(game.state().trouble) << "the seat's own engine was asked again";
    EXPECT_EQ(game.state().trouble->engine_id, "failing");
    EXPECT_TRUE(game.state().trouble->can_retry) << "another move, another try";
}

TEST(TroubleInAGame, AnotherEnginePlaysOn) {
    FakeJournal journal(true);
    Troubled game("failing");
    game.controller.set_journal(&journal);
    ASSERT_TRUE(game.controller.remedy(Remedy::stand_in, 0s).ok());
    game.wait();
    EXPECT_EQ(game.match().plies(), 2u);
    EXPECT_EQ(game.match().seats()[1].engine, "last");
    EXPECT_EQ(game.match().seats()[1].level, 7);
    EXPECT_EQ(journal.entries()[1], "seats person last");
    ASSERT_TRUE(game.controller.person_plays(1, 0s).ok());
    game.wait();
    EXPECT_FALSE(game.state().trouble);
    game.controller.set_journal(nullptr);
}

TEST(TroubleInAGame, ThePersonTakesTheSeatOver) {
    Troubled game("failing");
    ASSERT_TRUE(game.controller.remedy(Remedy::take_over, 0s).ok());
    EXPECT_TRUE(game.state().person_to_move);
    EXPECT_EQ(game.state().viewer, 1u);
    ASSERT_TRUE(game.controller.person_plays(2, 0s).ok());
    EXPECT_EQ(game.match().plies(), 2u);
}

TEST(TroubleInAGame, ForfeitingEndsItByName) {
    Troubled game("illegal");
    ASSERT_TRUE(game.controller.remedy(Remedy::forfeit, 0s).ok());
    ASSERT_TRUE(game.match().is_over());
    EXPECT_EQ(game.match().outcome()->ending, Ending::illegal_move);
    EXPECT_EQ(game.match().outcome()->fault, 1u);
    EXPECT_THAT(game.match().outcome()->detail, HasSubstr("not legal"));
    EXPECT_FALSE(game.controller.remedy(Remedy::forfeit, 0s).ok());
}

TEST(TroubleInAGame, TakingBackAMoveIsAChoiceToo) {
    Troubled game("failing");
    ASSERT_TRUE(game.controller.undo(0s).ok());
    EXPECT_FALSE(game.state().trouble);
    EXPECT_TRUE(game.state().person_to_move);
}

TEST(TroubleInAGame, AStandInThatDoesNotExistLeavesTheChoiceOpen) {
    Troubled game("failing");
    EXPECT_FALSE(game.controller.remedy(Remedy::stand_in, 0s, "nobody").ok());
    EXPECT_TRUE(game.state().trouble);
    Troubled alone("failing");
    EXPECT_FALSE(alone.controller.remedy(Remedy::stand_in, 0s, "not_there").ok());
}

TEST(TroubleInAGame, WithoutAnotherEngineNoneIsProposed) {
    Driver driver("failing");
    driver.begin(against_failing("failing"));
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    driver.until([&] { return driver.state().trouble.has_value(); });
    EXPECT_EQ(driver.state().trouble->stand_in, "");
    EXPECT_THAT(driver.controller.remedy(Remedy::stand_in, 0s).sentence(), HasSubstr("no other engine"));
}

TEST(TroubleInAGame, BetweenEnginesIsAForfeit) {
    Driver driver;
    driver.begin({.game = make_game<Nim>({}), .seats = {Seat::of_engine("last"), Seat::of_engine("failing")}});
    driver.until([&] { return driver.match().is_over(); });
    EXPECT_EQ(driver.match().outcome()->ending, Ending::crash);
    EXPECT_FALSE(driver.state().trouble);
}

TEST(TroubleInAGame, AnEngineThatDoesNotAnswerIsLetGo) {
    Stuck::released = false;
    {
        Driver driver;
        driver.begin(against_failing("stuck"));
        ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
        while (Stuck::alive == 0) std::this_thread::yield();
        driver.now = 1h;
        driver.controller.tick(driver.now);
        ASSERT_TRUE(driver.state().trouble);
        EXPECT_EQ(driver.state().trouble->ending, Ending::stall);
        EXPECT_EQ(driver.state().trouble->engine, "Stuck");
        ASSERT_TRUE(driver.controller.remedy(Remedy::stand_in, driver.now).ok());
        driver.until([&] { return driver.match().person_to_move(); });
        EXPECT_EQ(driver.match().plies(), 2u);
    }
    Stuck::released = true;
    while (EngineRunner::lost_threads() > 0) std::this_thread::yield();
}

} // namespace
} // namespace parlour::host
