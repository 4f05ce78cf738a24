#include "host/plugins/text.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace parlour::host {
namespace {

TEST(Text, KnowsUtf8) {
    for (const char *good : {"", "abc", "\xc3\xa9", "\xe2\x99\xa0", "\xf0\x9f\x8e\xb2"})
        EXPECT_TRUE(valid_utf8(good)) << good;
    for (const char *bad : {"\xff", "\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "a\x80"})
        EXPECT_FALSE(valid_utf8(bad)) << bad;
}

TEST(Text, PutsEverythingOnOneLine) {
    EXPECT_EQ(one_line("a\nb\tc\x7f"), "a b c");
    EXPECT_EQ(one_line("a\xff\xc3\xa9"), "a?\xc3\xa9");
    EXPECT_EQ(one_line("\xc3\xa9\xc3\xa9\xc3\xa9", 5), "\xc3\xa9\xc3\xa9...");
}

TEST(Text, ReadsErrorsThatHaveNoEnd) {
    parlour_error error{};
    EXPECT_EQ(sentence_of(error, "fallback"), "fallback");
    std::memset(error.text, 'x', sizeof error.text);
    EXPECT_EQ(sentence_of(error, "fallback"), std::string(sizeof error.text, 'x'));
}

TEST(Text, FindsTheNearestWord) {
    const std::vector<std::string> known{"reversi", "draughts", "pig"};
    EXPECT_EQ(nearest_word("revrsi", known), "reversi");
    EXPECT_EQ(nearest_word("draghts", known), "draughts");
    EXPECT_EQ(nearest_word("chess", known), "");
}

TEST(Text, ListsWords) {
    EXPECT_EQ(listed(std::vector<std::string>{}), "");
    EXPECT_EQ(listed(std::vector<std::string>{"a"}), "a");
    EXPECT_EQ(listed(std::vector<std::string>{"a", "b", "c"}), "a, b and c");
}

} // namespace
} // namespace parlour::host
