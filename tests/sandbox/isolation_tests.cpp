// Engines of isolated files: listed, asked and made without their code ever being loaded into this process.
#include "host/plugins/registry.hpp"
#include "support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace parlour::host {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Stands for an engine in a process of its own.
class Elsewhere final : public Engine {
public:
    explicit Elsewhere(const EngineLaunch &launch) : Engine(launch.id, launch.name) {}
    Result<void> bind(GamePtr) override { return {}; }
    Result<SearchResult> search(const SearchRoot &, const SearchLimits &, const std::atomic<std::uint32_t> &,
                                const std::function<void(const SearchInfo &)> &) override {
        return SearchResult{};
    }
};

class IsolationTest : public testing::Test {
protected:
    void SetUp() override {
        fs::create_directory(folder_ / "plugins");
        options_.search_path = {folder_ / "plugins"};
        options_.probe_program = REGISTRY_RUNNER;
        options_.probe_limit = std::chrono::seconds(30);
        options_.cache_file = folder_ / "plugins.json";
        options_.state_folder = folder_ / "state";
        options_.worker_engines = [this](const EngineLaunch &launch) -> Result<EnginePtr> {
            launches_.push_back(launch);
            return EnginePtr(std::make_unique<Elsewhere>(launch));
        };
        options_.worker_support = [this](const EngineLaunch &launch, std::span<const GameQuestion> games) {
            std::vector<Result<EngineSupport>> out;
            for (const GameQuestion &game : games) {
                questions_.push_back(launch.id + " " + game.id);
                if (answer_)
                    out.emplace_back(EngineSupport{77, ""});
                else
                    out.emplace_back(Problem{"its worker did not start"});
            }
            return out;
        };
        setenv("PARLOUR_TEST_LOADED", (folder_ / "loaded").c_str(), 1);
    }
    void TearDown() override { unsetenv("PARLOUR_TEST_LOADED"); }

    void put(const std::string &name) {
        fs::remove(folder_ / "plugins" / (name + ".so"));
        fs::copy_file(fs::path(SANDBOX_PLUGINS) / (name + ".so"), folder_ / "plugins" / (name + ".so"));
    }
    // Whether the plugin's constructor ran where it could write: in this process.
    bool loaded_here() const { return fs::exists(folder_ / "loaded"); }

    tests::ScratchFolder folder_;
    RegistryOptions options_;
    std::vector<EngineLaunch> launches_;
    std::vector<std::string> questions_;
    bool answer_ = true;
};

TEST_F(IsolationTest, DroppedEngineIsListedAndMadeButNeverLoadedHere) {
    put("marking_engine");
    for (int start = 0; start < 2; ++start) { // the second one from the cache
        const Registry registry(options_);
        ASSERT_EQ(registry.plugins().size(), 1u);
        const PluginRow &row = registry.plugins()[0];
        EXPECT_TRUE(row.loaded) << row.sentence;
        EXPECT_TRUE(row.isolated);
        EXPECT_EQ(row.origin, PluginOrigin::dropped);
        EXPECT_THAT(row.engines, ElementsAre("marking_engine"));
        ASSERT_NE(registry.find_engine("marking_engine"), nullptr);
        EXPECT_TRUE(registry.find_engine("marking_engine")->isolated);
        const Result<EnginePtr> engine = registry.create_engine("marking_engine", {});
        ASSERT_TRUE(engine) << engine.sentence();
        EXPECT_EQ(launches_.back().file, folder_ / "plugins" / "marking_engine.so");
        EXPECT_THAT(registry.create_engine("marking_engine", {{"odd", "1"}}).sentence(),
                    HasSubstr("has no option \"odd\""));
    }
    EXPECT_FALSE(loaded_here());
    EXPECT_FALSE(fs::exists(folder_ / "state" / "running"));
}

TEST_F(IsolationTest, WithoutIsolationItIsLoaded) {
    put("marking_engine");
    options_.isolate = Isolation::none;
    const Registry registry(options_);
    EXPECT_TRUE(registry.plugins()[0].loaded);
    EXPECT_FALSE(registry.plugins()[0].isolated);
    EXPECT_TRUE(loaded_here());
}

TEST_F(IsolationTest, WithoutAMakerNothingIsIsolated) {
    put("marking_engine");
    options_.worker_engines = nullptr;
    EXPECT_FALSE(Registry(options_).plugins()[0].isolated);
}

TEST_F(IsolationTest, ShippedEngineIsIsolatedOnlyWhenAllAre) {
    put("marking_engine");
    options_.shipped_folders = {folder_ / "plugins/../plugins"};
    options_.isolate = Isolation::all;
    {
        const Registry registry(options_);
        EXPECT_EQ(registry.plugins()[0].origin, PluginOrigin::shipped);
        EXPECT_TRUE(registry.plugins()[0].isolated);
        EXPECT_FALSE(loaded_here());
    }
    options_.isolate = Isolation::dropped;
    const Registry registry(options_);
    EXPECT_FALSE(registry.plugins()[0].isolated);
    EXPECT_TRUE(loaded_here());
}

