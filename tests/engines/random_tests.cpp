// Random: what it plays and what it depends on.
#include "driver.hpp"

#include <gmock/gmock.h>

#include <set>

namespace parlour::test {
namespace {

TEST(Random, PlaysEveryLegalMoveAboutEquallyOften) {
    const OpenGame game("tic_tac_toe");
    Player player("random", *game);
    const Position position(*game);
    std::map<Move, int> count;
    for (std::uint64_t seed = 0; seed < 9000; ++seed) {
        ++count[player.search(position, Limits().seed(seed)).result.move];
    }
    ASSERT_EQ(count.size(), 9u);
    for (const auto &[move, times] : count) EXPECT_NEAR(times, 1000, 150) << position.text(move);
}

TEST(Random, DependsOnSeedAndPositionAlone) {
    const OpenGame game("four_in_a_row");
    Player first("random", *game), second("random", *game);
    Position position(*game);
    std::set<Move> seen;
    for (int ply = 0; ply < 20; ++ply) {
        const Found found = first.search(position, Limits().seed(7));
        EXPECT_EQ(found.result.move, second.search(position, Limits().seed(7)).result.move);
        EXPECT_FALSE(found.has_value());
        seen.insert(found.result.move);
        position.play(found.result.move);
        if (position.turn().is_over()) break;
    }
    EXPECT_GT(seen.size(), 2u) << "one seed always picks the same place";
}

TEST(Random, KeepsToTheMovesThatTheLimitsAllow) {
    const OpenGame game("tic_tac_toe");
    Player player("random", *game);
    const Position position(*game);
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const Found found =
            player.search(position, Limits().seed(seed).only({position.parse("a1"), position.parse("c3")}));
        EXPECT_THAT(position.text(found.result.move), testing::AnyOf("a1", "c3"));
    }
}

TEST(Random, PlaysFromAView) {
    const OpenGame game("kuhn_poker");
    Player player("random", *game);
    const Position position(*game, "QK bet");
    const Found found = player.search(position, Limits().seed(3));
    EXPECT_THAT(position.text(found.result.move), testing::AnyOf("call", "fold"));
}

} // namespace
} // namespace parlour::test
