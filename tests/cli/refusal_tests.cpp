// What the games say of moves, positions and options that are none: what, where, why and what to do; and texts of
// other programs that they have to read.
#include "support/open_plugin.hpp"
#include "support/program.hpp"

#include <gmock/gmock.h>

#include <sstream>

namespace parlour::tests {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct GameText {
    std::string game, text, sentence;
    std::vector<std::string> options{};
};
void PrintTo(const GameText &row, std::ostream *out) {
    *out << row.game << ": " << row.text;
}

std::vector<std::string> with_options(std::vector<std::string> words, const GameText &row) {
    for (const std::string &option : row.options) words.insert(words.end(), {"--option", option});
    return words;
}

Finished read_position(const GameText &row) {
    return run_parlour(with_options({"perft", row.game, "1", "--position", row.text}, row));
}

class RefusedPosition : public testing::TestWithParam<GameText> {};

TEST_P(RefusedPosition, SaysWhatIsWrongAndHowItIsRight) {
    const Finished refused = read_position(GetParam());
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.out, IsEmpty());
    EXPECT_THAT(refused.err, HasSubstr(GetParam().sentence));
    EXPECT_EQ(std::count(refused.err.begin(), refused.err.end(), '\n'), 1) << refused.err;
}

const std::string chess_start = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq ";

INSTANTIATE_TEST_SUITE_P(
    Games, RefusedPosition,
    testing::Values(GameText{"chess", chess_start + "- foo bar", "\"foo\" is not part of a position"},
                    GameText{"chess", chess_start + "- x 1", "\"x\" is not part of a position"},
                    GameText{"go", "(;SZ[9]", "no ) at its end", {"size=9"}},
                    GameText{"hex", "(;SZ[11]", "no ) at its end", {"size=11"}},
                    GameText{"gomoku", "(;SZ[15]", "no ) at its end"},
                    GameText{"go", "(;GM[11]SZ[9])", "of another game: GM[11], go has GM[1]", {"size=9"}},
                    GameText{"hex", "(;GM[4]SZ[11])", "of another game: GM[4], hex has GM[11]", {"size=11"}},
                    GameText{"gomoku", "(;GM[1]SZ[15])", "of another game: GM[1], gomoku has GM[4]"},
                    GameText{"go", "(;SZ[19])", "--option size=19", {"size=9"}},
                    GameText{"hex", "(;SZ[13])", "--option size=13", {"size=11"}},
                    GameText{"gomoku", "(;SZ[19])", "--option size=19"},
                    GameText{"go", "(;SZ[9]AB[zz])", "in SGF they are aa to ii", {"size=9"}},
                    GameText{"gomoku", "(;SZ[15]AB[zz])", "in SGF they are aa to oo"},
                    GameText{"hex", "(;SZ[11]AB[z9])", "they are a1 to k11", {"size=11"}},
                    GameText{"amazons", "3q2q3/10/10/q8q/10/10/Q8Q/10/10/3Q2Q3 w rubbish",
                             "\"rubbish\" is not part of a position"},
                    GameText{"minesweeper", "###", "the covered field is \"#########/#########/"},
                    GameText{
                        "minesweeper", "###", "a covered row is ##############################", {"level=expert"}},
                    GameText{"sokoban", "#####", "a level is written like #####/#@$.#/#####"},
                    GameText{"battleship", "A1", "a position looks like \"- - - - -; - - - - -; ; ; 1\""},
                    GameText{"backgammon", "4HPwATDgc/ABM", "no position ID, which has 14 letters"}));

class GoodPosition : public testing::TestWithParam<GameText> {};

TEST_P(GoodPosition, IsRead) {
    const Finished read = read_position(GetParam());
    EXPECT_EQ(read.code, 0) << read.err;
}

