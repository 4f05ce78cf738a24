// Every plugin that is shipped, in each of its builds, passes every check of the validator, the engines with all
// games.
#include "host/plugins/search_path.hpp"
#include "host/plugins/validate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace parlour::host {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> shipped() {
    std::istringstream names(SHIPPED_PLUGINS);
    return {std::istream_iterator<std::string>(names), {}};
}

std::vector<fs::path> builds_of(const std::string &name) {
    std::vector<fs::path> out{fs::path(SHIPPED_FOLDER) / (name + ".so")};
    const fs::path faster = fs::path(SHIPPED_FOLDER) / "x86-64-v3" / (name + ".so");
    if (processor_runs_x86_64_v3() && fs::exists(faster)) out.push_back(faster);
    return out;
}

#if defined(__SANITIZE_ADDRESS__)
constexpr int rounds = 1; // many times slower
#else
constexpr int rounds = 20;
#endif

class Shipped : public testing::TestWithParam<std::string> {};

TEST_P(Shipped, PassesEveryCheck) {
    ValidateOptions options;
    options.program = PROBE_RUNNER;
    options.rounds = rounds;
    options.limit = std::chrono::minutes(3);
    for (const std::string &other : shipped()) options.companions.push_back(builds_of(other)[0]);
    for (const fs::path &build : builds_of(GetParam())) {
        for (const Finding &finding : validate_file(build, 1, options)) {
            // How late an engine obeys depends on the machine; everything else does not.
            if (finding.check == "stops" && finding.severity == Finding::Severity::warning) continue;
            EXPECT_EQ(finding.severity, Finding::Severity::note)
                << build << ": " << finding.check << ": " << finding.subject << ": " << finding.sentence;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Plugins, Shipped, testing::ValuesIn(shipped()),
                         [](const testing::TestParamInfo<std::string> &row) { return row.param; });

} // namespace
} // namespace parlour::host
