// Games that behave as long as a probe looks: the validator names what is wrong with each, whatever it does.
#include "host/plugins/validate.hpp"
#include "host/sandbox/sandbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>

#include <algorithm>
#include <cerrno>

namespace parlour::host {
namespace {

namespace fs = std::filesystem;

// A game of games/, the check that finds it out and words of what that says.
struct RulesRow {
    const char *name, *check, *words;
};

class Rules : public testing::TestWithParam<RulesRow> {};

TEST_P(Rules, AreSeenThrough) {
    const RulesRow &row = GetParam();
    if (sanitized_build && std::string(row.name) == "eats_memory_in_outcome")
        GTEST_SKIP() << "sanitizers need the address space that is limited here";
    ValidateOptions options;
    options.program = PROBE_RUNNER;
    options.rounds = 5;
    options.limit = std::chrono::seconds(2);
    const auto descriptors = [] { return std::distance(fs::directory_iterator("/proc/self/fd"), {}); };
    const auto before = descriptors();
    const auto findings = validate_file(fs::path(FAULTY_GAMES) / (std::string(row.name) + ".so"), 1, options);
    std::string all;
    for (const Finding &finding : findings) all += finding.check + " | " + finding.sentence + "\n";
    EXPECT_TRUE(std::any_of(findings.begin(), findings.end(),
                            [&](const Finding &finding) {
                                return finding.severity == Finding::Severity::error && finding.check == row.check &&
                                       finding.sentence.find(row.words) != std::string::npos;
                            }))
        << "expected " << row.check << " | " << row.words << "\nfound\n"
        << all;
    EXPECT_EQ(descriptors(), before);
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD) << "a child was not reaped";
}

INSTANTIATE_TEST_SUITE_P(Kinds, Rules,
                         testing::Values(RulesRow{"crash_in_turn", "rules", "crashed (SIGSEGV)"},
                                         RulesRow{"crash_in_outcome", "rules", "crashed (SIGSEGV)"},
                                         RulesRow{"crash_in_hash", "rules", "crashed (SIGSEGV)"},
                                         RulesRow{"crash_in_parse_move", "texts", "crashed (SIGSEGV)"},
                                         RulesRow{"crash_in_parse_state", "texts", "crashed (SIGSEGV)"},
                                         RulesRow{"illegal_instruction_in_hash", "rules", "crashed (SIGILL)"},
                                         RulesRow{"eats_memory_in_outcome", "rules", ""},
                                         RulesRow{"stack_overflow_in_hash", "rules", "crashed (SIGSEGV)"},
                                         RulesRow{"exit_in_outcome", "rules", "stopped without a result"},
                                         RulesRow{"exception_in_outcome", "rules", "exception"},
                                         RulesRow{"hang_in_parse_state", "texts", "did not answer within 2 s"},
                                         RulesRow{"hang_in_outcome", "rules", "did not answer within 2 s"},
                                         RulesRow{"floods_stdout_in_hash", "rules", "did not answer within 2 s"},
                                         RulesRow{"nan_outcome", "rules", "the utility"},
                                         RulesRow{"more_moves_when_asked_again", "rules", "legal"}),
                         [](const testing::TestParamInfo<RulesRow> &row) { return row.param.name; });

} // namespace
} // namespace parlour::host
