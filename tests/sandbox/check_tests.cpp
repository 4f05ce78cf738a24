// The lock-down as a whole: tried out by a child of the program, and around the probe of a strange file.
#include "host/plugins/probe.hpp"
#include "host/plugins/sandbox_check.hpp"
#include "support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <cstdlib>

namespace parlour::host {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

fs::path plugin(const std::string &name) {
    return fs::path(SANDBOX_PLUGINS) / (name + ".so");
}

TEST(SandboxCheckTest, EverythingForbiddenIsRefusedWhereTheLayersHold) {
    const Result<SandboxCheck> check = check_sandbox(REGISTRY_RUNNER);
    ASSERT_TRUE(check) << check.sentence();
    EXPECT_EQ(check->report.layers.size(), 6u);
    std::string lacking;
    for (const LayerReport &layer : check->report.layers) {
        EXPECT_FALSE(layer.sentence.empty()) << layer.id;
        if (!layer.in_force) lacking += layer.id + ": " + layer.sentence + "\n";
    }
    if (!lacking.empty()) GTEST_SKIP() << "not in force here:\n" << lacking;
    EXPECT_GT(check->attempts.size(), 18u);
    for (const SandboxAttempt &attempt : check->attempts)
        EXPECT_TRUE(attempt.refused || (sanitized_build && attempt.id == "parent_memory"))
            << attempt.what << ": " << attempt.answer;
}

TEST(SandboxCheckTest, ProgramThatCannotBeRunIsASentence) {
    EXPECT_THAT(check_sandbox("/nowhere/program").sentence(), HasSubstr("/nowhere/program could not be started"));
    EXPECT_THAT(check_sandbox("/bin/true").sentence(), HasSubstr("makes no sense"));
}

TEST(SandboxCheckTest, ReportAsJsonNamesEveryLayer) {
    SandboxReport report;
    report.layers = {{layer_files, "files", false, "files are not locked: a \"reason\""}};
    report.landlock_version = 2;
    const auto json = nlohmann::json::parse(report_json(report));
    EXPECT_EQ(json["landlock"], 2);
    EXPECT_EQ(json["layers"][0]["id"], "files");
    EXPECT_EQ(json["layers"][0]["in_force"], false);
    EXPECT_EQ(json["layers"][0]["sentence"], "files are not locked: a \"reason\"");
    EXPECT_FALSE(report.all_in_force());
    EXPECT_TRUE(report.all_in_force(0));
}

TEST(LockedProbe, StrangeFileWritesNothingFromItsFirstInstructionOn) {
    const tests::ScratchFolder folder;
    const Result<SandboxCheck> check = check_sandbox(REGISTRY_RUNNER);
    ASSERT_TRUE(check) << check.sentence();
    if (!check->report.in_force(layer_files) && !check->report.in_force(layer_calls))
        GTEST_SKIP() << "neither Landlock nor seccomp is in force here";
    setenv("PARLOUR_TEST_LOADED", (folder / "loaded").c_str(), 1);
    const ProbeResult result = probe_file(REGISTRY_RUNNER, plugin("marking_engine"), std::chrono::seconds(30));
    unsetenv("PARLOUR_TEST_LOADED");
    EXPECT_TRUE(result.fine) << result.sentence;
    EXPECT_FALSE(fs::exists(folder / "loaded"));
    ASSERT_EQ(result.description.engines.size(), 1u);
    EXPECT_EQ(result.description.engines[0].id, "marking_engine");
}

TEST(LockedProbe, ForbiddenOperationIsNamedAsOne) {
    const Result<SandboxCheck> check = check_sandbox(REGISTRY_RUNNER);
    ASSERT_TRUE(check) << check.sentence();
    if (!check->report.in_force(layer_calls)) GTEST_SKIP() << "seccomp is not in force here";
    const ProbeResult result = probe_file(REGISTRY_RUNNER, plugin("tracing_engine"), std::chrono::seconds(30));
    EXPECT_FALSE(result.fine);
    EXPECT_THAT(result.sentence, HasSubstr("it asked the system for what no plugin may"));
}

} // namespace
} // namespace parlour::host
