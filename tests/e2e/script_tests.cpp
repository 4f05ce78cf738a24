// Scripts that come and change while the window is open: it notices, says so, and plays them.
#include <algorithm>
#include <fstream>

#include "host/worker/remote_engine.hpp"
#include "host/worker/support_asker.hpp"
#include "support/scratch_folder.hpp"
#include "tests/e2e/driver.hpp"

namespace parlour::test {
namespace {

namespace fs = std::filesystem;

class WindowScripts : public ::testing::Test {
protected:
    WindowScripts() {
        fs::create_directories(opponents_);
        setenv("XDG_DATA_HOME", (folder_ / "data").c_str(), 1);
    }
    ~WindowScripts() override { unsetenv("XDG_DATA_HOME"); }
    void SetUp() override {
        if (!fs::exists(fs::path(PARLOUR_PLUGIN_DIR) / "python.so"))
            GTEST_SKIP() << "python.so is not built: Python 3.11 was not found";
    }

    std::unique_ptr<Driver> window(bool hold = false) {
        WorkerSetup setup;
        setup.program = PARLOUR_WORKER;
        RegistryOptions options;
        options.search_path = options.shipped_folders = {PARLOUR_PLUGIN_DIR};
        options.probe_program = PARLOUR_PROGRAM;
        options.worker_engines = remote_engine_maker(setup);
        options.worker_support = remote_support_asker(setup);
        options.hold_new_versions = hold;
        auto driver = std::make_unique<Driver>(std::move(options));
        driver->app->watch_plugins();
        return driver;
    }
    void write(const std::string &text) {
        // At once, as editors do: under another name first.
        std::ofstream(folder_ / "new") << text;
        fs::rename(folder_ / "new", opponents_ / "three.py");
    }
    /// Plays this one of the legal moves.
    void write_choice(int index) {
        write("def choose(state, clock):\n    \"Three lines\"\n    return state.legal_moves()[" +
              std::to_string(index) + "]\n");
    }
    static bool wait_for_words(Driver &driver, const std::string &words) {
        return driver.wait([&] { return driver.app->shell().last_message() == words; });
    }

    tests::ScratchFolder folder_;
    fs::path opponents_ = folder_ / "data/parlour/opponents";
};

TEST_F(WindowScripts, AppearAsOpponentsAndPlayAndTheirErrorsAreSaid) {
    const auto driver = window();
    ASSERT_EQ(driver->registry->find_engine("python:three"), nullptr);
    write_choice(0);
    ASSERT_TRUE(wait_for_words(*driver, "three.py is a new opponent."));
    ASSERT_NE(driver->registry->find_engine("python:three"), nullptr);
    driver->start("tic_tac_toe", {Seat::person(), Seat::of_engine("python:three")});
    const Move expected = driver->match().legal_moves().front();
    driver->enter(driver->match().legal_moves().back());
    ASSERT_TRUE(driver->wait([&] { return driver->match().plies() == 2; }));
    EXPECT_EQ(driver->match().moves().back(), expected);

    write("def choose(state, clock):\n    return 0\n  wrong\n");
    ASSERT_TRUE(wait_for_words(*driver, "three.py has an error in line 3; the version before goes on playing."));
    driver->app->show_plugins();
    driver->settle();
    ASSERT_TRUE(driver->shows("Show details"));
    driver->click_item("Show details");
    EXPECT_TRUE(driver->shows("Hide details"));
}

TEST_F(WindowScripts, WhatTheyPrintIsShownBesideTheBoard) {
    write(
        "def choose(state, clock):\n    print('seen', len(state.legal_moves()))\n    return "
        "state.legal_moves()[0]\n");
    const auto driver = window();
    driver->start("tic_tac_toe", {Seat::person(), Seat::of_engine("python:three")});
    EXPECT_FALSE(driver->shows("Copy output"));
    driver->enter(driver->match().legal_moves().back());
    ASSERT_TRUE(driver->wait([&] { return driver->match().plies() == 2; }));
    // "Moves" and "Output" share a plate beside the board.
    ASSERT_TRUE(driver->shows("moves or output/1"));
    driver->click_item("moves or output/1");
    ASSERT_TRUE(driver->shows("Copy output"));
    driver->click_item("Copy output");
    EXPECT_STREQ(ImGui::GetClipboardText(), "seen 8\n");
}

TEST_F(WindowScripts, AskBeforeTheGameTakesANewVersion) {
    write_choice(0);
    const auto driver = window(true);
    driver->start("tic_tac_toe", {Seat::person(), Seat::of_engine("python:three")});
    // Its process begins with its first move.
    driver->enter(driver->match().legal_moves().back());
    ASSERT_TRUE(driver->wait([&] { return driver->match().plies() == 2; }));
    for (const bool take : {false, true}) {
        write_choice(take ? -1 : 1);
        ASSERT_TRUE(wait_for_words(*driver, "three.py has a new version."));
        driver->click_item(take ? "Take the new version" : "Keep the one before");
        EXPECT_FALSE(driver->shows("Take the new version"));
        const std::size_t plies = driver->match().plies();
        std::vector<Move> open = driver->match().legal_moves();
        driver->enter(open.front());
        open.erase(open.begin());
        ASSERT_TRUE(driver->wait([&] { return driver->match().plies() == plies + 2; }));
        EXPECT_EQ(driver->match().moves().back(), take ? open.back() : open.front());
        driver->app->shell().say("between");
    }
}

} // namespace
} // namespace parlour::test
