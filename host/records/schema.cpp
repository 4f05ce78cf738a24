#include "host/records/schema.hpp"

#include <fmt/format.h>

#include <array>

namespace parlour::host::records {

namespace {

// The n-th makes version n from version n - 1. What was ever released stays as it is; changes are new entries.
constexpr std::array<const char *, schema_version> migrations{
    // 1. `header` is the game's record without its moves (host/match/record.hpp), which is all that is known of its
    //    seats, options, clock and ending; times are milliseconds since 1970; `seal` and `chain` are explained in
    //    rows.hpp. No further indices: integrity checks at every start would have to compare them, and a few
    //    thousand games are read in milliseconds.
    R"(CREATE TABLE games (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    game TEXT NOT NULL,
    finished INTEGER NOT NULL,
    header TEXT NOT NULL,
    begun INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    plies INTEGER NOT NULL,
    seal INTEGER NOT NULL
) STRICT;
CREATE TABLE plies (
    game INTEGER NOT NULL,
    ply INTEGER NOT NULL,
    text TEXT NOT NULL,
    chance INTEGER NOT NULL,
    used INTEGER NOT NULL,
    value REAL,
    depth INTEGER NOT NULL,
    nodes INTEGER NOT NULL,
    chain INTEGER NOT NULL,
    PRIMARY KEY (game, ply)
) STRICT, WITHOUT ROWID;)",
    // 2. What an engine or a person remarked on a move.
    "ALTER TABLE plies ADD COLUMN note TEXT NOT NULL DEFAULT '';"};

} // namespace

void migrate(Database &database, std::int64_t version) {
    if (database.number("PRAGMA user_version") >= version) return;
    Transaction transaction(database);
    // Another program may have done it in the meantime.
    for (std::int64_t at = database.number("PRAGMA user_version"); at < version; ++at)
        database.run(migrations[static_cast<std::size_t>(at)]);
    database.run(
        fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", application_id, version).c_str());
    transaction.commit();
}

bool has_present_schema(Database &database) {
    Database fresh(":memory:");
    migrate(fresh);
    Statement wanted = fresh.prepare("SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_schema");
    while (wanted.step()) {
        Statement there = database.prepare(
            "SELECT count(*) FROM sqlite_schema WHERE type = ?1 AND name = ?2 AND "
            "tbl_name = ?3 AND ifnull(sql, '') = ?4");
        for (int column = 0; column < 4; ++column) there.bind(column + 1, std::string_view(wanted.text(column)));
        if (!there.step() || there.number(0) != 1) return false;
    }
    return true;
}

} // namespace parlour::host::records
