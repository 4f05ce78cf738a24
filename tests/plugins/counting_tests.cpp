#include "host/plugins/layers/counting.hpp"

#include "host/plugins/layers/layers.hpp"
#include "plugins/test_games.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <thread>
#include <vector>

namespace parlour::host {
namespace {

using tests::HideAndGuess;

GamePtr counted() {
    return std::make_shared<Game>(counting_layer(tests::make_raw<HideAndGuess>()), OptionMap{});
}

TEST(Counting, CountsCallsByFunction) {
    const GamePtr game = counted();
    StateBuffer state = game->initial(1);
    ASSERT_TRUE(game->play(state, 2));
    ASSERT_TRUE(game->play(state, 3));
    game->outcome(state);
    const auto report = nlohmann::json::parse(trace_report_json(*game));
    EXPECT_EQ(report["game"], "hide_and_guess");
    EXPECT_EQ(report["plies"], 2);
    EXPECT_EQ(report["functions"]["apply"]["calls"], 2);
    EXPECT_EQ(report["functions"]["legal"]["calls"], 2);
    EXPECT_EQ(report["functions"]["outcome"]["calls"], 1);
    EXPECT_FALSE(report["functions"].contains("hash"));
    EXPECT_THAT(trace_report(*game), testing::HasSubstr("2 plies"));
}

TEST(Counting, LeavesTheGameAsItIs) {
    const GamePtr plain = tests::make_game<HideAndGuess>(), game = counted();
    EXPECT_EQ(game->id(), plain->id());
    EXPECT_NE(game->ref().hidden(), nullptr);
    EXPECT_NE(game->ref().playout(), nullptr);
    EXPECT_EQ(game->ref().board(), nullptr);
    StateBuffer state = game->initial(1);
    ASSERT_TRUE(game->play(state, 3));
    EXPECT_EQ(game->state_text(game->view(state, 1)), "9/0");
}

TEST(Counting, LosesNothingBetweenThreads) {
    constexpr int threads = 4, calls = 5000;
    const GamePtr game = counted();
    const StateBuffer state = game->initial(1);
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < threads; ++i)
            workers.emplace_back([&] {
                for (int call = 0; call < calls; ++call) game->ref().hash(state.data());
            });
    }
    EXPECT_EQ(nlohmann::json::parse(trace_report_json(*game))["functions"]["hash"]["calls"], threads * calls);
}

} // namespace
} // namespace parlour::host
