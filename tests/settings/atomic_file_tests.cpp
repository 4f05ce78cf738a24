// Files written whole or not at all, as far as that shows without a failing disk; tests/faults has the failures.
#include "host/base/atomic_file.hpp"

#include "host/base/appended_file.hpp"
#include "support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace parlour::host {
namespace {

using testing::HasSubstr;

class AtomicFileTest : public testing::Test {
protected:
    std::size_t files() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder_.path()), {}));
    }
    tests::ScratchFolder folder_;
    std::filesystem::path path_ = folder_ / "file";
};

TEST_F(AtomicFileTest, WhatWasWrittenIsRead) {
    for (const std::string &bytes :
         {std::string("new"), std::string(), std::string(1 << 20, 'x'), std::string(3, '\0')}) {
        ASSERT_TRUE(write_file_atomically(path_, bytes));
        EXPECT_EQ(*read_file(path_, 1 << 20), bytes);
        EXPECT_EQ(files(), 1u);
    }
    const auto too_long = read_file(path_, 2);
    ASSERT_FALSE(too_long);
    EXPECT_EQ(too_long.problem().code, PARLOUR_E_PARSE);
    EXPECT_EQ(read_file(folder_ / "none", 1).problem().code, PARLOUR_E_NOTFOUND);
}

TEST_F(AtomicFileTest, PermissionsAndLinksStay) {
    ASSERT_TRUE(write_file_atomically(path_, "old"));
    ASSERT_EQ(::chmod(path_.c_str(), 0640), 0);
    std::filesystem::create_symlink("file", folder_ / "link");
    std::filesystem::create_symlink(folder_ / "link", folder_ / "link to link");
    ASSERT_TRUE(write_file_atomically(folder_ / "link to link", "new"));
    EXPECT_TRUE(std::filesystem::is_symlink(folder_ / "link to link"));
    EXPECT_TRUE(std::filesystem::is_symlink(folder_ / "link"));
    EXPECT_EQ(*read_file(path_, 10), "new");
    struct stat facts {};
    ASSERT_EQ(::stat(path_.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 07777, 0640u);
}

TEST_F(AtomicFileTest, RefusalsNameFileReasonAndWhatToDo) {
    const auto no_folder = write_file_atomically(folder_ / "none/file", "x");
    ASSERT_FALSE(no_folder);
    EXPECT_EQ(no_folder.sentence(), (folder_ / "none/file").string() +
                                        " could not be written: No such file or directory; check the name and that "
                                        "its folder exists");
    EXPECT_THAT(write_file_atomically(folder_.path(), "x").sentence(), HasSubstr("Is a directory; choose another"));
    EXPECT_THAT(write_file_atomically("/dev/full", "x").sentence(), HasSubstr("is a device or a pipe"));
    EXPECT_THAT(write_file_atomically(folder_ / std::string(300, 'x'), "x").sentence(), HasSubstr("too long"));
    EXPECT_THAT(read_file(folder_.path(), 10).sentence(), HasSubstr("Is a directory"));
    EXPECT_THAT(read_file("/dev/null", 10).sentence(), HasSubstr("is a device"));
    std::filesystem::create_symlink("loop", folder_ / "loop");
    EXPECT_FALSE(write_file_atomically(folder_ / "loop", "x"));
    EXPECT_EQ(files(), 1u) << "no temporary file is left";
}

TEST_F(AtomicFileTest, PiecesAreAdded) {
    for (int round = 0; round < 2; ++round) {
        auto file = AppendedFile::open(path_);
        ASSERT_TRUE(file);
        EXPECT_TRUE(file->append("one "));
        EXPECT_TRUE(file->append("two "));
        EXPECT_TRUE(file->close());
    }
    EXPECT_EQ(*read_file(path_, 100), "one two one two ");
    EXPECT_FALSE(AppendedFile::open(folder_ / "none/file"));
    auto full = AppendedFile::open("/dev/full");
    ASSERT_TRUE(full);
    EXPECT_THAT(full->append("x").sentence(), HasSubstr("No space left on device; make room"));
}

} // namespace
} // namespace parlour::host
