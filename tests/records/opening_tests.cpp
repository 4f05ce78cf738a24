// Whatever lies where the games should be: it is opened, or kept under another name, and never written over.
#include "samples.hpp"

#include "host/records/open_database.hpp"
#include "host/records/rows.hpp"
#include "host/records/schema.hpp"

#include <fstream>

namespace parlour::host::records_tests {
namespace {

namespace fs = std::filesystem;

void put(const fs::path &file, const std::string &bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

// The one file beside the database whose name has `word` in it.
fs::path aside(const fs::path &database, const std::string &word) {
    for (const auto &entry : fs::directory_iterator(database.parent_path())) {
        const std::string name = entry.path().filename();
        if (name.find("." + word + "-") != name.npos && !name.ends_with("-wal") && !name.ends_with("-shm"))
            return entry.path();
    }
    return {};
}

TEST(Opening, MakesFoldersAndAnEmptyDatabase) {
    const tests::ScratchFolder folder;
    const fs::path file = folder / "a" / "b" / "games.sqlite";
    auto store = open_store(file);
    EXPECT_EQ(store->notice(), "");
    EXPECT_TRUE(store->history()->empty());
    EXPECT_TRUE(store->statistics()->empty());
    store.reset();
    records::Database database(file);
    EXPECT_EQ(database.number("PRAGMA user_version"), 2);
    EXPECT_EQ(database.number("PRAGMA application_id"), 0x5061726c);
    EXPECT_EQ(database.text("PRAGMA journal_mode"), "wal");
}

TEST(Opening, EveryConnectionIsDurable) {
    const tests::ScratchFolder folder;
    open_store(folder / "games.sqlite");
    EXPECT_EQ(records::open_database(folder / "games.sqlite")->database->number("PRAGMA synchronous"), 2);
    EXPECT_EQ(records::connect(folder / "games.sqlite")->number("PRAGMA synchronous"), 2);
}

// A file as version 1 wrote it: the same, but moves had no remarks.
void make_version_1(const fs::path &file, const Match &match) {
    {
        auto store = open_store(file);
        ASSERT_TRUE(store->add(to_record(match)).ok());
    }
    records::Database database(file);
    database.run(
        "ATTACH ':memory:' AS kept; CREATE TABLE kept.games AS SELECT * FROM games;"
        "CREATE TABLE kept.plies AS SELECT * FROM plies;"
        "DROP TABLE main.games; DROP TABLE main.plies; PRAGMA user_version = 0;");
    records::migrate(database, 1);
    database.run(
        "INSERT INTO main.games SELECT * FROM kept.games;"
        "INSERT INTO main.plies SELECT game, ply, text, chance, used, value, depth, nodes, chain "
        "FROM kept.plies;");
    ASSERT_EQ(database.number("PRAGMA user_version"), 1);
    ASSERT_THROW(database.prepare("SELECT note FROM plies"), records::DatabaseError);
}

TEST(Opening, AnOlderDatabaseIsBroughtUpToDate) {
    const tests::ScratchFolder folder;
    const fs::path file = folder / "games.sqlite";
    Match match = fake::dice_match(); // without remarks
    make_version_1(file, match);
    auto store = open_store(file);
    EXPECT_EQ(store->notice(), "");
    const auto games = store->unfinished();
    ASSERT_EQ(games->size(), 1u);
    EXPECT_EQ(games->front().problem, "");
    EXPECT_EQ(load_record(*store->load(games->front().id), make_fake)->moves(), match.moves());
    const Result<GameId> added = store->add(to_record(fake::rich_match()));
    ASSERT_TRUE(added.ok());
    EXPECT_EQ(store->load(*added)->plies.front().note.text, "so, {\"it\"} goes ");
    store.reset();
    EXPECT_EQ(records::Database(file).number("PRAGMA user_version"), 2);
}

TEST(Opening, ANewerDatabaseIsSetAsideAsItIs) {
    const tests::ScratchFolder folder;
    const fs::path file = folder / "games.sqlite";
    ASSERT_TRUE(open_store(file)->add(to_record(fake::rich_match())).ok());
    records::Database(file).run("PRAGMA user_version = 3");
    const std::string before = content(file);
    {
        auto store = open_store(file);
        EXPECT_NE(store->notice().find("newer version"), std::string::npos) << store->notice();
        EXPECT_TRUE(store->history()->empty());
        const fs::path kept = aside(file, "newer");
        ASSERT_FALSE(kept.empty());
        EXPECT_NE(store->notice().find(kept.filename().string()), std::string::npos) << store->notice();
        EXPECT_EQ(content(kept), before);
    }
    EXPECT_EQ(open_store(file)->notice(), "") << "said once";
}

TEST(Opening, StrangersAreSetAsideAsTheyAre) {
    const tests::ScratchFolder folder;
    const fs::path file = folder / "games.sqlite";
    put(file, "These are my holiday notes.\n");
    EXPECT_NE(open_store(file)->notice().find("is not one of Parlour's"), std::string::npos);
    EXPECT_EQ(content(aside(file, "foreign")), "These are my holiday notes.\n");
    fs::remove(aside(file, "foreign"));

    fs::remove(file);
    records::Database(file).run("CREATE TABLE shopping (thing TEXT); INSERT INTO shopping VALUES ('tea')");
    const std::string before = content(file);
    EXPECT_NE(open_store(file)->notice().find("is not one of Parlour's"), std::string::npos);
    EXPECT_EQ(content(aside(file, "foreign")), before);
}

TEST(Opening, ASecondOneOfADayGetsANumber) {
    const tests::ScratchFolder folder;
    const fs::path file = folder / "games.sqlite";
    for (const char *text : {"one one one one one", "two two two two two", "three three three three"}) {
        for (const char *suffix : {"", "-wal", "-shm"}) fs::remove(file.string() + suffix);
        put(file, text);
        EXPECT_NE(open_store(file)->notice(), "");
    }
    std::size_t kept = 0;
    for (const auto &entry : fs::directory_iterator(folder.path()))
        kept += entry.path().filename().string().find(".foreign-") != std::string::npos;
    EXPECT_EQ(kept, 3u);
}

TEST(Opening, AnEmptyDatabaseBesideALogIsDamage) {
    const tests::ScratchFolder folder;
    const fs::path file = folder / "games.sqlite";
    put(file, "");
    put(file.string() + "-wal", std::string(5000, 'x'));
    EXPECT_NE(open_store(file)->notice().find("is damaged"), std::string::npos);
    EXPECT_EQ(content(aside(file, "damaged").string() + "-wal"), std::string(5000, 'x'));
}

TEST(Opening, ABrokenPageIsNoticedAtOnce) {
    const tests::ScratchFolder folder;
    const fs::path file = folder / "games.sqlite";
    ASSERT_TRUE(open_store(file)->add(to_record(fake::rich_match())).ok());
    const std::string sound = content(file);
    constexpr std::size_t page = 4096;
    ASSERT_GE(sound.size(), 4 * page);
    for (std::size_t at = page; at < sound.size(); at += page) {
        SCOPED_TRACE("page " + std::to_string(at / page + 1));
        const tests::ScratchFolder other;
        std::string broken = sound;
        broken.replace(at, page, page, '\xaa');
        put(other / "games.sqlite", broken);
        EXPECT_NE(open_store(other / "games.sqlite")->notice().find("is damaged"), std::string::npos);
        EXPECT_EQ(content(aside(other / "games.sqlite", "damaged")), broken);
    }
}

TEST(Opening, AColumnThatIsMissingIsDamage) {
    const tests::ScratchFolder folder;
    const fs::path file = folder / "games.sqlite";
    ASSERT_TRUE(open_store(file)->add(to_record(fake::rich_match())).ok());
    records::Database(file).run("ALTER TABLE plies DROP COLUMN note");
    EXPECT_NE(open_store(file)->notice().find("is damaged"), std::string::npos);
    EXPECT_FALSE(aside(file, "damaged").empty());
}

TEST(Opening, SurroundingsThatForbidItAreASentence) {
    const tests::ScratchFolder folder;
    put(folder / "file", "in the way");
    for (const fs::path &path :
         {folder / "file" / "games.sqlite", fs::path("/proc/nowhere/games.sqlite"), fs::path()}) {
        const Result<std::unique_ptr<Store>> store = Store::open(path);
        ASSERT_FALSE(store.ok()) << path;
        EXPECT_NE(store.sentence().find("not kept"), std::string::npos) << store.sentence();
    }
    fs::create_directory(folder / "games.sqlite");
    const Result<std::unique_ptr<Store>> in_a_folder = Store::open(folder / "games.sqlite");
    ASSERT_FALSE(in_a_folder.ok());
    EXPECT_TRUE(fs::is_directory(folder / "games.sqlite"));
}

TEST(Opening, AFileThatMayOnlyBeReadIsASentence) {
    if (geteuid() == 0) GTEST_SKIP() << "nothing is forbidden to root";
    const tests::ScratchFolder folder;
    const fs::path file = folder / "games.sqlite";
    open_store(file);
    const std::string before = content(file);
    fs::permissions(file, fs::perms::owner_read);
    const Result<std::unique_ptr<Store>> store = Store::open(file);
    ASSERT_FALSE(store.ok());
    EXPECT_NE(store.sentence().find("may only be read"), std::string::npos) << store.sentence();
    EXPECT_EQ(content(file), before);
}

TEST(Opening, AFullDiskIsNamed) {
    const tests::ScratchFolder folder;
    auto database = std::move(records::open_database(folder / "games.sqlite")->database);
    const std::int64_t pages = database->number("PRAGMA page_count");
    database->run(("PRAGMA max_page_count = " + std::to_string(pages + 1)).c_str());
    std::size_t kept = 0;
    std::string reason;
    while (reason.empty() && kept < 10'000) {
        try {
            records::Transaction transaction(*database);
            records::GameRow row;
            row.uid = records::new_uid();
            row.header = to_record(fake::rich_match());
            const std::vector<RecordPly> plies = std::exchange(row.header.plies, {});
            insert_game(*database, row, plies);
            transaction.commit();
            ++kept;
        } catch (const records::DatabaseError &error) {
            reason = error.reason();
        }
    }
    EXPECT_EQ(reason, "the disk is full");
    EXPECT_EQ(database->text("PRAGMA integrity_check"), "ok");
    EXPECT_EQ(database->number("SELECT count(*) FROM games"), static_cast<std::int64_t>(kept));
}

TEST(Opening, TheUsualFileFollowsTheEnvironment) {
    const char *data = std::getenv("XDG_DATA_HOME");
    const std::string before = data != nullptr ? data : "";
    setenv("XDG_DATA_HOME", "/some/where", 1);
    EXPECT_EQ(default_store_file(), "/some/where/parlour/games.sqlite");
    setenv("XDG_DATA_HOME", "not/absolute", 1);
    EXPECT_NE(default_store_file(), "not/absolute/parlour/games.sqlite");
    if (data != nullptr)
        setenv("XDG_DATA_HOME", before.c_str(), 1);
    else
        unsetenv("XDG_DATA_HOME");
}

} // namespace
} // namespace parlour::host::records_tests
