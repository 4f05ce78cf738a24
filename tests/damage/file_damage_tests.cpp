// The program's own files, damaged: settings, the cache of probes, the list of plugins in quarantine.
#include "damaged.hpp"
#include "host/base/atomic_file.hpp"
#include "host/base/sealed_text.hpp"
#include "host/plugins/host_object.hpp"
#include "host/plugins/probe_cache.hpp"
#include "host/plugins/quarantine.hpp"
#include "host/settings/settings_file.hpp"
#include "host/settings/settings_text.hpp"
#include "support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace parlour::host {
namespace {

using tests::for_each_damage;
using tests::ScratchFolder;

void put(const std::filesystem::path &file, const std::string &text) {
    std::ofstream(file, std::ios::binary) << text;
}

// Settings: a person's file without a check, so a changed digit is another value; never one that is not taken.

const std::string settings_text =
    "# mine \xc3\xa9\ntheme = \"light\" # stays\nscale = 1.25\ncoordinates = false\n\n"
    "[other]\nlist = [1, 'two', { three = 3.0 }]\n";

TEST(DamagedSettings, AreRefusedByLineOrTakenWithinBounds) {
    for_each_damage(settings_text, [&](const std::string &text, const std::string &how) {
        const auto reading = read_settings(text);
        if (!reading) {
            ASSERT_THAT(reading.sentence(), testing::StartsWith("line ")) << how;
            return;
        }
        for (const SettingRow &row : setting_rows()) {
            Settings copy;
            ASSERT_TRUE(set_setting(row, copy, setting_text(row, reading->values))) << how;
        }
    });
}

TEST(DamagedSettings, ChangesTouchOneValueOrNothing) {
    Settings dark;
    dark.theme = "dark";
    for_each_damage(settings_text, [&](const std::string &text, const std::string &how) {
        const auto changed = with_setting(text, *find_setting("theme"), dark);
        const auto before = read_settings(text);
        if (!before) {
            ASSERT_FALSE(changed) << how;
            return;
        }
        if (!changed) {
            ASSERT_FALSE(changed.sentence().empty()) << how;
            return;
        }
        const auto after = read_settings(*changed);
        ASSERT_TRUE(after) << how;
        Settings expected = before->values;
        expected.theme = "dark";
        ASSERT_EQ(after->values, expected) << how;
        ASSERT_EQ(after->unknown.size(), before->unknown.size()) << how;
    });
}

TEST(DamagedSettings, LoadingAndFailingToSaveLeaveTheFile) {
    const ScratchFolder folder;
    const auto path = folder / "settings.toml";
    tests::for_each_cut(settings_text, [&](const std::string &text, const std::string &how) {
        put(path, text);
        SettingsFile file(path);
        ASSERT_EQ(*read_file(path, 1 << 20), text) << how;
        ASSERT_TRUE(file.set("motion", "slow"));
        const auto saved = file.save();
        ASSERT_EQ(file.values().motion, "slow") << how;
        const std::string after = *read_file(path, 1 << 20);
        ASSERT_EQ(saved.ok(), after != text) << how;
        if (!saved) {
            ASSERT_FALSE(saved.sentence().empty()) << how;
        }
    });
}

// Files that only the program writes carry a check: damage never goes unnoticed.

TEST(SealedText, AnyDamageShows) {
    const std::string text = "one\ntwo\n", sealed = seal(text);
    ASSERT_EQ(unseal(sealed).value(), text);
    EXPECT_EQ(unseal(seal("x")).value(), "x\n");
    EXPECT_EQ(unseal(seal("")).value(), "\n");
    for_each_damage(
        sealed, [&](const std::string &damaged, const std::string &how) { ASSERT_FALSE(unseal(damaged)) << how; });
    EXPECT_FALSE(unseal(sealed + "\n"));
    EXPECT_FALSE(unseal(sealed.substr(1)));
}

// A plugin file that is there, for caches and quarantines to know.
struct KnownPlugin {
    explicit KnownPlugin(const std::filesystem::path &at) : path(at) {
        put(path, "not a plugin");
        file.plain = path;
        file.builds = {path};
    }
    std::filesystem::path path;
    PluginFile file;
};

// What went to the log, and nothing to the terminal meanwhile.
class Log {
public:
    Log() {
        set_log_sink([this](std::int32_t, const std::string &, const std::string &text) { last_ = text; });
    }
    ~Log() { set_log_sink({}); }
    Log(const Log &) = delete;
    Log &operator=(const Log &) = delete;
    std::string take() { return std::exchange(last_, {}); }

private:
    std::string last_;
};

TEST(DamagedProbeCache, IsForgottenAsAWhole) {
    const ScratchFolder folder;
    const KnownPlugin plugin(folder / "plugin.so");
    const auto path = folder / "cache/plugins.json";
    ProbeResult result;
    result.sentence = "it does not load";
    result.name = "A name";
    {
        ProbeCache cache(path);
        cache.remember(plugin.path, *stamp_of(plugin.path), result);
        cache.save();
    }
    const auto found = [&] { return ProbeCache(path).find(plugin.path, *stamp_of(plugin.path)); };
    ASSERT_TRUE(found());
    ASSERT_EQ(found()->sentence, result.sentence);
    const std::string whole = *read_file(path, 1 << 20);
    Log log;
    for_each_damage(whole, [&](const std::string &text, const std::string &how) {
        put(path, text);
        ASSERT_FALSE(found()) << how;
        ASSERT_THAT(log.take(), testing::HasSubstr(path.string())) << how;
        ASSERT_EQ(*read_file(path, 1 << 20), text) << "reading writes nothing; " << how;
    });
}

TEST(DamagedQuarantine, IsSetAsideAsAWhole) {
    const ScratchFolder folder;
    const KnownPlugin plugin(folder / "plugin.so");
    const auto path = folder / "state/quarantine.json";
    {
        Quarantine quarantine(path);
        const auto added = quarantine.add({.file = plugin.path,
                                           .content = content_of(plugin.file),
                                           .reason = "crashed twice at the same move",
                                           .details = "one\ntwo"});
        ASSERT_TRUE(added) << added.sentence();
    }
    const std::string whole = *read_file(path, 1 << 20);
    ASSERT_NE(Quarantine(path).find(plugin.file), nullptr);
    Log log;
    for_each_damage(whole, [&](const std::string &text, const std::string &how) {
        put(path, text);
        ASSERT_TRUE(Quarantine(path).entries().empty()) << how;
        const auto aside = read_file(path.string() + ".damaged", 1 << 20);
        ASSERT_TRUE(aside) << how;
        ASSERT_EQ(*aside, text) << how;
        ASSERT_THAT(log.take(), testing::HasSubstr(path.string() + ".damaged")) << how;
    });
}

} // namespace
} // namespace parlour::host
