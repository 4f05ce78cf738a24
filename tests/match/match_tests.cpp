// One match: who moves, refusals, chance, endings, views, clocks.
#include "fake_games.hpp"
#include "made_match.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parlour::host {
namespace {

using namespace fake;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Match nim(std::uint32_t players = 2, std::uint32_t heap = 10) {
    return make_match(
        {.game = make_game<Nim>({{"players", std::to_string(players)}, {"heap", std::to_string(heap)}})});
}
void play_all(Match &match, std::initializer_list<Move> moves) {
    for (const Move move : moves) ASSERT_TRUE(match.play(move, 0s).ok());
}

TEST(Match, TheGameSaysWhoMoves) {
    Match match = nim(3);
    for (const std::uint32_t player : {0u, 1u, 2u, 0u}) {
        EXPECT_EQ(match.to_move(), player);
        ASSERT_TRUE(match.play(1, 0s).ok());
    }
    EXPECT_EQ(match.ply(2).player, 2u);
    EXPECT_EQ(match.ply(2).text, "take 1");
    EXPECT_THAT(match.legal_moves(), ElementsAre(1, 2, 3));
}

TEST(Match, AnIllegalMoveIsRefusedWithTheGamesSentenceAndNothingChanges) {
    Match match = nim();
    const Result<void> refused = match.play(7, 0s);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.problem().code, PARLOUR_E_ILLEGAL);
    EXPECT_THAT(refused.sentence(), HasSubstr("not legal"));
    EXPECT_THAT(match.play_text("take 9", 0s).sentence(), HasSubstr("a legal one is take 1"));
    EXPECT_EQ(match.plies(), 0u);
    EXPECT_EQ(match.to_move(), 0u);
    EXPECT_TRUE(match.play_text("take 3", 0s).ok());
}

TEST(Match, EndsByTheRulesWithASentence) {
    Match match = nim(2, 5);
    play_all(match, {3, 2});
    ASSERT_TRUE(match.is_over());
    EXPECT_EQ(match.outcome()->ending, Ending::normal);
    EXPECT_EQ(match.outcome()->sentence, "East wins by taking the last one.");
    EXPECT_THAT(match.outcome()->utilities, ElementsAre(-1, 1));
    EXPECT_THAT(match.outcome()->winners, ElementsAre(1));
    EXPECT_FALSE(match.to_move());
    EXPECT_TRUE(match.legal_moves().empty());
    EXPECT_THAT(match.play(1, 0s).sentence(), HasSubstr("East wins"));
}

TEST(Match, EveryEndingHasANameASentenceAndALoser) {
    struct Row {
        Ending ending;
        const char *name, *sentence;
        bool fault;
    };
    const Row rows[] = {
        {Ending::resign, "resign", "South resigns; North and East win.", true},
        {Ending::time, "time", "South ran out of time; North and East win.", true},
        {Ending::illegal_move, "illegal move", "South made an illegal move; North and East win.", true},
        {Ending::crash, "crash", "South's engine failed; North and East win.", true},
        {Ending::stall, "stall", "South's engine did not answer; North and East win.", true},
        {Ending::agreed_draw, "agreed draw", "Draw by agreement.", false},
        {Ending::too_long, "too long", "The game was stopped because it went on for too long.", false},
        {Ending::rules_failed, "rules failed", "The game was stopped because its rules failed.", false},
        {Ending::abandoned, "abandoned", "The game was given up without a result.", false},
    };
    for (const Row &row : rows) {
        Match match = nim(3);
        ASSERT_TRUE(match.finish(row.ending, 2, "why", 0s));
        EXPECT_FALSE(match.finish(Ending::resign, 0, {}, 0s)) << "over is over";
        EXPECT_EQ(match.outcome()->sentence, row.sentence);
        EXPECT_EQ(ending_text(row.ending), row.name);
        EXPECT_EQ(parse_ending(row.name), row.ending);
        EXPECT_EQ(has_fault(row.ending), row.fault);
        if (row.fault) {
            EXPECT_EQ(match.outcome()->fault, 2u);
            EXPECT_THAT(match.outcome()->utilities, ElementsAre(0.5f, 0.5f, -1.0f)) << "it adds up to zero";
        } else {
            EXPECT_FALSE(match.outcome()->fault);
            EXPECT_THAT(match.outcome()->utilities, ElementsAre(1, 1, 1));
        }
    }
    EXPECT_FALSE(parse_ending("no such ending"));
}

