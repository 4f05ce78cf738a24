// Seats: levels and what a search is limited to.
#include "host/match/seat.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace parlour::host {
namespace {

using namespace std::chrono_literals;

TEST(Seat, LevelsSpanTheStrengthsEvenly) {
    EXPECT_EQ(strength_of_level(1), 0u);
    EXPECT_EQ(strength_of_level(10), 1000u);
    EXPECT_EQ(strength_of_level(4), 333u);
    EXPECT_EQ(strength_of_level(-3), 0u);
    EXPECT_EQ(strength_of_level(99), 1000u);
    EXPECT_EQ(time_of_level(1), 100ms);
    EXPECT_EQ(time_of_level(10), 2s);
}

TEST(Seat, TextsAreForPeople) {
    EXPECT_EQ(seat_text(Seat::person()), "person");
    EXPECT_EQ(seat_text(Seat::person("Anna")), "Anna");
    EXPECT_EQ(seat_text(Seat::of_engine("x", 7)), "x (level 7)");
    EXPECT_EQ(seat_text(Seat::of_engine("x")), "x");
}

TEST(SearchLimitsOfASeat, WithoutClockOrLimitsTheLevelSays) {
    const SearchLimits limits = search_limits(Seat::of_engine("x", 1), Clock(), 0, 0s, 7);
    EXPECT_EQ(limits.soft_time, 100ms);
    EXPECT_EQ(limits.hard_time, 200ms);
    EXPECT_EQ(limits.strength, 0u);
    EXPECT_EQ(limits.seed, 7u);
}

TEST(SearchLimitsOfASeat, OwnLimitsReplaceTheLevelsTime) {
    const SearchLimits limits = search_limits(Seat::of_engine("x", 10, {}, {.nodes = 500}), Clock(), 0, 0s, 1);
    EXPECT_EQ(limits.nodes, 500u);
    EXPECT_FALSE(limits.soft_time);
    EXPECT_FALSE(limits.hard_time);
    const SearchLimits timed = search_limits(Seat::of_engine("x", 10, {}, {.time = 3s}), Clock(), 0, 0s, 1);
    EXPECT_EQ(timed.soft_time, 3s);
    EXPECT_EQ(timed.hard_time, 3s);
}

RC_GTEST_PROP(SearchLimitsOfASeat, NeverMoreThanIsLeft, ()) {
    const std::chrono::nanoseconds total(*rc::gen::inRange<std::int64_t>(1'000, 3'600'000'000'000));
    const std::chrono::nanoseconds increment(*rc::gen::inRange<std::int64_t>(0, 60'000'000'000));
    const bool per_move = *rc::gen::arbitrary<bool>();
    const int level = *rc::gen::inRange(1, 11);
    Clock clock(per_move ? TimeControl::per_move(total) : TimeControl::total(total, increment), 2);
    clock.start(1, 5s);
    Seat seat = Seat::of_engine("x", level);
    if (*rc::gen::arbitrary<bool>()) seat.limits.time = 10s;
    const SearchLimits limits = search_limits(seat, clock, 1, 5s, 1);
    RC_ASSERT(limits.hard_time && limits.soft_time);
    RC_ASSERT(*limits.hard_time < *clock.remaining(1, 5s));
    RC_ASSERT(limits.hard_time->count() > 0);
    RC_ASSERT(*limits.soft_time <= *limits.hard_time);
}

} // namespace
} // namespace parlour::host
