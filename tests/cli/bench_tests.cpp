// `parlour bench`: that it measures what it says. How fast anything is, no test asserts.
#include "support/program.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace parlour::tests {
namespace {

using nlohmann::json;

json bench(std::vector<std::string> words) {
    words.insert(words.begin(), "bench");
    words.insert(words.end(), {"--seconds", "20ms", "--json"});
    const Finished run = run_parlour(words);
    EXPECT_EQ(run.code, 0) << run.err;
    return json::parse(run.out, nullptr, false);
}

TEST(Bench, NamesMachineCompilerAndBuild) {
    const json machine = bench({"perft", "--game", "tic_tac_toe"}).at("machine");
    for (const char *name : {"processor", "compiler", "build"}) EXPECT_NE(machine.at(name), "") << name;
}

TEST(Bench, PlayoutsAreComparedWithTheSameRulesInlined) {
    const json result = bench({"playouts", "--game", "tic_tac_toe", "--game", "pig"});
    ASSERT_EQ(result.at("rows").size(), 4u);
    for (const json &row : result["rows"]) {
        EXPECT_GT(row.at("per_second"), 0);
        EXPECT_GT(row.at("plies_per_game"), 1);
        if (std::filesystem::exists(std::string(PARLOUR_BINARY_DIR) + "/bench/pig.so")) {
            EXPECT_GT(row.at("ratio_to_inlined"), 0);
        }
    }
    EXPECT_EQ(result["rows"][0].at("against"), "OpenSpiel");
    EXPECT_GT(result["rows"][0].at("factor"), 0);
}

TEST(Bench, CountsSimulationsNodesAndLeaves) {
    EXPECT_GT(bench({"mcts", "--game", "four_in_a_row"}).at("rows").at(0).at("simulations"), 1000);
    const json alphabeta = bench({"alphabeta", "--game", "tic_tac_toe"}).at("rows");
    ASSERT_EQ(alphabeta.size(), 2u) << "plain, and with a table";
    EXPECT_GT(alphabeta[0].at("nodes"), alphabeta[1].at("nodes"));
    const json perft = bench({"perft", "--game", "tic_tac_toe"}).at("rows").at(0);
    EXPECT_GT(perft.at("leaves"), 0);
}

} // namespace
} // namespace parlour::tests
