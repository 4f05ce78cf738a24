// Monte Carlo: proven results, strength against luck, chance, more players, hidden cards, the tree kept between
// moves.
#include "driver.hpp"
#include "games_of_our_own.hpp"

#include <gmock/gmock.h>

#include <numeric>

namespace parlour::test {
namespace {

constexpr std::uint64_t an_hour = 3'600'000'000'000;

std::uint64_t visits(const Found &found) {
    const auto &stats = found.last().stats;
    return std::accumulate(stats.begin(), stats.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const parlour_move_stat &stat) { return sum + stat.visits; });
}

TEST(MonteCarlo, ProvesTicTacToeDrawn) {
    const OpenGame game("tic_tac_toe");
    Player player("mcts", *game);
    const Found found = player.search(Position(*game), Limits().playouts(1'000'000).seed(1));
    EXPECT_TRUE(found.proven());
    EXPECT_EQ(found.result.value, 0);
    EXPECT_LT(found.result.nodes, 1'000'000u);
}

TEST(MonteCarlo, ProvesSmallReversiForTheSecondPlayer) {
    const OpenGame game("reversi", {{"size", "4"}});
    Player player("mcts", *game);
    const Found found = player.search(Position(*game), Limits().playouts(1'000'000).seed(1));
    EXPECT_TRUE(found.proven());
    EXPECT_EQ(found.result.value, -1);
}

TEST(MonteCarlo, ProvesWhatOnePlayerCanReach) {
    Player player("mcts", ladder_game());
    const Found found = player.search(Position(ladder_game()), Limits().playouts(100'000).seed(1));
    EXPECT_TRUE(found.proven());
    EXPECT_FLOAT_EQ(found.result.value, 1);
}

TEST(MonteCarlo, TakesTheWinInOneAndStopsThere) {
    const OpenGame game("four_in_a_row");
    Player player("mcts", *game);
    Position position(*game);
    for (const char *move : {"4", "1", "4", "1", "4", "2"}) position.play(move);
    const Found found = player.search(position, Limits().playouts(100'000).seed(1));
    EXPECT_EQ(position.text(found.result.move), "4");
    EXPECT_TRUE(found.proven());
    EXPECT_EQ(found.result.value, 1);
    EXPECT_LT(found.result.nodes, 100u);
}

TEST(MonteCarlo, BeatsRandomInFourInARow) {
    const OpenGame game("four_in_a_row");
    Player mcts("mcts", *game), random("random", *game);
    double points = 0;
    for (std::uint64_t i = 0; i < 100; ++i) {
        Position position(*game);
        while (!position.turn().is_over()) {
            const bool mine = position.turn().player() == i % 2;
            const Limits limits = Limits().playouts(1000).seed(i * 100 + position.moves().size());
            position.play((mine ? mcts : random).search(position, limits).result.move);
        }
        std::array<float, 2> util{};
        game->outcome(position.state(), util.data());
        points += (util[i % 2] + 1) / 2.0;
    }
    EXPECT_GE(points, 98);
}

TEST(MonteCarlo, HoldsWhenHoldingWins) {
    const OpenGame game("pig");
    Player player("mcts", *game);
    const Position position(*game, "12,90 player 2 total 14 die 5");
    const Found found = player.search(position, Limits().playouts(1000).seed(1));
    EXPECT_EQ(position.text(found.result.move), "hold");
    EXPECT_EQ(found.result.value, 1);
    EXPECT_TRUE(found.proven());
    // One short of the target against somebody who is about to win: roll.
    const Position behind(*game, "94,99 player 1 total 5 die 5");
    EXPECT_EQ(behind.text(player.search(behind, Limits().playouts(3000).seed(1)).result.move), "roll");
}

// Optimal play wins 0.5306 of the games from the start, so the value is 0.061 (Neller and Presser 2004); random play
// of the rest of the game blurs it.
TEST(MonteCarlo, ValuesChanceByItsProbabilities) {
    const OpenGame game("pig", {{"target", "10"}});
    Player player("mcts", *game);
    // Total 9 of 10 needed: five of six faces win at once, one loses the turn.
    const Position position(*game, "0,9 player 1 total 9 die 3");
    const Found found = player.search(position, Limits().playouts(20'000).seed(1));
    EXPECT_EQ(position.text(found.result.move), "roll");
    EXPECT_NEAR(found.result.value, 0.7, 0.06);
}

TEST(MonteCarlo, PlaysForItselfAmongThree) {
    const OpenGame game("pig", {{"players", "3"}, {"target", "10"}});
    Player player("mcts", *game);
    const Position position(*game, "0,0,5 player 3 total 5 die 5");
    const Found found = player.search(position, Limits().playouts(1000).seed(1));
    EXPECT_EQ(position.text(found.result.move), "hold");
    EXPECT_GT(found.result.value, 0.9f);
}

TEST(MonteCarlo, KnowsWhatItsCardIsWorth) {
    const OpenGame game("kuhn_poker");
    Player player("mcts", *game);
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        const Position king(*game, "QK bet");
        EXPECT_EQ(king.text(player.search(king, Limits().playouts(500).seed(seed)).result.move), "call");
        const Position jack(*game, "QJ bet");
        EXPECT_EQ(jack.text(player.search(jack, Limits().playouts(500).seed(seed)).result.move), "fold");
    }
}

TEST(MonteCarlo, SeesNoMoreThanTheView) {
    const OpenGame game("kuhn_poker");
    Player player("mcts", *game);
    const Found against_king = player.search(Position(*game, "KQ bet"), Limits().playouts(2000).seed(5));
    const Found against_jack = player.search(Position(*game, "JQ bet"), Limits().playouts(2000).seed(5));
    EXPECT_EQ(against_king.result.move, against_jack.result.move);
    EXPECT_EQ(against_king.result.value, against_jack.result.value);
    EXPECT_EQ(against_king.heard, against_jack.heard);
    EXPECT_FALSE(against_king.proven());
}

TEST(MonteCarlo, KeepsTheTreeBetweenMovesWhenThereIsTime) {
    const OpenGame game("four_in_a_row");
    const Limits limits = Limits().playouts(2000).hard_ns(an_hour).seed(1);
    for (const bool say_way : {false, true}) {
        Player player("mcts", *game), forgetful("mcts", *game, {{"reuse", "false"}});
        Position position(*game);
        const Found first = player.search(position, limits, say_way);
        EXPECT_LE(visits(first), 2000u);
        forgetful.search(position, limits, say_way);
        ASSERT_GE(first.last().line.size(), 2u);
        position.play(first.last().line[0]);
        position.play(first.last().line[1]);
        const Found second = player.search(position, limits, say_way);
        EXPECT_EQ(second.result.nodes, 2000u);
        EXPECT_GT(visits(second), 2050u) << "the way " << (say_way ? "was said" : "was not said");
        EXPECT_LE(visits(forgetful.search(position, limits, say_way)), 2000u);

        // The same calls again say the same again.
        Player again("mcts", *game);
        Position from_start(*game);
        EXPECT_EQ(again.search(from_start, limits, say_way).heard, first.heard);
        EXPECT_EQ(again.search(position, limits, say_way).heard, second.heard);
    }
}

TEST(MonteCarlo, ForgetsTheTreeForAnotherGame) {
    const OpenGame game("four_in_a_row");
    Player player("mcts", *game);
    const Limits limits = Limits().playouts(500).hard_ns(an_hour).seed(1);
    const Found first = player.search(Position(*game), limits);
    player.bind(*game);
    EXPECT_EQ(player.search(Position(*game), limits).heard, first.heard);
}

TEST(MonteCarlo, WeakLevelsLookLess) {
    const OpenGame game("four_in_a_row");
    Player player("mcts", *game);
    EXPECT_LE(player.search(Position(*game), Limits().strength(0)).result.nodes, 10u);
    const std::uint64_t middle = player.search(Position(*game), Limits().strength(500)).result.nodes;
    EXPECT_GT(middle, 300u);
    EXPECT_LT(middle, 3000u);
}

} // namespace
} // namespace parlour::test
