// `parlour new`. That what it writes builds outside this tree is tested in tests/package.
#include "support/program.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

namespace parlour::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string read_file(const std::filesystem::path &file) {
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST(New, WritesAGameUnderItsOwnName) {
    const ScratchFolder folder;
    const Finished run = run_parlour({"new", "game", "nine_mens_morris", "--directory", folder.path().string()});
    EXPECT_EQ(run.code, 0) << run.err;
    EXPECT_THAT(run.out,
                AllOf(HasSubstr("cmake -S "), HasSubstr("parlour validate "), HasSubstr("PARLOUR_PLUGIN_PATH=")));
    const std::string source = read_file(folder / "nine_mens_morris" / "nine_mens_morris.cpp");
    EXPECT_THAT(source, AllOf(HasSubstr(".id = \"nine_mens_morris\""), HasSubstr(".name = \"Nine mens morris\""),
                              HasSubstr("PARLOUR_GAME(NineMensMorrisGame)"), Not(HasSubstr("null_game")),
                              Not(HasSubstr("NullGame")), Not(HasSubstr("Null game"))));
    const std::string cmake = read_file(folder / "nine_mens_morris" / "CMakeLists.txt");
    EXPECT_THAT(cmake, AllOf(HasSubstr("parlour_add_plugin(nine_mens_morris nine_mens_morris.cpp)"),
                             HasSubstr("find_package(Parlour"), Not(HasSubstr("null_game"))));
}

TEST(New, WritesAnEngineAndAGameInC) {
    const ScratchFolder folder;
    EXPECT_EQ(run_parlour({"new", "engine", "brave_engine", "--directory", folder.path().string()}).code, 0);
    EXPECT_THAT(read_file(folder / "brave_engine" / "brave_engine.cpp"),
                AllOf(HasSubstr("PARLOUR_ENGINE(BraveEngine)"), Not(HasSubstr("null_engine"))));
    EXPECT_EQ(run_parlour({"new", "cgame", "hex", "--directory", folder.path().string()}).code, 0);
    EXPECT_THAT(read_file(folder / "hex" / "hex.c"), AllOf(HasSubstr("\"hex\""), Not(HasSubstr("null_game"))));
    EXPECT_THAT(read_file(folder / "hex" / "CMakeLists.txt"), HasSubstr("parlour_add_plugin(hex hex.c)"));
}

TEST(New, NeverWritesOverWhatIsThere) {
    const ScratchFolder folder;
    EXPECT_EQ(run_parlour({"new", "game", "nim", "--directory", folder.path().string()}).code, 0);
    std::ofstream(folder / "nim" / "nim.cpp") << "mine";
    const Finished again = run_parlour({"new", "engine", "nim", "--directory", folder.path().string()});
    EXPECT_EQ(again.code, 1);
    EXPECT_THAT(again.err, HasSubstr("is there already"));
    EXPECT_EQ(read_file(folder / "nim" / "nim.cpp"), "mine");
    EXPECT_EQ(run_parlour({"new", "game", "nim", "--directory", "/nowhere"}).code, 3);
}

TEST(New, RefusesNamesThatWouldNotBuild) {
    const ScratchFolder folder;
    for (const char *name : {"Nim", "9lives", "a-b", "../x", "", "test", "with blank", "n\xc3\xa4h",
                             "a_name_that_is_much_too_long_for_anybody_to_type"}) {
        const Finished run = run_parlour({"new", "game", name, "--directory", folder.path().string()});
        EXPECT_EQ(run.code, 2) << name;
        EXPECT_NE(run.err, "") << name;
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

} // namespace
} // namespace parlour::tests
