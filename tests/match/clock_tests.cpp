// Clocks and lengths of time; all time is an argument.
#include "host/match/clock.hpp"
#include "host/match/duration.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace parlour::host {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

TEST(Duration, WrittenShortAndReadBack) {
    const std::pair<nanoseconds, const char *> rows[] = {
        {0ns, "0s"},  {1ns, "1ns"}, {1500ns, "1.5us"}, {100ms, "100ms"},   {1250ms, "1.25s"},
        {90s, "90s"}, {120s, "2m"}, {7200s, "2h"},     {1h + 1s, "3601s"}, {1s + 1ns, "1.000000001s"}};
    for (const auto &[duration, text] : rows) {
        EXPECT_EQ(duration_text(duration), text);
        ASSERT_TRUE(parse_duration(text).ok()) << text;
        EXPECT_EQ(*parse_duration(text), duration);
    }
    EXPECT_EQ(*parse_duration("2"), 2s);
    EXPECT_EQ(*parse_duration("0.5m"), 30s);
    EXPECT_EQ(*parse_duration("1.5h"), 90min);
}

TEST(Duration, RefusesEverythingElse) {
    for (const char *text : {"", "s", ".", "-1s", "1x", "1 s", "1ss", "1.2.3s", "99999999h", "1.12345678901s", "+5s",
                             "99999999999999999999s", "nan"}) {
        const auto read = parse_duration(text);
        EXPECT_FALSE(read.ok()) << text;
        EXPECT_NE(read.sentence().find("is not a length of time"), std::string::npos) << text;
    }
}

RC_GTEST_PROP(Duration, RoundTrips, ()) {
    const nanoseconds duration(*rc::gen::inRange<std::int64_t>(0, 36'000'000'000'000'000));
    RC_ASSERT(*parse_duration(duration_text(duration)) == duration);
}

TEST(TimeControlText, RoundTrips) {
    for (const TimeControl &control :
         {TimeControl::none(), TimeControl::per_move(30s), TimeControl::total(5min), TimeControl::total(5min, 3s)}) {
        const auto read = TimeControl::parse(control.text());
        ASSERT_TRUE(read.ok()) << control.text();
        EXPECT_EQ(*read, control);
    }
    EXPECT_EQ(TimeControl::total(5min, 3s).text(), "5m+3s");
    for (const char *text : {"", "5m+", "+3s", "x", "0s", "0s/move", "5m+3s+1s", "5m/move+1s"})
        EXPECT_FALSE(TimeControl::parse(text).ok()) << text;
}

TEST(Clock, FischerTakesTimeAndAddsTheIncrement) {
    Clock clock(TimeControl::total(60s, 2s), 2);
    clock.start(0, 100s);
    EXPECT_EQ(clock.remaining(0, 110s), 50s);
    EXPECT_EQ(clock.remaining(1, 110s), 60s);
    EXPECT_EQ(clock.finish_move(110s), 10s);
    EXPECT_EQ(clock.remaining(0, 500s), 52s);
    clock.start(1, 110s);
    EXPECT_EQ(clock.deadline(), 170s);
    EXPECT_FALSE(clock.expired(170s - 1ns));
    EXPECT_EQ(clock.expired(170s), 1u);
    EXPECT_EQ(clock.remaining(1, 171s), -1s);
}

TEST(Clock, PerMoveStartsFullForEveryMove) {
    Clock clock(TimeControl::per_move(10s), 2);
    clock.start(0, 0s);
    EXPECT_EQ(clock.finish_move(9s), 9s);
    EXPECT_EQ(clock.remaining(0, 9s), 10s);
    clock.start(1, 9s);
    clock.finish_move(10s);
    clock.start(0, 10s);
    EXPECT_EQ(clock.remaining(0, 12s), 8s);
    EXPECT_EQ(clock.expired(20s), 0u);
}

TEST(Clock, APauseCostsNothing) {
    Clock clock(TimeControl::total(60s), 2);
    clock.start(0, 0s);
    clock.pause(5s);
    EXPECT_EQ(clock.remaining(0, 1000s), 55s);
    EXPECT_FALSE(clock.expired(1000s));
    EXPECT_FALSE(clock.deadline());
    clock.pause(2000s);
    clock.resume(3000s);
    EXPECT_EQ(clock.remaining(0, 3005s), 50s);
    EXPECT_EQ(clock.finish_move(3005s), 10s);
}

TEST(Clock, StartingTheSamePlayerAgainDoesNotResetTheTurn) {
    Clock clock(TimeControl::per_move(10s), 2);
    clock.start(0, 0s);
    clock.start(0, 5s);
    EXPECT_EQ(clock.turn_time(6s), 6s);
}

TEST(Clock, TimesComeBack) {
    Clock clock(TimeControl::total(60s), 2);
    clock.start(0, 0s);
    clock.finish_move(10s);
    const Clock::Times times = clock.times();
    clock.start(1, 10s);
    clock.finish_move(30s);
    clock.restore(times);
    EXPECT_EQ(clock.remaining(0, 99s), 50s);
    EXPECT_EQ(clock.remaining(1, 99s), 60s);
    EXPECT_FALSE(clock.running());
}

TEST(Clock, LowIsATenthAndUnderHalfAMinute) {
    Clock clock(TimeControl::total(10min), 2);
    clock.start(0, 0s);
    EXPECT_FALSE(clock.low(0, 9min)); // a tenth, but a whole minute
    EXPECT_TRUE(clock.low(0, 10min - 29s));
    Clock blitz(TimeControl::total(60s), 2);
    blitz.start(0, 0s);
    EXPECT_FALSE(blitz.low(0, 50s));
    EXPECT_TRUE(blitz.low(0, 55s));
    EXPECT_FALSE(Clock().low(0, 1h));
}

TEST(Clock, WithoutTimeControlOnlyTheTurnIsMeasured) {
    Clock clock({}, 3);
    clock.start(2, 1s);
    EXPECT_FALSE(clock.remaining(2, 1h));
    EXPECT_FALSE(clock.expired(1h));
    EXPECT_EQ(clock.finish_move(4s), 3s);
}

RC_GTEST_PROP(Clock, NoTimeIsLostOrMade, (std::vector<std::pair<std::uint8_t, std::uint8_t>> turns)) {
    Clock clock(TimeControl::total(1h, 1s), 3);
    nanoseconds now{0}, used{0};
    std::uint32_t player = 0;
    for (const auto &[seconds, paused] : turns) {
        clock.start(player, now);
        now += nanoseconds(std::chrono::seconds(seconds));
        clock.pause(now);
        now += nanoseconds(std::chrono::seconds(paused));
        clock.resume(now);
        RC_ASSERT(clock.finish_move(now) == std::chrono::seconds(seconds));
        used += std::chrono::seconds(seconds);
        player = (player + 1) % 3;
    }
    nanoseconds left{0};
    for (std::uint32_t p = 0; p < 3; ++p) left += *clock.remaining(p, now);
    RC_ASSERT(left == nanoseconds(3h) + nanoseconds(1s) * static_cast<std::int64_t>(turns.size()) - used);
}

} // namespace
} // namespace parlour::host
