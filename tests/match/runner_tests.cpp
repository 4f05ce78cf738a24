// Engines on threads of their own: results, progress, stops, and those that do not come back.
#include "fake_engines.hpp"
#include "fake_games.hpp"
#include "host/match/engine_runner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parlour::host {
namespace {

using namespace fake;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr std::chrono::nanoseconds long_enough = 60s; // a test that waits so long has failed

SearchJob nim_job(const GamePtr &game, std::uint64_t seed = 1) {
    SearchJob job{game, game->initial(1), {}, {}, {}, false};
    job.limits.seed = seed;
    return job;
}

TEST(EngineRunner, SearchesAndGivesTheResultOnce) {
    EngineRunner runner(make_engine("last"));
    EXPECT_FALSE(runner.busy());
    EXPECT_FALSE(runner.take_result());
    ASSERT_TRUE(runner.start(nim_job(make_game<Nim>()), 0s).ok());
    EXPECT_TRUE(runner.busy());
    const auto result = runner.wait_result(long_enough);
    ASSERT_TRUE(result && *result);
    EXPECT_EQ((*result)->move, 3u);
    EXPECT_EQ((*result)->value, 0.25f);
    EXPECT_FALSE(runner.busy());
    EXPECT_FALSE(runner.take_result());
}

TEST(EngineRunner, TellsTheEndOfTheGameThatWasSearched) {
    const GamePtr game = make_game<Nim>(), another = make_game<Nim>();
    Listener::told = 0;
    {
        EngineRunner runner(make_engine("listener"));
        runner.end_game({game, game->initial(1), game->initial(1), {}, 0}); // it has not played in it
        ASSERT_TRUE(runner.start(nim_job(game), 0s).ok());
        ASSERT_TRUE(runner.wait_result(long_enough));
        runner.end_game({another, game->initial(1), game->initial(1), {1, 2, 3}, 0}); // nor in this one
        ASSERT_TRUE(runner.start(nim_job(game), 0s).ok());
        ASSERT_TRUE(runner.wait_result(long_enough));
        EXPECT_EQ(Listener::told, 0);
        runner.end_game({game, game->initial(1), game->initial(1), {1, 2}, 1});
    } // its end waits until that was told
    EXPECT_EQ(Listener::told, 1);
    EXPECT_EQ(Listener::seat, 1u);
    EXPECT_EQ(Listener::moves, 2u);
}

TEST(EngineRunner, OneSearchAtATime) {
    EngineRunner runner(make_engine("sleeper"));
    const GamePtr game = make_game<Nim>();
    ASSERT_TRUE(runner.start(nim_job(game), 0s).ok());
    EXPECT_THAT(runner.start(nim_job(game), 0s).sentence(), HasSubstr("still thinking"));
    runner.stop(PARLOUR_STOP_NOW, 0s);
    EXPECT_TRUE(runner.wait_result(long_enough));
    EXPECT_TRUE(runner.start(nim_job(game), 0s).ok());
}

TEST(EngineRunner, TheGameBeginsAnewOnlyWhenToldSo) {
    EngineRunner runner(make_engine("seeded"));
    const GamePtr game = make_game<Nim>({{"heap", "100"}});
    const auto ask = [&](bool new_game) {
        SearchJob job = nim_job(game, 5);
        job.new_game = new_game;
        EXPECT_TRUE(runner.start(std::move(job), 0s).ok());
        return (**runner.wait_result(long_enough)).move;
    };
    std::vector<Move> first, second;
    for (int i = 0; i < 20; ++i) first.push_back(ask(i == 0));
    for (int i = 0; i < 20; ++i) second.push_back(ask(i == 0));
    EXPECT_EQ(first, second);
    EXPECT_GT(std::set<Move>(first.begin(), first.end()).size(), 1u) << "searches since the beginning count";
}

TEST(EngineRunner, ProgressIsTheNewestOfEachRankAndWakes) {
    std::atomic<int> wakes{0};
    EngineRunner runner(make_engine("sleeper"), [&] { ++wakes; });
    ASSERT_TRUE(runner.start(nim_job(make_game<Nim>()), 0s).ok());
    std::vector<SearchInfo> first;
    while (first.empty()) first = runner.take_progress();
    ASSERT_EQ(first.size(), 1u);
    EXPECT_EQ(first[0].value, 0.5f);
    EXPECT_EQ(first[0].line.size(), 3u);
    std::vector<SearchInfo> later;
    while (later.empty()) later = runner.take_progress();
    EXPECT_GT(later[0].depth, first[0].depth);
    runner.stop(PARLOUR_STOP_SOON, 0s);
    ASSERT_TRUE(runner.wait_result(long_enough));
    while (wakes < 2) std::this_thread::yield(); // the first progress, and the end
}

TEST(EngineRunner, EveryProgressCanBeHeard) {
    const auto depths = std::make_shared<std::vector<std::uint32_t>>();
    EngineRunner runner(make_engine("sleeper"));
    runner.on_every_progress([depths](const SearchInfo &info) { depths->push_back(info.depth); });
    ASSERT_TRUE(runner.start(nim_job(make_game<Nim>()), 0s).ok());
    while (runner.take_progress().empty()) std::this_thread::yield();
    runner.stop(PARLOUR_STOP_NOW, 0s);
    const auto result = runner.wait_result(long_enough);
    ASSERT_TRUE(result && *result);
    ASSERT_EQ(depths->size(), (*result)->depth);
    for (std::uint32_t at = 0; at < depths->size(); ++at) EXPECT_EQ((*depths)[at], at + 1);
}

TEST(EngineRunner, FailuresAreResults) {
    for (const auto &[id, why] : {std::pair{"failing", "lost its head"},
                                  {"illegal", "not legal"},
                                  {"not_this_game", "only plays other games"}}) {
        EngineRunner runner(make_engine(id));
        ASSERT_TRUE(runner.start(nim_job(make_game<Nim>()), 0s).ok());
        const auto result = runner.wait_result(long_enough);
        ASSERT_TRUE(result);
        EXPECT_FALSE(result->ok());
        EXPECT_THAT(result->sentence(), HasSubstr(why));
    }
}

TEST(EngineRunner, ADiscardedResultIsNeverSeen) {
    EngineRunner runner(make_engine("sleeper"));
    const GamePtr game = make_game<Nim>();
    ASSERT_TRUE(runner.start(nim_job(game), 0s).ok());
    runner.discard(0s);
    EXPECT_FALSE(runner.take_result());
    EXPECT_TRUE(runner.take_progress().empty());
    while (runner.busy()) std::this_thread::yield();
    EXPECT_FALSE(runner.take_result());
    EXPECT_TRUE(runner.start(nim_job(game), 0s).ok());
}

TEST(EngineRunner, OverdueIsPastTheHardTimeOrAStopByTheGrace) {
    EngineRunner runner(make_engine("sleeper"), {}, 250ms);
    SearchJob job = nim_job(make_game<Nim>());
    EXPECT_FALSE(runner.overdue(1h));
    ASSERT_TRUE(runner.start(job, 10s).ok());
    EXPECT_FALSE(runner.overdue_at()) << "nothing limits it";
    runner.stop(PARLOUR_STOP_SOON, 20s);
    EXPECT_EQ(runner.overdue_at(), 20s + 350ms);
    runner.stop(PARLOUR_STOP_NOW, 20s);
    EXPECT_EQ(runner.overdue_at(), 20s + 250ms);
    ASSERT_TRUE(runner.wait_result(long_enough));
    EXPECT_FALSE(runner.overdue(1h)) << "it came back";
    job.limits.hard_time = 2s;
    ASSERT_TRUE(runner.start(job, 30s).ok());
    EXPECT_FALSE(runner.overdue(32s + 250ms));
    EXPECT_TRUE(runner.overdue(32s + 251ms));
}

TEST(EngineRunner, TheEndOfARunnerEndsItsSearch) {
    const GamePtr game = make_game<Nim>();
    {
        EngineRunner runner(make_engine("sleeper"));
        ASSERT_TRUE(runner.start(nim_job(game), 0s).ok());
    }
    EXPECT_EQ(EngineRunner::lost_threads(), 0u);
    EXPECT_EQ(game.use_count(), 1);
}

TEST(EngineRunner, OneThatDoesNotComeBackIsGivenUpAndKeepsWhatItUses) {
    Stuck::released = false;
    std::atomic<int> wakes{0};
    GamePtr game = make_game<Nim>();
    const std::weak_ptr<const Game> watch = game;
    {
        EngineRunner runner(
            make_engine("stuck"), [&] { ++wakes; }, 1ms);
        ASSERT_TRUE(runner.start(nim_job(game), 0s).ok());
        while (Stuck::alive == 0) std::this_thread::yield();
        runner.give_up();
        EXPECT_FALSE(runner.busy());
        EXPECT_FALSE(runner.start(nim_job(game), 0s).ok());
    }
    {
        EngineRunner by_its_end(make_engine("stuck"), {}, 1ms);
        ASSERT_TRUE(by_its_end.start(nim_job(game), 0s).ok());
        while (Stuck::alive == 1) std::this_thread::yield();
    }
    game.reset();
    EXPECT_EQ(EngineRunner::lost_threads(), 2u);
    EXPECT_FALSE(watch.expired()) << "the lost thread still looks at it";
    Stuck::released = true;
    while (EngineRunner::lost_threads() > 0) std::this_thread::yield();
    EXPECT_TRUE(watch.expired());
    EXPECT_EQ(wakes, 0) << "nobody is woken by a lost thread";
}

} // namespace
} // namespace parlour::host
