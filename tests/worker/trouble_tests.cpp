// What a misbehaving engine does in its worker ends in a sentence, a new worker, or nothing at all.
#include "host/plugins/console.hpp"
#include "host/plugins/host_object.hpp"
#include "support/scratch_folder.hpp"
#include "worker/worker_fixture.hpp"

#include <atomic>
#include <thread>

namespace parlour::host {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using tests::Kind;

class Trouble : public WorkerTest {
protected:
    void SetUp() override {
        set_log_sink([this](std::int32_t, const std::string &, const std::string &text) {
            const std::lock_guard lock(mutex_);
            log_.push_back(text);
        });
        engine_ = std::make_unique<RemoteEngine>(test_setup(), launch_of("trouble", TROUBLE_PLUGIN));
        game_ = open_game("four_in_a_row");
        state_ = game_->initial(1);
        const Result<void> bound = engine_->bind(game_);
        ASSERT_TRUE(bound) << bound.sentence();
    }
    void TearDown() override {
        engine_.reset();
        set_log_sink({});
        WorkerTest::TearDown();
    }

    Result<SearchResult> search(unsigned long kind, std::optional<std::chrono::nanoseconds> time = 60s) {
        SearchLimits limits;
        limits.seed = kind;
        limits.hard_time = time;
        return engine_->search({&state_, nullptr, {}}, limits, stop_, [this](const SearchInfo &info) {
            ++infos_;
            text_ = info.text;
            depth_ = info.depth;
        });
    }
    void expect_plays() {
        const Result<SearchResult> result = search(Kind::plays);
        ASSERT_TRUE(result) << result.sentence();
        EXPECT_EQ(result->move, game_->legal_moves(state_)[0]);
    }

    std::unique_ptr<RemoteEngine> engine_;
    GamePtr game_;
    StateBuffer state_;
    std::atomic<std::uint32_t> stop_{PARLOUR_GO};
    std::size_t infos_ = 0;
    std::uint32_t depth_ = 0;
    std::string text_;
    std::mutex mutex_;
    std::vector<std::string> log_;
};

TEST_F(Trouble, PlaysWhereItDoesNothingElse) {
    expect_plays();
    EXPECT_EQ(engine_->restarts(), 0u);
    EXPECT_THAT(engine_->sandbox_report(), HasSubstr("layers"));
}

// A process that ends with its parent ends with the thread that started it.
TEST_F(Trouble, TheWorkerLivesOnWhenTheThreadThatAskedForItEnds) {
    engine_ = std::make_unique<RemoteEngine>(test_setup(), launch_of("trouble", TROUBLE_PLUGIN));
    std::thread([&] { EXPECT_TRUE(engine_->bind(game_)); }).join();
    const int process = engine_->process();
    std::this_thread::sleep_for(50ms);
    expect_plays();
    EXPECT_EQ(engine_->process(), process);
    EXPECT_EQ(engine_->restarts(), 0u);
}

TEST_F(Trouble, ACrashAtTheSamePlyTwiceEndsTheTrying) {
    const Result<SearchResult> result = search(Kind::crashes);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.problem().code, problem_crashed);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // which take the signal themselves
    EXPECT_THAT(result.sentence(), HasSubstr("Trouble crashed (SIGSEGV) while it searched"));
#endif
    EXPECT_EQ(engine_->restarts(), 1u);
    EXPECT_EQ(engine_->process(), 0);
    expect_plays();
    EXPECT_EQ(engine_->restarts(), 2u);
}

TEST_F(Trouble, ACrashIsMadeGoodByANewWorkerTwiceAGame) {
    for (std::uint32_t crashes = 1; crashes <= 2; ++crashes) {
        expect_plays();
        const Result<SearchResult> result = search(Kind::crashes_second);
        ASSERT_TRUE(result) << result.sentence();
        EXPECT_EQ(engine_->restarts(), crashes);
    }
    const Result<SearchResult> third = search(Kind::crashes_second);
    ASSERT_FALSE(third);
    EXPECT_EQ(third.problem().code, problem_crashed);
    const Result<SearchResult> after = search(Kind::plays);
    ASSERT_FALSE(after);
    EXPECT_THAT(after.sentence(), HasSubstr("started again 2 times in this game already"));
    ASSERT_TRUE(engine_->bind(game_)) << "a new game begins anew";
    EXPECT_EQ(engine_->restarts(), 0u);
    expect_plays();
}