TEST(Match, AGameForOneIsWonOrLost) {
    Match won = make_match({.game = make_game<Patience>()});
    play_all(won, {2, 2, 1});
    EXPECT_EQ(won.outcome()->sentence, "Won.");
    EXPECT_THAT(won.outcome()->winners, ElementsAre(0));
    Match lost = make_match({.game = make_game<Patience>()});
    play_all(lost, {2, 2, 2});
    EXPECT_EQ(lost.outcome()->sentence, "Lost.");
    Match given_up = make_match({.game = make_game<Patience>()});
    EXPECT_TRUE(given_up.resign(0, 0s));
    EXPECT_EQ(given_up.outcome()->sentence, "Player 1 resigns.");
    EXPECT_TRUE(given_up.outcome()->winners.empty());
}

TEST(Match, ChanceDecidesFromTheSeed) {
    const auto rolls = [](std::uint64_t seed) {
        Match match = make_match({.game = make_game<Dice>(), .seed = seed});
        std::string out;
        while (!match.is_over()) {
            if (!match.play(Dice::roll, 0s)) break;
            EXPECT_EQ(match.settle(0s), 1u);
            EXPECT_TRUE(match.ply(match.plies() - 1).is_chance());
            out += match.ply(match.plies() - 1).text;
        }
        return out;
    };
    EXPECT_EQ(rolls(1), rolls(1));
    EXPECT_NE(rolls(1) + rolls(2) + rolls(3), rolls(4) + rolls(5) + rolls(6));
}

TEST(Match, NobodyMovesForChanceAndChanceForNobody) {
    Match match = make_match({.game = make_game<Dice>()});
    EXPECT_FALSE(match.play_chance(3, 0s).ok());
    ASSERT_TRUE(match.play(Dice::roll, 0s).ok());
    EXPECT_FALSE(match.to_move());
    EXPECT_THAT(match.play(Dice::roll, 0s).sentence(), HasSubstr("chance decides"));
    EXPECT_FALSE(match.play_chance(7, 0s).ok());
    ASSERT_TRUE(match.play_chance(5, 0s).ok());
    EXPECT_EQ(match.game().state_text(match.state()), "5 0 0 0");
}

TEST(Match, TooLongIsAnEnding) {
    Match match = make_match({.game = make_game<Broken>(), .max_plies = 5});
    play_all(match, {0, 0, 0, 0, 0});
    ASSERT_TRUE(match.is_over());
    EXPECT_EQ(match.outcome()->ending, Ending::too_long);
}

TEST(Match, RulesThatFailEndTheMatchAndBlameNobody) {
    for (const Move move : {1u, 2u, 3u, 4u}) {
        Match match = make_match({.game = make_game<Broken>()});
        static_cast<void>(match.play(move, 0s));
        match.settle(0s);
        ASSERT_TRUE(match.is_over()) << move;
        EXPECT_EQ(match.outcome()->ending, Ending::rules_failed) << move;
        EXPECT_FALSE(match.outcome()->fault) << move;
        EXPECT_FALSE(match.outcome()->detail.empty()) << move;
    }
}

