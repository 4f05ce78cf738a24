// Games that the window keeps: offered again, opened from the history, exported, deleted.
#include <algorithm>

#include "host/base/atomic_file.hpp"
#include "host/records/store.hpp"
#include "support/scratch_folder.hpp"
#include "tests/e2e/driver.hpp"

namespace parlour::test {
namespace {

std::vector<Seat> two_persons() {
    return {Seat::person(), Seat::person()};
}

class Kept : public ::testing::Test {
protected:
    Kept() {
        auto opened = Store::open(folder / "games.sqlite");
        if (!opened) throw std::runtime_error(opened.sentence());
        store = std::move(*opened);
    }
    std::unique_ptr<Driver> window() {
        return std::make_unique<Driver>(std::vector<std::filesystem::path>{PARLOUR_PLUGIN_DIR}, 1280, 800,
                                        store.get());
    }
    /// Plays moves by their text, each until it is on the board.
    static void play(Driver &driver, const std::vector<std::string> &moves) {
        for (const std::string &text : moves) {
            const std::size_t before = driver.match().plies();
            const auto played = driver.app->game().controller().person_plays(text, driver.app->shell().now());
            ASSERT_TRUE(played) << played.sentence();
            ASSERT_TRUE(driver.wait([&] { return driver.match().plies() > before; }));
        }
    }

    tests::ScratchFolder folder;
    std::unique_ptr<Store> store;
};

TEST_F(Kept, AnUnfinishedGameIsOfferedAtTheNextStartWithItsHistory) {
    {
        const auto driver = window();
        driver->start("tic_tac_toe", two_persons());
        play(*driver, {"b2", "a1"});
    }
    const auto driver = window();
    ASSERT_TRUE(driver->shows("continue Tic-Tac-Toe"));
    driver->click_item("continue Tic-Tac-Toe");
    ASSERT_EQ(driver->app->screen(), App::Screen::game);
    ASSERT_EQ(driver->match().plies(), 2u);
    EXPECT_EQ(driver->match().ply(0).text, "b2");
    EXPECT_EQ(driver->match().ply(1).text, "a1");
    play(*driver, {"a3"});
    const auto all = store->history();
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 1u) << "it is the same game";
    EXPECT_EQ(all->front().plies, 3u);
}

TEST_F(Kept, AnotherGameLeavesTheOneBeforeInTheStore) {
    const auto driver = window();
    driver->start("tic_tac_toe", two_persons());
    play(*driver, {"b2"});
    driver->start("reversi", two_persons());
    EXPECT_NE(driver->app->shell().last_message().find("continued"), std::string::npos);
    play(*driver, {"d3"});
    driver->key(SDLK_ESCAPE);
    ASSERT_EQ(driver->app->screen(), App::Screen::gallery);
    EXPECT_TRUE(driver->shows("continue Tic-Tac-Toe"));
    EXPECT_TRUE(driver->shows("continue Reversi")) << "the one that is paused";
    driver->click_item("continue Tic-Tac-Toe");
    EXPECT_EQ(driver->match().game().id(), "tic_tac_toe");
    EXPECT_EQ(driver->match().plies(), 1u);
}

TEST_F(Kept, TheHistoryShowsExportsAndDeletesGames) {
    const auto driver = window();
    driver->start("tic_tac_toe", two_persons());
    play(*driver, {"b2", "a1", "a3", "c1", "c3", "b1"});
    ASSERT_TRUE(driver->match().is_over());
    driver->start("tic_tac_toe", two_persons());
    driver->app->show_history();
    driver->settle();
    ASSERT_EQ(driver->app->history().games().size(), 1u);
    EXPECT_TRUE(driver->app->history().games().front().finished());

    driver->key(SDLK_RETURN);
    ASSERT_EQ(driver->app->screen(), App::Screen::game);
    EXPECT_EQ(driver->match().plies(), 6u);
    EXPECT_TRUE(driver->match().is_over());

    driver->start("tic_tac_toe", two_persons());
    driver->app->show_history();
    driver->settle();
    driver->click_item("Export…");
    driver->key(SDLK_a, KMOD_CTRL);
    driver->type((folder / "out.parlour").string());
    driver->key(SDLK_RETURN);
    const auto text = read_file(folder / "out.parlour", 1 << 20);
    ASSERT_TRUE(text) << driver->app->shell().last_message();
    const auto records = parse_records(*text);
    ASSERT_TRUE(records) << records.sentence();
    EXPECT_EQ(records->size(), 1u);

    driver->app->show_history(); // the first row has the focus
    driver->settle();
    driver->key(SDLK_DELETE);
    ASSERT_TRUE(driver->shows("Delete"));
    driver->click_item("Delete");
    EXPECT_TRUE(driver->app->history().games().empty()) << driver->app->shell().last_message();
}

TEST_F(Kept, StatisticsCountWonAndLostGames) {
    const auto driver = window();
    driver->start("tic_tac_toe", {Seat::person(), Seat::of_engine("random", 1)});
    ASSERT_TRUE(driver->app->game().controller().resign(driver->app->shell().now()));
    ASSERT_TRUE(driver->wait([&] { return driver->match().is_over(); }));
    driver->app->show_history();
    driver->settle();
    const auto statistics = store->statistics();
    ASSERT_TRUE(statistics);
    ASSERT_EQ(statistics->size(), 1u);
    EXPECT_EQ(statistics->front().lost, 1u);
    driver->app->history().show_statistics();
    driver->settle();
    EXPECT_EQ(driver->app->screen(), App::Screen::history);
}

} // namespace
} // namespace parlour::test
