// The program as a whole: help, wrong words, exit codes, list.
#include "support/program.hpp"

#include <gmock/gmock.h>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace parlour::tests {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

class Help : public testing::TestWithParam<const char *> {};

TEST_P(Help, TeachesByExample) {
    const Finished help = run_parlour({GetParam(), "--help"});
    EXPECT_EQ(help.code, 0);
    EXPECT_THAT(help.err, IsEmpty());
    EXPECT_THAT(help.out, AllOf(HasSubstr(std::string("Usage: parlour ") + GetParam()), HasSubstr("Examples:"),
                                HasSubstr(std::string("\n  parlour ") + GetParam()), HasSubstr("Exit codes: 0"),
                                HasSubstr("--plugins DIR")));
}

INSTANTIATE_TEST_SUITE_P(Commands, Help,
                         testing::Values("list", "play", "perft", "analyse", "match", "bench", "validate", "probe",
                                         "workers", "new"),
                         [](const auto &each) { return std::string(each.param); });

TEST(Program, ItsHelpListsTheCommands) {
    const Finished help = run_parlour({"--help"});
    EXPECT_EQ(help.code, 0);
    for (const char *command :
         {"list", "play", "perft", "analyse", "match", "bench", "validate", "probe", "workers", "new"}) {
        EXPECT_THAT(help.out, HasSubstr(std::string("\n  ") + command + " "));
    }
}

TEST(Program, TellsItsVersion) {
    const Finished version = run_parlour({"--version"});
    EXPECT_EQ(version.code, 0);
    EXPECT_THAT(version.out, HasSubstr("parlour 1."));
}

struct WrongLine {
    std::vector<std::string> words;
    int code;
    std::string sentence;
};

class WrongLines : public testing::TestWithParam<WrongLine> {};

TEST_P(WrongLines, EndInOneSentence) {
    const Finished refused = run_parlour(GetParam().words);
    EXPECT_EQ(refused.code, GetParam().code);
    EXPECT_THAT(refused.out, IsEmpty());
    EXPECT_THAT(refused.err, HasSubstr(GetParam().sentence));
    EXPECT_EQ(std::count(refused.err.begin(), refused.err.end(), '\n'), 1) << refused.err;
}

INSTANTIATE_TEST_SUITE_P(
    Program, WrongLines,
    testing::Values(
        WrongLine{{"prefer"}, 2, "there is no command \"prefer\""},
        WrongLine{{"perf", "reversi"}, 2, "did you mean perft?"},
        WrongLine{{"--colour"}, 2, "there is no option --colour"},
        WrongLine{{"list", "gmaes"}, 2, "did you mean games?"},
        WrongLine{{"list", "--plugins", "/nowhere"}, 3, "/nowhere, which is not a folder"},
        WrongLine{{"perft", "revresi", "3"}, 3, "did you mean reversi?"},
        WrongLine{{"perft", "reversi"}, 2, "it needs DEPTH"},
        WrongLine{{"perft", "reversi", "deep"}, 2, "DEPTH takes a whole number"},
        WrongLine{{"perft", "reversi", "3", "--option", "size=5"}, 2, "size takes one of"},
        WrongLine{{"perft", "reversi", "3", "--option", "sise=4"}, 2, "size"},
        WrongLine{{"perft", "reversi", "3", "--option", "size"}, 2, "an option is given as id=value"},
        WrongLine{{"perft", "reversi", "3", "--position", "x"}, 2, "--position is none of Reversi"},
        WrongLine{{"analyse", "reversi", "--engine", "minmax"}, 3, "did you mean minimax?"},
        WrongLine{{"analyse", "reversi", "--engine", "random:x=1"}, 2, "x"},
        WrongLine{{"analyse", "reversi", "--engine", "random", "--moves", "d3 d3"}, 2, "as move 2"},
        WrongLine{{"analyse", "reversi", "--engine", "random", "--time", "-2s"}, 2, "--time takes a time"},
        WrongLine{
            {"analyse", "tic_tac_toe", "--engine", "random", "--position", "xxx/oo./... o"}, 1, "the game is over"},
        WrongLine{{"match", "reversi"}, 2, "it needs --engine"},
        WrongLine{
            {"match", "reversi", "--engine", "random", "--engine", "random", "--engine", "random"}, 2, "2 players"},
        WrongLine{{"match", "reversi", "--engine", "random", "--clock", "soon"}, 2, "--clock: "},
        WrongLine{{"match", "reversi", "--engine", "random", "--games", "0"}, 2, "--games takes a whole number"},
        WrongLine{{"match", "reversi", "--engine", "random", "--record", "/nowhere/x"}, 1, "could not be written"},
        WrongLine{{"play"}, 2, "it needs GAME"},
        WrongLine{{"play", "reversi", "--seat", "random@11"}, 2, "a level is a number from 1 to 10"},
        WrongLine{{"play", "chees"}, 3, "there is no game"},
        WrongLine{{"bench", "speed"}, 2, "there is no benchmark \"speed\""},
        WrongLine{{"bench", "playouts", "--game", "nosuch"}, 3, "there is no game"},
        WrongLine{{"validate"}, 2, "it needs FILE"},
        WrongLine{{"validate", "/nowhere.so"}, 3, "there is no file /nowhere.so"},
        WrongLine{{"probe", "/nowhere.so"}, 3, "there is no file /nowhere.so"},
        WrongLine{{"new", "gaem", "nim"}, 2, "did you mean game?"}));

