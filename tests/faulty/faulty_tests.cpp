// Every faulty plugin is a row with one sentence; the good one beside it works, and nothing is left behind.
#include "faulty/probe_rows.hpp"
#include "host/plugins/host_object.hpp"
#include "host/plugins/registry.hpp"
#include "support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/prctl.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <set>
#include <thread>

namespace parlour::host {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using tests::ScratchFolder;

constexpr bool sanitized =
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    true;
#else
    false;
#endif

fs::path faulty(const std::string &name) {
    return fs::path(FAULTY_PLUGINS) / (name + ".so");
}

std::ptrdiff_t open_descriptors() {
    return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
}

RegistryOptions options_for(const fs::path &folder, std::chrono::milliseconds limit) {
    RegistryOptions options;
    options.search_path = {folder};
    options.probe_program = PROBE_RUNNER;
    options.probe_limit = limit;
    return options;
}

const PluginRow &row_of(const Registry &registry, const std::string &name) {
    const auto &rows = registry.plugins();
    const auto at = std::find_if(rows.begin(), rows.end(),
                                 [&](const PluginRow &row) { return row.file.filename() == name + ".so"; });
    if (at == rows.end()) throw std::runtime_error("no row for " + name);
    return *at;
}

void expect_one_sentence(const std::string &sentence) {
    EXPECT_FALSE(sentence.empty());
    EXPECT_LT(sentence.size(), 500u);
    EXPECT_EQ(sentence.find('\n'), std::string::npos) << sentence;
}

void expect_nothing_left(std::ptrdiff_t descriptors_before) {
    EXPECT_EQ(open_descriptors(), descriptors_before);
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD) << "a child was not reaped";
}

class Faulty : public testing::Test {
protected:
    void SetUp() override {
        set_log_sink([](std::int32_t, const std::string &, const std::string &) {});
    }
    void TearDown() override { set_log_sink({}); }

    // Puts a file into the folder as NAME.so and the good plugin beside it, and looks at what the registry makes of
    // it.
    void expect_refused(const std::string &name, const std::vector<std::string> &words,
                        std::chrono::milliseconds limit = std::chrono::seconds(30)) {
        // In ASCII order before the others: the good one is there first.
        fs::copy_file(faulty("good"), folder_ / "_good.so");
        if (!fs::exists(folder_ / (name + ".so"))) fs::copy_file(faulty(name), folder_ / (name + ".so"));
        const std::ptrdiff_t descriptors = open_descriptors();
        const Registry registry(options_for(folder_.path(), limit));
        ASSERT_EQ(registry.plugins().size(), 2u);
        const PluginRow &row = row_of(registry, name);
        EXPECT_FALSE(row.loaded);
        EXPECT_TRUE(row.games.empty());
        expect_one_sentence(row.sentence);
        for (const std::string &word : words) EXPECT_THAT(row.sentence, HasSubstr(word));
        const PluginRow &good = row_of(registry, "_good");
        EXPECT_TRUE(good.loaded) << good.sentence;
        EXPECT_EQ(good.sentence, "");
        ASSERT_EQ(registry.games().size(), 1u);
        EXPECT_TRUE(registry.create_game("good", {}));
        if (!orphans_) expect_nothing_left(descriptors);
    }

    ScratchFolder folder_;
    bool orphans_ = false; // processes of the plugin may become children of this one
};

class Refused : public Faulty, public testing::WithParamInterface<ProbeRow> {};

TEST_P(Refused, InOneSentence) {
    if (sanitized && std::string(GetParam().name) == "double_free_in_create")
        GTEST_SKIP() << "the sanitizer of this program tells it otherwise";
    expect_refused(GetParam().name, GetParam().words);
}

std::string name_of_row(const testing::TestParamInfo<ProbeRow> &row) {
    return row.param.name;
}
INSTANTIATE_TEST_SUITE_P(Kinds, Refused, testing::ValuesIn(probe_rows()), name_of_row);

class Hanging : public Faulty, public testing::WithParamInterface<ProbeRow> {};

TEST_P(Hanging, IsKilledAtTheLimit) {
    using namespace std::chrono_literals;
    expect_refused(GetParam().name, GetParam().words, 2s);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Hanging, testing::ValuesIn(hanging_probe_rows()), name_of_row);

TEST_F(Faulty, TextFileIsNotASharedObject) {
    std::ofstream(folder_ / "text.so") << "this is a letter, not a plugin";
    expect_refused("text", {"not a shared object"});
}

TEST_F(Faulty, EmptyFileIsNotASharedObject) {
    std::ofstream(folder_ / "empty.so").flush();
    expect_refused("empty", {"not a shared object"});
}

TEST_F(Faulty, TruncatedFileIsCutShort) {
    const auto size = fs::file_size(faulty("good"));
    fs::copy_file(faulty("good"), folder_ / "truncated.so");
    fs::resize_file(folder_ / "truncated.so", size / 2);
    expect_refused("truncated", {"cut short"});
}

