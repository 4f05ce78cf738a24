// The list of files that did harm: kept whole, shared by several processes, never a reason to fail.
#include "host/plugins/quarantine.hpp"

#include "host/base/atomic_file.hpp"
#include "host/plugins/host_object.hpp"
#include "support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace parlour::host {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class QuarantineTest : public testing::Test {
protected:
    void SetUp() override {
        set_log_sink([this](std::int32_t, const std::string &, const std::string &text) { log_ += text + "\n"; });
    }
    void TearDown() override { set_log_sink({}); }

    PluginFile plugin(const std::string &name, const std::string &content) const {
        const fs::path file = folder_ / name;
        std::ofstream(file, std::ios::binary) << content;
        return {file, {file}};
    }
    static QuarantineEntry entry_of(const PluginFile &plugin, const std::string &reason) {
        return {plugin.plain, content_of(plugin), reason, {}, 0};
    }

    tests::ScratchFolder folder_;
    fs::path file_ = folder_ / "state" / "quarantine.json";
    std::string log_;
};

TEST_F(QuarantineTest, RemembersFromOneStartToTheNext) {
    const PluginFile bad = plugin("bad.so", "bytes");
    {
        Quarantine quarantine(file_);
        ASSERT_TRUE(quarantine.add({bad.plain, content_of(bad), "crashed twice", "frame 1\nframe 2", 0}));
    }
    Quarantine later(file_);
    const QuarantineEntry *entry = later.find(bad);
    ASSERT_NE(entry, nullptr);
    EXPECT_EQ(entry->reason, "crashed twice");
    EXPECT_EQ(entry->details, "frame 1\nframe 2");
    EXPECT_GT(entry->when, 1'600'000'000);
    EXPECT_EQ(later.find(plugin("other.so", "bytes")), nullptr);
}

TEST_F(QuarantineTest, ChangedFileIsFree) {
    const PluginFile bad = plugin("bad.so", "bytes");
    Quarantine quarantine(file_);
    ASSERT_TRUE(quarantine.add(entry_of(bad, "crashed")));
    plugin("bad.so", "bytes"); // written anew with the same content
    EXPECT_NE(quarantine.find(bad), nullptr);
    plugin("bad.so", "bytez");
    EXPECT_EQ(quarantine.find(bad), nullptr);
    EXPECT_THAT(Quarantine(file_).entries(), IsEmpty());
}

TEST_F(QuarantineTest, AnyBuildOfThePluginCounts) {
    const PluginFile plain = plugin("bad.so", "bytes");
    PluginFile both = plain;
    both.builds.insert(both.builds.begin(), plugin("faster.so", "faster bytes").plain);
    EXPECT_NE(content_of(plain), content_of(both));
}

TEST_F(QuarantineTest, SecondEntryOfAFileReplacesTheFirst) {
    const PluginFile bad = plugin("bad.so", "bytes");
    Quarantine quarantine(file_);
    ASSERT_TRUE(quarantine.add(entry_of(bad, "crashed")));
    ASSERT_TRUE(quarantine.add(entry_of(bad, "hung")));
    EXPECT_THAT(quarantine.entries(), SizeIs(1));
    EXPECT_EQ(quarantine.find(bad)->reason, "hung");
}

TEST_F(QuarantineTest, PersonLetsAFileOut) {
    const PluginFile bad = plugin("bad.so", "bytes");
    Quarantine quarantine(file_);
    ASSERT_TRUE(quarantine.add(entry_of(bad, "crashed")));
    EXPECT_TRUE(quarantine.lift(bad.plain));
    EXPECT_EQ(quarantine.find(bad), nullptr);
    const Result<void> again = quarantine.lift(bad.plain);
    EXPECT_EQ(again.problem().code, PARLOUR_E_NOTFOUND);
    EXPECT_THAT(again.sentence(), HasSubstr("bad.so is not in quarantine"));
}

TEST_F(QuarantineTest, TwoProcessesKeepEachOthersEntries) {
    const PluginFile one = plugin("one.so", "1"), two = plugin("two.so", "2");
    Quarantine first(file_), second(file_);
    ASSERT_TRUE(first.add(entry_of(one, "crashed")));
    ASSERT_TRUE(second.add(entry_of(two, "hung")));
    EXPECT_THAT(Quarantine(file_).entries(), SizeIs(2));
    ASSERT_TRUE(first.lift(two.plain));
    EXPECT_THAT(Quarantine(file_).entries(), SizeIs(1));
}

TEST_F(QuarantineTest, DamagedListIsSetAsideWithASentence) {
    const PluginFile bad = plugin("bad.so", "bytes");
    ASSERT_TRUE(Quarantine(file_).add(entry_of(bad, "crashed")));
    const std::string whole = read_file(file_, 1 << 20).value();
    // Cut short anywhere, it is no list.
    for (std::size_t size = 0; size + 1 < whole.size(); size += 7) {
        fs::remove(file_.string() + ".damaged");
        std::ofstream(file_, std::ios::binary) << whole.substr(0, size);
        log_.clear();
        Quarantine quarantine(file_);
        EXPECT_THAT(quarantine.entries(), IsEmpty()) << size;
        EXPECT_THAT(log_, HasSubstr("is damaged")) << size;
        EXPECT_EQ(read_file(file_.string() + ".damaged", 1 << 20).value(), whole.substr(0, size));
        EXPECT_FALSE(fs::exists(file_));
        ASSERT_TRUE(quarantine.add(entry_of(bad, "crashed again")));
        EXPECT_THAT(Quarantine(file_).entries(), SizeIs(1));
    }
}

TEST_F(QuarantineTest, ListThatCannotBeKeptCountsForThisRun) {
    std::ofstream(folder_ / "state") << "a file where a folder should be";
    const PluginFile bad = plugin("bad.so", "bytes");
    Quarantine quarantine(file_);
    const Result<void> kept = quarantine.add(entry_of(bad, "crashed"));
    EXPECT_FALSE(kept);
    EXPECT_THAT(kept.sentence(), HasSubstr("list of plugins in quarantine"));
    EXPECT_NE(quarantine.find(bad), nullptr);
}

TEST_F(QuarantineTest, WithoutAFileItLastsAsLongAsTheObject) {
    const PluginFile bad = plugin("bad.so", "bytes");
    Quarantine quarantine({});
    EXPECT_TRUE(quarantine.add(entry_of(bad, "crashed")));
    EXPECT_NE(quarantine.find(bad), nullptr);
    EXPECT_TRUE(quarantine.lift(bad.plain));
    EXPECT_THAT(quarantine.entries(), IsEmpty());
}

TEST_F(QuarantineTest, WordsFromOutsideAreMadeFit) {
    const PluginFile bad = plugin("bad.so", "bytes");
    Quarantine quarantine(file_);
    ASSERT_TRUE(quarantine.add(
        {bad.plain, content_of(bad), "cra\x1b[31mshed\n" + std::string(5000, 'x'), "line\x07 one\n\xff\xfe", 0}));
    const QuarantineEntry *entry = Quarantine(file_).find(bad) != nullptr ? quarantine.find(bad) : nullptr;
    ASSERT_NE(entry, nullptr);
    EXPECT_LT(entry->reason.size(), 500u);
    EXPECT_EQ(entry->reason.find('\x1b'), std::string::npos);
    EXPECT_EQ(entry->details.find('\x07'), std::string::npos);
    EXPECT_THAT(entry->details, HasSubstr("\n??"));
}

} // namespace
} // namespace parlour::host
