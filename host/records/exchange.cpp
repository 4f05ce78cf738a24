// Games of a Store as text that other stores read, and back.
#include "host/records/open_database.hpp"
#include "host/records/store.hpp"
#include "host/records/writer.hpp"

#include <parlour/common.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace parlour::host {

using records::GameRow;
using records::Transaction;

namespace {

constexpr const char *uid_tag = "Id";

// The uid of a record that has none: the same text gives the same.
std::string uid_of_text(const Record &record) {
    const std::string text = write_record(record), other = "Parlour" + text;
    return fmt::format("{:016x}{:016x}", hash_bytes(text.data(), text.size()),
                       hash_bytes(other.data(), other.size()));
}

// Takes the uid out of the record's tags.
std::string take_uid(Record &record) {
    const auto tag = record.extra.find(uid_tag);
    if (tag == record.extra.end() || !records::is_uid(tag->second)) return uid_of_text(record);
    std::string uid = tag->second;
    record.extra.erase(tag);
    return uid;
}

} // namespace

Result<ImportCount> Store::import_text(std::string_view text, const RecordCheck &check) {
    Result<std::vector<Record>> read = parse_records(text);
    if (!read) return read.problem();
    if (check) {
        for (const Record &record : *read) {
            if (const Result<void> done = check(record); !done)
                return Problem{
                    fmt::format("The game that begins in line {} is refused. {}", record.line, done.sentence()),
                    done.problem().code};
        }
    }
    const std::lock_guard lock(mutex_);
    try {
        ImportCount out;
        Transaction transaction(*database_);
        for (Record &record : *read) {
            GameRow row;
            row.uid = take_uid(record);
            row.begun = row.changed = records::wall_clock();
            const std::vector<RecordPly> plies = std::exchange(record.plies, {});
            row.header = std::move(record);
            records::Statement known = database_->prepare("SELECT 1 FROM games WHERE uid = ?1");
            known.bind(1, std::string_view(row.uid));
            if (known.step()) {
                ++out.known;
                continue;
            }
            insert_game(*database_, row, plies);
            ++out.added;
        }
        transaction.commit();
        return out;
    } catch (const records::DatabaseError &error) {
        return records::problem_of(path_, "be written", error);
    }
}

ExportedGames Store::write_games(const std::vector<StoredGame> &games) {
    ExportedGames out;
    for (const StoredGame &game : games) {
        Result<Record> record = load_now(game.id);
        if (!record) {
            out.left_out.push_back(record.sentence());
            continue;
        }
        record->extra.emplace(uid_tag, game.uid);
        out.text += (out.text.empty() ? "" : "\n") + write_record(*record);
        ++out.games;
    }
    return out;
}

Result<ExportedGames> Store::export_text(const std::vector<GameId> &ids) {
    const std::lock_guard lock(mutex_);
    try {
        std::vector<StoredGame> games;
        for (const GameId id : ids) {
            std::vector<StoredGame> found = games_where("id = ?1", id);
            if (found.empty())
                return Problem{fmt::format("There is no game {} among those that are kept.", id), PARLOUR_E_NOTFOUND};
            games.push_back(std::move(found.front()));
        }
        std::sort(games.begin(), games.end(), [](const auto &a, const auto &b) { return a.id < b.id; });
        return write_games(games);
    } catch (const records::DatabaseError &error) {
        return records::problem_of(path_, "be read", error);
    }
}

Result<ExportedGames> Store::export_text(const HistoryFilter &filter) {
    const Result<std::vector<StoredGame>> games = history(filter);
    if (!games) return games.problem();
    std::vector<GameId> ids;
    for (const StoredGame &game : *games) ids.push_back(game.id);
    return export_text(ids);
}

} // namespace parlour::host
