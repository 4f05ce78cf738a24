// Game records: what is written, that it loads back, and what is refused by the rules.
#include "record_samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace parlour::host {
namespace {

using namespace fake;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

Result<Match> load(const std::string &text) {
    const Result<Record> record = parse_record(text);
    if (!record) return record.problem();
    return load_record(*record, game_by_id);
}

// The text with one part replaced, and no check: as a person would edit it.
std::string edited(std::string text, const std::string &from, const std::string &to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    const std::size_t check = text.rfind("[Check");
    return text.substr(0, check) + "[Check \"none\"]\n";
}

TEST(Record, ReadsLikeThis) {
    const std::string text = rich_text();
    EXPECT_THAT(text,
                testing::StartsWith("[Parlour \"1\"]\n[Game \"nim\"]\n[Option \"heap=5\"]\n[Variant \"heap=5\"]\n"));
    for (const char *line :
         {"[Seat2 \"\"]\n[Engine2 \"an_engine\"]\n[EngineOption2 \"memory=64\"]\n", "[Level2 \"7\"]\n",
          "[Limits2 \"time=1.5s nodes=1000 playouts=5 depth=3\"]\n", "[Seed \"42\"]\n[Time \"5m+3s\"]\n",
          "[Date \"2024-05-01\"]\n[Event \"A \\\"test\\\"\"]\n[Result \"-1 1\"]\n[Ending \"normal\"]\n\n",
          "\n1. take 3 {used 1.25s, value 0.35, depth 8, nodes 1234, note \"",
          "\n2. take 2 {used 1.75s, value -0.1}\n"})
        EXPECT_THAT(text, HasSubstr(line));
    EXPECT_THAT(dice_text(), HasSubstr("\n1. roll\n2~ "));
    EXPECT_THAT(dice_text(), HasSubstr("[Result \"*\"]\n\n"));
}

TEST(Record, LoadsBackAsItWas) {
    for (const Match &match : {rich_match(), dice_match(), odd_match()}) {
        const std::string text = write_record(match);
        const Result<Match> loaded = load(text);
        ASSERT_TRUE(loaded.ok()) << loaded.sentence() << "\n" << text;
        EXPECT_EQ(write_record(*loaded), text);
        EXPECT_EQ(loaded->moves(), match.moves());
        EXPECT_EQ(loaded->seats(), match.seats());
        EXPECT_EQ(loaded->clock().times(), match.clock().times());
        EXPECT_EQ(loaded->is_over(), match.is_over());
        if (match.is_over()) {
            EXPECT_EQ(loaded->outcome()->sentence, match.outcome()->sentence);
        }
        for (std::size_t at = 0; at < match.plies(); ++at) EXPECT_EQ(loaded->ply(at).note, match.ply(at).note);
    }
}

TEST(Record, ALoadedGameGoesOnWithTheSameChance) {
    Match straight = dice_match();
    Match loaded = *load(write_record(straight));
    for (Match *match : {&straight, &loaded}) {
        while (!match->is_over()) {
            static_cast<void>(match->play(Dice::roll, 0s));
            match->settle(0s);
        }
    }
    EXPECT_EQ(loaded.moves(), straight.moves());
}

TEST(Record, EveryEndingLoadsBack) {
    for (const Ending ending : {Ending::resign, Ending::time, Ending::illegal_move, Ending::crash, Ending::stall,
                                Ending::agreed_draw, Ending::rules_failed, Ending::abandoned}) {
        Match match = *Match::create({.game = make_game<Nim>()});
        static_cast<void>(match.play(1, 0s));
        match.finish(ending, 1, has_fault(ending) ? "it said \"why\"" : "", 0s);
        const Result<Match> loaded = load(write_record(match));
        ASSERT_TRUE(loaded.ok()) << loaded.sentence();
        EXPECT_EQ(loaded->outcome()->ending, ending);
        EXPECT_EQ(loaded->outcome()->fault, match.outcome()->fault);
        EXPECT_EQ(loaded->outcome()->detail, match.outcome()->detail);
    }
    Match match = *Match::create({.game = make_game<Nim>(), .max_plies = 1});
    static_cast<void>(match.play(1, 0s));
    EXPECT_EQ(load(write_record(match))->outcome()->ending, Ending::too_long);
}

TEST(Record, MovesTakenBackAreNotInIt) {
    Match match = *Match::create({.game = make_game<Nim>()});
    for (int i = 0; i < 3; ++i) static_cast<void>(match.play(1, 0s));
    ASSERT_TRUE(match.undo(0s).ok());
    EXPECT_EQ(to_record(match).plies.size(), 2u);
}

TEST(Record, SeveralInAFile) {
    const Result<std::vector<Record>> records = parse_records(rich_text() + "\n\n" + dice_text() + odd_text());
    ASSERT_TRUE(records.ok()) << records.sentence();
    ASSERT_EQ(records->size(), 3u);
    EXPECT_EQ((*records)[1].game, "dice");
    EXPECT_TRUE(parse_records("").ok());
    EXPECT_TRUE(parse_records("\n \n")->empty());
    EXPECT_THAT(parse_record(rich_text() + dice_text()).sentence(), HasSubstr("second record"));
    EXPECT_THAT(parse_record("").sentence(), HasSubstr("no record"));
}

TEST(Record, LineEndsOfAnotherSystemAreNoDamage) {
    std::string text;
    for (const char c : rich_text()) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const Result<Record> record = parse_record(text);
    ASSERT_TRUE(record.ok()) << record.sentence();
    EXPECT_EQ(write_record(*record), rich_text());
}

TEST(Record, ARecordWrittenByHand) {
    const Result<Match> match = load(
        "[Parlour \"1\"]\n[Game \"nim\"]\n[Result \"*\"]\n\n1. take 1\n2. TAKE2  \n"
        "[Check \"none\"]\n");
    ASSERT_TRUE(match.ok()) << match.sentence();
    EXPECT_EQ(match->moves(), (std::vector<Move>{1, 2}));
}

TEST(Record, AChangeIsNoticed) {
    std::string text = rich_text();
    text.replace(text.find("take 3"), 6, "take 1");
    const Result<Record> record = parse_record(text);
    ASSERT_FALSE(record.ok());
    EXPECT_THAT(record.sentence(), HasSubstr("changed or damaged"));
}

TEST(Record, ANewerFormatSaysSo) {
    const Result<Record> record = parse_record(edited(rich_text(), "[Parlour \"1\"]", "[Parlour \"2\"]"));
    ASSERT_FALSE(record.ok());
    EXPECT_EQ(record.problem().code, PARLOUR_E_VERSION);
    EXPECT_THAT(record.sentence(), HasSubstr("newer version"));
}

TEST(Record, RefusalsNameTheLineAndTheReason) {
    const std::string rich = rich_text();
    const std::tuple<const char *, const char *, const char *> rows[] = {
        {"[Game \"nim\"]\n", "", "which game"},
        {"[Game \"nim\"]", "[Game \"nim\"", "is not a tag"},
        {"[Game \"nim\"]", "[Game nim]", "is not a tag"},
        {"[Game \"nim\"]", "[Game \"n\"m\"]", "backslash before it"},
        {"[Game \"nim\"]", "[Game \"n\\qm\"]", "backslash"},
        {"[Option \"heap=5\"]", "[Option \"heap\"]", "id=value"},
        {"[Option \"heap=5\"]", "[Option \"heap=5\"]\n[Option \"heap=6\"]", "twice"},
        {"[Seed \"42\"]", "[Seed \"42\"]\n[Seed \"43\"]", "twice"},
        {"[Seed \"42\"]", "[Seed \"-1\"]", "whole number"},
        {"[Level2 \"7\"]", "[Level2 \"11\"]", "from 1 to 10"},
        {"[Level2 \"7\"]", "[Level17 \"7\"]", "seat that does not exist"},
        {"[Level2 \"7\"]", "[Level3 \"7\"]", "no Seat3"},
        {"nodes=1000", "nodes=x", "is not a limit"},
        {"5m+3s", "5q", "not a time control"},
        {"[Result \"-1 1\"]", "[Result \"*\"]", "do not fit"},
        {"[Result \"-1 1\"]", "[Result \"-1 x\"]", "one number a player"},
        {"[Result \"-1 1\"]\n", "", "Result"},
        {"[Ending \"normal\"]", "[Ending \"odd\"]", "not a way"},
        {"[Ending \"normal\"]", "[Ending \"resign\"]", "Fault"},
        {"2. take 2", "3. take 2", "move 2 is expected"},
        {"2. take 2", "take 2", "move 2 is expected"},
        {"used 1.75s", "used long", "remark"},
        {"value -0.1}", "value -0.1", "not closed"},
        {"value -0.1", "value 2", "remark"},
    };
    for (const auto &[from, to, why] : rows) {
        const Result<Record> record = parse_record(edited(rich, from, to));
        ASSERT_FALSE(record.ok()) << to;
        EXPECT_THAT(record.sentence(), testing::StartsWith("Line ")) << to;
        EXPECT_THAT(record.sentence(), HasSubstr(why)) << to;
    }
    EXPECT_THAT(parse_record("once upon a time").sentence(), HasSubstr("begins with [Parlour"));
    EXPECT_THAT(parse_record("[Event \"x\"]").sentence(), HasSubstr("begins with [Parlour"));
    EXPECT_THAT(parse_record("\xff\xfe").sentence(), HasSubstr("UTF-8"));
}

TEST(Record, EveryMoveIsCheckedByTheRules) {
    const std::tuple<std::string, const char *, const char *, const char *> rows[] = {
        {rich_text(), "[Game \"nim\"]", "[Game \"rummy\"]", "no game \"rummy\""},
        {rich_text(), "[Option \"heap=5\"]", "[Option \"heap=500\"]", "heap"},
        {rich_text(), "1. take 3", "1. take 4", "Line 20: move 1: "},
        {rich_text(), "2. take 2", "2. take 1", "still goes on"},
        {rich_text(), "[Result \"-1 1\"]", "[Result \"1 -1\"]", "by the rules it is -1 1"},
        {rich_text(), "used 1.25s", "used 10m", "time is over"},
        {dice_text(), "1. roll", "1~ roll", "a player is to move there"},
        {dice_text(), "2~ ", "2. ", "chance decides there"},
        {odd_text(), "[Position \"2\"]", "[Position \"7\"]", "starting position is refused"},
        {odd_text(), "[Fault \"1\"]", "[Fault \"2\"]", "blames player 2"},
        {odd_text(), "[Seat1 \"\"]", "[Seat1 \"\"]\n[Seat2 \"\"]", "seats for 1 player"},
        {odd_text(), "[Position \"2\"]", "[Position \"4\"]", "after its moves it has ended otherwise"},
    };
    for (const auto &[text, from, to, why] : rows) {
        const Result<Match> match = load(edited(text, from, to));
        ASSERT_FALSE(match.ok()) << to;
        EXPECT_THAT(match.sentence(), HasSubstr(why)) << to;
    }
}

RC_GTEST_PROP(Record, AnyTextsRoundTrip,
              (std::string name, std::string note, std::string extra, std::string detail)) {
    Match match = *Match::create({.game = make_game<Nim>(), .seats = {Seat::person(name)}});
    static_cast<void>(match.play(1, 0s, {{}, 0, 0, note}));
    Record record = to_record(match, extra, {{"Event", extra}});
    record.ending = Ending::crash;
    record.fault = 0;
    record.utilities = {-1, 1};
    record.detail = detail;
    const Result<Record> back = parse_record(write_record(record));
    RC_ASSERT(back.ok());
    RC_ASSERT(back->seats[0].name == name);
    RC_ASSERT(back->plies[0].note.text == note);
    RC_ASSERT(back->date == extra);
    RC_ASSERT(back->extra.at("Event") == extra);
    RC_ASSERT(back->detail == detail);
    RC_ASSERT(write_record(*back) == write_record(record));
}

RC_GTEST_PROP(Record, AnyGameRoundTrips, ()) {
    const GamePtr game = *rc::gen::arbitrary<bool>() ? make_game<Dice>() : make_game<Nim>({{"players", "4"}});
    Match match = *Match::create(
        {.game = game, .time = TimeControl::per_move(10s), .seed = *rc::gen::arbitrary<std::uint64_t>()});
    std::chrono::nanoseconds now{0};
    match.start_clock(now);
    const auto choices = *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::arbitrary<std::uint32_t>());
    for (const std::uint32_t choice : choices) {
        match.settle(now);
        if (match.is_over()) break;
        const std::vector<Move> legal = match.legal_moves();
        now += std::chrono::nanoseconds(choice % 10'000'000'000u);
        const float value = static_cast<float>(static_cast<int>(choice % 2001) - 1000) / 1000;
        RC_ASSERT(match.play(legal[choice % legal.size()], now, {value, choice, choice, {}}).ok());
    }
    const std::string text = write_record(match);
    const Result<Match> loaded = load(text);
    RC_ASSERT(loaded.ok());
    RC_ASSERT(write_record(*loaded) == text);
    RC_ASSERT(loaded->clock().times() == match.clock().times());
}

} // namespace
} // namespace parlour::host
