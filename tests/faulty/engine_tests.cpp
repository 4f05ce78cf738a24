// Matches against engines that do everything wrong that there is to do, each in a worker: the match goes on to its
// last game, every game has a named ending, and nothing is left behind.
#include "faulty/engine_rows.hpp"
#include "faulty/worker_fixture.hpp"

namespace parlour::host {
namespace {

class Engines : public WorkerTest, public testing::WithParamInterface<EngineRow> {};
class Refused : public WorkerTest, public testing::WithParamInterface<EngineRow> {};

std::string name_of_row(const testing::TestParamInfo<EngineRow> &row) {
    return row.param.name;
}
// Those that never get through their start are not given the usual five seconds for it.
WorkerSetup setup_for(const EngineRow &row) {
    WorkerSetup setup;
    if (row.hangs_at_start) setup.start_limit = std::chrono::seconds(2);
    return setup;
}
fs::path file_of(const EngineRow &row) {
    return fs::path(FAULTY_ENGINES) / (std::string(row.name) + ".so");
}

TEST_P(Engines, LoseTheirGamesAndNothingElse) {
    const EngineRow &row = GetParam();
    if (const std::uint32_t missing = row.needs & ~layers_in_force(); missing != 0)
        GTEST_SKIP() << "without " << layer_names(missing) << " it would do harm here";
    // Two games, so that each side begins once, and the second comes after whatever happened in the first.
    constexpr std::size_t games = 2;
    ASSERT_NO_FATAL_FAILURE(expect_next_game(*registry_with({})));
    const Standing before = standing();
    {
        const auto registry = registry_with(file_of(row), setup_for(row));
        ASSERT_NE(registry->find_engine(row.name), nullptr) << registry->plugins()[0].sentence;
        const bool may_be_late = row.endings.contains(Ending::stall) || row.endings.contains(Ending::time);
        const std::chrono::nanoseconds time = may_be_late ? std::chrono::milliseconds(100) : answers_at_once;
        const auto played = play(*registry, row.name, games, time);
        ASSERT_TRUE(played) << played.sentence();
        EXPECT_EQ(played->games, games);
        for (const TournamentGame &game : played->list) {
            const Outcome &outcome = game.outcome;
            EXPECT_TRUE(row.endings.contains(outcome.ending))
                << ending_text(outcome.ending) << ": " << outcome.detail;
            if (outcome.ending == Ending::normal) continue;
            ASSERT_TRUE(outcome.fault) << outcome.sentence;
            EXPECT_EQ(game.contestants[*outcome.fault], 1u) << "the other one is blamed: " << outcome.detail;
            EXPECT_EQ(outcome.detail.find('\n'), std::string::npos) << outcome.detail;
            EXPECT_LT(outcome.detail.size(), 600u) << outcome.detail;
            for (const std::string &word : row.words) EXPECT_THAT(outcome.detail, testing::HasSubstr(word));
            RecordProperty("detail", outcome.detail);
        }
        expect_next_game(*registry);
    }
    expect_nothing_left(before);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Engines, testing::ValuesIn(engine_rows()), name_of_row);

TEST_P(Refused, PlayNothing) {
    const EngineRow &row = GetParam();
    ASSERT_NO_FATAL_FAILURE(expect_next_game(*registry_with({})));
    const Standing before = standing();
    {
        const auto registry = registry_with(file_of(row), setup_for(row));
        const auto game = registry->create_game("four_in_a_row", {});
        ASSERT_TRUE(game) << game.sentence();
        const Registry::Support support = registry->supports(row.name, **game);
        EXPECT_LT(support.score, 1);
        EXPECT_LT(support.why.size(), 600u);
        for (const std::string &word : row.words) EXPECT_THAT(support.why, testing::HasSubstr(word));
        expect_next_game(*registry);
    }
    expect_nothing_left(before);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Refused, testing::ValuesIn(refused_engine_rows()), name_of_row);

TEST(EngineRows, AreAllThereIs) {
    std::set<std::string> rows{"good_engine"}, files;
    for (const EngineRow &row : engine_rows()) rows.insert(row.name);
    for (const EngineRow &row : refused_engine_rows()) rows.insert(row.name);
    for (const auto &file : fs::directory_iterator(FAULTY_ENGINES)) files.insert(file.path().stem());
    EXPECT_EQ(rows, files);
}

} // namespace
} // namespace parlour::host
