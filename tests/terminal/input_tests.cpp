#include "host/terminal/line_reader.hpp"
#include "host/terminal/move_input.hpp"

#include "support/board_game.hpp"
#include "support/sdk_game.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <thread>

namespace parlour::host::terminal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using tests::BoardGame;
using tests::sdk_game;

MoveInput typed(const std::string &text) {
    const GamePtr game = sdk_game<BoardGame>();
    return read_move(*game, game->initial(1), text);
}

TEST(MoveInput, TakesAMovesText) {
    EXPECT_EQ(typed("to d1").move, Move{3});
    EXPECT_EQ(typed("  walk b1 d1 ").move, BoardGame::walk);
}

TEST(MoveInput, CaseBlanksAndSignsDoNotMatter) {
    EXPECT_EQ(typed("TO-D1").move, Move{3});
    EXPECT_EQ(typed("walkb1d1").move, BoardGame::walk);
}

TEST(MoveInput, TakesTheBeginningOfATextWhereItIsTheOnlyOne) {
    EXPECT_EQ(typed("da").move, BoardGame::dash);
    EXPECT_THAT(typed("t").choices, ElementsAre(1, 3));
}

TEST(MoveInput, TakesButtonsByNameAndKey) {
    EXPECT_EQ(typed("Pass").move, BoardGame::pass);
    EXPECT_EQ(typed("p").move, BoardGame::pass);
}

TEST(MoveInput, TakesCellsOneAfterTheOther) {
    EXPECT_EQ(typed("a1 b1 d1").move, BoardGame::walk);
    EXPECT_EQ(typed("a1-b1xd1").move, std::nullopt) << "x is no name of a cell";
    EXPECT_EQ(typed("a1b1d1").move, BoardGame::walk);
    EXPECT_EQ(typed("A1, B1, D1").move, BoardGame::walk);
}

TEST(MoveInput, AsksWhereCellsMeanSeveralMoves) {
    EXPECT_THAT(typed("a1 d1").choices, ElementsAre(3, BoardGame::walk));
    EXPECT_THAT(typed("a1").choices, ElementsAre(1, BoardGame::dash, BoardGame::walk, 3));
}

TEST(MoveInput, SaysWhyCellsAreNoMove) {
    EXPECT_EQ(typed("c1").sentence, "Your piece is not there.");
    EXPECT_EQ(typed("a1 c1").sentence, "That square is taken.");
}

TEST(MoveInput, SaysWhatIsWrongWithOtherWords) {
    EXPECT_THAT(typed("castle").sentence, HasSubstr("castle"));
    EXPECT_THAT(typed("").sentence, HasSubstr("Type a move"));
    EXPECT_FALSE(typed(std::string(10000, 'a')).sentence.empty());
    EXPECT_FALSE(typed("\x01\xff").sentence.empty());
}

class Pipe {
public:
    Pipe() {
        if (pipe(ends_) != 0) std::abort();
    }
    ~Pipe() {
        close(ends_[0]);
        close_writing();
    }
    int reading() const { return ends_[0]; }
    void write(const std::string &text) const {
        ASSERT_EQ(::write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
    }
    void close_writing() {
        if (ends_[1] >= 0) close(std::exchange(ends_[1], -1));
    }

private:
    int ends_[2];
};

using Event = LineReader::Event;

TEST(LineReader, GivesLinesAndThenTheEnd) {
    Pipe pipe;
    pipe.write("one\r\ntwo\n\nlast");
    pipe.close_writing();
    LineReader reader(pipe.reading());
    for (const char *line : {"one", "two", "", "last"}) {
        ASSERT_EQ(reader.wait(std::nullopt), Event::line);
        EXPECT_EQ(reader.line(), line);
    }
    EXPECT_EQ(reader.wait(std::nullopt), Event::end);
    EXPECT_EQ(reader.wait(std::nullopt), Event::end);
}

TEST(LineReader, HalfALineIsNone) {
    Pipe pipe;
    pipe.write("half");
    LineReader reader(pipe.reading());
    EXPECT_EQ(reader.wait(std::chrono::milliseconds(1)), Event::timeout);
    pipe.write(" a line\n");
    ASSERT_EQ(reader.wait(std::nullopt), Event::line);
    EXPECT_EQ(reader.line(), "half a line");
}

TEST(LineReader, WakesFromAnotherThread) {
    Pipe pipe;
    LineReader reader(pipe.reading());
    std::thread other([&] { reader.wake(); });
    EXPECT_EQ(reader.wait(std::nullopt), Event::woken);
    other.join();
    EXPECT_EQ(reader.wait(std::chrono::milliseconds(0)), Event::timeout);
}

TEST(LineReader, CanLeaveTheInputAlone) {
    Pipe pipe;
    pipe.write("line\n");
    LineReader reader(pipe.reading());
    EXPECT_EQ(reader.wait(std::chrono::milliseconds(1), false), Event::timeout);
    EXPECT_EQ(reader.wait(std::nullopt), Event::line);
}

TEST(LineReader, WithoutInputThereIsOnlyTheEnd) {
    LineReader reader(-1);
    EXPECT_EQ(reader.wait(std::nullopt), Event::end);
    EXPECT_EQ(reader.wait(std::chrono::milliseconds(1), false), Event::timeout);
}

} // namespace
} // namespace parlour::host::terminal
