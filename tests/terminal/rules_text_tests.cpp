#include "host/terminal/rules_text.hpp"

#include <gmock/gmock.h>

namespace parlour::host::terminal {
namespace {

constexpr const char *markdown =
    "# Nim\n\nTake **one or two** counters. Whoever takes the *last* one wins.\n\n"
    "- first item that is long enough to be broken\n- second\n\n## End\nDone.\n";

TEST(RulesText, BreaksLinesAndIndentsItems) {
    EXPECT_EQ(rules_text(markdown, 30, ColorDepth::none),
              "Nim\n"
              "\n"
              "Take one or two counters.\n"
              "Whoever takes the last one\n"
              "wins.\n"
              "\n"
              "  - first item that is long\n"
              "    enough to be broken\n"
              "  - second\n"
              "\n"
              "End\n"
              "\n"
              "Done.\n");
}

TEST(RulesText, EmphasisIsBold) {
    EXPECT_EQ(rules_text("a **b c** d", 40, ColorDepth::basic), "a \x1b[1mb\x1b[0m \x1b[1mc\x1b[0m d\n");
}

TEST(RulesText, AWordLongerThanTheLineStandsAlone) {
    EXPECT_EQ(rules_text("a bbbbbbbbbbbbbb c", 5, ColorDepth::none), "a\nbbbbbbbbbbbbbb\nc\n");
}

TEST(RulesText, NothingIsNothing) {
    EXPECT_EQ(rules_text("", 40, ColorDepth::none), "");
    EXPECT_EQ(rules_text("\n\n#\n", 40, ColorDepth::none), "");
}

} // namespace
} // namespace parlour::host::terminal
