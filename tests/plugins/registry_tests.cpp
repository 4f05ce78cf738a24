#include "host/base/atomic_file.hpp"
#include "host/base/sealed_text.hpp"
#include "host/plugins/registry.hpp"

#include "host/plugins/host_object.hpp"
#include "host/plugins/layers/layers.hpp"
#include "host/plugins/search_path.hpp"
#include "support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdlib>
#include <fstream>

namespace parlour::host {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using tests::ScratchFolder;

fs::path good(const std::string &name) {
    return fs::path(TEST_PLUGINS) / "good" / (name + ".so");
}
fs::path bad(const std::string &name) {
    return fs::path(TEST_PLUGINS) / "bad" / (name + ".so");
}

class RegistryTest : public testing::Test {
protected:
    void SetUp() override {
        fs::create_directory(folder_ / "plugins");
        options_.search_path = {folder_ / "plugins"};
        options_.probe_program = PROBE_RUNNER;
        options_.cache_file = folder_ / "cache" / "plugins.json";
        set_log_sink([this](std::int32_t severity, const std::string &who, const std::string &text) {
            log_ += std::to_string(severity) + " " + who + ": " + text + "\n";
        });
    }
    void TearDown() override { set_log_sink({}); }

    // As a careful installer does it: a new file, not new bytes in one that may be mapped.
    void put(const fs::path &file, const std::string &as) const {
        fs::remove(folder_ / "plugins" / as);
        fs::copy_file(file, folder_ / "plugins" / as);
    }
    nlohmann::json cache() const {
        const auto sealed = read_file(options_.cache_file, 1 << 20);
        return nlohmann::json::parse(unseal(sealed.value()).value());
    }

