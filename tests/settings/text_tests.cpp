// Settings as text: what is read, what is refused by line, and that a change touches one value and nothing else.
#include "host/settings/settings_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parlour::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::SizeIs;

Settings with(const std::string &name, const std::string &value) {
    Settings settings;
    EXPECT_TRUE(set_setting(*find_setting(name), settings, value));
    return settings;
}

std::string changed(const std::string &text, const std::string &name, const std::string &value) {
    const auto out = with_setting(text, *find_setting(name), with(name, value));
    return out ? *out : "refused: " + out.sentence();
}

TEST(SettingRows, DefaultsAreTakenByTheirOwnRows) {
    for (const SettingRow &row : setting_rows()) {
        Settings settings;
        const std::string usual = setting_text(row, settings);
        EXPECT_TRUE(set_setting(row, settings, usual)) << row.name;
        EXPECT_EQ(settings, Settings()) << row.name;
        EXPECT_EQ(find_setting(row.name), &row);
    }
    EXPECT_EQ(find_setting("nothing"), nullptr);
}

TEST(SettingRows, EveryRowHasAMemberOfItsOwn) {
    for (const SettingRow &row : setting_rows()) {
        Settings settings;
        const std::string other = !row.choices.empty() ? std::string(row.choices.back())
                                  : std::holds_alternative<bool Settings::*>(row.member)
                                      ? setting_text(row, settings) == "true" ? "false" : "true"
                                      : "1000";
        Result<void> set = set_setting(row, settings, row.name == "isolate" ? "none" : other);
        if (!set) set = set_setting(row, settings, "2");
        ASSERT_TRUE(set) << row.name << ": " << set.sentence();
        std::size_t differing = 0;
        for (const SettingRow &each : setting_rows()) {
            differing += setting_text(each, settings) != setting_text(each, Settings());
        }
        EXPECT_EQ(differing, 1u) << row.name;
    }
}

TEST(SettingRows, WrongValuesAreRefusedWithWhatIsTaken) {
    Settings settings;
    const auto refusal = [&](const char *name, const std::string &value) {
        const auto set = set_setting(*find_setting(name), settings, value);
        EXPECT_EQ(settings, Settings()) << value;
        return set ? "taken" : set.sentence();
    };
    EXPECT_EQ(refusal("theme", "drak"), "theme takes dark, light or high-contrast, not \"drak\"");
    EXPECT_EQ(refusal("scale", "0.4"), "scale takes a number from 0.5 to 4, or 0, not \"0.4\"");
    EXPECT_EQ(refusal("coordinates", "yes"), "coordinates takes true or false, not \"yes\"");
    EXPECT_EQ(refusal("window_width", "639"), "window_width takes a whole number from 640 to 16384, not \"639\"");
    for (const char *value : {"", "nan", "inf", "-1", "1e999", "1x", " 1", "4.01"}) {
        EXPECT_THAT(refusal("scale", value), HasSubstr("scale takes")) << value;
    }
    EXPECT_THAT(refusal("theme", std::string(1000, 'x') + "\n"), testing::Not(HasSubstr("\n")));
    EXPECT_LT(refusal("theme", std::string(1000, 'x')).size(), 120u);
}

TEST(ReadSettings, TakesWhatIsThereAndDefaultsForTheRest) {
    const auto reading = read_settings("theme = \"light\" # mine\nscale = 2\n[later]\ntheme = 3\n");
    ASSERT_TRUE(reading);
    Settings expected;
    expected.theme = "light";
    expected.scale = 2;
    EXPECT_EQ(reading->values, expected);
    EXPECT_THAT(reading->problems, testing::IsEmpty());
    EXPECT_THAT(reading->unknown, ElementsAre(Pair("later", 3)));
}

