// Makes one test of every row of tests/facts/*.facts, for every build of the game's plugin that this processor runs.
#include "facts/kinds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace parlour::facts {
namespace {

// A build of the shipped plugins: the portable one, or one for newer processors.
struct Build {
    std::string suffix;           // of the test suite's name
    std::filesystem::path folder; // of the plugins
};

std::vector<Build> builds() {
    std::vector<Build> all{{"", test::plugin_folder()}};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
        __builtin_cpu_supports("fma")) {
        // A build with sanitizers has only the portable plugins.
        const std::filesystem::path faster = test::plugin_folder() / "x86-64-v3";
        if (std::filesystem::exists(faster)) all.push_back({"_v3", faster});
    }
#endif
    return all;
}

class RowTest : public testing::Test {
public:
    RowTest(Row row, std::filesystem::path plugin) : row_(std::move(row)), plugin_(std::move(plugin)) {}

    void TestBody() override {
        SCOPED_TRACE(row_.text);
        ASSERT_EQ(row_.problem, "");
        const Kind *kind = find_kind(row_.kind);
        ASSERT_NE(kind, nullptr) << "there is no kind of row \"" << row_.kind << "\"; see tests/facts/README.md";
        try {
            const test::OpenGame game(plugin_, row_.game(), row_.options);
            StateBuffer start(game->state_size());
            game->initial(start.data(), 0);
            if (kind->reads_position && row_.position) {
                parlour_error error{};
                ASSERT_EQ(game->parse_state(row_.position->c_str(), start.data(), &error), PARLOUR_OK) << error.text;
            }
            kind->check({row_, *game, start});
        } catch (const std::out_of_range &) {
            FAIL() << "the row lacks an argument or a result; see tests/facts/README.md";
        } catch (const std::exception &exception) {
            FAIL() << exception.what();
        }
    }

private:
    const Row row_;
    const std::filesystem::path plugin_;
};

void register_rows() {
    const char *nightly = std::getenv("PARLOUR_NIGHTLY");
    const bool all = nightly != nullptr && std::string_view(nightly) == "1";
    std::vector<std::filesystem::path> files;
    for (const auto &entry :
         std::filesystem::directory_iterator(std::filesystem::path(PARLOUR_SOURCE_DIR) / "tests" / "facts")) {
        if (entry.path().extension() == ".facts") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path &file : files) {
        for (const Row &row : read_rows(file)) {
            if (row.nightly && !all) continue;
            for (const Build &build : builds()) {
                const std::filesystem::path plugin = build.folder / (row.game() + ".so");
                if (!build.suffix.empty() && !std::filesystem::exists(plugin)) continue;
                testing::RegisterTest((row.game() + build.suffix).c_str(), row.test_name().c_str(), nullptr, nullptr,
                                      row.file.c_str(), row.line,
                                      [=]() -> testing::Test * { return new RowTest(row, plugin); });
            }
        }
    }
}

} // namespace
} // namespace parlour::facts

int main(int argc, char **argv) {
    testing::InitGoogleTest(&argc, argv);
    parlour::facts::register_rows();
    return RUN_ALL_TESTS();
}
