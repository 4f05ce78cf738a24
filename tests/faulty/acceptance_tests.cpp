// What a person would try: twenty games of a good engine against one that crashes, hangs, cheats, floods or eats
// memory, by the program's own command. All games are played and each is counted under its ending.
#include "support/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>

namespace parlour::tests {
namespace {

using nlohmann::json;

struct Row {
    const char *engine;
    std::set<std::string> endings; // some games end so, and all others by the rules
};

class Acceptance : public testing::TestWithParam<Row> {};

TEST_P(Acceptance, AllGamesAreCounted) {
    const Row &row = GetParam();
    constexpr int games = ACCEPTANCE_GAMES;
    const ScratchFolder folder;
    std::filesystem::copy_file(std::filesystem::path(FAULTY_ENGINES) / (std::string(row.engine) + ".so"),
                               folder / (std::string(row.engine) + ".so"));
    const Finished run = run_parlour({"match", "four_in_a_row", "--engine", "mcts", "--engine", row.engine,
                                      "--isolate", "all", "--games", std::to_string(games), "--time-per-move", "20ms",
                                      "--plugins", folder.path().string(), "--json"});
    ASSERT_EQ(run.signal, 0) << run.err;
    ASSERT_EQ(run.code, 0) << run.err;
    const json result = json::parse(run.out, nullptr, false);
    ASSERT_TRUE(result.is_object()) << run.out;
    EXPECT_EQ(result.at("games"), games);
    EXPECT_EQ(result.at("stopped"), false);
    int counted = 0, faults = 0;
    for (const auto &[ending, count] : result.at("endings").items()) {
        counted += count.get<int>();
        if (row.endings.contains(ending)) faults += count.get<int>();
        EXPECT_TRUE(ending == "normal" || row.endings.contains(ending)) << ending;
    }
    EXPECT_EQ(counted, games);
    EXPECT_GT(faults, 0) << result.at("endings");
    EXPECT_TRUE(result.at("scores")[0].at("faults").empty()) << "the good engine is blamed: " << result;
    int blamed = 0;
    for (const auto &[ending, count] : result.at("scores")[1].at("faults").items()) blamed += count.get<int>();
    EXPECT_EQ(blamed, faults);
}

INSTANTIATE_TEST_SUITE_P(Of, Acceptance,
                         testing::Values(Row{"crash_in_search", {"crash"}}, Row{"endless_search", {"stall", "time"}},
                                         Row{"illegal_late", {"illegal move"}},
                                         Row{"floods_stdout", {"stall", "time"}},
                                         Row{"floods_info", {"stall", "time"}},
                                         Row{"eats_memory", {"crash", "stall", "time"}}),
                         [](const testing::TestParamInfo<Row> &row) { return row.param.engine; });

// Games that get past the probe and meddle with the program that they are loaded into.
class Meddlers : public testing::TestWithParam<const char *> {};

TEST_P(Meddlers, TheMatchIsPlayedAndTheProgramEndsAsItShould) {
    const std::string id = GetParam();
    const ScratchFolder folder;
    std::filesystem::copy_file(std::filesystem::path(FAULTY_MEDDLERS) / (id + ".so"), folder / (id + ".so"));
    for (const std::string &game : {id, std::string("four_in_a_row")}) {
        const Finished run =
            run_parlour({"match", game, "--engine", "random", "--engine", "random", "--isolate", "all", "--games",
                         "2", "--time-per-move", "1s", "--plugins", folder.path().string(), "--json"});
        ASSERT_EQ(run.signal, 0) << run.err;
        ASSERT_EQ(run.code, 0) << run.err;
        const json result = json::parse(run.out, nullptr, false);
        ASSERT_TRUE(result.is_object()) << run.out;
        EXPECT_EQ(result.at("endings").at("normal"), 2) << run.out;
    }
}

INSTANTIATE_TEST_SUITE_P(Of, Meddlers,
                         testing::Values("game_changes_locale", "game_changes_rounding", "game_changes_signals",
                                         "game_changes_folder", "game_leaves_thread", "game_floods_log",
                                         "game_leaks"),
                         [](const testing::TestParamInfo<const char *> &row) { return row.param; });

} // namespace
} // namespace parlour::tests
