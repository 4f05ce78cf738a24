#include "host/plugins/engine.hpp"
#include "plugins/test_games.hpp"

#include <parlour/engine.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <thread>

namespace parlour::host {
namespace {

using testing::HasSubstr;
using tests::HideAndGuess;

// An engine that does what the test says.
struct Script {
    std::function<parlour_status(const parlour_root &, const parlour_limits &, const parlour_control &,
                                 parlour_result &, parlour_error &)>
        search;
    parlour_status bind_status = PARLOUR_OK;
    int bound = 0, destroyed = 0;
};

const parlour_engine_api script_api{
    sizeof(parlour_engine_api),
    0,
    [](void *self, const parlour_game *, parlour_error *error) -> parlour_status {
        auto &script = *static_cast<Script *>(self);
        ++script.bound;
        if (script.bind_status != PARLOUR_OK) return fail(error, script.bind_status, "it is too difficult");
        return PARLOUR_OK;
    },
    [](void *self, const parlour_root *root, const parlour_limits *limits, const parlour_control *control,
       parlour_result *result, parlour_error *error) -> parlour_status {
        return static_cast<Script *>(self)->search(*root, *limits, *control, *result, *error);
    },
    [](void *self) { ++static_cast<Script *>(self)->destroyed; },
    nullptr};

class EngineTest : public testing::Test {
protected:
    Result<SearchResult> search(const SearchLimits &limits = {},
                                const std::function<void(const SearchInfo &)> &on_info = {}) {
        return engine_.search({&state_, &state_, {}}, limits, stop_, on_info);
    }
    void answer(Move move) {
        script_.search = [=](const parlour_root &, const parlour_limits &, const parlour_control &,
                             parlour_result &result, parlour_error &) {
            result.move = move;
            return PARLOUR_OK;
        };
    }

    Script script_;
    LoadedEngine engine_{{&script_api, &script_}, "script", "Script"};
    GamePtr game_ = tests::make_game<HideAndGuess>();
    StateBuffer state_ = game_->initial(1);
    std::atomic<std::uint32_t> stop_{PARLOUR_GO};
};

TEST_F(EngineTest, NeedsAGameFirst) {
    answer(1);
    EXPECT_THAT(search().sentence(), HasSubstr("before it was given a game"));
}

TEST_F(EngineTest, KeepsItsGameAliveUntilTheNextBind) {
    ASSERT_TRUE(engine_.bind(game_));
    EXPECT_EQ(game_.use_count(), 2);
    ASSERT_TRUE(engine_.bind(tests::make_game<HideAndGuess>()));
    EXPECT_EQ(game_.use_count(), 1);
}

TEST_F(EngineTest, RefusedBindSaysWhy) {
    script_.bind_status = PARLOUR_E_UNSUPPORTED;
    const Result<void> bound = engine_.bind(game_);
    ASSERT_FALSE(bound);
    EXPECT_EQ(bound.sentence(), "Script cannot play Hide and Guess: it is too difficult");
    EXPECT_FALSE(search());
}

TEST_F(EngineTest, PassesOnALegalMove) {
    ASSERT_TRUE(engine_.bind(game_));
    answer(2);
    const auto result = search();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->move, 2u);
    EXPECT_FALSE(result->value);
}

TEST_F(EngineTest, IllegalMoveIsAProblem) {
    ASSERT_TRUE(engine_.bind(game_));
    for (const Move move : {Move{0}, Move{4}, Move{PARLOUR_MOVE_NONE}}) {
        answer(move);
        const auto result = search();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.problem().code, PARLOUR_E_ILLEGAL);
        EXPECT_THAT(result.sentence(), HasSubstr("Script"));
        EXPECT_THAT(result.sentence(), HasSubstr(std::to_string(move)));
    }
}

TEST_F(EngineTest, MoveOutsideOfThoseAllowedIsAProblem) {
    ASSERT_TRUE(engine_.bind(game_));
    answer(2);
    SearchLimits limits;
    limits.only = {1, 3};
    EXPECT_THAT(search(limits).sentence(), HasSubstr("not among the moves"));
    limits.only = {2};
    EXPECT_TRUE(search(limits));
}

TEST_F(EngineTest, LimitsArriveAsTheyWereSet) {
    ASSERT_TRUE(engine_.bind(game_));
    parlour_limits seen{};
    script_.search = [&](const parlour_root &, const parlour_limits &limits, const parlour_control &,
                         parlour_result &result, parlour_error &) {
        seen = limits;
        result.move = 1;
        return PARLOUR_OK;
    };
    SearchLimits limits;
    limits.nodes = 100;
    limits.hard_time = std::chrono::milliseconds(5);
    limits.strength = 300;
    limits.lines = 0;
    limits.seed = 9;
    ASSERT_TRUE(search(limits));
    EXPECT_EQ(seen.mask, PARLOUR_LIMIT_NODES | PARLOUR_LIMIT_HARD_TIME | PARLOUR_LIMIT_STRENGTH);
    EXPECT_EQ(seen.nodes, 100u);
    EXPECT_EQ(seen.hard_ns, 5'000'000u);
    EXPECT_EQ(seen.strength, 300u);
    EXPECT_EQ(seen.lines, 1u);
    EXPECT_EQ(seen.seed, 9u);
}

TEST_F(EngineTest, HiddenGameIsSearchedFromTheViewOnly) {
    ASSERT_TRUE(engine_.bind(game_));
    ASSERT_TRUE(game_->play(state_, 3));
    script_.search = [&](const parlour_root &root, const parlour_limits &, const parlour_control &,
                         parlour_result &result, parlour_error &) {
        EXPECT_EQ(root.player, 1u);
        EXPECT_EQ(game_->ref().state_text(root.state), "9/0");
        EXPECT_EQ(root.start, nullptr);
        EXPECT_EQ(root.n_moves, 0u);
        result.move = 1;
        return PARLOUR_OK;
    };
    EXPECT_TRUE(search());
}

