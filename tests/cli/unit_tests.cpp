#include "host/cli/bench_measure.hpp"
#include "host/cli/command_line.hpp"
#include "host/cli/perft.hpp"
#include "host/cli/setup.hpp"
#include "host/cli/wording.hpp"

#include "support/board_game.hpp"
#include "support/sdk_game.hpp"

#include <gmock/gmock.h>

#include <sstream>

namespace parlour::host::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::BoardGame;
using tests::sdk_game;

// ---- the command line ----

CommandLine line() {
    CommandLine out({"cut", "WHAT [OPTION]...", "Cuts things.", {{"parlour cut bread", "cuts bread"}}});
    out.word("WHAT")
        .value("pieces", "N", "how many")
        .value("time", "TIME", "how long")
        .values("with", "TOOL", "a tool");
    out.flag("json", "as JSON");
    return out;
}

std::string refusal(const std::vector<std::string> &words) {
    CommandLine parsed = line();
    try {
        parsed.parse(words);
        static_cast<void>(parsed.number("pieces", 2, 100));
        static_cast<void>(parsed.duration("time"));
    } catch (const Refusal &refused) {
        EXPECT_EQ(refused.code(), ExitCode::usage);
        return refused.what();
    }
    return "";
}

TEST(CommandLine, ReadsWordsAndOptions) {
    CommandLine parsed = line();
    parsed.parse({"bread", "--pieces", "4k", "--with=knife", "--with", "saw", "--time", "1.5s", "--json"});
    EXPECT_EQ(parsed.text("WHAT"), "bread");
    EXPECT_EQ(parsed.number("pieces", 1, 10000), 4000u);
    EXPECT_EQ(parsed.duration("time"), std::chrono::milliseconds(1500));
    EXPECT_THAT(parsed.texts("with"), ElementsAre("knife", "saw"));
    EXPECT_TRUE(parsed.has("json"));
    EXPECT_FALSE(parsed.has("verbose"));
}

TEST(CommandLine, TextsKeepTheirBlanks) {
    CommandLine parsed = line();
    parsed.parse({"rye bread", "--with", "a knife"});
    EXPECT_EQ(parsed.text("WHAT"), "rye bread");
    EXPECT_THAT(parsed.texts("with"), ElementsAre("a knife"));
}

TEST(CommandLine, RefusesInSentences) {
    EXPECT_THAT(refusal({"bread", "--peices", "4"}),
                HasSubstr("there is no option --peices; did you mean --pieces?"));
    EXPECT_THAT(refusal({"bread", "--colour"}), HasSubstr("\"parlour cut --help\""));
    EXPECT_THAT(refusal({}), HasSubstr("it needs WHAT: the usage is parlour cut WHAT"));
    EXPECT_THAT(refusal({"bread", "wine"}), HasSubstr("more words than it takes"));
    EXPECT_THAT(refusal({"bread", "--pieces"}), HasSubstr("--pieces needs a value"));
    EXPECT_THAT(refusal({"bread", "--json=yes"}), HasSubstr("--json takes no value"));
    EXPECT_THAT(refusal({"bread", "--pieces", "1", "--pieces", "2"}), HasSubstr("--pieces may be given only once"));
    EXPECT_THAT(refusal({"bread", "--pieces", "1"}), HasSubstr("a whole number from 2 to 100, not \"1\""));
    EXPECT_THAT(refusal({"bread", "--pieces", "four"}), HasSubstr("not \"four\""));
    EXPECT_THAT(refusal({"bread", "--time", "0s"}), HasSubstr("--time takes a time above zero"));
    EXPECT_THAT(refusal({"bread", "--time", "soon"}), HasSubstr("not \"soon\""));
}

