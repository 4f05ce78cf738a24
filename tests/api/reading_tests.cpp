// The SDK's small helpers for games: bits as sets, and what people write.
#include <gtest/gtest.h>

#include <parlour/bits.hpp>
#include <parlour/text.hpp>

namespace {

using namespace parlour;

TEST(Bits, TheNthIsCountedFromTheLowest) {
    constexpr std::uint64_t set = 1u << 3 | 1u << 4 | std::uint64_t{1} << 40 | std::uint64_t{1} << 63;
    static_assert(nth_bit(set, 2) == 40);
    constexpr unsigned members[] = {3, 4, 40, 63};
    for (unsigned below = 0; below < std::size(members); ++below) EXPECT_EQ(nth_bit(set, below), members[below]);
    EXPECT_EQ(lowest_bit(set), 3u);
    EXPECT_EQ(lowest_bit(std::uint16_t{0x8000}), 15u);
}

TEST(Reading, SmallLettersLeaveOtherBytes) {
    EXPECT_EQ(small("Nf3-Z9\xc3\x84"), "nf3-z9\xc3\x84");
    EXPECT_EQ(squeezed(" D 6\n"), "d6");
    EXPECT_EQ(squeezed("E2 x D3", "xX- "), "e2d3");
    EXPECT_EQ(squeezed(""), "");
}

TEST(Reading, NumbersAreTakenFromTheFront) {
    std::string_view text = "12,007";
    EXPECT_EQ(take_number(text), 12u);
    EXPECT_EQ(text, ",007");
    EXPECT_FALSE(take_number(text));
    EXPECT_EQ(text, ",007");
    text.remove_prefix(1);
    EXPECT_EQ(take_number(text), 7u);
    EXPECT_EQ(text, "");
    EXPECT_FALSE(take_number(text));
    text = "70000";
    EXPECT_FALSE(take_number<std::uint16_t>(text));
    EXPECT_EQ(text, "70000");
}

TEST(Reading, AWholeNumberIsOneInItsRange) {
    EXPECT_EQ(whole_number("8", 1, 8), 8u);
    EXPECT_EQ(whole_number("0", 0, 8), 0u);
    for (const char *wrong : {"", "9", "0", "-1", "+1", "1 ", " 1", "1x", "99999999999999999999"})
        EXPECT_FALSE(whole_number(wrong, 1, 8)) << wrong;
    EXPECT_EQ(read_number("100", 0, 100), 100u);
    try {
        read_number("x" + std::string(100, 'y'), 1, 8);
        ADD_FAILURE() << "it was read";
    } catch (const Failure &failure) {
        EXPECT_EQ(failure.status(), PARLOUR_E_PARSE);
        EXPECT_EQ(failure.what(), "\"x" + std::string(39, 'y') + "\" is not a number from 1 to 8");
    }
}

TEST(Reading, WordsStandBetweenBlanks) {
    EXPECT_EQ(words_of("  8/8 w\t- "), (std::vector<std::string_view>{"8/8", "w", "-"}));
    EXPECT_TRUE(words_of(" \t").empty());
}

} // namespace