TEST(ReadSettings, BadValuesAreSaidByLineAndTheUsualOnesUsed) {
    const auto reading = read_settings(
        "\ntheme = \"drak\"\nscale = \"2\"\nwindow_width = 800.5\nmotion = \"slow\"\n"
        "[targets]\n");
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->values, with("motion", "slow"));
    EXPECT_THAT(reading->problems,
                testing::UnorderedElementsAre(
                    "line 2: theme takes dark, light or high-contrast, not \"drak\"; \"dark\" is used",
                    "line 3: scale takes a number from 0.5 to 4, or 0, not \"2\"; 0 is used",
                    "line 4: window_width takes a whole number from 640 to 16384, not 800.5; 1280 is used",
                    "line 6: targets takes true or false, not what is there; true is used"));
}

TEST(ReadSettings, TextThatIsNoTomlIsRefusedByLine) {
    for (const auto &[text, line] : std::vector<std::pair<std::string, std::string>>{
             {"theme = \"dark\"\nscale = = 2\n", "line 2: "},
             {"theme = \"dark\"\ntheme = \"dark\"\n", "line 2: "},
             {"\n\n[x", "line 3: "},
             {"[=]", "line 1: "},
             {"theme = \"\xff\"", "line 1: "},
             {std::string("theme = \"da\0rk\"", 15), "line 1: "},
             {"\n\xc3\xa9 = 1", "line 2: \"\xc3\xa9\" stands outside quotation marks"},
             {"x = '\xef\xbb\xba' \xef\xbb\xba", "line 1: "},
             {"x = \"\"\"\\\\\"\"\" \xc3\xa9", "line 1: \"\xc3\xa9\" stands outside"},
             {"a = " + std::string(5000, '[') + std::string(5000, ']'), "line 1: "},
             {"a" +
                  [] {
                      std::string dots;
                      for (int i = 0; i < 100000; ++i) dots += ".a";
                      return dots;
                  }() +
                  " = 1",
              "line 1: "}}) {
        const auto reading = read_settings(text);
        ASSERT_FALSE(reading) << text.substr(0, 40);
        EXPECT_THAT(reading.sentence(), testing::StartsWith(line));
        EXPECT_THAT(reading.sentence(), testing::Not(HasSubstr("\n")));
        EXPECT_FALSE(with_setting(text, *find_setting("theme"), Settings()));
    }
}

TEST(ChangeSettings, OnlyTheValueChanges) {
    EXPECT_EQ(changed("# mine\n\ttheme  =  'dark'   # why\nx = 1", "theme", "light"),
              "# mine\n\ttheme  =  \"light\"   # why\nx = 1");
    EXPECT_EQ(changed("\"scale\"=+1_0.5e-1# \xc3\xa9\r\ny = 'z'\r\n", "scale", "1.25"),
              "\"scale\"=1.25# \xc3\xa9\r\ny = 'z'\r\n");
    EXPECT_EQ(changed("theme = '''da\nrk'''# \n", "theme", "light"), "theme = \"light\"# \n");
    EXPECT_EQ(changed("\"\xc3\xa9\" = 1\ntheme = [ \"\xc3\xa9\",\n 2] # x", "theme", "light"),
              "\"\xc3\xa9\" = 1\ntheme = \"light\" # x");
    EXPECT_EQ(changed("\xef\xbb\xbftheme = \"dark\"\n", "theme", "light"), "\xef\xbb\xbftheme = \"light\"\n");
}

TEST(ChangeSettings, LettersBeyondAsciiStayWhereTheyMayBe) {
    const std::string text =
        "# \xc3\xa9 # \"\n\"\xc3\xa9\\\"\" = '\xc3\xa9\"' # \xc3\xa9\n"
        "x = \"\"\"\"\xc3\xa9\\\n  \xc3\xa9 \\\"\"\"\"\"\n[\"\xc3\xa8\"]\ny = '''\n\xc3\xa9''''\n";
    const std::string first = "theme = 'dark'\n";
    EXPECT_EQ(changed(first + text, "theme", "light"), "theme = \"light\"\n" + text);
    const auto reading = read_settings(text);
    ASSERT_TRUE(reading) << reading.sentence();
    EXPECT_THAT(reading->unknown,
                testing::UnorderedElementsAre(Pair("\xc3\xa9\\\"", 2), Pair("x", 3), Pair("\xc3\xa8", 5)));
}