TEST(CommandLine, HelpAsksForNothingElse) {
    CommandLine parsed = line();
    parsed.parse({"--help"});
    EXPECT_TRUE(parsed.wants_help());
    std::ostringstream out;
    parsed.print_help(out);
    EXPECT_THAT(out.str(), testing::AllOf(HasSubstr("Usage: parlour cut WHAT [OPTION]..."), HasSubstr("--with TOOL"),
                                          HasSubstr("parlour cut bread"), HasSubstr("Exit codes")));
}

TEST(ParseNumber, KnowsThousandsAndMillions) {
    EXPECT_EQ(parse_number("250k"), 250000u);
    EXPECT_EQ(parse_number("2M"), 2000000u);
    EXPECT_EQ(parse_number("18446744073709551615"), UINT64_MAX);
    for (const char *wrong : {"", "-1", "1.5", "k", "2kk", "18446744073709551616", "18446744073709551615k", " 1"}) {
        EXPECT_EQ(parse_number(wrong), std::nullopt) << wrong;
    }
}

TEST(EngineSpec, SplitsAtTheColonBeforeTheFirstOption) {
    const EngineSpec spec = parse_engine_spec("python:clever:depth=3,path=a:b");
    EXPECT_EQ(spec.id, "python:clever");
    EXPECT_EQ(spec.options, (OptionMap{{"depth", "3"}, {"path", "a:b"}}));
    EXPECT_EQ(parse_engine_spec("python:clever").id, "python:clever");
    EXPECT_THROW(parse_engine_spec("depth=3"), Refusal);
    EXPECT_THROW(parse_engine_spec("minimax:depth=3,x"), Refusal);
}

// ---- perft ----

TEST(Perft, CountsLeavesAndEndedGames) {
    const GamePtr game = sdk_game<BoardGame>();
    const StateBuffer start = game->initial(1);
    EXPECT_EQ(perft(*game, start, 0)->total.leaves, 1u);
    const auto one = perft(*game, start, 1);
    EXPECT_EQ(one->total.leaves, 5u);
    EXPECT_EQ(one->moves.size(), 5u);
    const auto two = perft(*game, start, 2);
    std::uint64_t sum = 0;
    for (const PerftMove &each : two->moves) sum += each.count.leaves;
    EXPECT_EQ(sum, two->total.leaves);
    // All games end after four plies: at five there are only ended ones, as many as leaves at four.
    const auto four = perft(*game, start, 4), five = perft(*game, start, 5);
    EXPECT_EQ(five->total.leaves, 0u);
    EXPECT_EQ(five->total.ended, four->total.leaves);
    EXPECT_EQ(four->total.ended, 0u);
}

// Counts by playing every sequence out, one at a time.
std::uint64_t count_slowly(const Game &game, const StateBuffer &state, std::uint32_t depth) {
    if (depth == 0) return 1;
    std::uint64_t total = 0;
    for (const Move move : game.legal_moves(state)) {
        StateBuffer next = state;
        EXPECT_TRUE(game.play(next, move).ok());
        total += count_slowly(game, next, depth - 1);
    }
    return total;
}

TEST(Perft, AgreesWithPlayingEverySequence) {
    const GamePtr game = sdk_game<BoardGame>();
    for (std::uint32_t depth = 1; depth <= 5; ++depth) {
        EXPECT_EQ(perft(*game, game->initial(1), depth)->total.leaves, count_slowly(*game, game->initial(1), depth));
    }
}

// A state of many bytes, so that no copy of a fixed size fits.
struct WideGame : BoardGame {
    struct State : BoardGame::State {
        std::uint8_t padding[300];
    };
    State initial() const { return {BoardGame::initial(), {}}; }
    State parse_state(std::string_view) const { return initial(); }
};

TEST(Perft, CountsWideStatesAlike) {
    const GamePtr wide = sdk_game<WideGame>(), game = sdk_game<BoardGame>();
    EXPECT_EQ(perft(*wide, wide->initial(1), 4)->total.leaves, perft(*game, game->initial(1), 4)->total.leaves);
}