TEST_F(Trouble, LastWordsAndEndsAreTold) {
    const Result<SearchResult> aborted = search(Kind::aborts);
    ASSERT_FALSE(aborted);
    EXPECT_THAT(aborted.sentence(), HasSubstr("SIGABRT"));
    EXPECT_THAT(aborted.problem().details, HasSubstr("last words"));
    ASSERT_TRUE(engine_->bind(game_));
    const Result<SearchResult> left = search(Kind::exits);
    ASSERT_FALSE(left);
    EXPECT_EQ(left.problem().code, problem_crashed);
    EXPECT_THAT(left.sentence(), HasSubstr("exit code 3"));
}

TEST_F(Trouble, OneThatHangsIsStoppedTracedAndKilled) {
    const Result<SearchResult> result = search(Kind::hangs, 50ms);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.problem().code, problem_stalled);
    EXPECT_THAT(result.sentence(), HasSubstr("Trouble did not answer within"));
    EXPECT_THAT(result.problem().details, HasSubstr("in the middle of it"));
    EXPECT_EQ(engine_->process(), 0);
    expect_plays();
}

TEST_F(Trouble, AStopReachesTheSearchAndOneThatDoesNotListenIsKilled) {
    for (const Kind kind : {Kind::until_stopped, Kind::hangs}) {
        stop_ = PARLOUR_GO;
        std::thread other([&] {
            std::this_thread::sleep_for(50ms);
            stop_ = PARLOUR_STOP_NOW;
        });
        const Result<SearchResult> result = search(kind, std::nullopt);
        other.join();
        EXPECT_EQ(result.ok(), kind == Kind::until_stopped);
        if (!result) {
            EXPECT_EQ(result.problem().code, problem_stalled);
            EXPECT_THAT(result.sentence(), HasSubstr("did not stop"));
        }
    }
}

TEST_F(Trouble, AnIllegalMoveIsNoMove) {
    const Result<SearchResult> result = search(Kind::illegal);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.problem().code, PARLOUR_E_ILLEGAL);
    EXPECT_THAT(result.sentence(), HasSubstr("move number 4000000"));
    expect_plays();
    EXPECT_EQ(engine_->restarts(), 0u);
}

TEST_F(Trouble, AValueThatIsNoNumberIsLeftOut) {
    const Result<SearchResult> result = search(Kind::not_a_number);
    ASSERT_TRUE(result) << result.sentence();
    EXPECT_FALSE(result->value);
}

TEST_F(Trouble, EndlessOutputIsCutAndBlocksNobody) {
    const Result<SearchResult> result = search(Kind::floods_output, 500ms);
    ASSERT_TRUE(result) << result.sentence();
    expect_plays();
}

TEST_F(Trouble, ReportsAndLogLinesAreThinnedOutButTheLastReportArrives) {
    ASSERT_TRUE(search(Kind::floods_info));
    EXPECT_LT(infos_, 50000u);
    EXPECT_EQ(depth_, 200000u);
    Console console;
    const ConsoleScope scope(&console);
    ASSERT_TRUE(search(Kind::floods_log));
    const std::lock_guard lock(mutex_);
    EXPECT_LT(log_.size(), 10000u);
    EXPECT_THAT(log_, testing::Contains("a line"));
    ASSERT_FALSE(console.lines().empty());
    EXPECT_EQ(console.lines()[0].text, "a line");
}

TEST_F(Trouble, MemoryHasAnEnd) {
    if (sanitized_build) GTEST_SKIP() << "sanitizers leave the limit out";
    const Result<SearchResult> result = search(Kind::eats_memory);
    ASSERT_FALSE(result);
    EXPECT_THAT(result.sentence(), HasSubstr("not enough memory (its process may take 512 MB"));
    expect_plays();
}

TEST_F(Trouble, LateAnswersCountAndAreAccepted) {
    for (std::uint32_t late = 1; late <= 3; ++late) {
        const Result<SearchResult> result = search(Kind::late, 20ms);
        ASSERT_TRUE(result) << result.sentence();
        EXPECT_EQ(result->late_answers, late);
    }
    ASSERT_TRUE(engine_->bind(game_));
    const Result<SearchResult> anew = search(Kind::plays);
    ASSERT_TRUE(anew);
    EXPECT_EQ(anew->late_answers, 0u);
}