INSTANTIATE_TEST_SUITE_P(
    Games, GoodPosition,
    testing::Values(
        GameText{"chess", chess_start + "- bm e4 d4; id \"the start\";", {}},
        GameText{"chess", chess_start + "- hmvc 0; fmvn 1;", {}},
        GameText{"go", "(;GM[1]FF[4]SZ[9]AB[cc:ee];W[aa])", {}, {"size=9"}},
        GameText{"go", ";SZ[9];B[aa]", {}, {"size=9"}}, GameText{"go", "(;SZ[9](;B[aa])(;B[bb]))", {}, {"size=9"}},
        GameText{"amazons", "3q2q3/10/10/q8q/10/10/Q8Q/10/10/3Q2Q3 w 0 1", {}},
        // The examples that refusals give.
        GameText{"sokoban", "#####/#@$.#/#####", {}}, GameText{"battleship", "- - - - -; - - - - -; ; ; 1", {}},
        GameText{"minesweeper", "##/## seed 1", {}, {"level=custom", "width=2", "height=2", "mines=1", "first=safe"}},
        GameText{"backgammon", "4HPwATDgc/ABMA", {}}));

// Lists of points as programs write them to save room: the corners of a rectangle.
struct List {
    std::string game, sgf, rows;
};
class PointList : public testing::TestWithParam<List> {};

TEST_P(PointList, IsARectangle) {
    const auto position_of = [&](const std::string &text) {
        const Finished shown = run_parlour(
            {"analyse", GetParam().game, "--option", "size=5", "--engine", "random", "--json", "--position", text});
        EXPECT_EQ(shown.code, 0) << shown.err;
        const std::size_t at = shown.out.find("\"position\": ");
        return at == std::string::npos ? std::string() : shown.out.substr(at, shown.out.find('\n', at) - at);
    };
    EXPECT_THAT(position_of(GetParam().sgf), HasSubstr("\"" + GetParam().rows + "\""));
}

INSTANTIATE_TEST_SUITE_P(Games, PointList,
                         testing::Values(List{"gomoku", "(;GM[4]SZ[5]AB[aa:bb]AW[dc:ed])", "bb3/bb3/3ww/3ww/5 b"},
                                         List{"hex", "(;GM[11]SZ[5]AB[a1:b2]AW[d3:e4])", "bb3/bb3/3ww/3ww/5 b"}),
                         [](const auto &row) { return row.param.game; });

class RefusedMove : public testing::TestWithParam<GameText> {};

TEST_P(RefusedMove, SaysWhy) {
    const Finished refused = run_parlour(
        with_options({"analyse", GetParam().game, "--engine", "random", "--moves", GetParam().text}, GetParam()));
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.err, HasSubstr("is not possible as move "));
    EXPECT_THAT(refused.err, HasSubstr(GetParam().sentence));
    EXPECT_THAT(refused.err, Not(HasSubstr("a legal one is")));
    EXPECT_EQ(std::count(refused.err.begin(), refused.err.end(), '\n'), 1) << refused.err;
}

INSTANTIATE_TEST_SUITE_P(
    Games, RefusedMove,
    testing::Values(GameText{"chess", "Ke2", "our own pawn stands there"},
                    GameText{"chess", "ke2", "our own pawn stands there"},
                    GameText{"chess", "Nd4", " knight moves two squares straight and one aside"},
                    GameText{"chess", "e4 e5 Ke2 Ke7 Nf3 O-O", "our king has moved, so it cannot castle"},
                    GameText{"chess", "O-O", "omething stands between king and rook"},
                    GameText{"chess", "e2e5", "A pawn moves forward one square"},
                    GameText{"chess", "e4=Q", "nly a pawn becomes another piece, on the last row"},
                    GameText{"chess", "z9", "this board has no square z9"},
                    GameText{"minichess", "Qc3", "omething stands in the way"},
                    GameText{"minichess", "a3a4", "There is no piece on a3"},
                    GameText{"lines_of_action", "b1b4", "it has to move exactly 2 squares"},
                    GameText{"lines_of_action", "b1z9", "this board has no square z9"},
                    GameText{"ataxx", "d4", "None of your discs can reach that square"},
                    GameText{"ataxx", "a1", "That disc is not yours"},
                    GameText{"ataxx", "j10", "this board has no square j10"},
                    GameText{"amazons", "d1-d7", "it can be d1-d7/"},
                    GameText{"amazons", "d1-e3/e4", "Amazons and arrows go straight"},
                    GameText{"amazons", "d1-d7/e9", "Amazons and arrows go straight"},
                    GameText{"amazons", "d1-d7/z9", "this board has no square z9"},
                    GameText{"draughts", "11-16 11-15", "There is no piece on that square"},
                    GameText{"ultimate_tic_tac_toe", "e5 a1", "You are sent to the centre"},
                    GameText{"minesweeper", "a1 a1", "That square is open already"},
                    GameText{"minesweeper", "j10", "this board has no square j10"},
                    GameText{"reversi", "a1", "A disc there would turn nothing"},
                    GameText{"reversi", "z1", "this board has no square z1"},
                    GameText{"breakthrough", "a2a4", "A piece moves one square forward"},
                    GameText{"go", "d6 d6", "That point is taken"},
                    GameText{"dots_and_boxes", "a1-c1", "write a line like a1-b1"},
                    GameText{"backgammon", "1-1",
                             "as move 1: \"1-1\" is not a legal move here: the first roll is never a double"},
                    GameText{"backgammon", "6/4", "as move 2"}));

