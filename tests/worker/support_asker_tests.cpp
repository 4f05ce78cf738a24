// What engines in workers say of games before they are given one.
#include "host/plugins/support_answers.hpp"
#include "host/worker/support_asker.hpp"
#include "worker/worker_fixture.hpp"

namespace parlour::host {
namespace {

using testing::HasSubstr;

class Asked : public WorkerTest {
protected:
    std::vector<Result<EngineSupport>> ask(const std::vector<std::string> &ids) {
        std::vector<GamePtr> games;
        std::vector<GameQuestion> questions;
        for (const std::string &id : ids) questions.push_back(question_about(*games.emplace_back(open_game(id))));
        return remote_support_asker(setup_)(launch_of("trouble", TROUBLE_PLUGIN), questions);
    }
    WorkerSetup setup_ = test_setup();
};

TEST_F(Asked, ItsOwnWordAboutEachGame) {
    const auto answers = ask({"four_in_a_row", "pig", "tic_tac_toe"});
    ASSERT_EQ(answers.size(), 3u);
    for (const auto &answer : answers) ASSERT_TRUE(answer) << answer.sentence();
    EXPECT_EQ(answers[0]->score, 42);
    EXPECT_EQ(answers[1]->score, 0);
    EXPECT_EQ(answers[1]->why, "it does not like pigs");
    EXPECT_EQ(answers[2]->score, 42);
}

TEST_F(Asked, AnotherWorkerGoesOnAfterACrash) {
    const auto answers = ask({"pig", "reversi", "tic_tac_toe"});
    ASSERT_EQ(answers.size(), 3u);
    EXPECT_TRUE(answers[0]);
    ASSERT_FALSE(answers[1]);
    EXPECT_THAT(answers[1].sentence(), HasSubstr("Trouble crashed (SIGABRT) when it was asked about Reversi"));
    ASSERT_TRUE(answers[2]) << answers[2].sentence();
    EXPECT_EQ(answers[2]->score, 42);
}

TEST_F(Asked, OneThatFailsAgainIsNotAskedOn) {
    const auto answers = ask({"reversi", "reversi", "tic_tac_toe"});
    ASSERT_EQ(answers.size(), 3u);
    for (const auto &answer : answers) EXPECT_FALSE(answer);
}

TEST_F(Asked, OneThatHangsIsEnded) {
    setup_.start_limit = std::chrono::milliseconds(300);
    const auto answers = ask({"draughts", "pig"});
    ASSERT_EQ(answers.size(), 2u);
    ASSERT_FALSE(answers[0]);
    EXPECT_EQ(answers[0].sentence(), "Trouble did not answer within 0.3 s when it was asked about Draughts");
    EXPECT_TRUE(answers[1]);
}

TEST_F(Asked, WithoutTheProgramSaysSoForEach) {
    setup_.program = "/nonexistent/parlour-worker";
    const auto answers = ask({"pig", "tic_tac_toe"});
    ASSERT_EQ(answers.size(), 2u);
    for (const auto &answer : answers) EXPECT_THAT(answer.sentence(), HasSubstr("could not be started"));
}

TEST_F(Asked, AFileThatIsNoPluginIsRefusedByItsWorker) {
    const GamePtr game = open_game("pig");
    const GameQuestion question = question_about(*game);
    const auto answers = remote_support_asker(setup_)(launch_of("random", WORKER_PROGRAM), std::span(&question, 1));
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_THAT(answers[0].sentence(), HasSubstr("cannot be used in a worker"));
}

TEST_F(Asked, NothingAboutNoGames) {
    EXPECT_TRUE(ask({}).empty());
}

} // namespace
} // namespace parlour::host
