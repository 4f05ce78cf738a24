// `parlour perft`: the published totals (facts: OEIS A212693 for four in a row, aartbik.com for reversi, OEIS A133046
// for draughts, nodes by ply of tic-tac-toe), through the whole program.
#include "support/program.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace parlour::tests {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json perft(std::vector<std::string> words) {
    words.insert(words.begin(), "perft");
    words.emplace_back("--json");
    const Finished run = run_parlour(words);
    EXPECT_EQ(run.code, 0) << run.err;
    return json::parse(run.out, nullptr, false);
}

struct Total {
    const char *game, *depth;
    std::uint64_t total;
};

class PublishedTotals : public testing::TestWithParam<Total> {};

TEST_P(PublishedTotals, AreCounted) {
    const json result = perft({GetParam().game, GetParam().depth});
    EXPECT_EQ(result.at("total"), GetParam().total);
    std::uint64_t sum = 0;
    for (const auto &[move, count] : result.at("moves").items()) sum += count.get<std::uint64_t>();
    EXPECT_EQ(sum, GetParam().total);
}

INSTANTIATE_TEST_SUITE_P(Games, PublishedTotals,
                         testing::Values(Total{"four_in_a_row", "9", 39394572}, Total{"reversi", "9", 3005288},
                                         Total{"draughts", "9", 3963680}, Total{"tic_tac_toe", "9", 127872}),
                         [](const auto &each) { return std::string(each.param.game); });

TEST(PerftCommand, CountsEndedGamesApart) {
    // 127,872 games take all nine plies, the other 127,296 of 255,168 end earlier.
    EXPECT_EQ(perft({"tic_tac_toe", "9"}).at("ended"), 127296);
}

TEST(PerftCommand, TakesOptionsAndPositions) {
    EXPECT_EQ(perft({"reversi", "8", "--option", "size=6"}).at("total"), 308716);
    const json after = perft({"tic_tac_toe", "8", "--position", ".../.x./... o"});
    EXPECT_EQ(after.at("total"), 13248) << "an eighth-ply count of the centre, as in the whole perft";
    EXPECT_EQ(after.at("position"), ".../.x./... o");
}

TEST(PerftCommand, DepthZeroIsOneAndAFinishedGameHasNone) {
    EXPECT_EQ(perft({"reversi", "0"}).at("total"), 1);
    const json over = perft({"tic_tac_toe", "2", "--position", "xxx/oo./... o"});
    EXPECT_EQ(over.at("total"), 0);
    EXPECT_EQ(over.at("ended"), 1);
}

TEST(PerftCommand, ForPeopleThereIsATable) {
    const Finished run = run_parlour({"perft", "reversi", "6"});
    EXPECT_EQ(run.code, 0);
    EXPECT_THAT(run.out, testing::AllOf(HasSubstr("d3               2050\n"), HasSubstr("total            8200\n")));
}

TEST(PerftCommand, LayersReportWhatTheySaw) {
    const Finished traced = run_parlour({"perft", "tic_tac_toe", "4", "--trace-calls"});
    EXPECT_EQ(traced.code, 0);
    EXPECT_THAT(traced.err, testing::AllOf(HasSubstr("legal"), HasSubstr("apply")));
    EXPECT_THAT(traced.out, HasSubstr("total            3024\n"));
    const Finished checked = run_parlour({"perft", "tic_tac_toe", "4", "--check-plugins"});
    EXPECT_EQ(checked.code, 0);
    EXPECT_THAT(checked.out, HasSubstr("total            3024\n"));
    EXPECT_EQ(checked.err, "");
}

} // namespace
} // namespace parlour::tests
