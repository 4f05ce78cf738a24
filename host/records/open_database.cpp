#include "host/records/open_database.hpp"

#include "host/records/game_marks.hpp"
#include "host/records/rows.hpp"
#include "host/records/schema.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <chrono>
#include <cstring>
#include <fstream>
#include <system_error>
#include <thread>

namespace parlour::host::records {

namespace {

namespace fs = std::filesystem;

// Why a file is not used, as a word for its new name and the end of a sentence.
struct Unfit {
    std::string word, sentence;
};

const Unfit damaged{"damaged", "is damaged"};
const Unfit foreign{"foreign", "is not one of Parlour's"};
const Unfit newer{"newer", "was written by a newer version of Parlour"};

constexpr std::string_view magic{"SQLite format 3\0", 16};

// What can be said of the file without SQLite, which would change some of these files, or open them for reading only.
std::optional<Unfit> judge_file(const fs::path &path) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error) return std::nullopt; // there is none yet
    const auto log_size = fs::file_size(path.string() + "-wal", error);
    // SQLite drops the log of an empty database; here it would be all that is left of the games.
    if (size == 0) return !error && log_size > 0 ? std::optional(damaged) : std::nullopt;
    std::array<char, 100> head{};
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt; // SQLite finds out why
    file.read(head.data(), head.size());
    if (file.gcount() < static_cast<std::streamsize>(magic.size()) ||
        std::string_view(head.data(), magic.size()) != magic)
        return foreign;
    const bool known_formats = head[18] >= 1 && head[18] <= 2 && head[19] >= 1 && head[19] <= 2;
    return size < head.size() || !known_formats ? std::optional(damaged) : std::nullopt;
}

// The same with SQLite; brings an older database up to date.
std::optional<Unfit> judge_content(Database &database) {
    const std::int64_t version = database.number("PRAGMA user_version");
    const bool empty = database.number("SELECT count(*) FROM sqlite_schema") == 0;
    const std::int64_t application = database.number("PRAGMA application_id");
    if (!empty || version != 0 || application != 0) {
        if (application != application_id) return foreign;
        if (version > schema_version) return newer;
        if (version < 1 || empty) return damaged;
        if (database.text("PRAGMA quick_check(1)") != "ok") return damaged;
    }
    migrate(database);
    return has_present_schema(database) ? std::nullopt : std::optional(damaged);
}

// Renames a database and what belongs to it; returns the new name.
Result<fs::path> set_aside(const fs::path &path, const std::string &word) {
    const std::string base = fmt::format("{}.{}-{}", path.string(), word, day_text(wall_clock()));
    std::string name = base;
    const auto exists = [](const std::string &file) {
        std::error_code ignored;
        return fs::symlink_status(file, ignored).type() != fs::file_type::not_found;
    };
    for (int number = 2; exists(name) || exists(name + "-wal"); ++number) name = fmt::format("{}-{}", base, number);
    std::error_code error;
    // The log first: a fresh database would take it for its own and drop it, should the power fail between.
    for (const char *suffix : {"-wal", "-shm", "-journal", ""}) {
        if (exists(path.string() + suffix)) fs::rename(path.string() + suffix, name + suffix, error);
        if (error)
            return Problem{
                fmt::format("{} cannot be used and cannot be renamed either ({}), so games are not kept. "
                            "Move it away, or give yourself permission for its folder.",
                            path.string(), error.message())};
    }
    return fs::path(name);
}

// Waits its turn among the processes that open the database at this moment.
bool take_turn(GameMarks &marks) {
    using namespace std::chrono_literals;
    const auto until = std::chrono::steady_clock::now() + 20s;
    while (!marks.take(0)) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(2ms);
    }
    return true;
}

void prepare_connection(Database &database) {
    database.run("PRAGMA synchronous = FULL");
}

// Opens and judges; a fresh database becomes one of the present schema.
std::optional<Unfit> try_open(const fs::path &path, std::unique_ptr<Database> &out) {
    if (std::optional<Unfit> unfit = judge_file(path)) return unfit;
    try {
        auto database = std::make_unique<Database>(path);
        if (std::optional<Unfit> unfit = judge_content(*database)) return unfit;
        database->run("PRAGMA journal_mode = WAL");
        prepare_connection(*database);
        if (database->read_only()) throw DatabaseError(SQLITE_READONLY, 0, "opened for reading only");
        out = std::move(database);
        return std::nullopt;
    } catch (const DatabaseError &error) {
        // Nothing that was asked here is refused by any sound database as an error without a name.
        if (error.is_damage() || error.code() == SQLITE_ERROR) return damaged;
        throw;
    }
}

} // namespace

Problem problem_of(const fs::path &path, std::string_view doing, const DatabaseError &error) {
    return {fmt::format("The games in {} cannot {}, because {}.", path.string(), doing, error.reason())};
}

Result<OpenedDatabase> open_database(const fs::path &path) {
    if (path.empty())
        return Problem{"There is no home folder, so games are not kept; set HOME or XDG_DATA_HOME to a folder."};
    std::error_code error;
    if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
    if (error)
        return Problem{fmt::format("Games are not kept, because the folder {} cannot be made ({}).",
                                   path.parent_path().string(), error.message())};
    GameMarks marks(path);
    if (!take_turn(marks))
        return Problem{fmt::format("Games are not kept, because another program has been opening {} for a long time.",
                                   path.string())};
    try {
        OpenedDatabase out;
        std::optional<Unfit> unfit = try_open(path, out.database);
        if (unfit) {
            const Result<fs::path> kept = set_aside(path, unfit->word);
            if (!kept) return kept.problem();
            out.notice = fmt::format("The file of games {} {}; it was kept as {}, and a new one was begun.",
                                     path.string(), unfit->sentence, kept->filename().string());
            if (unfit = try_open(path, out.database); unfit)
                return Problem{
                    fmt::format("Games are not kept: a new file {} {} at once.", path.string(), unfit->sentence)};
        }
        return out;
    } catch (const DatabaseError &failure) {
        return problem_of(path, "be kept", failure);
    }
}

std::unique_ptr<Database> connect(const fs::path &path) {
    auto database = std::make_unique<Database>(path);
    prepare_connection(*database);
    return database;
}

} // namespace parlour::host::records
