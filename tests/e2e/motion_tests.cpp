// How pieces get from one position to the next: along the path, turning over, falling in, leaving.
#include <gtest/gtest.h>

#include <algorithm>

#include "host/ui/board/board_motion.hpp"

namespace parlour::test {
namespace {

using namespace parlour::host;
using namespace parlour::host::ui;

/// A row of five cells, ids 0..4.
Scene row(std::vector<ScenePiece> pieces) {
    Scene scene;
    scene.x1 = 5;
    for (std::uint32_t id = 0; id < 5; ++id) {
        SceneCell cell;
        cell.id = id;
        cell.x = static_cast<float>(id) + 0.5f;
        cell.y = 0.5f;
        scene.cells.push_back(cell);
    }
    scene.pieces = std::move(pieces);
    return scene;
}

ScenePiece piece(std::uint32_t cell, std::uint8_t color, std::uint32_t id = 0) {
    ScenePiece made;
    made.cell = cell;
    made.color = color;
    made.id = id;
    return made;
}

constexpr std::uint8_t light = PARLOUR_COLOR_LIGHT, dark = PARLOUR_COLOR_DARK;

TEST(Motion, APieceFollowsThePathAndEndsExactlyThere) {
    BoardMotion motion;
    motion.show(row({piece(0, light)}));
    motion.push(row({piece(4, light)}), {Touch::cell(0), Touch::cell(2), Touch::cell(4)});
    ASSERT_TRUE(motion.moving());
    float last = 0.5f;
    while (motion.moving()) {
        motion.advance(16);
        const auto sprites = motion.sprites();
        ASSERT_EQ(sprites.size(), 1u);
        EXPECT_GE(sprites[0].x, last);
        last = sprites[0].x;
    }
    EXPECT_FLOAT_EQ(last, 4.5f);
}

TEST(Motion, PiecesThatAreAlikeGoToTheNearestPlace) {
    BoardMotion motion;
    motion.show(row({piece(0, light), piece(4, light)}));
    motion.push(row({piece(3, light), piece(1, light)}), {});
    while (motion.moving()) {
        for (const Sprite &sprite : motion.sprites()) EXPECT_GE(std::abs(sprite.x - 2.5f), 0.99f);
        motion.advance(16);
    }
}

TEST(Motion, WhatIsCapturedFadesAndIsGoneAtTheEnd) {
    BoardMotion motion;
    motion.show(row({piece(0, light), piece(1, dark)}));
    motion.push(row({piece(2, light)}), {Touch::cell(0), Touch::cell(2)});
    bool faded = false;
    while (motion.moving()) {
        for (const Sprite &sprite : motion.sprites())
            faded = faded || (sprite.piece.color == dark && sprite.alpha < 1 && sprite.alpha > 0);
        motion.advance(10);
    }
    EXPECT_TRUE(faded);
    ASSERT_EQ(motion.sprites().size(), 1u);
    EXPECT_EQ(motion.sprites()[0].piece.color, light);
}

TEST(Motion, APieceOfAnotherColourTurnsOverInPlace) {
    BoardMotion motion;
    motion.show(row({piece(3, light, 9)}));
    motion.push(row({piece(3, dark, 9)}), {});
    float thinnest = 1;
    while (motion.moving()) {
        motion.advance(10);
        for (const Sprite &sprite : motion.sprites()) {
            thinnest = std::min(thinnest, sprite.squash);
            EXPECT_FLOAT_EQ(sprite.x, 3.5f);
        }
    }
    EXPECT_LT(thinnest, 0.3f);
    EXPECT_EQ(motion.sprites()[0].piece.color, dark);
}

TEST(Motion, FallingPiecesComeFromAboveAndOthersGrow) {
    BoardMotion motion;
    ScenePiece drop = piece(1, light, 1);
    drop.enter = PARLOUR_ENTER_FROM_TOP;
    motion.show(row({}));
    motion.push(row({drop, piece(2, dark, 2)}), {Touch::cell(1)});
    motion.advance(20);
    for (const Sprite &sprite : motion.sprites()) {
        if (sprite.piece.id == 1) {
            EXPECT_LT(sprite.y, 0.5f);
            EXPECT_FLOAT_EQ(sprite.scale, 1);
        } else {
            EXPECT_FLOAT_EQ(sprite.y, 0.5f);
            EXPECT_LT(sprite.scale, 1);
        }
    }
}

/// All ways to swipe the row of five towards its first cell.
std::vector<Swipe> to_the_left() {
    std::vector<Swipe> swipes;
    for (std::uint32_t from = 1; from < 5; ++from) {
        for (std::uint32_t to = 0; to < from; ++to) swipes.push_back({from, to});
    }
    return swipes;
}

TEST(Motion, WhatIsSwipedSlidesAndTwoThatBecomeOneMeetThere) {
    BoardMotion motion;
    motion.show(row({piece(1, light), piece(2, dark), piece(3, dark), piece(4, light)}));
    constexpr std::uint8_t accent = PARLOUR_COLOR_ACCENT;
    motion.push(row({piece(0, light), piece(1, accent), piece(2, light)}), {Touch::button(0)}, to_the_left());
    motion.advance(95); // half of the way
    std::vector<std::pair<std::uint8_t, float>> seen;
    for (const Sprite &sprite : motion.sprites()) {
        seen.emplace_back(sprite.piece.color, sprite.x);
        EXPECT_FLOAT_EQ(sprite.squash, 1) << "nothing turns over";
        EXPECT_FLOAT_EQ(sprite.alpha, 1) << "nothing fades";
        EXPECT_TRUE(sprite.pushed);
    }
    std::sort(seen.begin(), seen.end(), [](const auto &a, const auto &b) { return a.second < b.second; });
    const std::vector<std::pair<std::uint8_t, float>> expected{
        {light, 1.0f}, {dark, 2.0f}, {dark, 2.5f}, {light, 3.5f}};
    ASSERT_EQ(seen.size(), expected.size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
        EXPECT_EQ(seen[i].first, expected[i].first) << i;
        EXPECT_NEAR(seen[i].second, expected[i].second, 0.01f) << i;
    }
    float largest = 0;
    while (motion.moving()) {
        motion.advance(10);
        for (const Sprite &sprite : motion.sprites())
            if (sprite.piece.color == accent) largest = std::max(largest, sprite.scale);
    }
    EXPECT_GT(largest, 1.05f) << "what was made swells";
    EXPECT_EQ(motion.sprites().size(), 3u);
}

TEST(Motion, ASwipeThatDoesNotExplainTheLineLeavesItToTheOtherRules) {
    BoardMotion motion;
    motion.show(row({piece(1, light), piece(3, dark)}));
    motion.push(row({piece(0, dark), piece(2, light)}), {Touch::button(0)}, to_the_left());
    while (motion.moving()) {
        for (const Sprite &sprite : motion.sprites()) EXPECT_FALSE(sprite.pushed);
        motion.advance(10);
    }
    EXPECT_EQ(motion.sprites().size(), 2u);
}

TEST(Motion, SeveralPositionsAreReachedOneAfterTheOtherAndFinishJumpsToTheLast) {
    BoardMotion motion;
    motion.show(row({piece(0, light)}));
    motion.push(row({piece(1, light)}), {Touch::cell(0), Touch::cell(1)});
    motion.push(row({piece(4, light)}), {Touch::cell(1), Touch::cell(4)});
    EXPECT_EQ(motion.scene().pieces[0].cell, 1u);
    EXPECT_EQ(motion.last().pieces[0].cell, 4u);
    motion.finish();
    EXPECT_FALSE(motion.moving());
    EXPECT_EQ(motion.scene().pieces[0].cell, 4u);
}

} // namespace
} // namespace parlour::test
