#include "host/records/store.hpp"

#include "host/records/open_database.hpp"
#include "host/records/writer.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace parlour::host {

using records::Database;
using records::DatabaseError;
using records::GameRow;
using records::Statement;
using records::Transaction;

namespace {

std::chrono::system_clock::time_point time_of(std::int64_t milliseconds) {
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(milliseconds));
}

Problem no_such_game(GameId id) {
    return {fmt::format("There is no game {} among those that are kept; \"parlour history\" lists them.", id),
            PARLOUR_E_NOTFOUND};
}

StoredGame stored_game(const Statement &row) {
    GameRow read;
    const Result<void> done = read_game(row, read);
    return {read.id,
            std::move(read.uid),
            std::move(read.header),
            read.plies,
            time_of(read.begun),
            time_of(read.changed),
            done ? std::string{} : done.sentence()};
}

} // namespace

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path &path) {
    Result<records::OpenedDatabase> opened = records::open_database(path);
    if (!opened) return opened.problem();
    return std::unique_ptr<Store>(new Store(path, std::move(opened->notice), std::move(opened->database)));
}

Store::Store(std::filesystem::path path, std::string notice, std::unique_ptr<Database> database)
    : path_(std::move(path)),
      notice_(std::move(notice)),
      database_(std::move(database)),
      marks_(std::make_unique<records::GameMarks>(path_)),
      writer_(std::make_shared<records::Writer>(path_)) {}

Store::~Store() = default;

template <class T>
Result<T> Store::guarded(std::string_view doing, const std::function<Result<T>()> &action) {
    const std::lock_guard lock(mutex_);
    try {
        return action();
    } catch (const DatabaseError &error) {
        return records::problem_of(path_, doing, error);
    }
}

std::unique_ptr<StoreJournal> Store::journal() {
    return std::make_unique<StoreJournal>(writer_, std::make_shared<records::JournalState>(path_));
}

std::vector<StoredGame> Store::games_where(std::string_view condition, std::int64_t value) {
    Statement select = database_->prepare(fmt::format("SELECT {} FROM games WHERE {} ORDER BY changed DESC, id DESC",
                                                      records::game_columns, condition));
    select.bind(1, value);
    std::vector<StoredGame> out;
    while (select.step()) out.push_back(stored_game(select));
    return out;
}

Result<std::vector<StoredGame>> Store::unfinished() {
    return guarded<std::vector<StoredGame>>("be read", [&]() -> Result<std::vector<StoredGame>> {
        std::vector<StoredGame> games = games_where("finished = ?1", 0);
        std::erase_if(games, [&](const StoredGame &game) { return marks_->taken_elsewhere(game.id); });
        return games;
    });
}

Result<StoredGame> Store::summary(GameId id) {
    return guarded<StoredGame>("be read", [&]() -> Result<StoredGame> {
        std::vector<StoredGame> games = games_where("id = ?1", id);
        if (games.empty()) return no_such_game(id);
        return std::move(games.front());
    });
}

Result<Record> Store::load_now(GameId id) {
    // One snapshot for the game and its moves, whatever others write meanwhile.
    database_->run("BEGIN");
    struct End {
        Database &database;
        ~End() { database.run("ROLLBACK"); }
    } const end{*database_};
    Statement select = database_->prepare(fmt::format("SELECT {} FROM games WHERE id = ?1", records::game_columns));
    select.bind(1, id);
    if (!select.step()) return no_such_game(id);
    GameRow row;
    const Result<void> read = read_game(select, row);
    static_cast<void>(select.step());
    if (!read) return read.problem();
    Result<std::vector<RecordPly>> plies = read_plies(*database_, row);
    if (!plies) return plies.problem();
    row.header.plies = std::move(*plies);
    return std::move(row.header);
}

Result<Record> Store::load(GameId id) {
    return guarded<Record>("be read", [&] { return load_now(id); });
}

Result<GameId> Store::add(const Record &record) {
    return guarded<GameId>("be written", [&]() -> Result<GameId> {
        GameRow row;
        row.uid = records::new_uid();
        row.begun = row.changed = records::wall_clock();
        row.header = record;
        row.header.plies.clear();
        if (row.header.date.empty()) row.header.date = records::day_text(row.begun);
        Transaction transaction(*database_);
        insert_game(*database_, row, record.plies);
        transaction.commit();
        return row.id;
    });
}

Result<void> Store::remove(const std::vector<GameId> &ids) {
    return guarded<void>("be removed", [&]() -> Result<void> {
        Transaction transaction(*database_);
        for (const GameId id : ids) {
            if (marks_->taken_elsewhere(id))
                return Problem{fmt::format("Game {} is being played, so it cannot be removed now.", id)};
            if (!delete_game(*database_, id)) return no_such_game(id);
        }
        transaction.commit();
        return {};
    });
}

std::filesystem::path default_store_file() {
    namespace fs = std::filesystem;
    fs::path folder;
    if (const char *data = std::getenv("XDG_DATA_HOME"); data != nullptr && fs::path(data).is_absolute()) {
        folder = data;
    } else if (const char *home = std::getenv("HOME"); home != nullptr && fs::path(home).is_absolute()) {
        folder = fs::path(home) / ".local" / "share";
    }
    return folder.empty() ? folder : folder / "parlour" / "games.sqlite";
}

} // namespace parlour::host
