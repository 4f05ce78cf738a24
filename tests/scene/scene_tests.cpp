#include "host/scene/scene.hpp"

#include "support/board_game.hpp"
#include "support/sdk_game.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace parlour::host {
namespace {

using testing::ElementsAre;
using testing::Field;
using tests::BoardGame;
using tests::sdk_game;

Scene opening() {
    const GamePtr game = sdk_game<BoardGame>();
    return *Scene::of(*game, game->initial(1), PARLOUR_VIEWER_ALL);
}

TEST(Scene, HoldsTheExtentAndTheLabelsOfTheLayout) {
    const Scene scene = opening();
    EXPECT_EQ(scene.x1, 4);
    EXPECT_EQ(scene.y1, 1);
    ASSERT_NE(scene.cell(1), nullptr);
    EXPECT_EQ(scene.cell(1)->label, "b1");
    EXPECT_EQ(scene.cell(9), nullptr);
    EXPECT_EQ(scene.cell(PARLOUR_CELL_NONE), nullptr);
}

TEST(Scene, ACellThatChangesTakesThePlaceOfItsLayoutCellAndKeepsItsLabel) {
    const Scene scene = opening();
    ASSERT_EQ(scene.cells.size(), 5u);
    EXPECT_EQ(scene.cells[4].id, 3u);
    EXPECT_EQ(scene.cells[4].color, PARLOUR_COLOR_ACCENT);
    EXPECT_EQ(scene.cells[4].label, "d1");
}

TEST(Scene, HoldsPiecesMarksAndWidgets) {
    const Scene scene = opening();
    EXPECT_THAT(scene.pieces, ElementsAre(Field(&ScenePiece::label, "cross"), Field(&ScenePiece::label, "nought")));
    ASSERT_EQ(scene.pieces_on(2).size(), 1u);
    EXPECT_EQ(scene.pieces_on(2)[0]->kind, PARLOUR_PIECE_RING);
    EXPECT_TRUE(scene.pieces_on(1).empty());
    ASSERT_EQ(scene.marks.size(), 1u);
    EXPECT_EQ(scene.marks[0].cell_b, 1u);
    ASSERT_NE(scene.button(7), nullptr);
    EXPECT_EQ(scene.button(7)->key, std::uint32_t{'p'});
    EXPECT_EQ(scene.button(8), nullptr) << "a counter is no button";
}

TEST(Scene, FindsTheCellUnderAPoint) {
    const Scene scene = opening();
    ASSERT_NE(scene.cell_at(2.4f, 0.1f), nullptr);
    EXPECT_EQ(scene.cell_at(2.4f, 0.1f)->id, 2u);
    EXPECT_EQ(scene.cell_at(-0.1f, 0.5f), nullptr);
    EXPECT_EQ(scene.cell_at(2.4f, 1.4f), nullptr) << "decoration is not touched";
}

TEST(SceneCell, ContainsPointsByItsShape) {
    SceneCell cell{.id = 1, .x = 10, .y = 10, .w = 2, .h = 2};
    EXPECT_TRUE(cell.contains(10.9f, 10.9f));
    cell.shape = PARLOUR_SHAPE_CIRCLE;
    EXPECT_FALSE(cell.contains(10.9f, 10.9f));
    EXPECT_TRUE(cell.contains(10.6f, 10.6f));
    cell.shape = PARLOUR_SHAPE_HEX_POINTY;
    EXPECT_TRUE(cell.contains(10, 10.95f));
    EXPECT_FALSE(cell.contains(10.9f, 10.9f));
    cell.shape = PARLOUR_SHAPE_HEX_FLAT;
    EXPECT_TRUE(cell.contains(10.95f, 10));
    EXPECT_FALSE(cell.contains(10.9f, 10.9f));
    cell.shape = PARLOUR_SHAPE_POLYGON;
    EXPECT_FALSE(cell.contains(10, 10)) << "no corners";
    cell.xy = {0, 0, 3, 0, 0, 3};
    EXPECT_TRUE(cell.contains(11, 11));
    EXPECT_FALSE(cell.contains(12.5f, 12.5f));
}

// Hexagons in a lattice touch: a point belongs to the one it is drawn in.
TEST(SceneCell, HexagonsAreRegularAndMeetWithoutOverlapping) {
    SceneCell cell{.id = 1, .shape = PARLOUR_SHAPE_HEX_POINTY, .x = 0, .y = 0, .w = 2, .h = 2};
    ASSERT_EQ(cell.corners().size(), 6u);
    for (const auto &[x, y] : cell.corners()) EXPECT_NEAR(std::hypot(x, y), 1, 1e-5);
    const float half_width = std::sqrt(3.0f) / 2;
    EXPECT_TRUE(cell.contains(half_width - 0.01f, 0));
    EXPECT_FALSE(cell.contains(half_width + 0.01f, 0));
    cell.shape = PARLOUR_SHAPE_HEX_FLAT;
    EXPECT_TRUE(cell.contains(0, half_width - 0.01f));
    EXPECT_FALSE(cell.contains(0, half_width + 0.01f));
    cell.angle = 30;
    EXPECT_FALSE(cell.contains(0.99f, 0)) << "turned by 30 degrees a corner is elsewhere";
    EXPECT_TRUE(cell.contains(0, 0.99f));
}

TEST(SceneCell, TurnsWithItsAngle) {
    SceneCell cell{.id = 1, .x = 0, .y = 0, .w = 4, .h = 1};
    EXPECT_TRUE(cell.contains(1.9f, 0));
    cell.angle = 90;
    EXPECT_FALSE(cell.contains(1.9f, 0));
    EXPECT_TRUE(cell.contains(0, 1.9f));
}

// A board that says nonsense: numbers that are not finite, no texts, an empty extent.
struct Nonsense : BoardGame {
    void layout(Board &board) const {
        board.extent(3, 3, 1, 1);
        board.cell({.id = 1, .x = NAN});
        board.cell({.id = 2, .x = 1, .w = INFINITY});
        board.cell({.id = 3, .shape = PARLOUR_SHAPE_POLYGON});
    }
    void scene(const State &, std::uint32_t, Board &board) const {
        board.piece({.cell = 77, .scale = NAN});
        board.piece({.cell = 77});
        board.widget({.id = 1, .label = nullptr});
    }
};

TEST(Scene, DropsNumbersThatAreNotFinite) {
    const GamePtr game = sdk_game<Nonsense>();
    const auto scene = Scene::of(*game, game->initial(1), 0);
    ASSERT_TRUE(scene);
    EXPECT_LT(scene->x0, scene->x1);
    ASSERT_EQ(scene->cells.size(), 1u);
    EXPECT_EQ(scene->cells[0].id, 3u);
    EXPECT_EQ(scene->pieces.size(), 1u);
    EXPECT_EQ(scene->widgets.at(0).label, "");
}

// Without a board: hides the functions of its base.
struct Bare : BoardGame {
    void layout() const {}
    void scene() const {}
    void path() const {}
};

TEST(Scene, IsNothingWithoutABoard) {
    const GamePtr game = sdk_game<Bare>();
    EXPECT_FALSE(Scene::of(*game, game->initial(1), 0));
}

// Draws what it is given: a secret, blanked in views.
struct Secret : BoardGame {
    static constexpr GameAbout about{
        .id = "secret", .name = "Secret", .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_HIDDEN, .max_moves = 8};
    State view(const State &state, std::uint32_t player) const {
        State seen = state;
        seen.square[1 - player] = 9;
        return seen;
    }
    State determinize(const State &view_of, std::uint32_t, Rng &) const { return view_of; }
    void scene(const State &state, std::uint32_t, Board &board) const {
        for (const std::uint8_t square : state.square) board.piece({.cell = square});
    }
};

TEST(Scene, ShowsAPlayerTheViewOnly) {
    const GamePtr game = sdk_game<Secret>();
    const auto cells = [&](std::uint32_t viewer) {
        std::vector<std::uint32_t> out;
        const auto scene = Scene::of(*game, game->initial(1), viewer);
        for (const ScenePiece &piece : scene->pieces) out.push_back(piece.cell);
        return out;
    };
    EXPECT_THAT(cells(0), ElementsAre(0, 9));
    EXPECT_THAT(cells(1), ElementsAre(9, 2));
    EXPECT_THAT(cells(PARLOUR_VIEWER_ALL), ElementsAre(0, 2));
}

} // namespace
} // namespace parlour::host
