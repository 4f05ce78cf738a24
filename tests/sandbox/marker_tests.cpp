// Which files were loaded when the program died, as the next start finds out.
#include "host/plugins/crash_marker.hpp"
#include "support/scratch_folder.hpp"
#include "support/subprocess.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace parlour::host {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using tests::Finished;
using tests::Subprocess;

class MarkerTest : public testing::Test {
protected:
    void SetUp() override {
        fs::create_directory(folder_ / "plugins");
        fs::copy_file(fs::path(SANDBOX_PLUGINS) / "marking_game.so", folder_ / "plugins" / "game.so");
    }
    Subprocess program(const std::string &how, const std::string &origin = "dropped") const {
        return {{REGISTRY_RUNNER, (folder_ / "state").string(), (folder_ / "plugins").string(), origin, how}, {}, {}};
    }
    // What the next start says of the file.
    std::string next_start(const std::string &origin = "dropped") const { return program("end", origin).run().out; }
    std::ptrdiff_t markers() const {
        std::error_code none;
        return std::distance(fs::directory_iterator(folder_ / "state" / "running", none), fs::directory_iterator());
    }

    tests::ScratchFolder folder_;
};

TEST_F(MarkerTest, CleanEndLeavesNothingBehind) {
    const Finished run = program("end").run();
    EXPECT_EQ(run.code, 0);
    EXPECT_THAT(run.out, StartsWith("loaded game.so"));
    EXPECT_EQ(markers(), 0);
    EXPECT_THAT(next_start(), StartsWith("loaded game.so"));
}

// A way to die, and what the next start says.
struct Death {
    const char *how;
    int signal;
    const char *row;
};

class DeathTest : public MarkerTest, public testing::WithParamInterface<Death> {};

TEST_P(DeathTest, IsJudgedAtTheNextStart) {
#if defined(__SANITIZE_ADDRESS__)
    if (GetParam().signal == SIGSEGV) GTEST_SKIP() << "the address sanitizer takes this signal itself";
#endif
    const Finished run = program(GetParam().how).run();
    EXPECT_EQ(run.signal, GetParam().signal) << run.err;
    EXPECT_THAT(run.out, StartsWith("loaded game.so"));
    EXPECT_THAT(next_start(), StartsWith(GetParam().row));
    EXPECT_THAT(next_start(), StartsWith(GetParam().row));
    EXPECT_EQ(markers(), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Marker, DeathTest,
    testing::Values(
        Death{"SEGV", SIGSEGV, "quarantined game.so was loaded when Parlour died (SIGSEGV); it stays out"},
        Death{"ABRT", SIGABRT, "quarantined game.so was loaded when Parlour died (SIGABRT); it stays out"},
        Death{"KILL", SIGKILL, "quarantined game.so was loaded when Parlour died; it stays out"},
        // Somebody ended a program that was all right.
        Death{"TERM", SIGTERM, "loaded game.so"}, Death{"INT", SIGINT, "loaded game.so"},
        Death{"PIPE", SIGPIPE, "loaded game.so"}),
    [](const auto &row) { return std::string(row.param.how); });

TEST_F(MarkerTest, ShippedPluginsAreNotSuspected) {
    EXPECT_EQ(program("KILL", "shipped").run().signal, SIGKILL);
    EXPECT_FALSE(fs::exists(folder_ / "state" / "running"));
    EXPECT_THAT(next_start("shipped"), StartsWith("loaded game.so"));
    EXPECT_THAT(next_start("dropped"), StartsWith("loaded game.so"));
}

TEST_F(MarkerTest, ChangedFileIsGivenAnotherTry) {
    program("KILL").run();
    EXPECT_THAT(next_start(), StartsWith("quarantined game.so"));
    std::ofstream(folder_ / "plugins" / "game.so", std::ios::app | std::ios::binary) << "a newer build";
    EXPECT_THAT(next_start(), StartsWith("loaded game.so"));
}

TEST_F(MarkerTest, RunningProcessesAreLeftAlone) {
    int input[2], output[2];
    ASSERT_EQ(pipe(input), 0);
    ASSERT_EQ(pipe(output), 0);
    const Subprocess waiting = program("wait");
    const pid_t child = fork();
    if (child == 0) {
        dup2(input[0], 0);
        dup2(output[1], 1);
        for (int each = 3; each < 64; ++each) close(each);
        std::vector<char *> words;
        for (const std::string &word : waiting.words) words.push_back(const_cast<char *>(word.c_str()));
        words.push_back(nullptr);
        execv(words[0], words.data());
        _exit(127);
    }
    close(input[0]);
    close(output[1]);
    char first = 0;
    ASSERT_EQ(read(output[0], &first, 1), 1); // it has its registry now
    EXPECT_EQ(first, 'l');
    EXPECT_EQ(markers(), 1);
    EXPECT_THAT(next_start(), StartsWith("loaded game.so")); // while the other one runs
    EXPECT_EQ(markers(), 1);
    EXPECT_EQ(program("KILL").run().signal, SIGKILL); // another one dies beside it
    EXPECT_THAT(next_start(), StartsWith("quarantined game.so"));
    EXPECT_EQ(markers(), 1);
    close(input[1]); // it ends by itself
    int status = -1;
    waitpid(child, &status, 0);
    close(output[0]);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(markers(), 0);
}

TEST_F(MarkerTest, SystemThatWentDownSuspectsNobody) {
    fs::create_directories(folder_ / "state" / "running");
    const std::string game = (folder_ / "plugins" / "game.so").string();
    std::ofstream(folder_ / "state" / "running" / "1-1-1.json")
        << R"({"pid": 1, "started": "1", "boot": "of another start"})"
        << "\n"
        << R"({"file": ")" << game << R"(", "content": "x"})"
        << "\n";
    EXPECT_THAT(collect_suspects(folder_ / "state" / "running"), IsEmpty());
    EXPECT_EQ(markers(), 0);
}

TEST_F(MarkerTest, DamagedMarkersAreHarmless) {
    fs::create_directories(folder_ / "state" / "running");
    const char *contents[] = {"", "\n\n", "{", "[1, 2]", "{\"boot\": 3}\n{\"file\": 4}\n", "\xff\xfe\x00{}"};
    int count = 0;
    for (const char *content : contents)
        std::ofstream(folder_ / "state" / "running" / (std::to_string(count++) + ".json")) << content;
    EXPECT_THAT(collect_suspects(folder_ / "state" / "running"), IsEmpty());
    EXPECT_EQ(markers(), 0);
}

TEST_F(MarkerTest, StateFolderThatCannotBeWrittenIsALineInTheLog) {
    std::ofstream(folder_ / "state") << "a file where a folder should be";
    const Finished run = program("end").run();
    EXPECT_EQ(run.code, 0);
    EXPECT_THAT(run.out, HasSubstr("loaded game.so"));
    EXPECT_THAT(run.out + run.err, HasSubstr("the next start will not know"));
}

} // namespace
} // namespace parlour::host
