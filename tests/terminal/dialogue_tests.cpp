// Whole dialogues with the built program.
#include "support/program.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

namespace parlour::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string read_file(const std::filesystem::path &file) {
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// A game of noughts and crosses between two people at one keyboard.
Finished crosses(const std::string &input) {
    return run_parlour({"play", "tic_tac_toe", "--seat", "person", "--seat", "person"}, input);
}

TEST(Dialogue, PlaysAGameToItsEnd) {
    const Finished game = crosses("b2\na1\na3\nc1\nc3\nb1\nquit\n");
    EXPECT_EQ(game.code, 0);
    EXPECT_THAT(game.out, HasSubstr("Cross> b2\nCross: b2\n"));
    EXPECT_THAT(game.out, HasSubstr("  3  x . x\n"
                                    "  2  . x .\n"
                                    "  1 [o|o|o]\n"
                                    "     a b c\n"));
    EXPECT_THAT(game.out, HasSubstr("Nought wins"));
}

TEST(Dialogue, RefusesAMoveWithASentenceAndGoesOn) {
    const Finished game = crosses("b2\nb2\nzz\na1\nquit\n");
    EXPECT_EQ(game.code, 0);
    EXPECT_THAT(game.out, AllOf(HasSubstr("Nought> b2\n"), HasSubstr("\"zz\""), HasSubstr("Nought: a1")));
}

TEST(Dialogue, TakesMovesBackAndPlaysThemAgain) {
    const Finished game = crosses("b2\nundo\nmoves\nredo\nhistory\nquit\n");
    EXPECT_THAT(game.out, AllOf(HasSubstr("Taken back."), HasSubstr("a3 b3 c3"), HasSubstr("Played again.")));
    EXPECT_THAT(game.out, HasSubstr("  1  Cross            b2\n"));
}

TEST(Dialogue, UndoAtTheStartIsRefusedWithASentence) {
    EXPECT_THAT(crosses("undo\nquit\n").out, Not(HasSubstr("Taken back")));
}

TEST(Dialogue, HelpsWithWordsRulesAndHints) {
    const Finished game = crosses("help\nrules\nhint\nquit\n");
    EXPECT_THAT(game.out, AllOf(HasSubstr("takes your last move back"), HasSubstr("three"), HasSubstr("Hint: ")));
}

TEST(Dialogue, ResignsAndPlaysAgain) {
    const Finished game = crosses("b2\nresign\na1\nagain\na1\nquit\n");
    EXPECT_THAT(game.out, AllOf(HasSubstr("Nought resigns"), HasSubstr("The game is over; again plays another"),
                                HasSubstr("Cross: a1")));
}

TEST(Dialogue, SavesAndLoads) {
    const ScratchFolder folder;
    const std::string file = (folder / "game.txt").string();
    const Finished saved = crosses("b2\na1\nsave " + file + "\nsave " + file + "\nquit\n");
    EXPECT_THAT(saved.out, AllOf(HasSubstr("Saved to " + file), HasSubstr("is there already")));
    EXPECT_THAT(read_file(file), HasSubstr("[Game \"tic_tac_toe\"]"));

    const Finished loaded = run_parlour({"play", "--load", file}, "history\nquit\n");
    EXPECT_EQ(loaded.code, 0);
    EXPECT_THAT(loaded.out, AllOf(HasSubstr("1  Cross            b2"), HasSubstr("2  Nought           a1")));
    EXPECT_THAT(crosses("load " + file + "\nc3\nquit\n").out, AllOf(HasSubstr("2 moves"), HasSubstr("Cross: c3")));
}

TEST(Dialogue, ADamagedFileChangesNothing) {
    const ScratchFolder folder;
    const std::string file = (folder / "game.txt").string();
    crosses("b2\nsave " + file + "\nquit\n");
    std::string text = read_file(file);
    text.replace(text.find("b2"), 2, "a1");
    std::ofstream(file) << text;
    const Finished game = crosses("c3\nload " + file + "\nload /nowhere\nhistory\nquit\n");
    EXPECT_THAT(game.out,
                AllOf(HasSubstr("Nothing was loaded: " + file), HasSubstr("Nothing was loaded: there is no file"),
                      HasSubstr("1  Cross            c3")));
    EXPECT_EQ(run_parlour({"play", "--load", file}).code, 1);
    EXPECT_EQ(run_parlour({"play", "--load", "/nowhere"}).code, 3);
}

TEST(Dialogue, TheEndOfTheInputEndsTheGame) {
    const Finished game = crosses("b2\n");
    EXPECT_EQ(game.code, 0);
    EXPECT_THAT(game.out, HasSubstr("The input has ended; the game stays unfinished."));
}

TEST(Dialogue, AnEngineAnswers) {
    const Finished game =
        run_parlour({"play", "tic_tac_toe", "--seat", "person", "--seat", "random", "--seed", "5"}, "b2\nquit\n");
    EXPECT_EQ(game.code, 0);
    EXPECT_THAT(game.out, HasSubstr("Nought (random): "));
}

TEST(Dialogue, WithoutAPersonEnginesPlayEachOther) {
    const Finished game = run_parlour({"play", "four_in_a_row", "--nodes", "200", "--seed", "5"});
    EXPECT_EQ(game.code, 0);
    EXPECT_THAT(game.out, testing::ContainsRegex("wins|Draw"));
}

TEST(Dialogue, HiddenCardsStayHidden) {
    const Finished game =
        run_parlour({"play", "kuhn_poker", "--seat", "person", "--seat", "random", "--seed", "3"}, "quit\n");
    EXPECT_THAT(game.out, AllOf(HasSubstr("second card: [##]"), HasSubstr("Chance: ?")));
}

TEST(Dialogue, TwoPeopleAreToldWhoseEyesTheCardsAreFor) {
    const Finished game =
        run_parlour({"play", "kuhn_poker", "--seat", "person", "--seat", "person", "--seed", "3"}, "\nbet\n\nquit\n");
    EXPECT_THAT(game.out,
                AllOf(HasSubstr("What follows is for First only"), HasSubstr("What follows is for Second only")));
    EXPECT_THAT(game.out, AllOf(HasSubstr("first card: [##]"), HasSubstr("second card: [##]")));
}

TEST(Dialogue, DiceAreNotRolledAgainByUndo) {
    const Finished game =
        run_parlour({"play", "pig", "--seat", "person", "--seat", "random", "--seed", "9"}, "roll\nundo\nquit\n");
    EXPECT_THAT(game.out, Not(HasSubstr("Taken back.")));
}

TEST(Dialogue, OnATerminalThereAreColours) {
    const Finished game =
        run_parlour({"play", "reversi", "--seat", "person", "--seat", "person", "--no-save"}, "d3\nquit\n", true);
    EXPECT_EQ(game.code, 0);
    EXPECT_THAT(game.out, AllOf(HasSubstr("\x1b[38;5;"), HasSubstr("Black: ")));
}

TEST(Dialogue, NoColorIsRespected) {
    const Finished game = run_parlour({"play", "reversi", "--seat", "person", "--seat", "person", "--no-save"},
                                      "d3\nquit\n", true, {{"NO_COLOR", "1"}});
    EXPECT_EQ(game.code, 0);
    EXPECT_THAT(game.out, AllOf(HasSubstr("Black: d3"), Not(HasSubstr("\x1b[38;5;"))));
}

TEST(TextGallery, OpensWithoutADisplay) {
    const Finished gallery = run_parlour({}, "quit\n", true);
    EXPECT_EQ(gallery.code, 0);
    EXPECT_THAT(gallery.out,
                AllOf(HasSubstr("there is no display"), HasSubstr("Tic-Tac-Toe"), HasSubstr("gallery> ")));
}

TEST(TextGallery, ChoosesAGameItsOptionsAndSeats) {
    const Finished gallery = run_parlour({"--terminal"}, "reversi\nsize=4\n\n\nrandom\nmoves\nquit\n");
    EXPECT_EQ(gallery.code, 0);
    EXPECT_THAT(gallery.out, AllOf(HasSubstr("Options: size=8"), HasSubstr("Options: size=4"),
                                   HasSubstr("Who plays?"), HasSubstr("  4  . . . .\n     a b c d\n")));
}

TEST(TextGallery, RefusesWithSentences) {
    const Finished gallery = run_parlour(
        {"--text"}, "revers1\nreversi\nsize=5\nsize=4\n\nnobody\nmenu\nplugins\nrules reversi\nhelp\nquit\n");
    EXPECT_EQ(gallery.code, 0);
    EXPECT_THAT(gallery.out, AllOf(HasSubstr("There is no game \"revers1\"; did you mean reversi?"),
                                   HasSubstr("size takes one of"), HasSubstr("nobody"), HasSubstr("loaded"),
                                   HasSubstr("square"), HasSubstr("looks for new plugins")));
}

TEST(TextGallery, EndsWithItsInput) {
    EXPECT_EQ(run_parlour({"--terminal"}, "reversi\n").code, 0);
    EXPECT_EQ(run_parlour({"--terminal"}, "").code, 0);
}

TEST(TextGallery, WithNeitherDisplayNorTerminalShowsAGame) {
    const Finished shown = run_parlour({});
    EXPECT_EQ(shown.code, 0);
    EXPECT_THAT(shown.err, HasSubstr("there is no display"));
    EXPECT_THAT(shown.out, AllOf(HasSubstr("between engines"), testing::ContainsRegex("wins|Draw")));
    EXPECT_EQ(shown.out, run_parlour({"--seed", "1"}).out) << "the same seed shows the same game";
}

} // namespace
} // namespace parlour::tests
