// Parts of the engines, compiled into this test: the table of positions, the pool of nodes, the trees' memory.
#include "driver.hpp"
#include "games_of_our_own.hpp"

#include <mcts/information_set_tree.hpp>
#include <mcts/tree.hpp>
#include <minimax/table.hpp>

#include <gtest/gtest.h>

namespace parlour::test {
namespace {

using minimax::Entry;
using minimax::TranspositionTable;

std::uint64_t key(std::uint64_t i) {
    return mix64(i * 0x9e3779b97f4a7c15u + 1);
}

TEST(Table, GivesBackWhatWasStored) {
    TranspositionTable table(1 << 20);
    table.clear();
    table.store(7, {{-123, minimax::proof_lower}, 42, 5, minimax::bound_upper});
    Entry entry;
    ASSERT_TRUE(table.probe(7, entry));
    EXPECT_EQ(entry.score.value, -123);
    EXPECT_EQ(entry.score.proof, minimax::proof_lower);
    EXPECT_EQ(entry.move, 42u);
    EXPECT_EQ(entry.depth, 5u);
    EXPECT_EQ(entry.bound, minimax::bound_upper);
    EXPECT_FALSE(table.probe(8, entry));
    EXPECT_FALSE(table.probe(0, entry)) << "an empty place is no position";
    table.clear();
    EXPECT_FALSE(table.probe(7, entry));
}

TEST(Table, KeepsAProvenEntryAgainstAnUnprovenOne) {
    TranspositionTable table(1 << 20);
    table.clear();
    table.store(7, {{5, minimax::proof_exact}, 1, 2, minimax::bound_exact});
    table.store(7, {{9, minimax::proof_none}, 2, 9, minimax::bound_exact});
    Entry entry;
    ASSERT_TRUE(table.probe(7, entry));
    EXPECT_EQ(entry.score.value, 5);
}

TEST(Table, GrowsWithItsContentUpToItsBound) {
    constexpr std::size_t bound = 1 << 20;
    TranspositionTable table(bound);
    table.clear();
    const std::size_t small = table.bytes();
    EXPECT_LT(small, bound / 4);
    std::uint64_t stored = 0;
    for (; stored < 100'000; ++stored) {
        table.store(key(stored), {{static_cast<std::int32_t>(stored), 0}, 1, 3, minimax::bound_exact});
        if (!table.crowded()) continue;
        Entry entry;
        std::uint64_t before = 0, after = 0;
        for (std::uint64_t i = 0; i <= stored; ++i) before += table.probe(key(i), entry) ? 1 : 0;
        ASSERT_TRUE(table.grow([] { return true; }));
        for (std::uint64_t i = 0; i <= stored; ++i) {
            if (!table.probe(key(i), entry)) continue;
            ++after;
            ASSERT_EQ(entry.score.value, static_cast<std::int32_t>(i));
        }
        EXPECT_EQ(before, after);
    }
    EXPECT_GT(table.bytes(), small);
    EXPECT_LE(table.bytes(), bound);
    EXPECT_FALSE(table.crowded());
}

TEST(Table, StaysAsItWasWhenGrowingIsStopped) {
    TranspositionTable table(64 << 20);
    table.clear();
    for (std::uint64_t i = 0; !table.crowded() || table.bytes() < (1 << 19); ++i) {
        table.store(key(i), {{static_cast<std::int32_t>(i), 0}, 1, 3, minimax::bound_exact});
        if (table.crowded() && table.bytes() < (1 << 19)) table.grow([] { return true; });
    }
    const std::size_t bytes = table.bytes();
    EXPECT_FALSE(table.grow([] { return false; }));
    EXPECT_EQ(table.bytes(), bytes);
    Entry entry;
    EXPECT_TRUE(table.probe(key(1), entry));
    EXPECT_EQ(entry.score.value, 1);
}

// A search as the host would begin it, for the trees themselves.
struct Frame {
    Position position;
    parlour_root root{};
    parlour_limits limits{};
    parlour_control control{};
    std::uint32_t stop = 0;