    ScratchFolder folder_;
    RegistryOptions options_;
    std::string log_;
};

TEST_F(RegistryTest, EmptySearchPathIsFine) {
    options_.search_path = {folder_ / "nowhere"};
    const Registry registry(options_);
    EXPECT_TRUE(registry.plugins().empty());
    EXPECT_THAT(registry.create_game("tiny", {}).sentence(), HasSubstr("there are no games at all"));
}

TEST_F(RegistryTest, DescribesWhatItFinds) {
    put(good("tiny"), "tiny.so");
    const Registry registry(options_);
    ASSERT_EQ(registry.plugins().size(), 1u);
    const PluginRow &row = registry.plugins()[0];
    EXPECT_TRUE(row.loaded);
    EXPECT_EQ(row.id, "tiny");
    EXPECT_EQ(row.version, "1.0");
    EXPECT_EQ(row.vendor, "tests");
    EXPECT_EQ(row.abi_major, 1);
    EXPECT_THAT(row.games, testing::ElementsAre("tiny"));
    const GameEntry *entry = registry.find_game("tiny");
    ASSERT_NE(entry, nullptr);
    EXPECT_EQ(entry->family, "row");
    EXPECT_EQ(entry->players_max, 2u);
    EXPECT_EQ(registry.find_game("nothing"), nullptr);
}

TEST_F(RegistryTest, UnknownNamesAreRefusedWithTheNearestOne) {
    put(good("tiny"), "tiny.so");
    put(bad("bad_engines"), "bad_engines.so");
    const Registry registry(options_);
    EXPECT_EQ(registry.create_game("tinny", {}).sentence(), "there is no game \"tinny\"; did you mean tiny?");
    EXPECT_EQ(registry.create_game("chequers", {}).sentence(), "there is no game \"chequers\"; there are tiny");
    EXPECT_EQ(registry.create_engine("fist", {}).sentence(), "there is no engine \"fist\"; did you mean first?");
    EXPECT_EQ(registry.create_game("tiny", {{"size", "3"}}).sentence(), "tiny has no option \"size\"; it has none");
}

TEST_F(RegistryTest, GameOutlivesTheRegistry) {
    put(good("tiny"), "tiny.so");
    GamePtr game;
    {
        const Registry registry(options_);
        game = *registry.create_game("tiny", {});
    }
    StateBuffer state = game->initial(1);
    EXPECT_TRUE(game->play(state, 3));
    EXPECT_EQ(game->state_text(state), "6 left, player 2");
}

TEST_F(RegistryTest, EnginesPlay) {
    put(good("tiny"), "tiny.so");
    put(bad("bad_engines"), "bad_engines.so");
    const Registry registry(options_);
    const GamePtr game = *registry.create_game("tiny", {});
    EXPECT_EQ(registry.supports("first", *game).score, 50);
    const EnginePtr engine = std::move(*registry.create_engine("first", {}));
    ASSERT_TRUE(engine->bind(game));
    const StateBuffer state = game->initial(1);
    const std::atomic<std::uint32_t> stop{PARLOUR_GO};
    const auto result = engine->search({&state, nullptr, {}}, {}, stop, {});
    ASSERT_TRUE(result);
    EXPECT_EQ(game->move_text(state, result->move), "take 1");
}

TEST_F(RegistryTest, SimultaneousGamesComeInTurns) {
    put(good("rock_paper_scissors"), "rps.so");
    const Registry registry(options_);
    const GamePtr game = *registry.create_game("rock_paper_scissors", {});
    EXPECT_FALSE(game->has(PARLOUR_GAME_SIMULTANEOUS));
    EXPECT_TRUE(game->has(PARLOUR_GAME_HIDDEN));
    EXPECT_EQ(game->turn(game->initial(1)).player(), 0u);
}

TEST_F(RegistryTest, LayersAreThereWhenAskedFor) {
    put(good("tiny"), "tiny.so");
    put(good("rock_paper_scissors"), "rps.so");
    options_.check_plugins = options_.trace_calls = true;
    const Registry registry(options_);
    for (const char *id : {"tiny", "rock_paper_scissors"}) {
        const GamePtr game = *registry.create_game(id, {});
        StateBuffer state = game->initial(1);
        ASSERT_TRUE(game->play(state, game->legal_moves(state)[0]));
        EXPECT_THAT(trace_report(*game), HasSubstr("initial")) << id;
        EXPECT_EQ(check_report(*game), "") << id;
        EXPECT_EQ(check_report_json(*game), "[]") << id;
    }
    options_.check_plugins = options_.trace_calls = false;
    const Registry plain(options_);
    EXPECT_EQ(trace_report(**plain.create_game("tiny", {})), "");
}

TEST_F(RegistryTest, CheckedLayerTellsTheLog) {
    put(bad("legal_changes"), "legal_changes.so");
    options_.check_plugins = true;
    const Registry registry(options_);
    const GamePtr game = *registry.create_game("legal_changes", {});
    const StateBuffer state = game->initial(1);
    game->legal_moves(state);
    EXPECT_THAT(log_, HasSubstr("5 legal_changes: legal lists other moves"));
    EXPECT_THAT(check_report(*game), HasSubstr("legal lists other moves"));
    EXPECT_EQ(nlohmann::json::parse(check_report_json(*game))[0]["function"], "legal");
}

TEST_F(RegistryTest, CachedResultIsBelievedForTheSameContent) {
    put(good("tiny"), "tiny.so");
    { const Registry first(options_); }
    ASSERT_EQ(cache()["files"].size(), 1u);
    // A program that cannot probe anything shows that nothing was probed.
    options_.probe_program = folder_ / "no_such_program";
    const Registry second(options_);
    EXPECT_TRUE(second.plugins()[0].loaded) << second.plugins()[0].sentence;
}

TEST_F(RegistryTest, ChangedContentIsProbedAgain) {
    put(good("tiny"), "tiny.so");
    { const Registry first(options_); }
    options_.probe_program = folder_ / "no_such_program";
    put(good("rock_paper_scissors"), "tiny.so");
    const Registry second(options_);
    EXPECT_FALSE(second.plugins()[0].loaded);
    EXPECT_THAT(second.plugins()[0].sentence, HasSubstr("could not be probed"));
}

TEST_F(RegistryTest, RefusalsAreCachedToo) {
    std::ofstream(folder_ / "plugins" / "letter.so") << "not a plugin";
    { const Registry first(options_); }
    options_.probe_program = folder_ / "no_such_program";
    const Registry second(options_);
    EXPECT_THAT(second.plugins()[0].sentence, HasSubstr("not a shared object"));
}

TEST_F(RegistryTest, DamagedCacheIsIgnoredWithALineInTheLog) {
    put(good("tiny"), "tiny.so");
    fs::create_directory(options_.cache_file.parent_path());
    for (const char *damage : {"", "{", "[]", "{\"program\": 3}", "\xff\xff",
                               "{\"program\": \"1\", \"files\": {\"a\": {\"size\": \"x\"}}}"}) {
        for (const std::string &text : {std::string(damage), seal(damage)}) {
            std::ofstream(options_.cache_file) << text;
            log_.clear();
            const Registry registry(options_);
            EXPECT_TRUE(registry.plugins()[0].loaded) << text;
        }
    }
    EXPECT_NO_THROW(cache());
}

TEST_F(RegistryTest, CacheOfAnotherVersionIsNotBelieved) {
    put(good("tiny"), "tiny.so");
    { const Registry first(options_); }
    nlohmann::json changed = cache();
    changed["program"] = "0.9";
    std::ofstream(options_.cache_file) << seal(changed.dump());
    options_.probe_program = folder_ / "no_such_program";
    const Registry second(options_);
    EXPECT_FALSE(second.plugins()[0].loaded);
}

TEST_F(RegistryTest, UnwritableCacheIsOnlyALineInTheLog) {
    put(good("tiny"), "tiny.so");
    std::ofstream(folder_ / "cache") << "a file where the folder should be";
    const Registry registry(options_);
    EXPECT_TRUE(registry.plugins()[0].loaded);
    EXPECT_THAT(log_, HasSubstr("could not be written"));
}

TEST_F(RegistryTest, RescanFindsNewFiles) {
    put(good("tiny"), "tiny.so");
    Registry registry(options_);
    EXPECT_FALSE(registry.rescan());
    put(good("rock_paper_scissors"), "rps.so");
    EXPECT_TRUE(registry.rescan());
    EXPECT_EQ(registry.games().size(), 2u);
    EXPECT_EQ(registry.games()[0].name, "Rock, Paper, Scissors");
    EXPECT_FALSE(registry.rescan());
}

TEST_F(RegistryTest, LoadedFileThatChangesWaitsForARestart) {
    put(good("tiny"), "tiny.so");
    Registry registry(options_);
    fs::last_write_time(folder_ / "plugins" / "tiny.so", fs::file_time_type::clock::now() + std::chrono::hours(1));
    EXPECT_TRUE(registry.rescan());
    EXPECT_TRUE(registry.plugins()[0].loaded);
    EXPECT_EQ(registry.plugins()[0].sentence, "changed on disk; restart to use the new version");
    EXPECT_TRUE(registry.create_game("tiny", {}));
}

TEST_F(RegistryTest, RefusedFileThatIsMendedLoads) {
    std::ofstream(folder_ / "plugins" / "tiny.so") << "not yet";
    Registry registry(options_);
    EXPECT_FALSE(registry.plugins()[0].loaded);
    fs::remove(folder_ / "plugins" / "tiny.so");
    put(good("tiny"), "tiny.so");
    EXPECT_TRUE(registry.rescan());
    EXPECT_TRUE(registry.plugins()[0].loaded) << registry.plugins()[0].sentence;
    EXPECT_NE(registry.find_game("tiny"), nullptr);
}

TEST_F(RegistryTest, LoadedFileThatIsGoneStays) {
    put(good("tiny"), "tiny.so");
    Registry registry(options_);
    fs::remove(folder_ / "plugins" / "tiny.so");
    EXPECT_TRUE(registry.rescan());
    ASSERT_EQ(registry.plugins().size(), 1u);
    EXPECT_THAT(registry.plugins()[0].sentence, HasSubstr("gone"));
    EXPECT_TRUE(registry.create_game("tiny", {}));
    EXPECT_FALSE(registry.rescan());
}

TEST_F(RegistryTest, RefusedFileThatIsGoneIsForgotten) {
    std::ofstream(folder_ / "plugins" / "letter.so") << "not a plugin";
    Registry registry(options_);
    fs::remove(folder_ / "plugins" / "letter.so");
    EXPECT_TRUE(registry.rescan());
    EXPECT_TRUE(registry.plugins().empty());
}

TEST_F(RegistryTest, FirstFolderOfTheSearchPathWins) {
    fs::create_directory(folder_ / "first");
    fs::copy_file(good("tiny"), folder_ / "first" / "zzz.so");
    put(good("tiny"), "aaa.so");
    options_.search_path = {folder_ / "first", folder_ / "plugins", folder_ / "first"};
    const Registry registry(options_);
    ASSERT_EQ(registry.plugins().size(), 2u);
    EXPECT_TRUE(registry.plugins()[0].loaded);
    EXPECT_EQ(registry.plugins()[0].file, folder_ / "first" / "zzz.so");
    EXPECT_FALSE(registry.plugins()[1].loaded);
    EXPECT_THAT(registry.plugins()[1].sentence, HasSubstr("first/zzz.so, which comes first"));
}

TEST_F(RegistryTest, FasterBuildIsTakenWhereItRuns) {
    put(good("tiny"), "tiny.so");
    fs::create_directory(folder_ / "plugins" / "x86-64-v3");
    fs::copy_file(good("tiny"), folder_ / "plugins" / "x86-64-v3" / "tiny.so");
    fs::copy_file(good("tiny"), folder_ / "plugins" / "x86-64-v3" / "alone.so");
    const auto files = plugin_files(options_.search_path);
    ASSERT_EQ(files.size(), 1u);
    EXPECT_EQ(files[0].builds.size(), processor_runs_x86_64_v3() ? 2u : 1u);
    EXPECT_EQ(files[0].builds.back(), files[0].plain);
    const Registry registry(options_);
    ASSERT_EQ(registry.plugins().size(), 1u);
    EXPECT_EQ(registry.plugins()[0].file, folder_ / "plugins" / "tiny.so");
    EXPECT_EQ(cache()["files"].begin().key().find("x86-64-v3") != std::string::npos, processor_runs_x86_64_v3());
}

TEST_F(RegistryTest, PlainBuildStandsInForABrokenFasterOne) {
    put(good("tiny"), "tiny.so");
    fs::create_directory(folder_ / "plugins" / "x86-64-v3");
    std::ofstream(folder_ / "plugins" / "x86-64-v3" / "tiny.so") << "not a plugin";
    const Registry registry(options_);
    ASSERT_EQ(registry.plugins().size(), 1u);
    EXPECT_TRUE(registry.plugins()[0].loaded) << registry.plugins()[0].sentence;
}

TEST_F(RegistryTest, ProbesInProcessWithoutAProgram) {
    options_.probe_program.clear();
    put(good("tiny"), "tiny.so");
    std::ofstream(folder_ / "plugins" / "letter.so") << "not a plugin";
    const Registry registry(options_);
    EXPECT_EQ(registry.plugins().size(), 2u);
    EXPECT_NE(registry.find_game("tiny"), nullptr);
    EXPECT_FALSE(fs::exists(options_.cache_file));
}

TEST_F(RegistryTest, OptionSpecSaysWhatIsWrong) {
    OptionSpec spec;
    spec.type = PARLOUR_OPTION_INT;
    spec.id = "size";
    spec.min = 4;
    spec.max = 8;
    spec.step = 2;
    EXPECT_EQ(spec.problem("6"), "");
    EXPECT_THAT(spec.problem("9"), HasSubstr("from 4 to 8"));
    EXPECT_THAT(spec.problem("5"), HasSubstr("steps of 2"));
    EXPECT_NE(spec.problem(""), "");
    spec.type = PARLOUR_OPTION_CHOICE;
    spec.choices = {{"a", "A"}, {"b", "B"}};
    EXPECT_EQ(spec.problem("b"), "");
    EXPECT_THAT(spec.problem("c"), HasSubstr("one of a, b"));
}

TEST(SearchPath, TakesFoldersThatExistInOrder) {
    const ScratchFolder folder;
    fs::create_directories(folder / "one");
    fs::create_directories(folder.path() / "data" / "parlour" / "plugins");
    ASSERT_EQ(
        setenv("PARLOUR_PLUGIN_PATH", ((folder / "one").string() + "::" + (folder / "nowhere").string()).c_str(), 1),
        0);
    ASSERT_EQ(setenv("XDG_DATA_HOME", (folder / "data").c_str(), 1), 0);
    ASSERT_EQ(setenv("XDG_CACHE_HOME", (folder / "cache").c_str(), 1), 0);
    const auto path = default_search_path();
    ASSERT_GE(path.size(), 2u);
    EXPECT_EQ(path[0], folder / "one");
    EXPECT_EQ(path[1], folder.path() / "data" / "parlour" / "plugins");
    EXPECT_EQ(default_cache_file(), folder.path() / "cache" / "parlour" / "plugins.json");
    for (const char *name : {"PARLOUR_PLUGIN_PATH", "XDG_DATA_HOME", "XDG_CACHE_HOME"}) unsetenv(name);
}

} // namespace
} // namespace parlour::host
