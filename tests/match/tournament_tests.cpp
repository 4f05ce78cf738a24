// Tournaments: arithmetic against values worked out by hand, endings, and that the result does not depend on threads.
#include "fake_engines.hpp"
#include "fake_games.hpp"
#include "host/match/engine_runner.hpp"
#include "host/match/tournament.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace parlour::host {
namespace {

using namespace fake;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::uint64_t endings(const TournamentResult &result, Ending ending) {
    return result.endings[static_cast<std::size_t>(ending)];
}
Seat quick(const std::string &engine) {
    return Seat::of_engine(engine, 10, {}, {.nodes = 100});
}
TournamentSetup nim(std::vector<std::string> engines, std::size_t games, const OptionMap &options = {}) {
    TournamentSetup setup{.game = make_game<Nim>(options), .games = games};
    for (const std::string &engine : engines) setup.contestants.push_back(quick(engine));
    setup.create_engine = engine_by_id;
    setup.now = [] { return 0ns; };
    return setup;
}

TEST(Elo, AgainstValuesWorkedOutByHand) {
    EXPECT_DOUBLE_EQ(estimate_elo(10, 0, 10).elo, 0);
    EXPECT_NEAR(estimate_elo(75, 0, 25).elo, 190.8485, 1e-3); // 400 log10 3
    EXPECT_NEAR(estimate_elo(50, 50, 0).elo, 190.8485, 1e-3); // the same score
    EXPECT_NEAR(estimate_elo(64, 0, 36).elo, 99.9510, 1e-3);  // 400 log10 (16 / 9)
    // 60 of 100: s = 0.6, standard error sqrt(0.24 / 100) = 0.048990, so 0.503980 to 0.696020.
    const EloEstimate sixty = estimate_elo(60, 0, 40);
    EXPECT_NEAR(sixty.low, 400 * std::log10(0.503980 / 0.496020), 0.01);
    EXPECT_NEAR(sixty.high, 400 * std::log10(0.696020 / 0.303980), 0.01);
    EXPECT_NEAR(sixty.error, (sixty.high - sixty.low) / 2, 1e-9);
    EXPECT_NEAR(sixty.los, 0.977250, 1e-5); // two standard deviations
    EXPECT_LT(estimate_elo(20, 80, 0).error, estimate_elo(60, 0, 40).error) << "draws make it surer";
    EXPECT_DOUBLE_EQ(estimate_elo(0, 10, 0).los, 0.5);
    EXPECT_DOUBLE_EQ(estimate_elo(0, 0, 0).los, 0.5);
    EXPECT_EQ(estimate_elo(5, 0, 0).elo, HUGE_VAL);
    EXPECT_EQ(estimate_elo(0, 0, 5).elo, -HUGE_VAL);
    EXPECT_EQ(estimate_elo(5, 0, 0).error, HUGE_VAL);
}

TEST(Elo, TurnsAroundWithTheSides) {
    const EloEstimate one = estimate_elo(30, 20, 10), other = estimate_elo(10, 20, 30);
    EXPECT_NEAR(one.elo, -other.elo, 1e-9);
    EXPECT_NEAR(one.low, -other.high, 1e-9);
    EXPECT_NEAR(one.los, 1 - other.los, 1e-12);
}

TEST(CountGame, WinsDrawsLossesPointsAndFaults) {
    TournamentResult result;
    result.scores.resize(3);
    Outcome outcome{.utilities = {1, 1, -2}, .winners = {0, 1}};
    count_game(result, {.contestants = {2, 0, 1}, .outcome = outcome});
    EXPECT_EQ(result.scores[2].draws, 1u) << "a shared win";
    EXPECT_DOUBLE_EQ(result.scores[2].points, 0.5);
    EXPECT_EQ(result.scores[1].losses, 1u);
    EXPECT_DOUBLE_EQ(result.scores[1].utility, -2);
    count_game(result, {.contestants = {0, 1, 2}, .outcome = {.utilities = {0, 0, 0}}});
    EXPECT_DOUBLE_EQ(result.scores[0].points, 0.5 + 1.0 / 3);
    count_game(result, {.contestants = {0, 1, 2},
                        .outcome = {.utilities = {2, -1, -1}, .ending = Ending::crash, .fault = 1, .winners = {0}}});
    EXPECT_EQ(result.scores[0].wins, 1u);
    EXPECT_EQ(result.scores[1].faults[static_cast<std::size_t>(Ending::crash)], 1u);
    EXPECT_EQ(endings(result, Ending::crash), 1u);
    EXPECT_EQ(endings(result, Ending::normal), 2u);
    EXPECT_EQ(result.games, 3u);
}

TEST(Tournament, TheBetterEngineWinsFromBothSides) {
    std::size_t heard = 0;
    TournamentSetup setup = nim({"nim_master", "last"}, 10);
    setup.on_game = [&](const TournamentResult &so_far, const TournamentGame &) { EXPECT_EQ(so_far.games, ++heard); };
    const Result<TournamentResult> result = run_tournament(setup);
    ASSERT_TRUE(result.ok()) << result.sentence();
    EXPECT_EQ(heard, 10u);
    EXPECT_EQ(result->scores[0].name, "nim_master");
    EXPECT_EQ(result->scores[0].wins, 10u);
    EXPECT_EQ(result->scores[1].losses, 10u);
    EXPECT_EQ(result->elo->elo, HUGE_VAL);
    EXPECT_FALSE(result->stopped);
    ASSERT_EQ(result->list.size(), 10u);
    EXPECT_THAT(result->list[0].contestants, ElementsAre(0, 1));
    EXPECT_THAT(result->list[1].contestants, ElementsAre(1, 0));
}

TEST(Tournament, EveryEngineHearsTheEndOfEachGame) {
    Listener::told = 0;
    ASSERT_TRUE(run_tournament(nim({"listener", "last"}, 6)));
    EXPECT_EQ(Listener::told, 6);
    Listener::told = 0;
    ASSERT_TRUE(run_tournament(nim({"listener", "listener"}, 3)));
    EXPECT_EQ(Listener::told, 6) << "once a seat";
}

TEST(Tournament, SidesRotateAmongMoreThanTwo) {
    const Result<TournamentResult> three = run_tournament(nim({"last", "seeded", "last"}, 4, {{"players", "3"}}));
    ASSERT_TRUE(three.ok()) << three.sentence();
    EXPECT_THAT(three->list[1].contestants, ElementsAre(1, 2, 0));
    EXPECT_THAT(three->list[3].contestants, ElementsAre(0, 1, 2));
    EXPECT_EQ(three->scores[2].name, "last #2");
    EXPECT_FALSE(three->elo);
    const Result<TournamentResult> two = run_tournament(nim({"last", "seeded"}, 2, {{"players", "4"}}));
    ASSERT_TRUE(two.ok());
    EXPECT_THAT(two->list[0].contestants, ElementsAre(0, 1, 0, 1));
    EXPECT_EQ(two->scores[0].games, 4u);
    EXPECT_FALSE(two->elo);
}

TEST(Tournament, TheResultIsTheSameWhateverTheConcurrency) {
    for (const bool chance : {false, true}) {
        std::vector<std::string> texts;
        for (const std::uint32_t concurrency : {1u, 2u, 5u}) {
            TournamentSetup setup = nim({"seeded", "seeded"}, 40, {{"heap", "50"}});
            if (chance) setup.game = make_game<Dice>();
            setup.concurrency = concurrency;
            setup.seed = 99;
            setup.keep_records = true;
            const Result<TournamentResult> result = run_tournament(setup);
            ASSERT_TRUE(result.ok()) << result.sentence();
            std::string text;
            for (const TournamentGame &game : result->list) text += write_record(*game.record);
            texts.push_back(text);
        }
        EXPECT_EQ(texts[0], texts[1]);
        EXPECT_EQ(texts[0], texts[2]);
        const Result<std::vector<Record>> records = parse_records(texts[0]);
        ASSERT_TRUE(records.ok()) << records.sentence();
        ASSERT_EQ(records->size(), 40u);
        for (std::size_t at = 0; at < 40; ++at) {
            EXPECT_EQ((*records)[at].extra.at("Round"), std::to_string(at + 1));
            EXPECT_EQ((*records)[at].seed, (*records)[at - at % 2].seed) << "a rotation shares its seed";
            EXPECT_TRUE(load_record((*records)[at], game_by_id).ok());
        }
        EXPECT_NE((*records)[0].seed, (*records)[2].seed);
    }
}

TEST(Tournament, EnginesRememberWithinAGameAndForgetBetweenGames) {
    const Result<TournamentResult> result = [] {
        TournamentSetup setup = nim({"counting", "counting"}, 3, {{"heap", "6"}});
        setup.keep_records = true;
        return run_tournament(setup);
    }();
    ASSERT_TRUE(result.ok()) << result.sentence();
    for (const TournamentGame &game : result->list) {
        std::string moves;
        for (const RecordPly &ply : game.record->plies) moves += ply.text.back();
        EXPECT_EQ(moves, "1122");
    }
}

TEST(Tournament, BadEnginesLoseByName) {
    const std::pair<const char *, Ending> rows[] = {{"failing", Ending::crash},
                                                    {"illegal", Ending::illegal_move},
                                                    {"not_this_game", Ending::crash},
                                                    {"resigning", Ending::resign}};
    for (const auto &[engine, ending] : rows) {
        const Result<TournamentResult> result = run_tournament(nim({"last", engine}, 6));
        ASSERT_TRUE(result.ok()) << result.sentence();
        EXPECT_EQ(result->scores[0].wins, 6u) << engine;
        EXPECT_EQ(endings(*result, ending), 6u) << engine;
        EXPECT_EQ(result->scores[1].faults[static_cast<std::size_t>(ending)], 6u);
        EXPECT_EQ(result->scores[0].faults[static_cast<std::size_t>(ending)], 0u);
    }
}

TEST(Tournament, WhoIgnoresTheHardTimeLosesOnTime) {
    TournamentSetup setup = nim({"last", "sleeper"}, 2);
    setup.contestants[1].limits = {.time = 1ms};
    setup.grace = 20ms;
    const Result<TournamentResult> result = run_tournament(setup);
    ASSERT_TRUE(result.ok()) << result.sentence();
    EXPECT_EQ(endings(*result, Ending::time), 2u);
    EXPECT_EQ(result->scores[1].losses, 2u);
    EXPECT_THAT(result->list[0].outcome.detail, HasSubstr("did not answer within 1ms"));
}

TEST(Tournament, WhoThinksForEverWithoutATimeLimitStalls) {
    TournamentSetup setup = nim({"last", "sleeper"}, 2);
    setup.longest_search = 20ms;
    const Result<TournamentResult> result = run_tournament(setup);
    ASSERT_TRUE(result.ok()) << result.sentence();
    EXPECT_EQ(endings(*result, Ending::stall), 2u);
}

TEST(Tournament, WhoDoesNotEvenStopIsReplacedAndTheRestIsPlayed) {
    Stuck::released = false;
    TournamentSetup setup = nim({"last", "stuck"}, 3);
    setup.contestants[1].limits = {.time = 1ms};
    setup.grace = 20ms;
    setup.concurrency = 2;
    const Result<TournamentResult> result = run_tournament(setup);
    ASSERT_TRUE(result.ok()) << result.sentence();
    EXPECT_EQ(endings(*result, Ending::stall), 3u);
    EXPECT_EQ(result->scores[0].wins, 3u);
    Stuck::released = true;
    while (EngineRunner::lost_threads() > 0) std::this_thread::yield();
}

TEST(Tournament, TheGameClockCounts) {
    std::atomic<std::int64_t> ticks{0};
    TournamentSetup setup = nim({"last", "last"}, 1, {{"heap", "200"}});
    setup.now = [&] { return std::chrono::nanoseconds(std::chrono::seconds(ticks++)); };
    setup.time = TimeControl::total(20s);
    const Result<TournamentResult> result = run_tournament(setup);
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(endings(*result, Ending::time), 1u);
}

TEST(Tournament, LongGamesAreCutOff) {
    TournamentSetup setup = nim({"last", "last"}, 2, {{"heap", "200"}});
    setup.max_plies = 10;
    const Result<TournamentResult> result = run_tournament(setup);
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(endings(*result, Ending::too_long), 2u);
    EXPECT_EQ(result->scores[0].draws, 2u);
    EXPECT_EQ(result->list[0].plies, 10u);
}

TEST(Tournament, StopsWhenToldTo) {
    std::atomic<bool> stop{false};
    TournamentSetup setup = nim({"last", "seeded"}, 1'000'000);
    setup.concurrency = 2;
    setup.stop = &stop;
    setup.on_game = [&](const TournamentResult &so_far, const TournamentGame &) { stop = so_far.games >= 5; };
    const Result<TournamentResult> result = run_tournament(setup);
    ASSERT_TRUE(result.ok());
    EXPECT_TRUE(result->stopped);
    EXPECT_GE(result->games, 5u);
    EXPECT_LT(result->games, 100u);
}

TEST(Tournament, StopsInTheMiddleOfALongSearch) {
    std::atomic<bool> stop{true};
    TournamentSetup setup = nim({"sleeper", "sleeper"}, 2);
    setup.stop = &stop;
    std::thread later([&] {
        std::this_thread::sleep_for(20ms);
        stop = true;
    });
    stop = false;
    const Result<TournamentResult> result = run_tournament(setup);
    later.join();
    ASSERT_TRUE(result.ok());
    EXPECT_TRUE(result->stopped);
    EXPECT_EQ(result->games, 0u);
}

TEST(Tournament, AOnePlayerGameIsWonOrLost) {
    TournamentSetup setup = nim({"last"}, 3);
    setup.game = make_game<Patience>();
    const Result<TournamentResult> result = run_tournament(setup);
    ASSERT_TRUE(result.ok()) << result.sentence();
    EXPECT_EQ(result->scores[0].losses, 3u); // 2 + 2 + 2
}

TEST(Tournament, WrongSetupsAreSentences) {
    EXPECT_FALSE(run_tournament({}).ok());
    EXPECT_THAT(run_tournament(nim({"last", "last", "last"}, 2)).sentence(), HasSubstr("seats for 2 players"));
    EXPECT_THAT(run_tournament(nim({"last", "nobody"}, 2)).sentence(), HasSubstr("no engine \"nobody\""));
    EXPECT_THAT(run_tournament(nim({"last", "last"}, 0)).sentence(), HasSubstr("at least one game"));
    TournamentSetup persons = nim({"last", "last"}, 2);
    persons.contestants[0] = Seat::person("Anna");
    EXPECT_THAT(run_tournament(persons).sentence(), HasSubstr("not Anna"));
    TournamentSetup crowd = nim({"last", "last"}, 2);
    crowd.concurrency = 1000;
    EXPECT_THAT(run_tournament(crowd).sentence(), HasSubstr("from 1 to 64"));
}

} // namespace
} // namespace parlour::host
