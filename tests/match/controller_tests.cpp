// A casual game as a window drives it, with time standing still.
#include "controller_driver.hpp"
#include "host/match/record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parlour::host {
namespace {

using namespace fake;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

MatchSetup against(const std::string &engine, const OptionMap &options = {}) {
    return {.game = make_game<Nim>(options), .seats = {Seat::person(), Seat::of_engine(engine)}};
}

TEST(Controller, WithoutAGameEverythingIsRefusedKindly) {
    Driver driver;
    EXPECT_FALSE(driver.controller.has_match());
    EXPECT_FALSE(driver.controller.tick(0s));
    EXPECT_FALSE(driver.controller.next_tick(0s));
    EXPECT_THAT(driver.controller.person_plays(1, 0s).sentence(), HasSubstr("no game"));
    EXPECT_FALSE(driver.controller.undo(0s).ok());
    EXPECT_FALSE(driver.controller.resign(0s).ok());
    EXPECT_FALSE(driver.controller.request_hint(0s).ok());
    EXPECT_FALSE(driver.controller.rematch(1, 0s).ok());
    EXPECT_FALSE(driver.state().thinking);
}

TEST(Controller, APersonPlaysAnEngineToTheEnd) {
    Driver driver;
    driver.begin(against("nim_master"));
    EXPECT_TRUE(driver.state().person_to_move);
    ASSERT_TRUE(driver.controller.person_plays("take 1", 0s).ok());
    driver.until_person_or_end();
    EXPECT_EQ(driver.match().plies(), 2u);
    EXPECT_EQ(driver.match().ply(1).note.value, 1.0f);
    while (!driver.match().is_over()) {
        ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
        driver.until_person_or_end();
    }
    EXPECT_EQ(driver.state().outcome->sentence, "East wins by taking the last one.");
    EXPECT_GT(driver.wakes, 0);
}

TEST(Controller, AnEngineHearsTheEndOnce) {
    Listener::told = 0;
    {
        Driver driver;
        driver.begin(against("listener"));
        while (!driver.match().is_over()) {
            ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
            driver.until_person_or_end();
        }
        for (int i = 0; i < 3; ++i) driver.controller.tick(0s);
    }
    EXPECT_EQ(Listener::told, 1);
    EXPECT_EQ(Listener::seat, 1u);
    EXPECT_GT(Listener::moves, 1u);
}

TEST(Controller, APersonMovesOnlyInTheirTurn) {
    Driver driver;
    driver.begin(against("sleeper"));
    EXPECT_FALSE(driver.controller.person_plays(9, 0s).ok());
    EXPECT_EQ(driver.match().plies(), 0u);
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    EXPECT_THAT(driver.controller.person_plays(1, 0s).sentence(), HasSubstr("East's turn"));
    EXPECT_THAT(driver.controller.person_plays("take 1", 0s).sentence(), HasSubstr("East's turn"));
}

TEST(Controller, ShowsWhatAThinkingEngineSays) {
    Driver driver;
    driver.begin(against("sleeper"));
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    driver.now = 3s - 1ms; // a level-10 search is overdue only later
    driver.until([&] { return driver.state().thinking && driver.state().thinking->info.depth > 0; });
    const ControllerState state = driver.state();
    EXPECT_EQ(state.thinking->player, 1u);
    EXPECT_EQ(state.thinking->engine, "Sleeper");
    EXPECT_EQ(state.thinking->time, 3s - 1ms);
    EXPECT_EQ(state.thinking->info.value, 0.5f);
    EXPECT_EQ(state.thinking->line[0], "take 1");
    EXPECT_LE(*driver.controller.next_tick(driver.now), driver.now + 100ms);
    driver.controller.move_now(driver.now);
    driver.until_person_or_end();
    EXPECT_EQ(driver.match().plies(), 2u);
    EXPECT_FALSE(driver.state().thinking);
    EXPECT_FALSE(driver.controller.next_tick(driver.now)) << "nothing to do until the person moves";
}

TEST(Controller, AnEngineWithNothingYetThinksAgainWhenHurried) {
    Driver driver;
    driver.begin(against("hesitant"));
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    driver.controller.move_now(0s);
    driver.until_person_or_end();
    EXPECT_FALSE(driver.match().is_over());
    EXPECT_EQ(driver.match().plies(), 2u);
}

TEST(Controller, EachSeatHasAConsoleOfItsOwn) {
    Driver driver;
    MatchSetup setup = against("talking");
    setup.seats = {Seat::of_engine("talking"), Seat::of_engine("last")};
    driver.begin(std::move(setup));
    driver.until([&] { return driver.match().plies() >= 1; });
    const auto talking = driver.controller.console(0), last = driver.controller.console(1);
    ASSERT_TRUE(talking && last);
    ASSERT_GE(talking->written(), 1u);
    EXPECT_EQ(talking->lines()[0].text, "I see 3 moves");
    EXPECT_EQ(talking->lines()[0].severity, PARLOUR_LOG_INFO);
    EXPECT_EQ(last->written(), 0u);
    driver.begin(against("talking"));
    EXPECT_FALSE(driver.controller.console(0)) << "a person prints nothing";
    EXPECT_EQ(driver.controller.console(1)->written(), 0u) << "another game";
}

TEST(Console, KeepsTheNewestLines) {
    Console console;
    const Console::TimePoint begin{std::chrono::hours(1)};
    for (std::uint64_t i = 0; i < 2 * Console::most_kept; ++i)
        EXPECT_TRUE(console.add(PARLOUR_LOG_INFO, std::to_string(i), begin + i * 100ms));
    EXPECT_EQ(console.written(), 2 * Console::most_kept);
    EXPECT_EQ(console.lines().size(), Console::most_kept);
    EXPECT_EQ(console.lines().front().text, "1000");
    EXPECT_EQ(console.lines(1990).size(), 10u);
    EXPECT_EQ(console.lines(1990).front().text, "1990");
    EXPECT_TRUE(console.lines(2000).empty());
}

TEST(Console, AFloodIsThinnedOutAndSaysSo) {
    Console console;
    const Console::TimePoint begin{std::chrono::hours(1)};
    unsigned passed = 0;
    for (unsigned i = 0; i < 10000; ++i) passed += console.add(PARLOUR_LOG_INFO, "again", begin);
    EXPECT_EQ(passed, static_cast<unsigned>(Console::at_once));
    EXPECT_TRUE(console.add(PARLOUR_LOG_INFO, "the last", begin + 1s));
    const std::vector<ConsoleLine> lines = console.lines();
    ASSERT_EQ(lines.size(), passed + 2);
    EXPECT_EQ(lines[passed].text, "[9500 lines were left out]");
    EXPECT_EQ(lines[passed + 1].text, "the last");
}

TEST(Controller, BadEnginesEndTheGameByNameWhereNobodyIsAsked) {
    const std::tuple<const char *, Ending, const char *> rows[] = {
        {"failing", Ending::crash, "lost its head"},
        {"illegal", Ending::illegal_move, "not legal"},
        {"not_this_game", Ending::crash, "only plays other games"},
        {"quitting", Ending::crash, "it was stopped"},
        {"resigning", Ending::resign, ""},
    };
    for (const auto &[engine, ending, why] : rows) {
        Driver driver;
        driver.controller.set_trouble_policy(TroublePolicy::forfeit);
        driver.begin(against(engine));
        ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
        driver.until_person_or_end();
        ASSERT_TRUE(driver.match().is_over()) << engine;
        EXPECT_EQ(driver.match().outcome()->ending, ending) << engine;
        EXPECT_EQ(driver.match().outcome()->fault, 1u);
        EXPECT_THAT(driver.match().outcome()->detail, HasSubstr(why));
        EXPECT_THAT(driver.state().notice, HasSubstr(why));
        ASSERT_TRUE(driver.controller.undo(0s).ok()) << "the person may go on";
        EXPECT_FALSE(driver.match().is_over());
    }
}

TEST(Controller, AnEngineThatDoesNotAnswerLosesAndTheGameGoesOnWithout) {
    Stuck::released = false;
    {
        Driver driver;
        driver.controller.set_trouble_policy(TroublePolicy::forfeit);
        driver.begin(against("stuck"));
        ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
        while (Stuck::alive == 0) std::this_thread::yield();
        driver.now = *driver.controller.next_tick(0s); // looks now and then
        driver.controller.tick(driver.now);
        EXPECT_FALSE(driver.match().is_over());
        driver.now = 1h;
        EXPECT_TRUE(driver.controller.tick(driver.now));
        ASSERT_TRUE(driver.match().is_over());
        EXPECT_EQ(driver.match().outcome()->ending, Ending::stall);
        EXPECT_THAT(driver.state().notice, HasSubstr("given up"));
    }
    Stuck::released = true;
    while (EngineRunner::lost_threads() > 0) std::this_thread::yield();
}

TEST(Controller, UndoWhileAnEngineThinksForgetsItsMove) {
    Driver driver;
    driver.begin(against("sleeper"));
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    driver.until([&] { return driver.state().thinking.has_value(); });
    ASSERT_TRUE(driver.controller.undo(0s).ok());
    EXPECT_EQ(driver.match().plies(), 0u);
    ASSERT_TRUE(driver.controller.person_plays(2, 0s).ok());
    driver.until([&] { return driver.state().thinking.has_value(); });
    EXPECT_EQ(driver.match().plies(), 1u) << "the stopped search's move is not played";
    driver.controller.move_now(0s);
    driver.until_person_or_end();
    EXPECT_EQ(driver.match().game().state_text(driver.match().state()), "7 0");
}

TEST(Controller, UndoAndRedoGoFromTurnToTurnOfThePerson) {
    Driver driver;
    driver.begin(against("last"));
    EXPECT_FALSE(driver.state().can_undo);
    EXPECT_THAT(driver.state().why_no_undo, HasSubstr("nothing to take back"));
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    driver.until_person_or_end();
    EXPECT_TRUE(driver.state().can_undo);
    ASSERT_TRUE(driver.controller.undo(0s).ok());
    EXPECT_EQ(driver.match().plies(), 0u);
    EXPECT_TRUE(driver.state().can_redo);
    ASSERT_TRUE(driver.controller.redo(0s).ok());
    EXPECT_EQ(driver.match().plies(), 2u);
    EXPECT_FALSE(driver.controller.redo(0s).ok());
}

TEST(Controller, UndoBetweenEnginesPauses) {
    Driver driver;
    driver.begin(
        {.game = make_game<Nim>({{"heap", "200"}}), .seats = {Seat::of_engine("last"), Seat::of_engine("sleeper")}});
    driver.until([&] { return driver.match().plies() == 1; });
    ASSERT_TRUE(driver.controller.undo(0s).ok());
    EXPECT_TRUE(driver.state().paused);
    EXPECT_EQ(driver.match().plies(), 0u);
    driver.controller.resume(0s);
    driver.until([&] { return driver.match().plies() == 1; });
}

TEST(Controller, EnginesPlayEachOtherWhileAPersonLooksBack) {
    Driver driver;
    driver.begin(
        {.game = make_game<Nim>({{"heap", "200"}}), .seats = {Seat::of_engine("last"), Seat::of_engine("seeded")}});
    driver.until([&] { return driver.match().plies() >= 3; });
    driver.controller.jump(1, 0s);
    driver.until([&] { return driver.match().is_over(); });
    EXPECT_EQ(driver.match().cursor(), 1u);
    EXPECT_TRUE(driver.state().viewing_past);
}

TEST(Controller, WhoLooksBackHasToComeBackOrPlayFromThere) {
    Driver driver;
    driver.begin({.game = make_game<Nim>()});
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    driver.controller.jump(1, 0s);
    EXPECT_FALSE(driver.state().person_to_move);
    EXPECT_THAT(driver.controller.person_plays(2, 0s).sentence(), HasSubstr("earlier position"));
    ASSERT_TRUE(driver.controller.play_from_here(0s).ok());
    ASSERT_TRUE(driver.controller.person_plays(2, 0s).ok());
    EXPECT_EQ(driver.match().game().state_text(driver.match().state()), "7 0");
}

TEST(Controller, TimeRunsOutWithoutAMove) {
    Driver driver;
    MatchSetup setup = against("last");
    setup.time = TimeControl::total(60s);
    driver.begin(setup);
    EXPECT_EQ(driver.controller.next_tick(500ms), 1s + 1ns) << "the clock's next full second";
    driver.now = 59s;
    EXPECT_FALSE(driver.controller.tick(driver.now));
    EXPECT_EQ(driver.state().clocks[0], 1s);
    EXPECT_EQ(driver.state().clocks[1], 60s);
    EXPECT_TRUE(driver.state().low_time[0]);
    driver.now = 60s;
    EXPECT_TRUE(driver.controller.tick(driver.now));
    EXPECT_EQ(driver.state().outcome->ending, Ending::time);
    EXPECT_EQ(driver.state().outcome->fault, 0u);
    EXPECT_FALSE(driver.controller.next_tick(driver.now));
    ASSERT_TRUE(driver.controller.undo(driver.now).ok()) << "a person may play on";
    EXPECT_EQ(driver.state().clocks[0], 60s);
}

TEST(Controller, AMoveThatComesTooLateIsNotPlayed) {
    Driver driver;
    MatchSetup setup = against("last");
    setup.time = TimeControl::total(60s);
    driver.begin(setup);
    EXPECT_THAT(driver.controller.person_plays(1, 61s).sentence(), HasSubstr("ran out of time"));
    EXPECT_EQ(driver.match().plies(), 0u);
    EXPECT_EQ(driver.match().outcome()->ending, Ending::time);
}

TEST(Controller, APauseStopsClocksEnginesAndMoves) {
    Driver driver;
    MatchSetup setup = against("sleeper");
    setup.time = TimeControl::total(60s);
    driver.begin(setup);
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    driver.until([&] { return driver.state().thinking.has_value(); });
    driver.controller.pause(0s);
    driver.now = 1h;
    driver.until([&] { return !driver.controller.next_tick(driver.now); });
    EXPECT_FALSE(driver.state().thinking);
    EXPECT_TRUE(driver.state().paused);
    EXPECT_FALSE(driver.match().is_over());
    EXPECT_THAT(driver.controller.person_plays(1, driver.now).sentence(), HasSubstr("paused"));
    EXPECT_EQ(driver.state().clocks[1], 60s);
    driver.controller.resume(driver.now);
    driver.until([&] { return driver.state().thinking.has_value(); });
    driver.controller.move_now(driver.now);
    driver.until_person_or_end();
    EXPECT_EQ(driver.match().plies(), 2u);
}

TEST(Controller, ChanceIsSettledByItself) {
    Driver driver;
    driver.begin({.game = make_game<Dice>(), .seats = {Seat::of_engine("seeded"), Seat::of_engine("seeded")}});
    driver.until([&] { return driver.match().is_over(); });
    EXPECT_EQ(driver.match().outcome()->ending, Ending::normal);
}

TEST(Controller, AnEnginesMoveWaitsForTheLeastTime) {
    Driver driver;
    driver.controller.set_least_move_time(1s);
    driver.begin(against("last"));
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    driver.until([&] { return driver.controller.next_tick(0s) == 1s; }); // the answer is there
    driver.controller.tick(999ms);
    EXPECT_EQ(driver.match().plies(), 1u);
    EXPECT_TRUE(driver.state().thinking);
    driver.controller.tick(1s);
    EXPECT_EQ(driver.match().plies(), 2u);
}

TEST(Controller, ResigningIsForPersons) {
    Driver driver;
    driver.begin(against("sleeper"));
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    ASSERT_TRUE(driver.controller.resign(0s).ok()) << "also while the engine thinks";
    EXPECT_EQ(driver.match().outcome()->fault, 0u);
    EXPECT_FALSE(driver.controller.resign(0s).ok());
    driver.begin({.game = make_game<Nim>(), .seats = {Seat::of_engine("sleeper"), Seat::of_engine("sleeper")}});
    EXPECT_FALSE(driver.controller.resign(0s).ok());
}

TEST(Controller, PersonsMayAgreeOnADraw) {
    Driver driver;
    driver.begin(against("last"));
    EXPECT_FALSE(driver.controller.agree_draw(0s).ok());
    driver.begin({.game = make_game<Nim>()});
    ASSERT_TRUE(driver.controller.agree_draw(0s).ok());
    EXPECT_EQ(driver.match().outcome()->ending, Ending::agreed_draw);
}

TEST(Controller, AGameThatCannotBeginLeavesTheOldOne) {
    Driver driver;
    driver.begin(against("last"));
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    EXPECT_THAT(driver.controller.new_game(against("nobody"), 0s).sentence(), HasSubstr("no engine"));
    EXPECT_EQ(driver.match().ply(0).move, 1u);
    driver.until_person_or_end();
    EXPECT_EQ(driver.match().plies(), 2u);
}

TEST(Controller, ANewGameOverASearchDoesNotWait) {
    Driver driver;
    driver.begin(against("sleeper"));
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    driver.begin(against("last"));
    ASSERT_TRUE(driver.controller.person_plays(2, 0s).ok());
    driver.until_person_or_end();
    EXPECT_EQ(driver.match().plies(), 2u);
    ASSERT_TRUE(driver.controller.rematch(9, 0s).ok());
    EXPECT_EQ(driver.match().plies(), 0u);
    EXPECT_EQ(driver.match().setup().seed, 9u);
    driver.until([&] { return !driver.controller.next_tick(0s); });
}

TEST(Controller, ALoadedRecordGoesOn) {
    Driver driver;
    driver.begin(against("last"));
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    driver.until_person_or_end();
    const std::string text = write_record(driver.match());
    Driver other;
    Result<Match> loaded = load_record(*parse_record(text), game_by_id);
    ASSERT_TRUE(loaded.ok()) << loaded.sentence();
    ASSERT_TRUE(other.controller.adopt(std::move(*loaded), 100s).ok());
    other.now = 100s;
    ASSERT_TRUE(other.controller.person_plays(1, 100s).ok());
    other.until_person_or_end();
    EXPECT_EQ(other.match().plies(), 4u);
}

TEST(Controller, TheViewerIsTheOnlyPersonOrWhoeverOfThemMoves) {
    Driver driver;
    driver.begin({.game = make_game<Nim>(), .seats = {Seat::of_engine("sleeper"), Seat::person()}});
    EXPECT_EQ(driver.controller.viewer(), 1u);
    driver.begin({.game = make_game<Nim>({{"players", "3"}}),
                  .seats = {Seat::person(), Seat::of_engine("sleeper"), Seat::person()}});
    EXPECT_EQ(driver.controller.viewer(), 0u);
    ASSERT_TRUE(driver.controller.person_plays(1, 0s).ok());
    EXPECT_EQ(driver.controller.viewer(), 0u) << "while the engine thinks, the one who moved last";
    driver.controller.move_now(0s);
    driver.until_person_or_end();
    EXPECT_EQ(driver.controller.viewer(), 2u);
}

TEST(Controller, AnEnginesOpinionOfItsCardsIsItsSecret) {
    Driver driver;
    driver.begin({.game = make_game<Cards>(), .seats = {Seat::of_engine("sleeper"), Seat::person()}});
    driver.until([&] { return driver.state().thinking && driver.state().thinking->info.depth > 0; });
    EXPECT_FALSE(driver.state().thinking->info.value);
    EXPECT_TRUE(driver.state().thinking->info.line.empty());
    EXPECT_TRUE(driver.state().thinking->line.empty());
}

} // namespace
} // namespace parlour::host
