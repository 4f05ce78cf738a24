// What both searching engines owe to their limits: exact budgets, the same result twice, a prompt end, several lines.
#include "driver.hpp"
#include "games_of_our_own.hpp"

#include <gmock/gmock.h>

#include <set>

namespace parlour::test {
namespace {

class Limited : public testing::TestWithParam<const char *> {};

TEST_P(Limited, SpendExactlyTheirNodes) {
    for (const char *id : {"four_in_a_row", "reversi", "draughts", "pig", "kuhn_poker"}) {
        const OpenGame game(id);
        Player player(GetParam(), *game);
        Position position(*game, 3);
        position.wander(3, 0);
        for (const std::uint64_t n : {1u, 2u, 7u, 100u, 5000u}) {
            const Found found = player.search(position, Limits().nodes(n).seed(2));
            EXPECT_LE(found.result.nodes, n) << id;
            if (game->hidden() == nullptr) {
                EXPECT_EQ(found.result.nodes, n) << id;
            }
            EXPECT_THAT(position.legal(), testing::Contains(found.result.move)) << id;
            EXPECT_EQ(player.search(position, Limits().playouts(n).seed(2)).result.nodes, found.result.nodes) << id;
        }
    }
}

TEST_P(Limited, SayTheSameTwice) {
    for (const char *id : {"tic_tac_toe", "four_in_a_row", "reversi", "draughts", "pig", "kuhn_poker"}) {
        const OpenGame game(id);
        Player player(GetParam(), *game), other(GetParam(), *game);
        Position position(*game, 5);
        position.wander(5, 4);
        const Limits limits = Limits().nodes(3000).seed(9).lines(2);
        const Found first = player.search(position, limits);
        player.search(Position(position), Limits().nodes(500).seed(1));
        for (Player *again : {&player, &other}) {
            const Found second = again->search(position, limits);
            EXPECT_EQ(first.heard, second.heard) << id;
            EXPECT_EQ(first.result.move, second.result.move) << id;
            EXPECT_EQ(first.result.value, second.result.value) << id;
            EXPECT_EQ(first.result.nodes, second.result.nodes) << id;
        }
    }
}

TEST_P(Limited, EndSoonAfterTheStopWordIsRaised) {
    for (const char *id : {"four_in_a_row", "reversi", "draughts", "pig", "kuhn_poker"}) {
        const OpenGame game(id);
        for (const std::uint32_t word : {PARLOUR_STOP_SOON, PARLOUR_STOP_NOW}) {
            Player player(GetParam(), *game);
            Position position(*game, 4);
            position.wander(4, 0);
            std::uint64_t raised_at = 0;
            player.on_info = [&](const parlour_info &info) {
                if (info.nodes < 300 || raised_at != 0) return;
                raised_at = info.nodes;
                player.stop = word;
            };
            const Found found = player.search(position, Limits().nodes(10'000'000).seed(1));
            if (raised_at == 0) continue; // all was found out before
            EXPECT_LE(found.result.nodes, raised_at + 2 * game->info().max_moves + 2) << id;
            EXPECT_THAT(position.legal(), testing::Contains(found.result.move)) << id;
        }
    }
}

TEST_P(Limited, AnswerEvenWhenStoppedBeforeTheyBegin) {
    for (const char *id : {"four_in_a_row", "kuhn_poker", "pig"}) {
        const OpenGame game(id);
        Player player(GetParam(), *game);
        Position position(*game, 2);
        position.wander(2, 0);
        player.stop = PARLOUR_STOP_NOW;
        const Found found = player.search(position, Limits());
        EXPECT_THAT(position.legal(), testing::Contains(found.result.move)) << id;
        EXPECT_LE(found.result.nodes, 1u) << id;
    }
}

// The clock of these tests goes on by a microsecond whenever it is looked at.
TEST_P(Limited, EndWhenTheirTimeIsOver) {
    const OpenGame game("draughts");
    for (const bool hard : {true, false}) {
        Player player(GetParam(), *game);
        Limits limits = Limits().nodes(1'000'000).seed(1);
        if (hard) {
            limits.hard_ns(30'000);
        } else {
            limits.soft_ns(30'000);
        }
        EXPECT_LT(player.search(Position(*game), limits).result.nodes, 200'000u);
    }
}

TEST_P(Limited, ConsiderOnlyTheMovesAllowed) {
    const OpenGame game("four_in_a_row");
    Player player(GetParam(), *game);
    Position position(*game);
    for (const char *move : {"4", "1", "4", "1", "4", "2"}) position.play(move);
    const Limits limits = Limits().nodes(2000).only({position.parse("7"), position.parse("5")}).lines(7);
    const Found found = player.search(position, limits);
    EXPECT_THAT(position.text(found.result.move), testing::AnyOf("5", "7"));
    for (const Heard &heard : found.heard) {
        ASSERT_FALSE(heard.line.empty());
        EXPECT_THAT(position.text(heard.line[0]), testing::AnyOf("5", "7"));
        EXPECT_LE(heard.rank, 2u);
    }
    // And the next search has them all again.
    EXPECT_EQ(position.text(player.search(position, Limits().nodes(2000)).result.move), "4");
}

TEST_P(Limited, ReportDifferentLegalLinesBestFirst) {
    const OpenGame game("reversi");
    Player player(GetParam(), *game);
    Position position(*game);
    position.wander(1, 6);
    const Found found = player.search(position, Limits().nodes(20'000).lines(3).seed(1));
    std::set<Move> first;
    for (std::uint32_t rank = 1; rank <= 3; ++rank) {
        const Heard &heard = found.last(rank);
        ASSERT_FALSE(heard.line.empty());
        first.insert(heard.line[0]);
        Position walk = position;
        for (const Move move : heard.line) {
            ASSERT_THAT(walk.legal(), testing::Contains(move));
            walk.play(move);
        }
        EXPECT_GE(heard.value, -1);
        EXPECT_LE(heard.value, 1);
    }
    EXPECT_EQ(first.size(), 3u);
    EXPECT_EQ(found.last(1).line[0], found.result.move);
    EXPECT_EQ(found.last(1).stats.size(), position.legal().size());
}

TEST_P(Limited, PlayLegallyAtEveryLevel) {
    const OpenGame game("reversi");
    Player player(GetParam(), *game);
    std::set<Move> weak;
    const Position position(*game);
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        for (const std::uint32_t strength : {0u, 250u, 700u}) {
            const Found found = player.search(position, Limits().nodes(500).strength(strength).seed(seed));
            ASSERT_THAT(position.legal(), testing::Contains(found.result.move));
            EXPECT_FALSE(found.proven());
            if (strength == 0) weak.insert(found.result.move);
        }
    }
    EXPECT_GE(weak.size(), 3u) << "a beginner plays different moves";
}

TEST_P(Limited, SayHowWellTheyPlayAGame) {
    const auto *factory = static_cast<const parlour_engine_factory *>(
        open_plugin(plugin_folder() / (std::string(GetParam()) + ".so")).get_factory(PARLOUR_ENGINES_FACTORY));
    char why[200] = "";
    const OpenGame reversi("reversi"), kuhn("kuhn_poker");
    const std::int32_t open = factory->supports(GetParam(), &reversi->raw(), why, sizeof why);
    const std::int32_t hidden = factory->supports(GetParam(), &kuhn->raw(), why, sizeof why);
    EXPECT_GT(open, hidden);
    EXPECT_GT(hidden, 0);
    EXPECT_LE(open, 100);
}

INSTANTIATE_TEST_SUITE_P(Engines, Limited, testing::Values("minimax", "mcts"),
                         [](const auto &engine) { return std::string(engine.param); });

} // namespace
} // namespace parlour::test
