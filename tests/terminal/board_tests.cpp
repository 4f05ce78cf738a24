#include "host/terminal/text_board.hpp"

#include "support/board_game.hpp"
#include "support/sdk_game.hpp"

#include <gmock/gmock.h>

namespace parlour::host::terminal {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::BoardGame;
using tests::sdk_game;

// A grid of cells named by column and row, a1 at the lower left.
Scene squares(int columns, int rows) {
    Scene scene;
    scene.x1 = static_cast<float>(columns);
    scene.y1 = static_cast<float>(rows);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            SceneCell cell{.id = static_cast<std::uint32_t>(row * columns + column)};
            cell.x = static_cast<float>(column) + 0.5f;
            cell.y = static_cast<float>(row) + 0.5f;
            cell.label = std::string(1, static_cast<char>('a' + column)) + std::to_string(rows - row);
            scene.cells.push_back(cell);
        }
    }
    return scene;
}

ScenePiece piece(std::uint32_t cell, std::string label, std::uint8_t color = PARLOUR_COLOR_LIGHT) {
    return {.cell = cell, .color = color, .label = std::move(label)};
}

TEST(BoardText, IsAGridWithCoordinates) {
    Scene scene = squares(4, 4);
    scene.pieces = {piece(0, "white rook"), piece(5, "black knight", PARLOUR_COLOR_DARK)};
    EXPECT_EQ(board_text(scene, {}),
              "  4  w . . .\n"
              "  3  . b . .\n"
              "  2  . . . .\n"
              "  1  . . . .\n"
              "     a b c d\n");
}

TEST(BoardText, TurnsRound) {
    Scene scene = squares(4, 4);
    scene.pieces = {piece(0, "white rook")};
    EXPECT_EQ(board_text(scene, {.flipped = true}),
              "  1  . . . .\n"
              "  2  . . . .\n"
              "  3  . . . .\n"
              "  4  . . . w\n"
              "     d c b a\n");
}

TEST(BoardText, SetsTheLastMoveInBrackets) {
    Scene scene = squares(4, 1);
    scene.pieces = {piece(1, "x")};
    EXPECT_EQ(board_text(scene, {.changed = {0, 1}}), "  1 [.|x]. .\n     a b c d\n");
    EXPECT_EQ(board_text(scene, {.changed = {3}}), "  1  . x .[.]\n     a b c d\n");
}

TEST(BoardText, AWinningRowIsMarkedWhereThereAreNoColours) {
    Scene scene = squares(4, 4);
    scene.marks = {{.cell_a = 0, .cell_b = 15}};
    EXPECT_EQ(board_text(scene, {}),
              "  4 [.]. . .\n"
              "  3  .[.]. .\n"
              "  2  . .[.].\n"
              "  1  . . .[.]\n"
              "     a b c d\n");
}

TEST(BoardText, KingsArePutInCapitals) {
    Scene scene = squares(4, 1);
    scene.pieces = {piece(0, "white man"), piece(1, "white king")};
    scene.pieces[1].level = 1;
    EXPECT_THAT(board_text(scene, {}), HasSubstr("w W . ."));
}

TEST(BoardText, PiecesOfTwoColoursThatBeginAlikeGetOtherSigns) {
    Scene scene = squares(4, 1);
    scene.pieces = {piece(0, "disc", PARLOUR_COLOR_PLAYER0), piece(1, "disc", PARLOUR_COLOR_PLAYER0 + 1)};
    EXPECT_THAT(board_text(scene, {}), HasSubstr("x o . ."));
}

TEST(BoardText, ShowsFacesTilesAndDice) {
    Scene scene = squares(5, 1);
    for (std::uint32_t i = 0; i < 4; ++i) scene.pieces.push_back(piece(i, "thing"));
    scene.pieces[0].kind = PARLOUR_PIECE_TILE;
    scene.pieces[0].glyph = "64";
    scene.pieces[1].kind = PARLOUR_PIECE_CARD;
    scene.pieces[1].glyph = "7\u2665";
    scene.pieces[2].kind = PARLOUR_PIECE_CARD;
    scene.pieces[2].flags = PARLOUR_PIECE_FACE_DOWN;
    scene.pieces[3].kind = PARLOUR_PIECE_DIE;
    scene.pieces[3].count = 5;
    EXPECT_THAT(board_text(scene, {}), HasSubstr("64 7\u2665 ## 5  ."));
}

