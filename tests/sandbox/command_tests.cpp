// What a person sees of isolation and quarantine on the command line.
#include "host/plugins/quarantine.hpp"
#include "host/sandbox/sandbox.hpp"
#include "support/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <map>

namespace parlour::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class Commands : public testing::Test {
protected:
    void SetUp() override {
        fs::create_directory(folder_ / "plugins");
        fs::copy_file(fs::path(SANDBOX_PLUGINS) / "marking_engine.so", dropped_);
    }
    Finished run(std::vector<std::string> words) const {
        words.insert(words.end(), {"--plugins", dropped_.parent_path().string()});
        return run_parlour(std::move(words), {}, false, {{"XDG_STATE_HOME", (folder_ / "state").string()}});
    }
    void quarantine() const {
        const host::PluginFile plugin{dropped_, {dropped_}};
        host::Quarantine list(host::quarantine_file(folder_ / "state" / "parlour"));
        ASSERT_TRUE(
            list.add({dropped_, host::content_of(plugin), "crashed twice at the same move", "last words", 0}));
    }
    // Where the engines of each plugin file run, by the file's name without ".so".
    std::map<std::string, std::string> places(const std::string &isolate) const {
        std::map<std::string, std::string> out;
        const Finished finished = run({"workers", "--json", "--isolate", isolate});
        EXPECT_EQ(finished.code, 0) << finished.err;
        const json said = json::parse(finished.out);
        for (const json &row : said.at("plugins"))
            out[fs::path(row.at("file").get<std::string>()).stem().string()] = row.at("engines").get<std::string>();
        return out;
    }

    ScratchFolder folder_;
    fs::path dropped_ = folder_ / "plugins" / "marking_engine.so";
};

TEST_F(Commands, WorkersSaysWhatIsInForceAndWhatWasTried) {
    const Finished finished = run({"workers", "--json"});
    ASSERT_EQ(finished.code, 0) << finished.err;
    const json out = json::parse(finished.out);
    EXPECT_EQ(out.at("layers").size(), 6u);
    for (const json &layer : out.at("layers")) EXPECT_FALSE(layer.at("sentence").get<std::string>().empty());
    const bool all = std::all_of(out.at("layers").begin(), out.at("layers").end(),
                                 [](const json &layer) { return layer.at("in_force") == true; });
    EXPECT_GT(out.at("attempts").size(), 15u);
    for (const json &attempt : out.at("attempts")) {
        const bool exempt = host::sanitized_build && attempt.at("id") == "parent_memory";
        EXPECT_TRUE(!all || exempt || attempt.at("refused") == true) << attempt;
    }
    const std::string text = run({"workers"}).out;
    EXPECT_THAT(text, HasSubstr("Layers of the lock-down\n"));
    EXPECT_THAT(text, HasSubstr("dropped  in a worker"));
}

TEST_F(Commands, WorkersSaysWhereEachPluginRuns) {
    const auto dropped = places("dropped"), none = places("none"), all = places("all");
    EXPECT_EQ(dropped.at("marking_engine"), "worker");
    EXPECT_EQ(dropped.at("minimax"), "program");
    EXPECT_EQ(dropped.at("reversi"), "");
    EXPECT_EQ(none.at("marking_engine"), "program");
    EXPECT_EQ(all.at("minimax"), "worker");
}

TEST_F(Commands, QuarantinedFileIsListedAndCanTryAgain) {
    EXPECT_THAT(run({"list", "plugins"}).out, HasSubstr("loaded       " + dropped_.string()));
    ASSERT_NO_FATAL_FAILURE(quarantine());
    const Finished listed = run({"list", "plugins"});
    EXPECT_THAT(listed.out, HasSubstr("quarantined  " + dropped_.string()));
    EXPECT_THAT(listed.out, HasSubstr("crashed twice at the same move"));
    EXPECT_THAT(listed.out, HasSubstr("parlour probe --try-again " + dropped_.string()));
    EXPECT_THAT(run({"list", "engines"}).out, Not(HasSubstr("marking_engine")));
    EXPECT_THAT(run({"list", "plugins", "--json"}).out, HasSubstr("\"last words\""));
    const Finished again = run({"probe", "--try-again", dropped_.string()});
    EXPECT_EQ(again.code, 0) << again.err;
    EXPECT_THAT(again.err, HasSubstr("is no longer in quarantine"));
    EXPECT_THAT(run({"list", "engines"}).out, HasSubstr("marking_engine"));
    EXPECT_THAT(run({"probe", "--try-again", dropped_.string()}).err, HasSubstr("is not in quarantine"));
}

} // namespace
} // namespace parlour::tests