TEST(Match, WrongSetupsAreRefusedWithASentence) {
    EXPECT_FALSE(Match::create({}).ok());
    EXPECT_THAT(Match::create({.game = make_game<Nim>(), .seats = std::vector<Seat>(3)}).sentence(),
                HasSubstr("seats for 2 players"));
    StateBuffer wrong(sizeof(Nim::State));
    std::memset(wrong.data(), 0xff, sizeof(Nim::State));
    EXPECT_THAT(Match::create({.game = make_game<Nim>(), .start = wrong}).sentence(), HasSubstr("too many"));
}

TEST(Match, StartsFromAnyPosition) {
    const GamePtr game = make_game<Nim>();
    Match match = make_match({.game = game, .start = *game->parse_state("3 1")});
    EXPECT_EQ(match.to_move(), 1u);
    play_all(match, {3});
    EXPECT_EQ(match.outcome()->winners, std::vector<std::uint32_t>{1});
    EXPECT_TRUE(make_match({.game = game, .start = *game->parse_state("0 1")}).is_over());
}

TEST(Match, TimeIsChargedToWhoMovesAndRunsOut) {
    Match match = make_match({.game = make_game<Nim>(), .time = TimeControl::total(60s, 1s)});
    match.start_clock(0s);
    ASSERT_TRUE(match.play(1, 10s).ok());
    EXPECT_EQ(match.ply(0).used, 10s);
    EXPECT_EQ(match.clock().remaining(0, 20s), 51s);
    EXPECT_EQ(match.clock().remaining(1, 20s), 50s);
    EXPECT_FALSE(match.check_time(69s));
    EXPECT_THAT(match.play(1, 70s).sentence(), HasSubstr("time is over"));
    EXPECT_FALSE(match.is_over()) << "a refusal changes nothing";
    EXPECT_TRUE(match.check_time(70s));
    EXPECT_EQ(match.outcome()->sentence, "East ran out of time; North wins.");
    EXPECT_FALSE(match.clock().running());
}

TEST(Match, ChanceCostsNobodyTime) {
    Match match = make_match({.game = make_game<Dice>(), .time = TimeControl::total(60s)});
    match.start_clock(0s);
    ASSERT_TRUE(match.play(Dice::roll, 10s).ok());
    match.settle(30s);
    EXPECT_EQ(match.clock().remaining(0, 31s), 49s);
    EXPECT_EQ(match.ply(1).used, 0s);
}

TEST(Match, AViewHidesWhatAPlayerCannotKnow) {
    Match match = make_match({.game = make_game<Cards>(), .seed = 5});
    match.settle(0s);
    ASSERT_EQ(match.plies(), 2u);
    const std::string own = match.ply(0).text;
    EXPECT_EQ(match.text_for(0, 0), own);
    EXPECT_EQ(match.text_for(1, 0), "?");
    EXPECT_TRUE(match.is_secret(1, 0));
    EXPECT_FALSE(match.is_secret(0, 0)) << "one's own";
    EXPECT_FALSE(match.is_secret(PARLOUR_VIEWER_ALL, 0)) << "who may see everything";
    EXPECT_EQ(match.text_for(0, 1), "?");
    EXPECT_THAT(match.game().state_text(match.view_for(1)), testing::StartsWith("9 "));
    EXPECT_THAT(match.game().state_text(match.view_for(0)), testing::Not(testing::StartsWith("9 ")));
    play_all(match, {0});
    EXPECT_EQ(match.text_for(1, 2), "stay") << "open moves are open";
    play_all(match, {1});
    EXPECT_EQ(match.text_for(1, 0), own) << "after the end everything is";
    EXPECT_THAT(match.game().state_text(match.view_for(1)), testing::Not(testing::StartsWith("9 ")));
}

TEST(Match, SearchSeedsDifferFromPlyToPly) {
    Match match = nim();
    const std::uint64_t first = match.search_seed();
    play_all(match, {1});
    EXPECT_NE(match.search_seed(), first);
    ASSERT_TRUE(match.undo(0s).ok());
    EXPECT_EQ(match.search_seed(), first);
}

} // namespace
} // namespace parlour::host