TEST(BoardText, NumberedCellsShowTheirNumbersWhileTheyAreEmpty) {
    Scene scene = squares(2, 2);
    for (std::size_t i = 0; i < 4; ++i) scene.cells[i].label = std::to_string(9 + i);
    scene.pieces = {piece(3, "white man")};
    EXPECT_EQ(board_text(scene, {}),
              "  9  10\n"
              "  11 w\n");
    EXPECT_EQ(board_text(scene, {.labels = true}),
              "  9  10\n"
              "  11 12\n");
}

TEST(BoardText, HexagonsStandBetweenTheOnesAbove) {
    Scene scene;
    for (std::uint32_t i = 0; i < 6; ++i) {
        SceneCell cell{.id = i, .shape = PARLOUR_SHAPE_HEX_POINTY};
        cell.x = static_cast<float>(i % 3) + (i < 3 ? 0.0f : 0.5f);
        cell.y = i < 3 ? 0.0f : 0.9f;
        scene.cells.push_back(cell);
    }
    EXPECT_EQ(board_text(scene, {}),
              "  .   .   .\n"
              "    .   .   .\n");
}

TEST(BoardText, DecorationIsNoPlace) {
    Scene scene = squares(4, 1);
    SceneCell frame{.id = 77, .flags = PARLOUR_CELL_DECOR, .x = 2, .y = 9};
    scene.cells.push_back(frame);
    EXPECT_EQ(board_text(scene, {}), "  1  . . . .\n     a b c d\n");
}

TEST(BoardText, TellsCountersAndButtonsBelow) {
    const GamePtr game = sdk_game<BoardGame>();
    const Scene scene = *Scene::of(*game, game->initial(1), 0);
    const std::string text = board_text(scene, {.players = {"Cross", "Nought"}});
    EXPECT_EQ(text,
              "  1 [c|.]n .\n"
              "     a b c d\n"
              "  Cross Plies 0\n"
              "  <Pass (p)>\n");
    EXPECT_THAT(board_text(scene, {.buttons = std::vector<std::uint32_t>{}}), Not(HasSubstr("Pass")));
}

TEST(BoardText, ATableThatIsNoGridIsAList) {
    Scene scene;
    scene.cells = {{.id = 1, .x = 1, .y = 1, .label = "hand"}, {.id = 2, .x = 5, .y = 2, .label = "pot"}};
    scene.pieces = {piece(1, "king")};
    scene.pieces[0].kind = PARLOUR_PIECE_CARD;
    scene.pieces[0].glyph = "K";
    scene.marks = {{.cell_a = 1, .kind = PARLOUR_MARK_RING}, {.cell_a = 2, .kind = PARLOUR_MARK_TEXT, .text = "3"}};
    EXPECT_EQ(board_text(scene, {}),
              "  * hand: [K] king\n"
              "    pot: 3\n");
}

TEST(BoardText, SurvivesABoardWithNothingOnIt) {
    EXPECT_EQ(board_text(Scene(), {}), "");
}

TEST(BoardText, HasColoursWhereTheyAreWanted) {
    Scene scene = squares(4, 1);
    scene.pieces = {piece(0, "x", PARLOUR_COLOR_PLAYER0)};
    EXPECT_THAT(board_text(scene, {}), Not(HasSubstr("\x1b")));
    EXPECT_THAT(board_text(scene, {.colors = ColorDepth::basic}), HasSubstr("\x1b[1;33mx\x1b[0m"));
    EXPECT_THAT(board_text(scene, {.colors = ColorDepth::many}), HasSubstr("38;5;208"));
}

TEST(TextWidth, CountsColumns) {
    EXPECT_EQ(text_width("abc"), 3u);
    EXPECT_EQ(text_width("7\u2665"), 2u);
    EXPECT_EQ(text_width("\u6c49"), 2u);
    EXPECT_EQ(text_width("e\u0301"), 1u);
    EXPECT_EQ(text_width("\xff\xfe"), 2u) << "bytes that are no text";
}

} // namespace
} // namespace parlour::host::terminal
