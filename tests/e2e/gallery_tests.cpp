// The gallery: searching, filtering, opening by keyboard and by pointer.
#include "tests/e2e/driver.hpp"

namespace parlour::test {
namespace {

using Screen = App::Screen;

TEST(Gallery, ShowsEveryGame) {
    Driver driver;
    EXPECT_EQ(driver.app->gallery().shown().size(), driver.registry->games().size());
    for (const GameEntry &game : driver.registry->games()) EXPECT_TRUE(driver.shows(game.id)) << game.id;
}

TEST(Gallery, TypingSearchesAtOnceAndEscapeClears) {
    Driver driver;
    driver.keys("rever");
    EXPECT_EQ(driver.app->gallery().shown(), std::vector<std::string>{"reversi"});
    EXPECT_FALSE(driver.shows("pig"));
    driver.keys("zzz");
    EXPECT_TRUE(driver.app->gallery().shown().empty());
    driver.key(SDLK_ESCAPE);
    EXPECT_EQ(driver.app->gallery().query(), "");
    EXPECT_EQ(driver.app->gallery().shown().size(), driver.registry->games().size());
}

TEST(Gallery, SlashGoesToTheSearchField) {
    Driver driver;
    driver.key(SDLK_SLASH);
    driver.type("pig");
    EXPECT_EQ(driver.app->gallery().query(), "pig");
    EXPECT_EQ(driver.app->gallery().shown(), std::vector<std::string>{"pig"});
}

TEST(Gallery, ChipsFilter) {
    Driver driver;
    driver.click_item("Dice & cards");
    for (const std::string &id : driver.app->gallery().shown())
        EXPECT_NE(driver.registry->find_game(id)->flags & (PARLOUR_GAME_CHANCE | PARLOUR_GAME_HIDDEN), 0u) << id;
    EXPECT_LT(driver.app->gallery().shown().size(), driver.registry->games().size());
}

TEST(Gallery, AGameIsOpenedAndBegunByKeysAlone) {
    Driver driver;
    driver.keys("tic");
    driver.key(SDLK_RETURN);
    ASSERT_EQ(driver.app->screen(), Screen::new_game);
    EXPECT_EQ(driver.app->new_game().game_id(), "tic_tac_toe");
    ASSERT_EQ(driver.app->new_game().seats().size(), 2u);
    EXPECT_TRUE(driver.app->new_game().seats()[0].is_person());
    EXPECT_TRUE(driver.app->new_game().seats()[1].is_engine());
    driver.key(SDLK_RETURN);
    ASSERT_EQ(driver.app->screen(), Screen::game);
    EXPECT_EQ(driver.match().game().id(), "tic_tac_toe");
}

TEST(Gallery, ArrowsMoveOverTheTiles) {
    Driver driver;
    driver.key(SDLK_RIGHT); // the first arrow shows where the focus is
    driver.key(SDLK_RIGHT);
    driver.key(SDLK_RETURN);
    ASSERT_EQ(driver.app->screen(), Screen::new_game);
    EXPECT_EQ(driver.app->new_game().game_id(), driver.app->gallery().shown()[1]);
}

TEST(Gallery, OneClickOnTheTilesButtonPlays) {
    Driver driver;
    driver.keys("reversi"); // brings its tile to the top
    const Rect tile = driver.items.at("reversi");
    driver.click({tile.right() - 36, tile.bottom() - 42});
    ASSERT_EQ(driver.app->screen(), Screen::game);
    EXPECT_EQ(driver.match().game().id(), "reversi");
    EXPECT_TRUE(driver.match().seats()[1].is_engine());
}

TEST(Gallery, AGameLeftIsOfferedForGoingOn) {
    Driver driver;
    driver.start("tic_tac_toe", {Seat::person(), Seat::person()});
    driver.enter(4);
    driver.key(SDLK_ESCAPE);
    ASSERT_EQ(driver.app->screen(), Screen::gallery);
    driver.keys("tic");
    driver.click({driver.items.at("tic_tac_toe").center().x, driver.items.at("tic_tac_toe").y + 60});
    ASSERT_EQ(driver.app->screen(), Screen::game);
    EXPECT_EQ(driver.match().plies(), 1u);
    EXPECT_TRUE(driver.persons_turn());
}

TEST(Gallery, RestsWhenNothingHappens) {
    Driver driver;
    driver.settle();
    driver.step();
    EXPECT_LT(driver.window->context().next_frame_in(), 0) << "a quiet gallery wants no further frame";
}

} // namespace
} // namespace parlour::test