// The last of some moves, as a plugin itself reads it: what scripts and records are told.
class UnreadMove : public testing::TestWithParam<GameText> {};

TEST_P(UnreadMove, IsRefusedWithTheReason) {
    const test::OpenGame game(GetParam().game);
    StateBuffer state(game->state_size());
    game->initial(state.data(), 0);
    std::istringstream words(GetParam().text);
    parlour_error error{};
    for (std::string word; words >> word;) {
        EXPECT_STREQ(error.text, "");
        Move move = PARLOUR_MOVE_NONE;
        if (game->parse_move(state.data(), word.c_str(), &move, &error) == PARLOUR_OK)
            game->apply(state.data(), move);
    }
    EXPECT_EQ(error.text, GetParam().sentence);
}

INSTANTIATE_TEST_SUITE_P(
    Games, UnreadMove,
    testing::Values(
        GameText{"chess", "Ke2", "\"Ke2\" is not a legal move here: your own pawn stands there"},
        GameText{"minichess", "e3 Nf3",
                 "\"Nf3\" is not a legal move here: a knight moves two squares straight and "
                 "one aside"},
        GameText{"lines_of_action", "pass",
                 "\"pass\" is not a legal move here: you pass only when none of your "
                 "pieces can move"},
        GameText{"lines_of_action", "b1c1",
                 "\"b1c1\" is not a legal move here: in that line there are 6 pieces, so it has to move exactly 6 "
                 "squares"},
        GameText{"ataxx", "a1", "\"a1\" is not a legal move here: that square is taken"},
        GameText{"amazons", "d1-d7/e9",
                 "\"d1-d7/e9\" is not a legal move here: the arrow flies straight from d7, and "
                 "not over squares that are taken"},
        GameText{"amazons", "d1-d1/e2",
                 "\"d1-d1/e2\" is not a legal move here: an amazon has to move before it "
                 "shoots"},
        GameText{"draughts", "9-17", "\"9-17\" is not a legal move here: a man moves one square diagonally forward"},
        GameText{"reversi", "D3 d3", "\"d3\" is not a legal move here: that square is taken"},
        GameText{"reversi", "z1", "\"z1\" is not a legal move here: this board has no square z1"},
        GameText{"reversi", "edge", "\"edge\" is not a legal move here; a legal one is d3"},
        GameText{"go", "d6 d6", "\"d6\" is not a legal move here: that point is taken"},
        GameText{"ultimate_tic_tac_toe", "e5 e5", "\"e5\" is not a legal move here: that square is taken"}));

struct WrongOption {
    std::string game, option, sentence;
};
class RefusedOption : public testing::TestWithParam<WrongOption> {};

// A wrong option is a wrong command line, whoever finds it out: the program or the game.
TEST_P(RefusedOption, IsAWrongCommandLine) {
    const Finished refused = run_parlour({"perft", GetParam().game, "1", "--option", GetParam().option});
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.err, HasSubstr(GetParam().sentence));
}

INSTANTIATE_TEST_SUITE_P(Games, RefusedOption,
                         testing::Values(WrongOption{"nim", "heaps=3-x", "heaps are written as one to eight numbers"},
                                         WrongOption{"sokoban", "xsb=#####", "xsb: there is no player"},
                                         WrongOption{"sokoban", "xsb=##Q##", "xsb: \"Q\" is not part of a level"},
                                         WrongOption{"peg_solitaire", "hole=z9", "hole"}),
                         [](const auto &row) { return row.param.game + std::to_string(row.index); });

} // namespace
} // namespace parlour::tests