TEST_F(Faulty, FileCutAtAnyLengthIsRefused) {
    const auto size = fs::file_size(faulty("good"));
    constexpr std::uintmax_t cuts = 12;
    for (std::uintmax_t i = 0; i < cuts; ++i) {
        const fs::path file = folder_ / ("cut" + std::to_string(i) + ".so");
        fs::copy_file(faulty("good"), file);
        fs::resize_file(file, size * i / cuts);
    }
    const Registry registry(options_for(folder_.path(), std::chrono::seconds(30)));
    ASSERT_EQ(registry.plugins().size(), cuts);
    for (const PluginRow &row : registry.plugins()) {
        EXPECT_FALSE(row.loaded) << row.file;
        expect_one_sentence(row.sentence);
    }
}

TEST_F(Faulty, FileOfAnotherProcessorIsRefused) {
    fs::copy_file(faulty("good"), folder_ / "foreign.so");
    std::fstream file(folder_ / "foreign.so", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(18); // e_machine
    file.write("\xf7\x00", 2);
    file.close();
    expect_refused("foreign", {"built for machine type 247, but this program runs on"});
}

// Makes a copy without its section table, as some strippers do: its exports cannot be read from outside.
void copy_without_sections(const fs::path &from, const fs::path &to) {
    fs::copy_file(from, to);
    std::fstream file(to, std::ios::in | std::ios::out | std::ios::binary);
    const char zeros[8] = {};
    file.seekp(40); // e_shoff
    file.write(zeros, 8);
    file.seekp(60); // e_shnum, e_shstrndx
    file.write(zeros, 4);
}

TEST_F(Faulty, FileWithoutSectionsIsAskedInTheProbe) {
    copy_without_sections(faulty("missing_entry"), folder_ / "bare.so");
    expect_refused("bare", {"not a Parlour plugin", "does not export parlour_entry"});
}

TEST_F(Faulty, GoodFileWithoutSectionsLoads) {
    copy_without_sections(faulty("good"), folder_ / "bare.so");
    const Registry registry(options_for(folder_.path(), std::chrono::seconds(30)));
    ASSERT_EQ(registry.plugins().size(), 1u);
    EXPECT_TRUE(registry.plugins()[0].loaded) << registry.plugins()[0].sentence;
}

TEST_F(Faulty, UnreadableFileIsRefused) {
    if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
    fs::copy_file(faulty("good"), folder_ / "secret.so");
    fs::permissions(folder_ / "secret.so", fs::perms::none);
    expect_refused("secret", {"cannot be read"});
}

TEST_F(Faulty, ProcessesOfAHangingPluginAreKilledToo) {
    using namespace std::chrono_literals;
    // Whatever it leaves behind becomes a child of this process, which sees it end.
    ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    orphans_ = true;
    expect_refused("fork_and_hang", {"did not answer within 2 s while probing"}, 2s);
    pid_t ended = 0;
    for (int i = 0; i < 1000 && ended >= 0; ++i) {
        ended = waitpid(-1, nullptr, WNOHANG);
        if (ended == 0) std::this_thread::sleep_for(10ms);
    }
    EXPECT_EQ(ended, -1) << "a process of the plugin is still there";
    ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
}

TEST_F(Faulty, PluginThatTakesAllMemoryIsStopped) {
    if (sanitized) GTEST_SKIP() << "sanitizers need the address space that is limited here";
    expect_refused("allocates_everything", {"not enough memory"});
}

TEST_F(Faulty, SameFileUnderASecondNameIsRefused) {
    fs::create_symlink("_good.so", folder_ / "again.so");
    expect_refused("again", {"same id, good", "_good.so"});
}

TEST(ProbeRows, AreAllThereIs) {
    std::set<std::string> rows{"good", "fork_and_hang", "allocates_everything"}, files;
    for (const ProbeRow &row : probe_rows()) rows.insert(row.name);
    for (const ProbeRow &row : hanging_probe_rows()) rows.insert(row.name);
    for (const auto &file : fs::directory_iterator(FAULTY_PLUGINS)) files.insert(file.path().stem());
    EXPECT_EQ(rows, files);
}

TEST_F(Faulty, AllOfThemTogetherLeaveTheGoodOneAlone) {
    std::set<std::string> slow{"fork_and_hang", "allocates_everything"};
    for (const ProbeRow &row : hanging_probe_rows()) slow.insert(row.name);
    std::size_t count = 0;
    for (const auto &file : fs::directory_iterator(FAULTY_PLUGINS)) {
        if (slow.contains(file.path().stem())) continue;
        fs::copy_file(file.path(), folder_ / file.path().filename().string());
        ++count;
    }
    const std::ptrdiff_t descriptors = open_descriptors();
    const Registry registry(options_for(folder_.path(), std::chrono::seconds(60)));
    EXPECT_EQ(registry.plugins().size(), count);
    std::size_t loaded = 0;
    for (const PluginRow &row : registry.plugins()) {
        loaded += row.loaded;
        if (!row.loaded) expect_one_sentence(row.sentence);
    }
    EXPECT_EQ(loaded, 1u);
    EXPECT_TRUE(row_of(registry, "good").loaded);
    expect_nothing_left(descriptors);
}

} // namespace
} // namespace parlour::host
