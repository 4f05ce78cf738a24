// An engine that fails in the window: the game waits, a dialog asks, and every choice works with mouse and keys.
#include "match/fake_engines.hpp"
#include "tests/e2e/driver.hpp"

namespace parlour::test {
namespace {

struct Troubled : Driver {
    Troubled() {
        app->shell().services.create = [this](const std::string &id, const OptionMap &options) {
            return id == "illegal" ? fake::engine_by_id(id, options) : registry->create_engine(id, options);
        };
        start("tic_tac_toe", {Seat::person(), Seat::of_engine("illegal")});
        enter(match().legal_moves().front());
        EXPECT_TRUE(wait([this] { return app->game().state().trouble.has_value(); }));
    }
};

TEST(Trouble, IsAskedAboutAndTheSeatIsTakenOver) {
    Troubled window;
    ASSERT_TRUE(window.shows("Try again with Illegal"));
    window.click_item("Play on yourself for " + window.match().game().player_name(1));
    EXPECT_FALSE(window.app->game().state().trouble);
    EXPECT_TRUE(window.persons_turn());
    EXPECT_TRUE(window.match().seats()[1].is_person());
}

TEST(Trouble, EnterTriesAgainAndEscapeCanBeTakenBack) {
    Troubled window;
    window.key(SDLK_RETURN);
    // Twice at the same move is enough.
    ASSERT_TRUE(window.wait([&] {
        const auto trouble = window.app->game().state().trouble;
        return trouble && !trouble->can_retry;
    }));
    window.settle();
    EXPECT_FALSE(window.shows("Try again with Illegal"));
    window.key(SDLK_ESCAPE);
    EXPECT_TRUE(window.app->game().state().trouble) << "nothing was chosen";
    window.click_item("Choose…");
    window.click_item("End the game: you win");
    ASSERT_TRUE(window.match().is_over());
    EXPECT_EQ(window.match().outcome()->ending, Ending::illegal_move);
}

TEST(Trouble, AnotherEnginePlaysOn) {
    Troubled window;
    const std::string id = window.app->game().state().trouble->stand_in;
    ASSERT_FALSE(id.empty());
    window.click_item("Let " + window.registry->find_engine(id)->name + " play on");
    ASSERT_TRUE(window.wait_for_person());
    EXPECT_EQ(window.match().plies(), 2u);
    EXPECT_EQ(window.match().seats()[1].engine, id);
}

} // namespace
} // namespace parlour::test
