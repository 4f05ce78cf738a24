// Minimax: proven values, sure wins, chance, more players, hidden cards.
#include "driver.hpp"
#include "games_of_our_own.hpp"

#include <gmock/gmock.h>

namespace parlour::test {
namespace {

TEST(Minimax, ProvesTicTacToeDrawn) {
    const OpenGame game("tic_tac_toe");
    Player player("minimax", *game);
    const Found found = player.search(Position(*game), Limits().depth(100));
    EXPECT_TRUE(found.proven());
    EXPECT_EQ(found.result.value, 0);
    EXPECT_LE(found.result.depth, 9u);
    EXPECT_LT(found.result.nodes, 10'000u);
    EXPECT_NE(found.last().mask & PARLOUR_INFO_PROVEN, 0u);
    EXPECT_EQ(found.last().line.size(), 9u);
}

// Four by four: Feinstein's page and a recount; the second player wins by eight.
TEST(Minimax, ProvesSmallReversiForTheSecondPlayer) {
    const OpenGame game("reversi", {{"size", "4"}});
    Player player("minimax", *game);
    const Found found = player.search(Position(*game), Limits().depth(100));
    EXPECT_TRUE(found.proven());
    EXPECT_EQ(found.result.value, -1);
}

// Tromp's table of small boards.
TEST(Minimax, ProvesFourInARowOnFiveByFourDrawn) {
    const OpenGame game("four_in_a_row", {{"width", "5"}, {"height", "4"}});
    Player player("minimax", *game);
    const Found found = player.search(Position(*game), Limits().depth(100));
    EXPECT_TRUE(found.proven());
    EXPECT_EQ(found.result.value, 0);
}

TEST(Minimax, ProvesWithoutTheTableToo) {
    const OpenGame game("reversi", {{"size", "4"}});
    Player player("minimax", *game, {{"table", "false"}, {"leaf", "zero"}});
    const Found found = player.search(Position(*game), Limits().depth(100));
    EXPECT_TRUE(found.proven());
    EXPECT_EQ(found.result.value, -1);
}

TEST(Minimax, TakesTheShortestWinAndStopsThere) {
    const OpenGame game("tic_tac_toe");
    Player player("minimax", *game);
    Position position(*game);
    for (const char *move : {"a1", "b2", "a2", "c1"}) position.play(move);
    const Found found = player.search(position, Limits().depth(100));
    EXPECT_EQ(position.text(found.result.move), "a3");
    EXPECT_EQ(found.result.value, 1);
    EXPECT_EQ(found.result.depth, 1u);
    EXPECT_TRUE(found.proven());
}

// A fork: every move loses, but only one does not lose at once.
TEST(Minimax, ResistsAsLongAsItCan) {
    const OpenGame game("tic_tac_toe");
    Player player("minimax", *game);
    Position position(*game);
    for (const char *move : {"a1", "a2", "b2", "c3", "b1"}) position.play(move);
    const Found found = player.search(position, Limits().depth(100));
    EXPECT_EQ(found.result.value, -1);
    EXPECT_TRUE(found.proven());
    EXPECT_THAT(position.text(found.result.move), testing::AnyOf("c1", "b3"));
}

TEST(Minimax, TakesTheSignFromThePlayerWhoMovesAgain) {
    Player player("minimax", heap_game());
    // Two of two leave none; two of four leave two, to be taken by the same player.
    for (const auto &[text, depth] : {std::pair("2", 1u), std::pair("4", 2u)}) {
        const Position position(heap_game(), text);
        const Found found = player.search(position, Limits().depth(depth));
        EXPECT_EQ(found.result.value, 1) << text;
        EXPECT_TRUE(found.proven()) << text;
        EXPECT_EQ(position.text(found.result.move), "2") << text;
    }
}

TEST(Minimax, SolvesAPuzzleOfOnePlayer) {
    Player player("minimax", ladder_game());
    Position position(ladder_game());
    const Found found = player.search(position, Limits().depth(100));
    EXPECT_TRUE(found.proven());
    EXPECT_FLOAT_EQ(found.result.value, 1);
    for (const Move move : found.last().line) position.play(move);
    EXPECT_TRUE(position.turn().is_over());
    EXPECT_EQ(ladder_game().state_text(position.state()), "200");
}

TEST(Minimax, HoldsWhenHoldingWins) {
    const OpenGame game("pig");
    Player player("minimax", *game);
    // The other one is about to win: holding one short of the target is no use.
    const Position position(*game, "94,99 player 1 total 5 die 5");
    const Found found = player.search(position, Limits().depth(4));
    EXPECT_EQ(position.text(found.result.move), "roll");

    const Position sure(*game, "12,90 player 2 total 14 die 5");
    const Found win = player.search(sure, Limits().depth(4));
    EXPECT_EQ(sure.text(win.result.move), "hold");
    EXPECT_EQ(win.result.value, 1);
    EXPECT_TRUE(win.proven());
}

TEST(Minimax, PlaysForItselfAmongThree) {
    const OpenGame game("pig", {{"players", "3"}, {"target", "10"}});
    Player player("minimax", *game);
    const Position position(*game, "0,0,5 player 3 total 5 die 5");
    const Found found = player.search(position, Limits().depth(3));
    EXPECT_EQ(position.text(found.result.move), "hold");
    EXPECT_EQ(found.result.value, 1);
    EXPECT_TRUE(found.proven());
}

TEST(Minimax, KnowsWhatItsCardIsWorth) {
    const OpenGame game("kuhn_poker");
    Player player("minimax", *game);
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        const Position king(*game, "QK bet");
        const Found call = player.search(king, Limits().depth(10).seed(seed));
        EXPECT_EQ(king.text(call.result.move), "call");
        EXPECT_FALSE(call.proven());
        const Position jack(*game, "QJ bet");
        EXPECT_EQ(jack.text(player.search(jack, Limits().depth(10).seed(seed)).result.move), "fold");
    }
}

// With the queen the other card is the king or the jack, and in the one view both positions have the answer must be
// the same: nothing else than the view may have been looked at.
TEST(Minimax, SeesNoMoreThanTheView) {
    const OpenGame game("kuhn_poker");
    Player player("minimax", *game);
    const Found against_king = player.search(Position(*game, "KQ bet"), Limits().depth(10).seed(5));
    const Found against_jack = player.search(Position(*game, "JQ bet"), Limits().depth(10).seed(5));
    EXPECT_EQ(against_king.result.move, against_jack.result.move);
    EXPECT_EQ(against_king.result.value, against_jack.result.value);
    EXPECT_GT(against_king.result.value, -1);
    EXPECT_LT(against_king.result.value, 1);
}

TEST(Minimax, ClaimsNoProofFromAPositionWithAnotherHistory) {
    const OpenGame game("draughts");
    Player player("minimax", *game);
    const Found found = player.search(Position(*game), Limits().depth(7));
    EXPECT_FALSE(found.proven());
    EXPECT_EQ(found.result.depth, 7u);
}

TEST(Minimax, RandomGamesJudgeWhereThereIsNoEvaluation) {
    const OpenGame game("four_in_a_row");
    Player player("minimax", *game, {{"leaf", "playouts"}});
    const Found found = player.search(Position(*game), Limits().depth(3).seed(1));
    EXPECT_NE(found.result.value, 0);
    EXPECT_LT(std::abs(found.result.value), 1);
}

} // namespace
} // namespace parlour::test