TEST_F(IsolationTest, RulesAreLoadedHereAndWorkersAreToldWhere) {
    put("marking_game");
    put("marking_engine");
    const Registry registry(options_);
    EXPECT_TRUE(loaded_here());
    const Result<GamePtr> game = registry.create_game("marking_game", {});
    ASSERT_TRUE(game) << game.sentence();
    ASSERT_TRUE(registry.create_engine("marking_engine", {}));
    EXPECT_EQ(launches_.back().game_file("marking_game"), folder_ / "plugins" / "marking_game.so");
    EXPECT_EQ(launches_.back().game_file("no_such_game"), std::nullopt);
}

TEST_F(IsolationTest, SupportIsAskedElsewhereAndOnce) {
    put("marking_game");
    put("marking_engine");
    const Registry registry(options_);
    const GamePtr game = registry.create_game("marking_game", {}).value();
    answer_ = false;
    EXPECT_EQ(registry.supports("marking_engine", *game).score, 0);
    EXPECT_EQ(registry.supports("marking_engine", *game).why, "its worker did not start");
    answer_ = true;
    for (int i = 0; i < 3; ++i) EXPECT_EQ(registry.supports("marking_engine", *game).score, 77);
    EXPECT_EQ(questions_.size(), 3u); // a failure is asked again, an answer is kept
}

TEST_F(IsolationTest, ChangedFileIsTakenUpWithoutARestart) {
    put("marking_engine");
    Registry registry(options_);
    std::ofstream(folder_ / "plugins" / "marking_engine.so", std::ios::app | std::ios::binary) << "newer";
    registry.rescan();
    EXPECT_TRUE(registry.plugins()[0].loaded);
    EXPECT_THAT(registry.plugins()[0].sentence, IsEmpty());
    EXPECT_TRUE(registry.create_engine("marking_engine", {}));
    std::ofstream(folder_ / "plugins" / "marking_engine.so", std::ios::trunc) << "no plugin any more";
    EXPECT_TRUE(registry.rescan());
    EXPECT_FALSE(registry.plugins()[0].loaded);
    EXPECT_EQ(registry.find_engine("marking_engine"), nullptr);
    fs::remove(folder_ / "plugins" / "marking_engine.so");
    EXPECT_TRUE(registry.rescan());
    EXPECT_THAT(registry.plugins(), IsEmpty());
}

TEST_F(IsolationTest, QuarantineTakesAFileOutUntilItMayTryAgain) {
    put("marking_engine");
    const fs::path file = folder_ / "plugins" / "marking_engine.so";
    {
        Registry registry(options_);
        ASSERT_TRUE(registry.quarantine(file, "crashed twice at the same move", "its last words"));
        EXPECT_EQ(registry.find_engine("marking_engine"), nullptr);
        EXPECT_TRUE(registry.plugins()[0].quarantined);
        registry.rescan();
        EXPECT_TRUE(registry.plugins()[0].quarantined);
    }
    Registry later(options_);
    ASSERT_EQ(later.plugins().size(), 1u);
    const PluginRow &row = later.plugins()[0];
    EXPECT_FALSE(row.loaded);
    EXPECT_TRUE(row.quarantined);
    EXPECT_THAT(row.sentence, HasSubstr("crashed twice at the same move; it stays out"));
    EXPECT_EQ(row.details, "its last words");
    EXPECT_EQ(row.id, "marking_engine"); // as its probe said
    EXPECT_THAT(later.engines(), IsEmpty());
    ASSERT_TRUE(later.try_again(file));
    EXPECT_TRUE(later.plugins()[0].loaded) << later.plugins()[0].sentence;
    EXPECT_NE(later.find_engine("marking_engine"), nullptr);
    EXPECT_EQ(later.try_again(file).problem().code, PARLOUR_E_NOTFOUND);
    EXPECT_EQ(later.quarantine("/nowhere.so", "crashed", "").problem().code, PARLOUR_E_NOTFOUND);
    EXPECT_TRUE(Registry(options_).plugins()[0].loaded);
}

TEST_F(IsolationTest, LoadedRulesLeaveTheListsButTheirGamesGoOn) {
    put("marking_game");
    Registry registry(options_);
    const GamePtr game = registry.create_game("marking_game", {}).value();
    ASSERT_TRUE(registry.quarantine(folder_ / "plugins" / "marking_game.so", "broke a rule", ""));
    EXPECT_EQ(registry.find_game("marking_game"), nullptr);
    EXPECT_FALSE(game->legal_moves(game->initial(1)).empty());
    ASSERT_TRUE(registry.try_again(folder_ / "plugins" / "marking_game.so"));
    EXPECT_TRUE(registry.create_game("marking_game", {}));
}

} // namespace
} // namespace parlour::host
