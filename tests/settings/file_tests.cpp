// The settings' file: made when needed, never written over when it cannot be read, and shared with other programs.
#include "host/settings/settings_file.hpp"

#include "host/base/atomic_file.hpp"
#include "support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <thread>

namespace parlour::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SettingsFileTest : public testing::Test {
protected:
    std::string on_disk() const {
        const auto text = read_file(path_, 1 << 20);
        return text ? *text : "none";
    }
    void put(const std::string &text) const {
        std::filesystem::create_directories(path_.parent_path());
        std::ofstream(path_, std::ios::binary) << text;
    }
    tests::ScratchFolder folder_;
    std::filesystem::path path_ = folder_ / "config/parlour/settings.toml";
};

TEST_F(SettingsFileTest, NothingIsWrittenUntilSomethingIsChanged) {
    SettingsFile file(path_);
    EXPECT_EQ(file.values(), Settings());
    EXPECT_TRUE(file.save());
    file.change(Settings());
    EXPECT_TRUE(file.save());
    EXPECT_FALSE(std::filesystem::exists(folder_ / "config"));
}

TEST_F(SettingsFileTest, ChangesAreKept) {
    SettingsFile file(path_);
    ASSERT_TRUE(file.set("theme", "light"));
    Settings wanted = file.values();
    wanted.window_width = 1000;
    file.change(wanted);
    ASSERT_TRUE(file.save());
    EXPECT_EQ(SettingsFile(path_).values(), wanted);
    EXPECT_THAT(on_disk(), HasSubstr("\n\ntheme = \"light\"\nwindow_width = 1000\n"));
}

TEST_F(SettingsFileTest, WrongNamesAndValuesChangeNothing) {
    SettingsFile file(path_);
    EXPECT_EQ(file.set("thme", "light").problem().code, PARLOUR_E_NOTFOUND);
    EXPECT_EQ(file.set("theme", "blue").problem().code, PARLOUR_E_ARG);
    EXPECT_EQ(file.values(), Settings());
    EXPECT_TRUE(file.save());
    EXPECT_EQ(on_disk(), "none");
}

TEST_F(SettingsFileTest, AFileThatCannotBeReadIsLeftAloneAndChangesHoldInMemory) {
    const std::string broken = "theme = \"light\"\nscale = = 2\n";
    put(broken);
    SettingsFile file(path_);
    ASSERT_THAT(file.problems(), ElementsAre(HasSubstr(path_.string() + ", line 2: ")));
    EXPECT_EQ(file.values(), Settings());
    ASSERT_TRUE(file.set("motion", "slow"));
    const auto saved = file.save();
    ASSERT_FALSE(saved);
    EXPECT_THAT(saved.sentence(), HasSubstr("line 2: "));
    EXPECT_THAT(saved.sentence(), HasSubstr("the change holds until the program ends"));
    EXPECT_EQ(file.values().motion, "slow");
    EXPECT_EQ(on_disk(), broken);

    put("theme = \"light\"\nscale = 2\n");
    ASSERT_TRUE(file.save()) << "mended";
    EXPECT_EQ(on_disk(), "theme = \"light\"\nscale = 2\nmotion = \"slow\"\n");
    EXPECT_EQ(file.values().theme, "light");
    EXPECT_THAT(file.problems(), IsEmpty());
}

TEST_F(SettingsFileTest, WhatAnotherProgramWroteMeanwhileStays) {
    put("theme = \"light\"\n");
    SettingsFile one(path_), two(path_);
    ASSERT_TRUE(one.set("scale", "2"));
    ASSERT_TRUE(two.set("motion", "off"));
    ASSERT_TRUE(two.set("theme", "dark"));
    ASSERT_TRUE(two.save());
    ASSERT_TRUE(one.save());
    EXPECT_EQ(on_disk(), "theme = \"dark\"\nmotion = \"off\"\nscale = 2\n");
    EXPECT_EQ(one.values().motion, "off");
}

TEST_F(SettingsFileTest, ManyAtOnceLoseNothing) {
    put("");
    const auto names = {"theme", "render", "isolate", "motion"};
    const auto values = {"light", "software", "all", "slow"};
    std::vector<std::jthread> programs;
    for (std::size_t i = 0; i < names.size(); ++i) {
        programs.emplace_back([&, i] {
            SettingsFile file(path_);
            ASSERT_TRUE(file.set(names.begin()[i], values.begin()[i]));
            ASSERT_TRUE(file.save());
        });
    }
    programs.clear();
    Settings expected;
    expected.theme = "light";
    expected.render = "software";
    expected.isolate = "all";
    expected.motion = "slow";
    EXPECT_EQ(SettingsFile(path_).values(), expected);
}

TEST_F(SettingsFileTest, TooLongOrNotAFileIsSaidAndNotTouched) {
    put(std::string(300 << 10, '#'));
    EXPECT_THAT(SettingsFile(path_).problems(), ElementsAre(HasSubstr("longer than")));
    std::filesystem::remove(path_);
    std::filesystem::create_directory(path_);
    SettingsFile file(path_);
    EXPECT_THAT(file.problems(), ElementsAre(HasSubstr("Is a directory")));
    ASSERT_TRUE(file.set("theme", "light"));
    EXPECT_FALSE(file.save());
    EXPECT_TRUE(std::filesystem::is_directory(path_));
}

TEST_F(SettingsFileTest, WithoutAPlaceChangesHoldInMemory) {
    SettingsFile file{std::filesystem::path()};
    ASSERT_TRUE(file.set("theme", "light"));
    EXPECT_THAT(file.save().sentence(), HasSubstr("HOME"));
    EXPECT_EQ(file.values().theme, "light");
}

TEST(UsualSettingsFile, FollowsTheXdgSpecification) {
    const auto with = [](const char *config, const char *home) {
        config == nullptr ? ::unsetenv("XDG_CONFIG_HOME") : ::setenv("XDG_CONFIG_HOME", config, 1);
        home == nullptr ? ::unsetenv("HOME") : ::setenv("HOME", home, 1);
        return usual_settings_file().string();
    };
    EXPECT_EQ(with("/c", "/h"), "/c/parlour/settings.toml");
    EXPECT_EQ(with("relative", "/h"), "/h/.config/parlour/settings.toml");
    EXPECT_EQ(with("", "/h"), "/h/.config/parlour/settings.toml");
    EXPECT_EQ(with(nullptr, nullptr), "");
}

} // namespace
} // namespace parlour::host