TEST(ChangeSettings, MissingKeysComeBehindTheOtherTopLevelOnes) {
    EXPECT_EQ(changed("", "theme", "light"), "theme = \"light\"\n");
    EXPECT_EQ(changed("scale = 1", "theme", "light"), "scale = 1\ntheme = \"light\"\n");
    EXPECT_EQ(changed("scale = 1 # one\n\n# about x\n[x]\ny = 1\n", "theme", "light"),
              "scale = 1 # one\ntheme = \"light\"\n\n# about x\n[x]\ny = 1\n");
    EXPECT_EQ(changed("# all mine\r\n\r\n# about x\r\n[[x]]\r\ntheme = 1\r\n", "theme", "light"),
              "# all mine\r\n\r\ntheme = \"light\"\r\n# about x\r\n[[x]]\r\ntheme = 1\r\n");
    EXPECT_EQ(changed("# only words", "theme", "light"), "# only words\ntheme = \"light\"\n");
    EXPECT_EQ(changed("[x]\nscale = nan\n", "scale", "2"), "scale = 2\n[x]\nscale = nan\n");
    EXPECT_EQ(changed("a = [\n '#', # not the end\n 2]\n[x]", "theme", "light"),
              "a = [\n '#', # not the end\n 2]\ntheme = \"light\"\n[x]");
}

TEST(ReadSettings, ATextOfOnesOwnKeepsItsCharacters) {
    const auto python = [](const std::string &value) -> std::string {
        const auto reading = read_settings("# \u00e9\nscripts_python = " + value + " # \u00fc\n");
        if (!reading) return reading.sentence();
        return reading->problems.empty() ? reading->values.scripts_python : reading->problems.front();
    };
    EXPECT_EQ(python("'/jos\u00e9/\\x'"), "/jos\u00e9/\\x");
    EXPECT_EQ(python("\"/jos\u00e9/\\\"x\\\\\""), "/jos\u00e9/\"x\\");
    EXPECT_EQ(python("\"/jos\\u00e9\""), "/jos\u00e9");
    EXPECT_THAT(python("\"a\\nb\""), HasSubstr("line 2: scripts_python takes a text on one line"));
    EXPECT_THAT(python("\"\u00e9\\u00e9\""), HasSubstr("line 2: scripts_python takes a text on one line"));
    EXPECT_THAT(python("3"), HasSubstr("scripts_python takes a text on one line, not 3; \"\" is used"));
}

TEST(ChangeSettings, WhatCannotBeChangedInPlaceIsRefusedByLine) {
    EXPECT_EQ(changed("x = 1\n[theme]\ny = 2\n", "theme", "light"),
              "refused: line 2: theme cannot be changed where it stands; write theme = \"light\" there yourself");
    EXPECT_THAT(changed("theme.x = 1\n", "theme", "light"), HasSubstr("refused: line 1"));
}

TEST(ChangeSettings, EverySettingReadsBackAfterEveryOther) {
    std::string text = "# head\n\n[other]\nkey = 1 # stays\n";
    Settings all;
    all.theme = "high-contrast";
    all.scale = 1.1;
    all.motion = "off";
    all.coordinates = all.targets = false;
    all.least_move_time = 0;
    all.render = "software";
    all.window_width = 1920;
    all.window_height = 1080;
    all.fullscreen = true;
    all.isolate = "all";
    all.worker_memory = 1024;
    all.scripts_reload = "ask";
    all.scripts_python = "/home/jos\u00e9/a \"b\" \\ c/bin/python";
    for (int round = 0; round < 2; ++round) {
        for (const SettingRow &row : setting_rows()) {
            const auto out = with_setting(text, row, all);
            ASSERT_TRUE(out) << out.sentence();
            text = *out;
        }
    }
    const auto reading = read_settings(text);
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->values, all);
    EXPECT_THAT(reading->unknown, SizeIs(1));
    EXPECT_THAT(text, testing::StartsWith("# head\n\n"));
    EXPECT_THAT(text, HasSubstr("\n[other]\nkey = 1 # stays\n"));
}

} // namespace
} // namespace parlour::host