TEST_F(Trouble, WhatIsForbiddenIsRefusedOrTheEnd) {
    if (engine_->sandbox_report().find("\"calls\"") == std::string::npos) GTEST_SKIP() << "no report";
    ASSERT_TRUE(search(Kind::forks));
    const bool filtered = text_ == "refused";
    if (!filtered) GTEST_SKIP() << "this system has no filter of system calls";
    const Result<SearchResult> traced = search(Kind::traces_itself);
    ASSERT_FALSE(traced);
    EXPECT_THAT(traced.sentence(), HasSubstr("tried a forbidden operation (SIGSYS)"));
}

TEST_F(Trouble, NonsenseOnTheLineIsTheEnd) {
    const Result<SearchResult> result = search(Kind::garbage);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.problem().code, problem_crashed);
    EXPECT_THAT(result.sentence(), HasSubstr("broke the protocol"));
    ASSERT_TRUE(engine_->bind(game_));
    const Result<SearchResult> hung_up = search(Kind::hangs_up, 50ms);
    ASSERT_FALSE(hung_up);
    EXPECT_THAT(hung_up.problem().code, testing::AnyOf(problem_crashed, problem_stalled));
}

TEST_F(Trouble, AnExceptionOfTheListenerPassesThroughAndTheNextSearchIsANewWorker) {
    SearchLimits limits;
    limits.seed = Kind::floods_info;
    EXPECT_THROW(static_cast<void>(engine_->search({&state_, nullptr, {}}, limits, stop_,
                                                   [](const SearchInfo &) { throw std::runtime_error("enough"); })),
                 std::runtime_error);
    expect_plays();
}

// ---- programs that are no workers ----

class FakeWorker : public WorkerTest, public testing::WithParamInterface<std::pair<const char *, const char *>> {};

TEST_P(FakeWorker, IsRefusedInASentence) {
    const tests::ScratchFolder folder;
    set_log_sink([](std::int32_t, const std::string &, const std::string &) {});
    const auto [name, words] = GetParam();
    WorkerSetup setup = test_setup();
    setup.program = folder / name;
    setup.start_limit = std::string_view(words).find("did not answer") != std::string_view::npos ? 1s : 30s;
    std::filesystem::create_symlink(FAKE_WORKER, setup.program);
    RemoteEngine engine(setup, launch_of("trouble", TROUBLE_PLUGIN));
    const Result<void> bound = engine.bind(open_game("four_in_a_row"));
    ASSERT_FALSE(bound);
    EXPECT_THAT(bound.sentence(), HasSubstr("Trouble"));
    EXPECT_THAT(bound.sentence(), HasSubstr(words));
    EXPECT_EQ(engine.process(), 0);
    set_log_sink({});
}

TEST_F(WorkerTest, AStartThatNobodyWaitsForEndsAtOnce) {
    const tests::ScratchFolder folder;
    WorkerSetup setup = test_setup();
    setup.program = folder / "silent";
    setup.start_limit = std::chrono::minutes(10);
    std::filesystem::create_symlink(FAKE_WORKER, setup.program);
    RemoteEngine engine(setup, launch_of("trouble", TROUBLE_PLUGIN));
    std::thread other([&] {
        std::this_thread::sleep_for(50ms);
        engine.abandon();
    });
    const Result<void> bound = engine.bind(open_game("four_in_a_row"));
    other.join();
    ASSERT_FALSE(bound);
    EXPECT_THAT(bound.sentence(), HasSubstr("not needed any more"));
}

INSTANTIATE_TEST_SUITE_P(
    All, FakeWorker,
    testing::Values(std::pair("silent", "did not answer within 1 s"), std::pair("exits", "exit code 7"),
                    std::pair("nonsense", "broke the protocol"), std::pair("huge", "broke the protocol"),
                    std::pair("endless", "broke the protocol"), std::pair("skips", "broke the protocol"),
                    std::pair("wrong_request", "nobody asked for"), std::pair("unasked", "nobody asked for"),
                    std::pair("other_game", "another build"), std::pair("deaf", "did not answer within 1 s")),
    [](const auto &one) { return std::string(one.param.first); });

} // namespace
} // namespace parlour::host
