// The games that were played and are being played, in one SQLite file (WAL, synchronous FULL): unfinished ones to go
// on with, finished ones as history and statistics, games in and out as record texts. Several processes may have the
// same file open. Nothing here knows rules: load_record() plays what load() gives.
//
// Functions are [any] and may wait for the disk or, up to ten seconds, for another process.
#pragma once

#include "host/match/record.hpp"
#include "host/records/store_journal.hpp"

#include <filesystem>
#include <memory>
#include <mutex>

namespace parlour::host {

// A game of the store without its moves.
struct StoredGame {
    GameId id = 0;
    std::string uid; // 32 hexadecimal digits, the same in every store the game gets to
    Record record;   // without plies; record.ending is empty while the game is unfinished
    std::size_t plies = 0;
    std::chrono::system_clock::time_point begun, changed;
    std::string problem; // why it cannot be opened, in a sentence; then only id and record.game are to be relied on
    bool finished() const { return record.ending.has_value(); }
};

// Which games of a history; empty parts let everything through.
struct HistoryFilter {
    std::string game{};             // id
    std::string opponent{};         // the name or engine id of a seat, or a part of it, in any case
    std::string text{};             // in names, engines, the game's id, the date, tags or the ending, in any case
    std::optional<bool> finished{}; // only finished, or only unfinished ones
    std::size_t offset = 0, limit = SIZE_MAX;
};

// What persons achieved in one game against one kind of opponent; counts finished games with a person in them.
struct Statistics {
    std::string game;     // id
    std::string opponent; // the other seats as seat_text() names them, "persons" where only persons play, "" alone
    // Among persons only, and in games that nobody could win any more, nothing but `played` counts.
    std::size_t played = 0, won = 0, drawn = 0, lost = 0;
    std::size_t longest = 0; // plies
    std::chrono::system_clock::time_point last;
};

struct ImportCount {
    std::size_t added = 0, known = 0; // known: were there already, and stayed as they are
};

struct ExportedGames {
    std::string text; // parse_records() reads it
    std::size_t games = 0;
    std::vector<std::string> left_out; // a sentence for each game that cannot be opened
};

class Store {
public:
    // Opens the file, making it and its folders if needed. What is found there and cannot be used is set aside under
    // another name, which notice() tells. A Problem (no permission, no space) means: go on without records.
    static Result<std::unique_ptr<Store>> open(const std::filesystem::path &path);
    ~Store();
    Store(const Store &) = delete;
    Store &operator=(const Store &) = delete;

    const std::filesystem::path &path() const { return path_; }
    // What was set aside at opening, in a sentence; "" if nothing was.
    const std::string &notice() const { return notice_; }

    // A journal for one Controller. It may outlive the store.
    std::unique_ptr<StoreJournal> journal();

    // Games to go on with, the latest first: not finished, not being played by anyone at this moment. Those with a
    // problem are among them.
    Result<std::vector<StoredGame>> unfinished();
    // All games that pass the filter, the latest first.
    Result<std::vector<StoredGame>> history(const HistoryFilter &filter = {});
    // By game, then by number of games.
    Result<std::vector<Statistics>> statistics();
    // Without moves. PARLOUR_E_NOTFOUND for an id that is not there.
    Result<StoredGame> summary(GameId id);
    // With all moves. PARLOUR_E_NOTFOUND for an id that is not there, PARLOUR_E_PARSE for a damaged game.
    Result<Record> load(GameId id);

    // Keeps a game that was played elsewhere, begun and changed now.
    Result<GameId> add(const Record &record);
    // Takes games away for good, all or none; refuses those that are being played.
    Result<void> remove(const std::vector<GameId> &ids);

    // Checks a record before it is taken, by the rules of its game if they are there.
    using RecordCheck = std::function<Result<void>(const Record &)>;
    // Takes every game of a text, or none. Games that are there already (by the tag Id, or word for word) are left
    // alone. Sentences name the line.
    Result<ImportCount> import_text(std::string_view text, const RecordCheck &check = {});
    // Games as text, each with its uid as the tag Id; the oldest first. Unknown ids are refused.
    Result<ExportedGames> export_text(const std::vector<GameId> &ids);
    Result<ExportedGames> export_text(const HistoryFilter &filter = {});

private:
    Store(std::filesystem::path path, std::string notice, std::unique_ptr<records::Database> database);
    // Runs an action on the connection, alone; a DatabaseError becomes a Problem.
    template <class T>
    Result<T> guarded(std::string_view doing, const std::function<Result<T>()> &action);
    std::vector<StoredGame> games_where(std::string_view condition, std::int64_t value);
    Result<Record> load_now(GameId id);
    ExportedGames write_games(const std::vector<StoredGame> &games);

    std::filesystem::path path_;
    std::string notice_;
    std::mutex mutex_; // guards database_ and marks_
    std::unique_ptr<records::Database> database_;
    std::unique_ptr<records::GameMarks> marks_;
    std::shared_ptr<records::Writer> writer_;
};

// $XDG_DATA_HOME/parlour/games.sqlite, or the same under ~/.local/share; empty when there is no home folder.
std::filesystem::path default_store_file();

} // namespace parlour::host