    explicit Frame(Position at) : position(std::move(at)) {
        root.size = sizeof root;
        root.player = position.turn().player();
        root.state = position.state();
        limits.size = sizeof limits;
        control.size = sizeof control;
        control.stop = &stop;
    }
    Search search() const { return {position.game(), root, limits, control}; }
};

TEST(TreeMemory, IsBoundedAndRecycled) {
    const OpenGame game("four_in_a_row");
    mcts::Playouts playouts(*game, 1);
    constexpr std::size_t bytes = 1 << 20;
    mcts::Tree tree(*game, playouts, {1.0f, bytes});
    const Frame frame{Position(*game)};
    const Search search = frame.search();
    tree.start(search, search.root_moves(), false, 100);
    Rng rng{{1}};
    int recycled = 0;
    for (int i = 1; i <= 40'000; ++i) {
        if (tree.crowded()) {
            const std::vector<mcts::RootChild> before = tree.ranking(0);
            ASSERT_TRUE(tree.make_room([] { return true; }));
            EXPECT_LE(tree.bytes(), bytes / 2 + 4096);
            const std::vector<mcts::RootChild> after = tree.ranking(0);
            ASSERT_EQ(before.size(), after.size());
            for (std::size_t m = 0; m < before.size(); ++m) {
                EXPECT_EQ(before[m].move, after[m].move);
                EXPECT_EQ(before[m].visits, after[m].visits);
                EXPECT_EQ(before[m].value, after[m].value);
            }
            ++recycled;
        }
        tree.simulate(rng);
        ASSERT_LE(tree.bytes(), bytes);
    }
    EXPECT_GE(recycled, 2);
    std::uint64_t visits = 0;
    for (const mcts::RootChild &child : tree.ranking(0)) visits += child.visits;
    EXPECT_EQ(visits, 40'000u);
}

TEST(TreeMemory, RecyclingCanBeStopped) {
    const OpenGame game("four_in_a_row");
    mcts::Playouts playouts(*game, 1);
    mcts::Tree tree(*game, playouts, {1.0f, 8 << 20});
    const Frame frame{Position(*game)};
    const Search search = frame.search();
    tree.start(search, search.root_moves(), false, 100);
    Rng rng{{1}};
    while (!tree.crowded()) tree.simulate(rng);
    int asked = 0;
    EXPECT_FALSE(tree.make_room([&asked] { return ++asked < 2; }));
    tree.start(search, search.root_moves(), true, 100);
    EXPECT_EQ(tree.kept(), 0u);
    tree.simulate(rng);
}

TEST(TreeMemory, LinesStayLegalAfterRecycling) {
    const OpenGame game("reversi");
    mcts::Playouts playouts(*game, 1);
    mcts::Tree tree(*game, playouts, {1.0f, 1 << 20});
    const Frame frame{Position(*game)};
    const Search search = frame.search();
    tree.start(search, search.root_moves(), false, 100);
    Rng rng{{1}};
    for (int i = 0; i < 20'000; ++i) {
        if (tree.crowded()) {
            ASSERT_TRUE(tree.make_room([] { return true; }));
        }
        tree.simulate(rng);
        if (i % 500 != 0) continue;
        Position walk(*game);
        const std::vector<mcts::RootChild> ranked = tree.ranking(1);
        for (const Move move : ranked[0].line) {
            const std::vector<Move> legal = walk.legal();
            ASSERT_NE(std::find(legal.begin(), legal.end(), move), legal.end()) << i;
            walk.play(move);
        }
    }
}

TEST(InformationSetTreeMemory, IsBounded) {
    const OpenGame game("kuhn_poker");
    mcts::Playouts playouts(*game, 1);
    mcts::InformationSetTree tree(*game, playouts, 1.0f, 4096);
    Position position(*game, "?Q bet");
    const Frame frame{position};
    const Search search = frame.search();
    tree.start(search, search.root_moves(), 100);
    const std::size_t before = tree.bytes();
    Rng rng{{1}};
    for (int i = 0; i < 2000; ++i) tree.simulate(rng);
    EXPECT_LE(tree.bytes(), before + 8192);
    std::uint64_t visits = 0;
    for (const mcts::RootChild &child : tree.ranking()) visits += child.visits;
    EXPECT_EQ(visits, 2000u);
}

} // namespace
} // namespace parlour::test
