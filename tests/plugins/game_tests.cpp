#include "host/plugins/game.hpp"
#include "plugins/test_games.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace parlour::host {
namespace {

using testing::HasSubstr;
using tests::HideAndGuess;

// A game whose every optional word is wrong or missing, to see the fallbacks.
struct Odd : HideAndGuess {
    static constexpr GameAbout about{
        .id = "odd", .name = "Odd", .summary = "Odd.", .flags = PARLOUR_GAME_HIDDEN, .max_moves = 3, .move_space = 4};
    void outcome(const State &, float *util) const {
        util[0] = std::nanf("");
        util[1] = 7;
    }
    Turn apply(State &, Move) const { return Turn::fault(); }
};

TEST(Game, PlaysALegalMove) {
    const GamePtr game = tests::make_game<HideAndGuess>();
    StateBuffer state = game->initial(1);
    const Result<Turn> turn = game->play(state, 2);
    ASSERT_TRUE(turn);
    EXPECT_EQ(turn->player(), 1u);
    EXPECT_EQ(game->state_text(state), "2/0");
}

TEST(Game, RefusesAnIllegalMoveAndKeepsThePosition) {
    const GamePtr game = tests::make_game<HideAndGuess>();
    StateBuffer state = game->initial(1);
    const Result<Turn> turn = game->play(state, 17);
    ASSERT_FALSE(turn);
    EXPECT_EQ(turn.problem().code, PARLOUR_E_ILLEGAL);
    EXPECT_THAT(turn.sentence(), HasSubstr("17 is not legal here"));
    EXPECT_EQ(game->state_text(state), "0/0");
}

TEST(Game, RefusesMovesAfterTheEnd) {
    const GamePtr game = tests::make_game<HideAndGuess>();
    StateBuffer state = game->initial(1);
    ASSERT_TRUE(game->play(state, 1));
    ASSERT_TRUE(game->play(state, 1));
    const Result<Turn> turn = game->play(state, 1);
    ASSERT_FALSE(turn);
    EXPECT_EQ(turn.problem().code, PARLOUR_E_ILLEGAL);
    EXPECT_THAT(turn.sentence(), HasSubstr("the game is over"));
}

TEST(Game, FaultOfTheRulesKeepsThePosition) {
    const GamePtr game = tests::make_game<Odd>();
    StateBuffer state = game->initial(1);
    const Result<Turn> turn = game->play(state, 1);
    ASSERT_FALSE(turn);
    EXPECT_EQ(turn.problem().code, PARLOUR_E_FAIL);
    EXPECT_THAT(turn.sentence(), HasSubstr("the rules of Odd failed"));
}

TEST(Game, ViewOfAnOpenGameIsThePosition) {
    const GamePtr game = tests::make_game<HideAndGuess>();
    StateBuffer state = game->initial(1);
    ASSERT_TRUE(game->play(state, 3));
    EXPECT_EQ(game->state_text(game->view(state, 0)), "3/0");
    EXPECT_EQ(game->state_text(game->view(state, 1)), "9/0");
}

TEST(Game, OutcomesAreNumbersWithinTheBounds) {
    const GamePtr game = tests::make_game<Odd>();
    const StateBuffer state = game->initial(1);
    EXPECT_THAT(game->outcome(state), testing::ElementsAre(0.0f, 1.0f));
}

TEST(Game, ParsesMovesAndRefusesOthersWithASentence) {
    const GamePtr game = tests::make_game<HideAndGuess>();
    const StateBuffer state = game->initial(1);
    const Result<Move> move = game->parse_move(state, " 2");
    ASSERT_TRUE(move);
    EXPECT_EQ(*move, 2u);
    const Result<Move> wrong = game->parse_move(state, "4");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.problem().code, PARLOUR_E_ILLEGAL);
    EXPECT_THAT(wrong.sentence(), HasSubstr("\"4\" is not a legal move here"));
}

TEST(Game, TextWithNulOrForeignBytesDoesNotReachThePlugin) {
    const GamePtr game = tests::make_game<HideAndGuess>();
    const StateBuffer state = game->initial(1);
    EXPECT_THAT(game->parse_move(state, std::string("2\0x", 3)).sentence(), HasSubstr("NUL"));
    EXPECT_THAT(game->parse_move(state, "\xff").sentence(), HasSubstr("UTF-8"));
    EXPECT_THAT(game->parse_state(std::string("2/0\0", 4)).sentence(), HasSubstr("NUL"));
}

TEST(Game, ParsesPositionsAndRefusesOthersWithASentence) {
    const GamePtr game = tests::make_game<HideAndGuess>();
    const Result<StateBuffer> state = game->parse_state("2/0");
    ASSERT_TRUE(state);
    EXPECT_EQ(game->turn(*state).player(), 1u);
    EXPECT_THAT(game->parse_state("2").sentence(), HasSubstr("a position is like"));
    EXPECT_THAT(game->parse_state("7/0").sentence(), HasSubstr("numbers are 1 to 3"));
}

TEST(Game, CheckRefusesPositionsOfAnotherSize) {
    const GamePtr game = tests::make_game<HideAndGuess>();
    EXPECT_TRUE(game->check(game->initial(1)));
    const Result<void> checked = game->check(StateBuffer(100));
    ASSERT_FALSE(checked);
    EXPECT_THAT(checked.sentence(), HasSubstr("112 bytes"));
}

TEST(Game, FallsBackWhereTheGameSaysNothing) {
    const GamePtr game = tests::make_game<HideAndGuess>();
    const StateBuffer state = game->initial(1);
    EXPECT_EQ(game->player_name(1), "Player 2");
    EXPECT_EQ(game->rules(), "");
    EXPECT_EQ(game->reason(state), "");
    EXPECT_EQ(game->why_not(state, 0, 1), "");
    Rng rng{{1}};
    EXPECT_EQ(game->sample_chance(state, rng), PARLOUR_MOVE_NONE);
}

} // namespace
} // namespace parlour::host
