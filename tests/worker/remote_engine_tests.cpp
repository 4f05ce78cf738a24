// The remote engine where nothing is wrong but the circumstances.
#include "worker/worker_fixture.hpp"

#include <parlour/game.hpp>

#include <atomic>

namespace parlour::host {
namespace {

using testing::HasSubstr;

class Remote : public WorkerTest {
protected:
    std::atomic<std::uint32_t> stop_{PARLOUR_GO};
};

TEST_F(Remote, WithoutTheProgramSaysSo) {
    WorkerSetup setup = test_setup();
    setup.program = "/nonexistent/parlour-worker";
    RemoteEngine engine(setup, launch_of("random", shipped("random")));
    const Result<void> bound = engine.bind(open_game("four_in_a_row"));
    ASSERT_FALSE(bound);
    EXPECT_THAT(bound.sentence(), HasSubstr("/nonexistent/parlour-worker could not be started (No such file"));
    setup.program.clear();
    RemoteEngine none(setup, launch_of("random", shipped("random")));
    const Result<void> missing = none.bind(open_game("four_in_a_row"));
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.sentence(), HasSubstr("parlour-worker is missing"));
}

TEST_F(Remote, IsFoundBesideTheProgram) {
    EXPECT_EQ(find_worker_program(std::filesystem::path(WORKER_PROGRAM).parent_path() / "parlour"), WORKER_PROGRAM);
}

TEST_F(Remote, NeedsAGameOfAFile) {
    const GamePtr with = open_game("four_in_a_row");
    RemoteEngine engine(test_setup(), launch_of("random", shipped("random")));
    const LoadOutcome loaded = load_library(shipped("four_in_a_row"));
    const GamePtr without =
        std::make_shared<Game>(*make_game(*loaded.library, "four_in_a_row", {}), OptionMap{}, loaded.library);
    const Result<void> bound = engine.bind(without);
    ASSERT_FALSE(bound);
    EXPECT_EQ(bound.problem().code, PARLOUR_E_UNSUPPORTED);
    EXPECT_THAT(bound.sentence(), HasSubstr("needs the plugin file"));
    const StateBuffer state = with->initial(1);
    EXPECT_FALSE(engine.search({&state, nullptr, {}}, {}, stop_, {})) << "it has no game";
}

TEST_F(Remote, AFileThatIsNoPluginIsRefusedByItsWorker) {
    RemoteEngine engine(test_setup(), launch_of("random", WORKER_PROGRAM));
    const Result<void> bound = engine.bind(open_game("four_in_a_row"));
    ASSERT_FALSE(bound);
    EXPECT_THAT(bound.sentence(), HasSubstr("cannot be used in a worker"));
}

TEST_F(Remote, TheWorkerStaysForTheNextGameOfTheSameKind) {
    RemoteEngine engine(test_setup(), launch_of("random", shipped("random")));
    const GamePtr game = open_game("four_in_a_row");
    ASSERT_TRUE(engine.bind(game));
    const int first = engine.process();
    EXPECT_GT(first, 0);
    EXPECT_TRUE(engine.ping());
    ASSERT_TRUE(engine.bind(open_game("four_in_a_row")));
    EXPECT_EQ(engine.process(), first);
    ASSERT_TRUE(engine.bind(open_game("reversi")));
    EXPECT_NE(engine.process(), first);
}

TEST_F(Remote, HasGraceForAStartAndAFifthOfItsTime) {
    const RemoteEngine engine(test_setup(), launch_of("random", shipped("random")));
    SearchLimits limits;
    const auto least = engine.grace(limits);
    EXPECT_GT(least, Engine::default_grace);
    limits.hard_time = std::chrono::seconds(100);
    EXPECT_GE(engine.grace(limits), least + std::chrono::seconds(19));
}

} // namespace
} // namespace parlour::host
