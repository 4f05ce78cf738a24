// `parlour history` as a person or a script runs it.
#include "support/program.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace parlour::tests {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class HistoryCommand : public testing::Test {
protected:
    Finished run(std::vector<std::string> words, const std::string &data = "data") const {
        return run_parlour(std::move(words), {}, false, {{"XDG_DATA_HOME", (folder_ / data).string()}});
    }
    void keep(const std::string &game, int games) const {
        const Finished played = run({"match", game, "--engine", "random", "--engine", "random", "--playouts", "1",
                                     "--games", std::to_string(games), "--keep"});
        ASSERT_EQ(played.code, 0) << played.err;
    }
    json listed(const std::string &data = "data") const {
        return json::parse(run({"history", "--json"}, data).out)["games"];
    }
    std::string file(const std::string &name) const { return (folder_ / name).string(); }

    const ScratchFolder folder_;
};

std::string content(const std::string &file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

TEST_F(HistoryCommand, TeachesByExample) {
    const Finished help = run({"history", "--help"});
    EXPECT_EQ(help.code, 0);
    EXPECT_THAT(help.out, AllOf(HasSubstr("Usage: parlour history"), HasSubstr("Examples:"),
                                HasSubstr("parlour history show 12"), HasSubstr("Exit codes: 0")));
    EXPECT_THAT(run({"--help"}).out, HasSubstr("\n  history "));
}

TEST_F(HistoryCommand, IsEmptyAtFirst) {
    const Finished list = run({"history"});
    EXPECT_EQ(list.code, 0) << list.err;
    EXPECT_THAT(list.err, IsEmpty());
    EXPECT_THAT(list.out, HasSubstr("No games are kept yet"));
    EXPECT_THAT(run({"history", "statistics"}).out, HasSubstr("No finished games with a person"));
    EXPECT_EQ(json::parse(run({"history", "statistics", "--json"}).out), json::array());
}

TEST_F(HistoryCommand, ListsAndShowsWhatWasKept) {
    keep("tic_tac_toe", 3);
    keep("reversi", 1);
    const json games = listed();
    ASSERT_EQ(games.size(), 4u);
    EXPECT_EQ(games[0]["game"], "reversi");
    EXPECT_TRUE(games[0]["finished"].get<bool>());
    EXPECT_EQ(games[0]["ending"], "normal");
    const std::string id = std::to_string(games[0]["id"].get<int>());
    const json shown = json::parse(run({"history", "show", id, "--json"}).out);
    EXPECT_EQ(shown["moves"].size(), shown["plies"].get<std::size_t>());
    EXPECT_THAT(run({"history", "show", id}).out, AllOf(HasSubstr("[Game \"reversi\"]"), HasSubstr("[Check \"")));
    EXPECT_THAT(run({"history"}).out, AllOf(HasSubstr("tic_tac_toe"), HasSubstr("reversi"), HasSubstr("normal")));
    EXPECT_THAT(run({"history", "--game", "reversi"}).out, Not(HasSubstr("tic_tac_toe")));
    EXPECT_THAT(run({"history", "--unfinished"}).out, HasSubstr("No games are kept that fit"));
    const std::string two = run({"history", "--limit", "2"}).out;
    EXPECT_EQ(std::count(two.begin(), two.end(), '\n'), 2);
}

TEST_F(HistoryCommand, CarriesGamesToAnotherComputer) {
    keep("tic_tac_toe", 3);
    const Finished written = run({"history", "export", file("games.txt")});
    EXPECT_EQ(written.code, 0) << written.err;
    EXPECT_THAT(written.out, HasSubstr("3 games written"));
    const Finished taken = run({"history", "import", file("games.txt")}, "other");
    EXPECT_EQ(taken.code, 0) << taken.err;
    EXPECT_EQ(taken.out, "3 games added, 0 known already\n");
    EXPECT_EQ(run({"history", "import", file("games.txt")}, "other").out, "0 games added, 3 known already\n");
    EXPECT_EQ(run({"history", "export", file("again.txt")}, "other").code, 0);
    EXPECT_EQ(content(file("again.txt")), content(file("games.txt")));
}

TEST_F(HistoryCommand, RefusesGamesAgainstTheRulesAsAWhole) {
    keep("tic_tac_toe", 2);
    ASSERT_EQ(run({"history", "export", file("games.txt")}).code, 0);
    std::string text = content(file("games.txt"));
    // The same square twice, by hand.
    const std::size_t first = text.rfind("\n1. "), second = text.rfind("\n2. ");
    const std::string move = text.substr(first + 4, 2);
    text.replace(second + 4, 2, move);
    const std::size_t check = text.rfind("[Check");
    text.replace(check, text.size() - check, "[Check \"none\"]\n");
    std::ofstream(file("cheat.txt")) << text;
    const Finished refused = run({"history", "import", file("cheat.txt")}, "other");
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.err, HasSubstr("The game that begins in line"));
    EXPECT_TRUE(listed("other").empty());
    std::ofstream(file("half.txt")) << content(file("games.txt")).substr(0, 300);
    EXPECT_EQ(run({"history", "import", file("half.txt")}, "other").code, 1);
    EXPECT_TRUE(listed("other").empty());
}

TEST_F(HistoryCommand, Removes) {
    keep("tic_tac_toe", 3);
    const std::string first = std::to_string(listed()[0]["id"].get<int>());
    EXPECT_EQ(run({"history", "remove", first, "999"}).code, 3);
    EXPECT_EQ(listed().size(), 3u);
    EXPECT_EQ(run({"history", "remove", first}).out, "1 game removed\n");
    EXPECT_EQ(listed().size(), 2u);
}

TEST_F(HistoryCommand, SetsADamagedFileAsideWithASentence) {
    keep("tic_tac_toe", 1);
    const std::string database = file("data/parlour/games.sqlite");
    const std::string bytes = content(database);
    std::ofstream(database, std::ios::binary) << bytes.substr(0, bytes.size() / 2);
    const Finished list = run({"history"});
    EXPECT_EQ(list.code, 0);
    EXPECT_THAT(list.err, HasSubstr("is damaged; it was kept as games.sqlite.damaged-"));
    EXPECT_THAT(list.out, HasSubstr("No games are kept yet"));
}

TEST_F(HistoryCommand, WrongWordsEndInOneSentence) {
    struct Row {
        std::vector<std::string> words;
        int code;
        std::string sentence;
    };
    const std::vector<Row> rows{{{"shwo", "1"}, 2, "did you mean show?"},
                                {{"burn"}, 2, "there are list, show"},
                                {{"show"}, 2, "show takes the number of a game"},
                                {{"show", "x"}, 2, "\"x\" is not the number of a game"},
                                {{"show", "7"}, 3, "There is no game 7"},
                                {{"remove", "7"}, 3, "There is no game 7"},
                                {{"list", "more"}, 2, "list takes no further words"},
                                {{"export", "/nowhere/games.txt"}, 1, "/nowhere/games.txt"},
                                {{"import", "/nowhere/games.txt"}, 3, "/nowhere/games.txt"},
                                {{"--limit", "0"}, 2, "limit"},
                                {{"--records", "/proc/games"}, 1, "/proc"}};
    for (const Row &row : rows) {
        std::vector<std::string> words = row.words;
        words.insert(words.begin(), "history");
        const Finished refused = run(words);
        EXPECT_EQ(refused.code, row.code) << refused.err;
        EXPECT_THAT(refused.err, HasSubstr(row.sentence));
        EXPECT_EQ(std::count(refused.err.begin(), refused.err.end(), '\n'), 1) << refused.err;
    }
}

} // namespace
} // namespace parlour::tests