TEST(List, ShowsTheGamesAndEnginesThatWereFound) {
    const Finished list = run_parlour({"list"});
    EXPECT_EQ(list.code, 0);
    EXPECT_THAT(list.out, AllOf(HasSubstr("Games\n"), HasSubstr("  reversi "), HasSubstr("Engines\n"),
                                HasSubstr("  minimax "), HasSubstr("Plugins\n"), HasSubstr("loaded ")));
    EXPECT_THAT(run_parlour({"list", "games"}).out, AllOf(HasSubstr("size=8"), testing::Not(HasSubstr("Engines"))));
}

// How many plugins a folder of the tree has: each is one file or one folder.
std::size_t entries_of(const std::string &folder) {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(PARLOUR_SOURCE_DIR "/" + folder), {}));
}

TEST(List, AsJsonHasEverything) {
    const Finished list = run_parlour({"list", "--json"});
    EXPECT_EQ(list.code, 0);
    EXPECT_THAT(list.err, IsEmpty());
    const json all = json::parse(list.out);
    const std::size_t games = entries_of("plugins/games"), engines = entries_of("plugins/engines");
    EXPECT_EQ(all.at("games").size(), games);
    EXPECT_EQ(all.at("engines").size(), engines);
    // Scripts and what runs them are there where Python is.
    for (const char *kind : {"games", "engines"}) {
        for (const json &row : all.at("scripts").at(kind)) EXPECT_THAT(row.at("id"), HasSubstr(":"));
    }
    EXPECT_EQ(std::count_if(all["plugins"].begin(), all["plugins"].end(),
                            [](const json &row) {
                                const std::string file = row.at("file");
                                return file.ends_with(".so") && !file.ends_with("/python.so");
                            }),
              static_cast<std::ptrdiff_t>(games + engines));
    for (const json &plugin : all["plugins"]) EXPECT_EQ(plugin.at("status"), "loaded") << plugin;
    for (const json &game : all["games"]) {
        EXPECT_TRUE(std::filesystem::exists(game.at("file").get<std::string>())) << game;
        if (game["id"] == "reversi") {
            const json &option = game.at("options").at(0);
            EXPECT_EQ(option.at("id"), "size");
            EXPECT_EQ(option.at("default"), "8");
        }
        if (game["id"] == "kuhn_poker") {
            EXPECT_THAT(game.at("traits").dump(), HasSubstr("hidden"));
        }
    }
    EXPECT_FALSE(json::parse(run_parlour({"list", "engines", "--json"}).out).contains("games"));
}

TEST(List, WithoutPluginsSaysWhatToDo) {
    // The program from another folder, so that none are beside it.
    const ScratchFolder folder;
    std::filesystem::copy_file(std::string(PARLOUR_BINARY_DIR) + "/parlour", folder / "parlour");
    Subprocess process;
    process.words = {(folder / "parlour").string(), "list"};
    process.environment = {
        {"HOME", folder.path().string()}, {"PARLOUR_PLUGIN_PATH", ""}, {"XDG_DATA_HOME", ""}, {"DISPLAY", ""},
        {"WAYLAND_DISPLAY", ""},          {"SDL_VIDEODRIVER", ""}};
    const Finished list = process.run();
    EXPECT_EQ(list.code, 0);
    if (list.out.find("loaded ") != std::string::npos) {
        GTEST_SKIP() << "there are plugins installed on this system";
    }
    EXPECT_THAT(list.out, HasSubstr("none found; set PARLOUR_PLUGIN_PATH"));
    process.words[1] = "play";
    process.words.emplace_back("reversi");
    EXPECT_EQ(process.run().code, 3);
    process.words.resize(1);
    EXPECT_EQ(process.run().code, 1) << "there is nothing to show";
}

TEST(List, ARefusedFileIsARowWithASentence) {
    const ScratchFolder folder;
    std::filesystem::copy_file("/etc/passwd", folder / "broken.so");
    const Finished list = run_parlour({"list", "plugins", "--json", "--plugins", folder.path().string()});
    EXPECT_EQ(list.code, 0);
    const json first = json::parse(list.out).at("plugins").at(0);
    EXPECT_EQ(first.at("status"), "refused");
    EXPECT_NE(first.at("sentence"), "");
    EXPECT_THAT(run_parlour({"list", "--plugins", folder.path().string()}).out, HasSubstr("refused  "));
}

} // namespace
} // namespace parlour::tests
