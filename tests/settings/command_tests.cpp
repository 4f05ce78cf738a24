// `parlour settings` as a person or a script runs it.
#include "support/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

namespace parlour::tests {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class SettingsCommand : public testing::Test {
protected:
    Finished run(std::vector<std::string> words) const {
        words.insert(words.begin(), "settings");
        return run_parlour(std::move(words), {}, false, {{"XDG_CONFIG_HOME", folder_.path().string()}});
    }
    void put(const std::string &text) const {
        std::filesystem::create_directories(path_.parent_path());
        std::ofstream(path_, std::ios::binary) << text;
    }
    std::string on_disk() const {
        std::ostringstream text;
        text << std::ifstream(path_, std::ios::binary).rdbuf();
        return text.str();
    }
    ScratchFolder folder_;
    std::filesystem::path path_ = folder_ / "parlour/settings.toml";
};

TEST_F(SettingsCommand, ShowsGetsAndSets) {
    EXPECT_EQ(run({"get", "theme"}).out, "dark\n");
    EXPECT_FALSE(std::filesystem::exists(path_));
    put("# mine\nother = 1\n");
    const Finished set = run({"set", "theme", "light"});
    EXPECT_EQ(set.code, 0) << set.err;
    EXPECT_EQ(set.out, "");
    EXPECT_EQ(on_disk(), "# mine\nother = 1\ntheme = \"light\"\n");
    EXPECT_EQ(run({"get", "theme"}).out, "light\n");
    const Finished all = run({});
    EXPECT_EQ(all.code, 0);
    EXPECT_THAT(all.out, HasSubstr("* theme            light"));
    EXPECT_THAT(all.out, HasSubstr(path_.string()));
    EXPECT_THAT(all.err, HasSubstr("line 2: other is no setting of this version"));
}

TEST_F(SettingsCommand, SpeaksJson) {
    put("scale = 1.5\nmotion = 7\nlater = true\n");
    const json all = json::parse(run({"--json"}).out);
    EXPECT_EQ(all["settings"]["scale"], 1.5);
    EXPECT_EQ(all["settings"]["motion"], "normal");
    EXPECT_EQ(all["settings"]["coordinates"], true);
    EXPECT_EQ(all["unknown"], json::parse(R"([{"key": "later", "line": 3}])"));
    ASSERT_EQ(all["problems"].size(), 1u);
    EXPECT_THAT(all["problems"][0].get<std::string>(), HasSubstr("line 2: motion takes off, fast, normal or slow"));
    EXPECT_EQ(json::parse(run({"get", "scale", "--json"}).out), 1.5);
}

TEST_F(SettingsCommand, WrongWordsAreUsage) {
    for (const std::vector<std::string> &words : std::vector<std::vector<std::string>>{
             {"get"}, {"set"}, {"set", "theme"}, {"set", "theme", "blue"}, {"gte", "theme"}, {"get", "theme", "x"}}) {
        const Finished finished = run(words);
        EXPECT_EQ(finished.code, 2) << words[0];
        EXPECT_THAT(finished.err, testing::StartsWith("parlour settings: "));
    }
    const Finished unknown = run({"get", "thme"});
    EXPECT_EQ(unknown.code, 3);
    EXPECT_THAT(unknown.err, HasSubstr("did you mean theme"));
    EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(SettingsCommand, AFileThatCannotBeReadIsNeverWrittenOver) {
    const std::string broken = "theme = \"light\"\n= 3\n";
    put(broken);
    const Finished set = run({"set", "theme", "dark"});
    EXPECT_EQ(set.code, 1);
    EXPECT_THAT(set.err, HasSubstr(path_.string() + ", line 2: "));
    EXPECT_EQ(on_disk(), broken);
    const Finished get = run({"get", "theme"});
    EXPECT_EQ(get.out, "dark\n");
    EXPECT_THAT(get.err, HasSubstr("line 2: "));
}

TEST_F(SettingsCommand, HelpNamesEverySetting) {
    const Finished help = run({"--help"});
    EXPECT_EQ(help.code, 0);
    const json all = json::parse(run({"--json"}).out);
    std::ostringstream documented;
    documented << std::ifstream(std::string(PARLOUR_SOURCE_DIR) + "/docs/settings.md").rdbuf();
    for (const auto &[key, value] : all["settings"].items()) {
        EXPECT_THAT(help.out, HasSubstr("  " + key + " "));
        EXPECT_THAT(documented.str(), HasSubstr("| `" + key + "` |"));
    }
}

} // namespace
} // namespace parlour::tests
