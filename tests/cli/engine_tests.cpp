// `parlour analyse` and `parlour match`.
#include "support/program.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

namespace parlour::tests {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

json run_json(std::vector<std::string> words) {
    words.emplace_back("--json");
    const Finished run = run_parlour(words);
    EXPECT_EQ(run.code, 0) << run.err;
    return json::parse(run.out, nullptr, false);
}

TEST(Analyse, ProvesTheDrawOfTicTacToe) {
    const Finished run = run_parlour({"analyse", "tic_tac_toe", "--engine", "minimax"});
    EXPECT_EQ(run.code, 0);
    EXPECT_THAT(run.out, AllOf(HasSubstr("depth   1"), HasSubstr("value   draw, proven\n"),
                               HasSubstr("proven  yes\n"), HasSubstr("nodes/s")));
}

TEST(Analyse, ProvesTheSecondPlayersWinInSmallReversi) {
    const json result = run_json({"analyse", "reversi", "--option", "size=4", "--engine", "minimax"});
    EXPECT_EQ(result.at("words"), "White wins, proven");
    EXPECT_EQ(result.at("value"), -1);
    EXPECT_EQ(result.at("proven"), true);
    EXPECT_EQ(result.at("variant"), "size=4");
}

TEST(Analyse, AsJsonHasTheLinesAndTheMovesOfEach) {
    const json result = run_json({"analyse", "four_in_a_row", "--engine", "minimax", "--depth", "5", "--lines", "3"});
    EXPECT_EQ(result.at("lines").size(), 3u);
    EXPECT_EQ(result["lines"][1].at("rank"), 2);
    EXPECT_EQ(result.at("line").at(0), result.at("best"));
    EXPECT_GT(result.at("nodes"), 0);
    EXPECT_EQ(result.at("engine"), "minimax");
}

TEST(Analyse, TheSameSeedAndNodesGiveTheSameAnswer) {
    const std::vector<std::string> words{"analyse", "four_in_a_row", "--engine", "mcts", "--seed",
                                         "7",       "--playouts",    "3000"};
    json first = run_json(words), second = run_json(words);
    for (json *each : {&first, &second}) {
        each->erase("seconds");
        each->erase("nodes_per_second");
    }
    EXPECT_EQ(first, second);
}

TEST(Analyse, PlaysMovesFirstAndDrawsChanceFromTheSeed) {
    const json result = run_json({"analyse", "reversi", "--engine", "random", "--moves", "d3 c3", "--nodes", "1"});
    EXPECT_EQ(result.at("player"), "Black");
    const json pig =
        run_json({"analyse", "pig", "--engine", "random", "--moves", "roll", "--nodes", "1", "--seed", "3"});
    EXPECT_FALSE(pig.at("best").get<std::string>().empty());
}

TEST(Analyse, WithoutAnEngineTheBestOneIsTaken) {
    const json result = run_json({"analyse", "tic_tac_toe", "--nodes", "2000"});
    EXPECT_NE(result.at("engine"), "random");
}

TEST(MatchCommand, CountsGamesOfBothSides) {
    const json result = run_json({"match", "tic_tac_toe", "--engine", "minimax", "--engine", "random", "--games",
                                  "20", "--nodes", "5000", "--concurrency", "2", "--seed", "4"});
    ASSERT_EQ(result.at("scores").size(), 2u);
    const json &best = result["scores"][0];
    EXPECT_EQ(best.at("games"), 20);
    EXPECT_EQ(best.at("losses"), 0) << "perfect play does not lose";
    EXPECT_EQ(result.at("endings").at("normal"), 20);
    EXPECT_EQ(best["wins"].get<int>() + best["draws"].get<int>(), 20);
    EXPECT_TRUE(result.contains("elo"));
}

TEST(MatchCommand, ConcurrencyDoesNotChangeTheResult) {
    const auto with = [](const char *concurrency) {
        json result = run_json({"match", "four_in_a_row", "--engine", "mcts", "--engine", "random", "--games", "10",
                                "--playouts", "50", "--seed", "8", "--concurrency", concurrency});
        result.erase("seconds");
        return result;
    };
    EXPECT_EQ(with("1"), with("3"));
}

TEST(MatchCommand, PigAndKuhnPokerRunWithAllEngines) {
    for (const char *game : {"pig", "kuhn_poker"}) {
        for (const auto &[first, second] :
             {std::pair{"minimax", "mcts"}, std::pair{"mcts", "random"}, std::pair{"random", "minimax"}}) {
            const json result = run_json({"match", game, "--engine", first, "--engine", second, "--games", "4",
                                          "--nodes", "100", "--playouts", "100"});
            EXPECT_EQ(result.at("games"), 4) << game << " " << first << " " << second;
            EXPECT_EQ(result.at("endings").at("normal"), 4) << game << " " << first << " " << second;
        }
    }
}

TEST(MatchCommand, ForPeopleThereIsATable) {
    const Finished run =
        run_parlour({"match", "kuhn_poker", "--engine", "random", "--engine", "random", "--games", "6"});
    EXPECT_EQ(run.code, 0);
    EXPECT_THAT(run.out, AllOf(HasSubstr("random (2)"), HasSubstr("Elo "), HasSubstr("endings  normal 6"),
                               HasSubstr("utility")));
}

TEST(MatchCommand, AProgressBarIsForTerminalsOnly) {
    const std::vector<std::string> words{"match",    "tic_tac_toe", "--engine", "random",
                                         "--engine", "random",      "--games",  "4"};
    EXPECT_EQ(run_parlour(words).err, "");
    EXPECT_THAT(run_parlour(words, "", true).out, HasSubstr("4/4"));
}

TEST(MatchCommand, RecordsLoadBackInTheOrderOfTheGames) {
    const ScratchFolder folder;
    const std::string file = (folder / "games.txt").string();
    const std::vector<std::string> words{"match",   "tic_tac_toe", "--engine", "random", "--engine",      "random",
                                         "--games", "6",           "--record", file,     "--concurrency", "3"};
    EXPECT_EQ(run_parlour(words).code, 0);
    EXPECT_EQ(run_parlour(words).code, 0) << "a second match is appended";
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    std::size_t games = 0;
    for (std::size_t at = 0; (at = text.str().find("[Game \"tic_tac_toe\"]", at)) != std::string::npos; ++at) ++games;
    EXPECT_EQ(games, 12u);
    const Finished loaded = run_parlour({"play", "--load", file});
    EXPECT_EQ(loaded.code, 0) << loaded.err;
    EXPECT_THAT(loaded.out, testing::ContainsRegex("wins|Draw"));
}

TEST(MatchCommand, AClockIsKept) {
    const json result = run_json(
        {"match", "tic_tac_toe", "--engine", "minimax", "--engine", "random", "--games", "2", "--clock", "20s+0.1s"});
    EXPECT_EQ(result.at("games"), 2);
}

} // namespace
} // namespace parlour::tests
