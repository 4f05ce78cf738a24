// Hints and the evaluation of the position being looked at.
#include "controller_driver.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parlour::host {
namespace {

using namespace fake;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

MatchSetup two_persons() {
    return {.game = make_game<Nim>()};
}

TEST(Hint, TheBestEngineSaysWhatItWouldPlay) {
    Driver driver("nim_master");
    driver.begin(two_persons());
    ASSERT_TRUE(driver.controller.request_hint(0s).ok());
    EXPECT_TRUE(driver.state().hint_running);
    driver.until([&] { return driver.state().hint.has_value(); });
    const ControllerState state = driver.state();
    EXPECT_FALSE(state.hint_running);
    EXPECT_EQ(state.hint->move, 2u);
    EXPECT_EQ(state.hint->text, "take 2");
    EXPECT_EQ(state.hint->value, 1.0f);
    EXPECT_EQ(state.hint->engine, "Nim Master");
    EXPECT_EQ(driver.match().plies(), 0u) << "a hint plays nothing";
    ASSERT_TRUE(driver.controller.person_plays(2, 0s).ok());
    EXPECT_FALSE(driver.state().hint) << "it was for another position";
}

TEST(Hint, OnlyAtAPersonsTurn) {
    Driver driver("sleeper");
    driver.begin({.game = make_game<Nim>(), .seats = {Seat::of_engine("sleeper"), Seat::person()}});
    EXPECT_THAT(driver.controller.request_hint(0s).sentence(), HasSubstr("your turn"));
    driver.begin(two_persons());
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    driver.controller.jump(0, 0s);
    EXPECT_FALSE(driver.controller.request_hint(0s).ok());
}

TEST(Hint, AMoveMeanwhileForgetsIt) {
    Driver driver("sleeper");
    driver.begin(two_persons());
    ASSERT_TRUE(driver.controller.request_hint(0s).ok());
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    EXPECT_FALSE(driver.state().hint_running);
    driver.until([&] { return !driver.controller.next_tick(0s); });
    EXPECT_FALSE(driver.state().hint);
    ASSERT_TRUE(driver.controller.request_hint(0s).ok()) << "and another can be asked for";
}

TEST(Hint, AFailureIsANoticeNotTheEnd) {
    Driver driver("failing");
    driver.begin(two_persons());
    ASSERT_TRUE(driver.controller.request_hint(0s).ok());
    driver.until([&] { return !driver.state().hint_running; });
    EXPECT_THAT(driver.state().notice, HasSubstr("lost its head"));
    EXPECT_FALSE(driver.match().is_over());
}

TEST(Hint, AnEngineThatDoesNotAnswerIsDropped) {
    Stuck::released = false;
    {
        Driver driver("stuck");
        driver.begin(two_persons());
        ASSERT_TRUE(driver.controller.request_hint(0s).ok());
        while (Stuck::alive == 0) std::this_thread::yield();
        driver.now = 1h;
        EXPECT_TRUE(driver.controller.tick(driver.now));
        EXPECT_FALSE(driver.state().hint_running);
        EXPECT_THAT(driver.state().notice, HasSubstr("no hint"));
        EXPECT_TRUE(driver.controller.person_plays(1, driver.now).ok());
    }
    Stuck::released = true;
    while (EngineRunner::lost_threads() > 0) std::this_thread::yield();
}

TEST(Evaluation, FollowsThePositionBeingLookedAt) {
    Driver driver("sleeper");
    driver.begin(two_persons());
    ASSERT_TRUE(driver.controller.set_evaluation(true, 0s).ok());
    driver.until([&] { return driver.state().evaluation.has_value(); });
    EXPECT_EQ(driver.state().evaluation->ply, 0u);
    EXPECT_EQ(driver.state().evaluation->first, 0.5f);
    EXPECT_EQ(driver.state().evaluation->line[0], "take 1");
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    driver.until([&] { return driver.state().evaluation->ply == 1; });
    EXPECT_EQ(driver.state().evaluation->player, 1u);
    EXPECT_EQ(driver.state().evaluation->value, 0.5f);
    EXPECT_EQ(driver.state().evaluation->first, -0.5f) << "seen by the first player";
    driver.controller.jump(0, 0s);
    driver.until([&] { return driver.state().evaluation->ply == 0; });
    ASSERT_TRUE(driver.controller.set_evaluation(false, 0s).ok());
    EXPECT_FALSE(driver.state().evaluation_on);
    EXPECT_FALSE(driver.state().evaluation);
    driver.until([&] { return !driver.controller.next_tick(0s); });
}

TEST(Evaluation, OfAFinishedGameIsItsResult) {
    Driver driver("sleeper");
    driver.begin({.game = make_game<Nim>({{"heap", "1"}})});
    ASSERT_TRUE(driver.controller.set_evaluation(true, 0s).ok());
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    driver.until([&] { return driver.state().evaluation && driver.state().evaluation->ply == 1; });
    EXPECT_EQ(driver.state().evaluation->first, 0.0f); // 1 of -1..3
    EXPECT_TRUE(driver.state().evaluation->proven);
}

TEST(Evaluation, AnEngineThatNeverReportsIsTakenAtItsAnswer) {
    Driver driver;
    driver.begin(two_persons());
    ASSERT_TRUE(driver.controller.set_evaluation(true, 0s, "nim_master").ok());
    driver.until([&] { return driver.state().evaluation.has_value(); });
    EXPECT_EQ(driver.state().evaluation->first, 1.0f);
    EXPECT_TRUE(driver.state().evaluation->proven);
    EXPECT_EQ(driver.state().evaluation->line[0], "take 2");
}

TEST(Evaluation, TellsNoSecrets) {
    Driver driver("sleeper");
    driver.begin({.game = make_game<Cards>(), .seats = {Seat::person(), Seat::of_engine("sleeper")}});
    ASSERT_TRUE(driver.controller.set_evaluation(true, 0s).ok());
    driver.until([&] { return driver.state().evaluation.has_value(); }); // the person's own turn
    ASSERT_TRUE(driver.controller.person_plays(0, 0s).ok());
    driver.until([&] { return driver.state().thinking && driver.state().thinking->info.depth > 0; });
    driver.until([&] { return !driver.state().evaluation; });
}

TEST(Evaluation, ThatDoesNotStopIsSwitchedOff) {
    Stuck::released = false;
    {
        Driver driver("stuck");
        driver.begin(two_persons());
        ASSERT_TRUE(driver.controller.set_evaluation(true, 0s).ok());
        while (Stuck::alive == 0) std::this_thread::yield();
        driver.now = 1h;
        EXPECT_TRUE(driver.controller.tick(driver.now));
        EXPECT_FALSE(driver.state().evaluation_on);
        EXPECT_THAT(driver.state().notice, HasSubstr("switched off"));
    }
    Stuck::released = true;
    while (EngineRunner::lost_threads() > 0) std::this_thread::yield();
}

} // namespace
} // namespace parlour::host
