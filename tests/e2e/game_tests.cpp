// The screen around the board: going back and forth, hints, results, records, secrets.
#include <fstream>

#include "tests/e2e/driver.hpp"

namespace parlour::test {
namespace {

/// Plays so many moves for both persons.
void play(Driver &driver, int moves) {
    for (int i = 0; i < moves && !driver.match().is_over(); ++i) driver.enter(driver.match().legal_moves().front());
}

TEST(GameScreen, UndoAndRedo) {
    Driver driver;
    driver.start("reversi", {Seat::person(), Seat::person()});
    play(driver, 3);
    ASSERT_EQ(driver.match().plies(), 3u);
    driver.click_item("Undo");
    EXPECT_EQ(driver.match().plies(), 2u);
    driver.key(SDLK_u);
    EXPECT_EQ(driver.match().plies(), 1u);
    driver.key(SDLK_r);
    driver.click_item("redo");
    EXPECT_EQ(driver.match().plies(), 3u);
}

TEST(GameScreen, LooksBackAndForth) {
    Driver driver;
    driver.start("reversi", {Seat::person(), Seat::person()});
    play(driver, 4);
    driver.click_item("first");
    EXPECT_EQ(driver.match().cursor(), 0u);
    driver.click_item("next");
    EXPECT_EQ(driver.match().cursor(), 1u);
    driver.key(SDLK_END);
    EXPECT_EQ(driver.match().cursor(), 4u);
    driver.key(SDLK_PAGEUP);
    EXPECT_EQ(driver.match().cursor(), 3u);
    EXPECT_EQ(driver.match().plies(), 4u);
    // Nobody can play into the past by mistake.
    EXPECT_FALSE(driver.persons_turn());
    driver.click_item("Play from here");
    EXPECT_EQ(driver.match().plies(), 3u);
    EXPECT_TRUE(driver.persons_turn());
}

TEST(GameScreen, AMoveInTheListIsJumpedTo) {
    Driver driver;
    driver.start("reversi", {Seat::person(), Seat::person()});
    play(driver, 4);
    // The table stands below the switch of the analysis; its first cell is that of the first move.
    const Rect analysis = driver.items.at("##analysis");
    driver.click({analysis.right() - 240, analysis.bottom() + 32});
    EXPECT_EQ(driver.match().cursor(), 1u);
}

// Columns would cut what is played there; a row each shows it.
TEST(GameScreen, LongMovesHaveARowEachAndShortOnesShareIt) {
    for (const auto &[id, one_a_row] : {std::pair{"backgammon", true}, {"chess", false}}) {
        Driver driver({PARLOUR_PLUGIN_DIR}, 900, 640);
        driver.start(id, {Seat::person(), Seat::person()});
        play(driver, 12);
        EXPECT_TRUE(driver.shows("line2/1"));
        EXPECT_EQ(driver.shows("line2/2"), !one_a_row) << id;
    }
}

TEST(GameScreen, AHintIsGiven) {
    Driver driver;
    driver.start("tic_tac_toe", {Seat::person(), Seat::person()});
    driver.click_item("Hint##hint");
    ASSERT_TRUE(driver.wait([&] { return driver.app->game().state().hint.has_value(); }));
    const auto moves = driver.match().legal_moves();
    EXPECT_NE(std::find(moves.begin(), moves.end(), driver.app->game().state().hint->move), moves.end());
}

TEST(GameScreen, TheAnalysisIsSwitchedOn) {
    Driver driver;
    driver.start("tic_tac_toe", {Seat::person(), Seat::person()});
    driver.click_item("##analysis");
    EXPECT_TRUE(driver.app->game().state().evaluation_on);
    EXPECT_TRUE(driver.wait([&] { return driver.app->game().state().evaluation.has_value(); }));
}

TEST(GameScreen, ResigningEndsTheGameAndARematchBeginsAnother) {
    Driver driver;
    driver.start("reversi", {Seat::person(), Seat::person()});
    play(driver, 1);
    driver.click_item("Resign");
    ASSERT_TRUE(driver.match().is_over());
    EXPECT_EQ(driver.match().outcome()->ending, Ending::resign);
    driver.click_item("Rematch");
    EXPECT_FALSE(driver.match().is_over());
    EXPECT_EQ(driver.match().plies(), 0u);
}

TEST(GameScreen, AFinishedGameRests) {
    Driver driver;
    driver.start("tic_tac_toe", {Seat::person(), Seat::person()});
    play(driver, 9);
    ASSERT_TRUE(driver.match().is_over());
    for (int i = 0; i < 400; ++i) driver.step(); // what was said has gone
    EXPECT_LT(driver.window->context().next_frame_in(), 0) << "a finished game wants no further frame";
}

TEST(GameScreen, RecordsAreSavedAndLoaded) {
    Driver driver;
    driver.start("reversi", {Seat::person(), Seat::person()});
    play(driver, 3);
    const auto path = std::filesystem::temp_directory_path() / "parlour-e2e-record.parlour";
    std::filesystem::remove(path);
    const auto choose = [&](const std::string &entry) {
        driver.click_item("more");
        driver.click_item(entry);
        driver.settle();
        driver.key(SDLK_a, KMOD_CTRL);
        driver.type(path.string());
        driver.key(SDLK_RETURN);
    };
    choose("Save game…");
    ASSERT_TRUE(std::filesystem::exists(path));
    driver.key(SDLK_u);
    driver.key(SDLK_u);
    ASSERT_EQ(driver.match().plies(), 1u);
    choose("Load game…");
    EXPECT_EQ(driver.match().plies(), 3u);
    // A damaged file is refused as a whole.
    std::ofstream(path, std::ios::app) << "nonsense\n";
    choose("Load game…");
    EXPECT_EQ(driver.match().plies(), 3u);
    std::filesystem::remove(path);
}

TEST(GameScreen, SecretsAreHandedOver) {
    Driver driver;
    driver.start("kuhn_poker", {Seat::person(), Seat::person()});
    const std::string first = "I am " + driver.match().game().player_name(0) + "##uncover";
    const std::string second = "I am " + driver.match().game().player_name(1) + "##uncover";
    ASSERT_TRUE(driver.shows(first));
    EXPECT_FALSE(driver.shows("board"));
    driver.click_item(first);
    EXPECT_TRUE(driver.shows("board"));
    driver.enter(driver.match().legal_moves().front());
    ASSERT_TRUE(driver.shows(second)) << "the second player has to be asked before their card is shown";
    EXPECT_FALSE(driver.shows("board"));
}

TEST(GameScreen, ARematchHandsOverAnew) {
    Driver driver;
    driver.start("kuhn_poker", {Seat::person(), Seat::person()});
    const std::string first = "I am " + driver.match().game().player_name(0) + "##uncover";
    driver.click_item(first);
    driver.click_item("Resign");
    ASSERT_TRUE(driver.match().is_over());
    driver.click_item("Rematch");
    EXPECT_TRUE(driver.shows(first)) << "new cards were dealt: nobody sees them before saying who they are";
    EXPECT_FALSE(driver.shows("board"));
}

TEST(GameScreen, ClocksRunOutOnlyForWhoeverIsToMove) {
    Driver driver;
    std::chrono::nanoseconds now{std::chrono::hours(1)};
    driver.app->shell().now = [&now] { return now; };
    MatchSetup setup;
    setup.game = *driver.registry->create_game("reversi", {});
    setup.seats = {Seat::person(), Seat::person()};
    setup.time = TimeControl::total(std::chrono::minutes(1));
    ASSERT_TRUE(driver.app->start(std::move(setup)));
    driver.settle();
    now += std::chrono::seconds(61);
    driver.settle();
    ASSERT_TRUE(driver.match().is_over());
    EXPECT_EQ(driver.match().outcome()->ending, Ending::time);
    EXPECT_EQ(driver.match().outcome()->fault, 0u);
}

} // namespace
} // namespace parlour::test