TEST_F(EngineTest, EngineThatWritesIntoThePositionHurtsNobody) {
    ASSERT_TRUE(engine_.bind(game_));
    script_.search = [&](const parlour_root &root, const parlour_limits &, const parlour_control &,
                         parlour_result &result, parlour_error &) {
        static_cast<char *>(const_cast<void *>(root.state))[0] = 3;
        result.move = 1;
        return PARLOUR_OK;
    };
    ASSERT_TRUE(search());
    EXPECT_EQ(game_->state_text(state_), "0/0");
}

TEST_F(EngineTest, NonsenseValuesAreLeftOut) {
    ASSERT_TRUE(engine_.bind(game_));
    float value = std::nanf("");
    script_.search = [&](const parlour_root &, const parlour_limits &, const parlour_control &control,
                         parlour_result &result, parlour_error &) {
        parlour_info info{};
        info.size = sizeof info;
        info.mask = PARLOUR_INFO_VALUE | PARLOUR_INFO_TEXT;
        info.value = value;
        info.text = "two\nlines \xff";
        control.info(control.context, &info);
        result.move = 1;
        result.value = value;
        result.flags = PARLOUR_RESULT_VALUE | PARLOUR_RESULT_PROVEN;
        return PARLOUR_OK;
    };
    std::vector<SearchInfo> infos;
    const auto listen = [&](const SearchInfo &info) { infos.push_back(info); };
    auto result = search({}, listen);
    ASSERT_TRUE(result);
    EXPECT_FALSE(result->value);
    EXPECT_FALSE(result->proven);
    ASSERT_EQ(infos.size(), 1u);
    EXPECT_FALSE(infos[0].value);
    EXPECT_EQ(infos[0].rank, 1u);
    EXPECT_EQ(infos[0].text, "two lines ?");
    value = 2.5f;
    result = search({}, listen);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->value, 1.0f);
    EXPECT_EQ(infos[1].value, 1.0f);
}

TEST_F(EngineTest, ReportAfterTheEndIsNotHeard) {
    ASSERT_TRUE(engine_.bind(game_));
    std::thread late;
    std::atomic<bool> over{false};
    script_.search = [&](const parlour_root &, const parlour_limits &, const parlour_control &control,
                         parlour_result &result, parlour_error &) {
        late = std::thread([&over, control] {
            while (!over) std::this_thread::yield();
            parlour_info info{};
            info.size = sizeof info;
            control.info(control.context, &info);
        });
        result.move = 1;
        return PARLOUR_OK;
    };
    int heard = 0;
    EXPECT_TRUE(search({}, [&](const SearchInfo &) { ++heard; }));
    over = true;
    late.join();
    EXPECT_EQ(heard, 0);
}

TEST_F(EngineTest, ExceptionsOfTheEngineAreAProblemAndOfTheListenerComeBack) {
    ASSERT_TRUE(engine_.bind(game_));
    script_.search = [](const parlour_root &, const parlour_limits &, const parlour_control &, parlour_result &,
                        parlour_error &) -> parlour_status { throw 1; };
    EXPECT_THAT(search().sentence(), HasSubstr("threw an exception"));
    script_.search = [](const parlour_root &, const parlour_limits &, const parlour_control &control,
                        parlour_result &result, parlour_error &) -> parlour_status {
        parlour_info info{};
        info.size = sizeof info;
        control.info(control.context, &info);
        result.move = 1;
        return PARLOUR_OK;
    };
    EXPECT_THROW(static_cast<void>(search({}, [](const SearchInfo &) { throw std::logic_error("listener"); })),
                 std::logic_error);
    EXPECT_TRUE(search());
}

TEST_F(EngineTest, FailureSaysWhy) {
    ASSERT_TRUE(engine_.bind(game_));
    script_.search = [](const parlour_root &, const parlour_limits &, const parlour_control &, parlour_result &,
                        parlour_error &error) { return fail(&error, PARLOUR_E_STOPPED, "I was stopped"); };
    const auto result = search();
    EXPECT_EQ(result.problem().code, PARLOUR_E_STOPPED);
    EXPECT_EQ(result.sentence(), "Script found no move: I was stopped");
}

TEST_F(EngineTest, IsNotAskedWhereNobodyMoves) {
    ASSERT_TRUE(engine_.bind(game_));
    answer(1);
    ASSERT_TRUE(game_->play(state_, 1));
    ASSERT_TRUE(game_->play(state_, 1));
    EXPECT_THAT(search().sentence(), HasSubstr("where no player is to move"));
}

TEST_F(EngineTest, StopWordIsTheCallers) {
    ASSERT_TRUE(engine_.bind(game_));
    script_.search = [&](const parlour_root &, const parlour_limits &, const parlour_control &control,
                         parlour_result &result, parlour_error &) {
        while (__atomic_load_n(control.stop, __ATOMIC_RELAXED) == PARLOUR_GO) std::this_thread::yield();
        result.move = 1;
        return PARLOUR_OK;
    };
    std::thread stopper([&] { stop_ = PARLOUR_STOP_NOW; });
    EXPECT_TRUE(search());
    stopper.join();
}

TEST(EngineLife, IsDestroyedOnce) {
    Script script;
    { const LoadedEngine engine({&script_api, &script}, "script", "Script"); }
    EXPECT_EQ(script.destroyed, 1);
}

} // namespace
} // namespace parlour::host
