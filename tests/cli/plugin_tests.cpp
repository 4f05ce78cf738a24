// `parlour validate` and `parlour probe`.
#include "support/program.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace parlour::tests {
namespace {

using nlohmann::json;
using testing::HasSubstr;

std::string plugin(const std::string &name) {
    return std::string(PARLOUR_BINARY_DIR) + "/plugins/" + name + ".so";
}

TEST(Validate, AShippedPluginPasses) {
    const Finished run = run_parlour({"validate", plugin("tic_tac_toe"), "--rounds", "2", "--json"});
    EXPECT_EQ(run.code, 0) << run.out;
    const json result = json::parse(run.out).at(0);
    EXPECT_EQ(result.at("passed"), true);
    EXPECT_EQ(result.at("seed"), 1);
}

TEST(Validate, SaysInASentenceWhatIsWrong) {
    const ScratchFolder folder;
    std::filesystem::copy_file("/etc/passwd", folder / "broken.so");
    const Finished run = run_parlour({"validate", "--alone", (folder / "broken.so").string()});
    EXPECT_EQ(run.code, 1);
    EXPECT_THAT(run.out, testing::AllOf(HasSubstr("error: broken.so: "), HasSubstr("does not pass: ")));
}

TEST(Validate, ListsItsChecks) {
    const Finished run = run_parlour({"validate", "--checks"});
    EXPECT_EQ(run.code, 0);
    EXPECT_GE(std::count(run.out.begin(), run.out.end(), '\n'), 5);
}

TEST(Probe, TellsWhatAPluginIs) {
    const Finished run = run_parlour({"probe", plugin("reversi"), plugin("minimax"), "--json"});
    EXPECT_EQ(run.code, 0) << run.err;
    const json result = json::parse(run.out);
    EXPECT_EQ(result.at(0).at("fine"), true);
    EXPECT_EQ(result.at(0).at("name"), "Reversi");
    EXPECT_EQ(result.at(1).at("interface"), "1.1");
}

TEST(Probe, TellsWhyOneIsRefused) {
    const ScratchFolder folder;
    std::filesystem::copy_file("/etc/passwd", folder / "broken.so");
    const Finished run = run_parlour({"probe", (folder / "broken.so").string()});
    EXPECT_EQ(run.code, 1);
    EXPECT_THAT(run.out, HasSubstr("broken.so: refused: "));
}

} // namespace
} // namespace parlour::tests