struct FaultyGame : BoardGame {
    Turn apply(State &state, Move move) const {
        if (state.plies == 2) return Turn::fault();
        return BoardGame::apply(state, move);
    }
};

TEST(Perft, AFaultOfTheRulesIsAProblem) {
    const GamePtr game = sdk_game<FaultyGame>();
    EXPECT_TRUE(perft(*game, game->initial(1), 3).ok()) << "the last ply is not played";
    const auto result = perft(*game, game->initial(1), 4);
    ASSERT_FALSE(result.ok());
    EXPECT_THAT(result.sentence(), HasSubstr("reported a fault"));
    EXPECT_FALSE(perft(*game, game->initial(1), 1001).ok());
}

// ---- words ----

TEST(ValueWords, SpeaksOfTheBetterSide) {
    const GamePtr game = sdk_game<BoardGame>();
    EXPECT_EQ(value_words(*game, 0, 0.31f, false), "+0.31 for Cross");
    EXPECT_EQ(value_words(*game, 0, -0.31f, false), "+0.31 for Nought");
    EXPECT_EQ(value_words(*game, 1, -1, true), "Cross wins, proven");
    EXPECT_EQ(value_words(*game, 1, 1, true), "Nought wins, proven");
    EXPECT_EQ(value_words(*game, 0, 0, true), "draw, proven");
    EXPECT_EQ(value_words(*game, 0, 0.001f, false), "even");
    EXPECT_EQ(value_words(*game, 0, 1, false), "+1.00 for Cross") << "not proven: nobody wins for certain";
    EXPECT_EQ(value_words(*game, 0, 0.5f, true), "+0.50 for Cross, proven");
}

TEST(LineTexts, AreThoseOfThePositionsOnTheWay) {
    const GamePtr game = sdk_game<BoardGame>();
    const std::vector<Move> moves{1, BoardGame::pass, 3};
    EXPECT_THAT(line_texts(*game, game->initial(1), moves), ElementsAre("to b1", "pass", "to d1"));
    const std::vector<Move> wrong{1, 1, 3};
    EXPECT_THAT(line_texts(*game, game->initial(1), wrong), ElementsAre("to b1"));
    EXPECT_THAT(line_texts(*game, game->initial(1), {}), IsEmpty());
}

TEST(Wording, CountsAndTimesAreShort) {
    EXPECT_EQ(short_count(950), "950");
    EXPECT_EQ(short_count(12345), "12.3k");
    EXPECT_EQ(short_count(4560000), "4.56M");
    EXPECT_EQ(short_count(1.2e9), "1.20G");
    EXPECT_EQ(time_words(std::chrono::milliseconds(120)), "0.12 s");
    EXPECT_EQ(time_words(std::chrono::seconds(125)), "2 min 5 s");
}

// ---- measuring ----

TEST(Median, IsTheMiddle) {
    EXPECT_EQ(median({3, 1, 2}), 2);
    EXPECT_EQ(median({4, 1, 2, 3}), 2.5);
    EXPECT_EQ(median({}), 0);
}

TEST(MeasureInTurn, RunsEveryKernelInEveryRound) {
    volatile double sink = 0;
    std::uint64_t calls[2] = {0, 0};
    const auto kernel = [&](int which) {
        return [&, which](std::uint64_t count) {
            ++calls[which];
            for (std::uint64_t i = 0; i < count * 100; ++i) sink = sink + 1;
        };
    };
    const auto measured = measure_in_turn({kernel(0), kernel(1)}, 0.01);
    ASSERT_EQ(measured.size(), 2u);
    EXPECT_GT(measured[0].per_second, 0);
    EXPECT_GT(measured[0].ratio, 0);
    EXPECT_EQ(measured[1].ratio, 1);
    EXPECT_GE(calls[0], 3u);
    EXPECT_GE(calls[1], 3u);
}

} // namespace
} // namespace parlour::host::cli
