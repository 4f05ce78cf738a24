#include "host/scene/touch_tree.hpp"

#include "support/board_game.hpp"
#include "support/sdk_game.hpp"

#include <gmock/gmock.h>

namespace parlour::host {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::BoardGame;
using tests::sdk_game;
using Outcome = MoveEntry::Outcome;

std::vector<Touch> cells(std::initializer_list<std::uint32_t> ids) {
    std::vector<Touch> out;
    for (const std::uint32_t id : ids) out.push_back(Touch::cell(id));
    return out;
}

TouchTree opening() {
    const GamePtr game = sdk_game<BoardGame>();
    return TouchTree::of(*game, game->initial(1));
}

TEST(TouchTree, BeginsWithTheFirstTouchesOfAllMoves) {
    EXPECT_THAT(opening().next(), ElementsAre(Touch::cell(0), Touch::button(7)));
}

TEST(TouchTree, GoesOnToWhereTheMovesGo) {
    const TouchTree tree = opening();
    EXPECT_THAT(tree.next(cells({0})), ElementsAre(Touch::cell(1), Touch::cell(3)));
    EXPECT_THAT(tree.targets(cells({0})), ElementsAre(Touch::cell(1), Touch::cell(3)));
    EXPECT_THAT(tree.next(cells({2})), IsEmpty());
    EXPECT_TRUE(tree.is_prefix({}));
    EXPECT_TRUE(tree.is_prefix(cells({0, 1, 3})));
    EXPECT_FALSE(tree.is_prefix(cells({0, 2})));
}

TEST(TouchTree, MovesThatAreTouchedAlikeAreAllThere) {
    EXPECT_THAT(opening().complete(cells({0, 1})), ElementsAre(1, BoardGame::dash));
    EXPECT_THAT(opening().complete(cells({0})), IsEmpty());
}

TEST(TouchTree, KnowsAlternativePaths) {
    EXPECT_THAT(opening().complete(cells({0, 1, 3})), ElementsAre(BoardGame::walk));
    EXPECT_THAT(opening().complete(cells({0, 3})), ElementsAre(3, BoardGame::walk));
}

TEST(TouchTree, CandidatesAreAllMovesThatBeginSo) {
    EXPECT_THAT(opening().candidates(cells({0, 1})), ElementsAre(1, BoardGame::dash, BoardGame::walk));
    EXPECT_EQ(opening().candidates().size(), 5u);
}

TEST(TouchTree, IsEmptyWhenTheGameIsOver) {
    const GamePtr game = sdk_game<BoardGame>();
    StateBuffer state = game->initial(1);
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(game->play(state, BoardGame::pass).ok());
    EXPECT_TRUE(TouchTree::of(*game, state).empty());
    EXPECT_TRUE(TouchTree().empty());
    EXPECT_THAT(TouchTree().next(), IsEmpty());
    EXPECT_TRUE(TouchTree().is_prefix({}));
}

TEST(MovePath, IsThePathOfTheMove) {
    const GamePtr game = sdk_game<BoardGame>();
    const StateBuffer state = game->initial(1);
    EXPECT_EQ(move_path(*game, state, BoardGame::walk), cells({0, 1, 3}));
    EXPECT_EQ(move_path(*game, state, BoardGame::walk, 1), cells({0, 3}));
    EXPECT_THAT(move_path(*game, state, BoardGame::walk, 2), IsEmpty());
}

// A path that is longer than any usual buffer, and one that never runs out of alternatives.
struct LongPath : BoardGame {
    void path(const State &, Move move, std::uint32_t, Path &path) const {
        for (std::uint32_t i = 0; i < 200; ++i) path.cell(move + i);
    }
};

TEST(MovePath, MayBeLongAndEndless) {
    const GamePtr game = sdk_game<LongPath>();
    const StateBuffer state = game->initial(1);
    EXPECT_EQ(move_path(*game, state, 1).size(), 200u);
    EXPECT_EQ(TouchTree::of(*game, state).next().size(), 5u);
}

// Passing may be swiped as well, towards a1 and by way of another square; so may a move that touches squares.
struct Swiped : BoardGame {
    void path(const State &state, Move move, std::uint32_t alternative, Path &path) const {
        if (alternative == 0) return BoardGame::path(state, move, 0, path);
        if (alternative > 3) return;
        path.cell(alternative);
        if (alternative == 2) path.cell(1);
        path.cell(0);
    }
};

TEST(MoveSwipes, AreTheAlternativesOfTwoSquaresOfAMoveWithAButton) {
    const GamePtr game = sdk_game<Swiped>();
    const StateBuffer state = game->initial(1);
    const auto swipes = move_swipes(*game, state, BoardGame::pass);
    ASSERT_EQ(swipes.size(), 2u);
    EXPECT_EQ(swipes[0].from, 1u);
    EXPECT_EQ(swipes[1].from, 3u);
    EXPECT_EQ(swipes[1].to, 0u);
    EXPECT_THAT(move_swipes(*game, state, BoardGame::walk), IsEmpty());
}

TEST(MoveEntry, CompletesAMove) {
    MoveEntry entry{opening()};
    EXPECT_EQ(entry.touch(Touch::button(7)), Outcome::complete);
    EXPECT_THAT(entry.moves(), ElementsAre(BoardGame::pass));
}

TEST(MoveEntry, AsksWhereMovesAreTouchedAlike) {
    MoveEntry entry{opening()};
    EXPECT_EQ(entry.touch(Touch::cell(0)), Outcome::going_on);
    EXPECT_THAT(entry.moves(), IsEmpty());
    EXPECT_EQ(entry.touch(Touch::cell(3)), Outcome::ask);
    EXPECT_THAT(entry.moves(), ElementsAre(3, BoardGame::walk));
}

TEST(MoveEntry, MayEndWhereALongerPathGoesOn) {
    MoveEntry entry{opening()};
    entry.touch(Touch::cell(0));
    EXPECT_EQ(entry.touch(Touch::cell(1)), Outcome::may_end);
    EXPECT_THAT(entry.moves(), ElementsAre(1, BoardGame::dash));
    EXPECT_EQ(entry.touch(Touch::cell(3)), Outcome::complete);
    EXPECT_THAT(entry.moves(), ElementsAre(BoardGame::walk));
}

TEST(MoveEntry, TheSameTouchAgainEndsWhereItMayEnd) {
    MoveEntry entry{opening()};
    entry.touch(Touch::cell(0));
    entry.touch(Touch::cell(1));
    EXPECT_EQ(entry.touch(Touch::cell(1)), Outcome::ask);
    EXPECT_THAT(entry.moves(), ElementsAre(1, BoardGame::dash));
}

TEST(MoveEntry, TheFirstTouchAgainCancels) {
    MoveEntry entry{opening()};
    entry.touch(Touch::cell(0));
    EXPECT_EQ(entry.touch(Touch::cell(0)), Outcome::cancelled);
    EXPECT_THAT(entry.touched(), IsEmpty());
}

TEST(MoveEntry, ATouchThatDoesNotGoOnBeginsAnewWhereItCan) {
    const std::vector<std::pair<std::vector<Touch>, Move>> paths{{cells({0, 1}), 1}, {cells({2, 3}), 2}};
    MoveEntry entry{TouchTree(paths)};
    entry.touch(Touch::cell(0));
    EXPECT_EQ(entry.touch(Touch::cell(2)), Outcome::going_on);
    EXPECT_EQ(entry.touched(), cells({2}));
    EXPECT_EQ(entry.touch(Touch::cell(3)), Outcome::complete);
}

TEST(MoveEntry, ARefusedTouchChangesNothing) {
    MoveEntry entry{opening()};
    entry.touch(Touch::cell(0));
    EXPECT_EQ(entry.touch(Touch::cell(2)), Outcome::refused);
    EXPECT_EQ(entry.touched(), cells({0}));
    EXPECT_EQ(entry.touch(Touch::button(0)), Outcome::refused) << "a button is not the cell of that number";
}

} // namespace
} // namespace parlour::host
