// Which targets are worth a mark on the board.
#include <gtest/gtest.h>

#include "host/ui/board/board_marks.hpp"

namespace parlour::test {
namespace {

using namespace parlour::host;
using namespace parlour::host::ui;

/// A board of `cells` cells in a row; pieces on the last `occupied` of them.
Scene cells_with_pieces(std::uint32_t cells, std::uint32_t occupied) {
    Scene scene;
    for (std::uint32_t id = 0; id < cells; ++id) {
        SceneCell cell;
        cell.id = id;
        cell.x = static_cast<float>(id);
        scene.cells.push_back(cell);
        if (id + occupied < cells) continue;
        ScenePiece piece;
        piece.cell = id;
        scene.pieces.push_back(piece);
    }
    return scene;
}

std::vector<Touch> touch_cells(std::uint32_t first, std::uint32_t last) {
    std::vector<Touch> touches;
    for (std::uint32_t id = first; id < last; ++id) touches.push_back(Touch::cell(id));
    return touches;
}

TEST(Targets, FewAmongManyFreeCellsAreMarked) {
    EXPECT_EQ(telling_targets(cells_with_pieces(64, 20), touch_cells(0, 9)), touch_cells(0, 9));
    EXPECT_EQ(telling_targets(cells_with_pieces(42, 30), touch_cells(0, 7)), touch_cells(0, 7))
        << "seven of the twelve that are left";
}

TEST(Targets, WhereNearlyEveryFreeCellIsOneNoneIsMarked) {
    EXPECT_TRUE(telling_targets(cells_with_pieces(9, 0), touch_cells(0, 9)).empty());
    EXPECT_TRUE(telling_targets(cells_with_pieces(225, 150), touch_cells(0, 75)).empty())
        << "on a board that is nearly full, too";
    EXPECT_TRUE(telling_targets(cells_with_pieces(81, 40), touch_cells(0, 38)).empty()) << "all but a few";
}

TEST(Targets, DozensThatAreMoreThanHalfAreClutter) {
    EXPECT_TRUE(telling_targets(cells_with_pieces(200, 20), touch_cells(0, 95)).empty());
    EXPECT_EQ(telling_targets(cells_with_pieces(200, 20), touch_cells(0, 85)).size(), 85u);
}

TEST(Targets, PiecesAreCountedApartFromFreeCells) {
    auto touches = touch_cells(0, 20);
    for (const Touch &piece : touch_cells(44, 50)) touches.push_back(piece);
    EXPECT_EQ(telling_targets(cells_with_pieces(64, 44), touches), touch_cells(44, 50))
        << "every free cell, and some of the pieces";
    EXPECT_TRUE(telling_targets(cells_with_pieces(15, 12), touch_cells(3, 15)).empty()) << "every piece";
}

TEST(Targets, WhatTheBoardItselfTellsIsNotMarked) {
    Scene scene = cells_with_pieces(60, 0);
    for (SceneCell &cell : scene.cells) cell.color = cell.id < 20 ? PARLOUR_COLOR_NEUTRAL : PARLOUR_COLOR_LIGHT;
    EXPECT_TRUE(telling_targets(scene, touch_cells(0, 20)).empty());
    EXPECT_EQ(telling_targets(scene, touch_cells(15, 25)), touch_cells(15, 25)) << "some of both";
}

TEST(Targets, TheOnlyOneIsAlwaysMarked) {
    EXPECT_EQ(telling_targets(cells_with_pieces(64, 63), touch_cells(0, 1)), touch_cells(0, 1));
    EXPECT_EQ(telling_targets(cells_with_pieces(64, 1), touch_cells(63, 64)), touch_cells(63, 64));
}

TEST(Targets, ButtonsAndDecorationAreNoPlaces) {
    Scene scene = cells_with_pieces(10, 0);
    for (SceneCell &cell : scene.cells) cell.flags = cell.id < 4 ? PARLOUR_CELL_DECOR : 0;
    auto touches = touch_cells(4, 10);
    touches.push_back(Touch::button(2));
    EXPECT_TRUE(telling_targets(scene, touches).empty());
}

} // namespace
} // namespace parlour::test
