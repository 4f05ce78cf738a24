#include "host/records/rows.hpp"

#include <parlour/common.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <ctime>
#include <random>
#include <span>

namespace parlour::host::records {

namespace {

std::uint64_t hash_text(const std::string &text) {
    return hash_bytes(text.data(), text.size());
}

// SQLite's integers have a sign; the bits stay.
std::int64_t as_column(std::uint64_t bits) {
    return std::bit_cast<std::int64_t>(bits);
}
std::uint64_t from_column(std::int64_t value) {
    return std::bit_cast<std::uint64_t>(value);
}

std::uint64_t first_chain(const std::string &uid) {
    return hash_text(uid);
}

// A part that is empty adds nothing, so that rows from before a column was there keep their hash.
std::uint64_t next_chain(std::uint64_t before, std::size_t number, const RecordPly &ply) {
    std::string all = fmt::format("{:016x} {} {} {} {} {}:{}", before, number, ply.chance ? 1 : 0, ply.used.count(),
                                  ply.note.depth, ply.note.nodes, ply.text);
    if (ply.note.value) all += fmt::format("\nvalue {:08x}", std::bit_cast<std::uint32_t>(*ply.note.value));
    if (!ply.note.text.empty()) all += "\nnote " + ply.note.text;
    return hash_text(all);
}

std::uint64_t seal_of(const GameRow &row, const std::string &header) {
    return hash_text(fmt::format("{} {} {} {} {} {:016x}\n{}", row.id, row.uid, row.begun, row.changed, row.plies,
                                 row.chain, header));
}

// The header as text. A record's own text form is checked and refuses what it would not give back.
std::string header_text(const Record &header) {
    return write_record(header);
}

// Writes moves behind those that are there.
void insert_plies(Database &database, GameRow &row, std::span<const RecordPly> plies) {
    Statement insert = database.prepare(
        "INSERT INTO plies (game, ply, text, chance, used, value, depth, nodes, note, "
        "chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    for (const RecordPly &ply : plies) {
        row.chain = next_chain(row.chain, row.plies, ply);
        const std::optional<double> value =
            ply.note.value ? std::optional<double>(static_cast<double>(*ply.note.value)) : std::nullopt;
        insert.bind(1, row.id)
            .bind(2, static_cast<std::int64_t>(row.plies))
            .bind(3, std::string_view(ply.text))
            .bind(4, std::int64_t{ply.chance ? 1 : 0})
            .bind(5, std::int64_t{ply.used.count()})
            .bind(6, value)
            .bind(7, std::int64_t{ply.note.depth})
            .bind(8, as_column(ply.note.nodes))
            .bind(9, std::string_view(ply.note.text))
            .bind(10, as_column(row.chain));
        insert.run();
        ++row.plies;
    }
}

bool write_row(Database &database, const GameRow &row) {
    const std::string header = header_text(row.header);
    Statement update = database.prepare(
        "UPDATE games SET game = ?2, finished = ?3, header = ?4, changed = ?5, "
        "plies = ?6, seal = ?7 WHERE id = ?1");
    update.bind(1, row.id)
        .bind(2, std::string_view(row.header.game))
        .bind(3, std::int64_t{row.header.ending ? 1 : 0})
        .bind(4, std::string_view(header))
        .bind(5, row.changed)
        .bind(6, static_cast<std::int64_t>(row.plies))
        .bind(7, as_column(seal_of(row, header)));
    update.run();
    return database.changes() == 1;
}

} // namespace

std::string new_uid() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

bool is_uid(std::string_view text) {
    return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

std::int64_t wall_clock() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::string day_text(std::int64_t milliseconds) {
    const auto seconds = static_cast<std::time_t>(milliseconds / 1000);
    std::tm parts{};
    localtime_r(&seconds, &parts);
    return fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

void insert_game(Database &database, GameRow &row, const std::vector<RecordPly> &plies) {
    Statement insert = database.prepare(
        "INSERT INTO games (uid, game, finished, header, begun, changed, plies, seal) "
        "VALUES (?1, ?2, 0, '', ?3, ?4, 0, 0)");
    insert.bind(1, std::string_view(row.uid))
        .bind(2, std::string_view(row.header.game))
        .bind(3, row.begun)
        .bind(4, row.changed);
    insert.run();
    row.id = database.last_id();
    row.plies = 0;
    row.chain = first_chain(row.uid);
    insert_plies(database, row, plies);
    write_row(database, row);
}

bool append_ply(Database &database, GameRow &row, const RecordPly &ply) {
    insert_plies(database, row, {&ply, 1});
    return update_game(database, row);
}

bool cut_plies(Database &database, GameRow &row, std::size_t plies) {
    Statement cut = database.prepare("DELETE FROM plies WHERE game = ?1 AND ply >= ?2");
    cut.bind(1, row.id).bind(2, static_cast<std::int64_t>(plies));
    cut.run();
    row.plies = std::min(row.plies, plies);
    row.chain = first_chain(row.uid);
    if (row.plies > 0) {
        Statement last = database.prepare("SELECT chain FROM plies WHERE game = ?1 AND ply = ?2");
        last.bind(1, row.id).bind(2, static_cast<std::int64_t>(row.plies) - 1);
        if (last.step()) row.chain = from_column(last.number(0));
    }
    return update_game(database, row);
}

bool update_game(Database &database, GameRow &row) {
    row.changed = wall_clock();
    return write_row(database, row);
}

bool delete_game(Database &database, std::int64_t id) {
    Statement moves = database.prepare("DELETE FROM plies WHERE game = ?1");
    moves.bind(1, id).run();
    Statement game = database.prepare("DELETE FROM games WHERE id = ?1");
    game.bind(1, id).run();
    return database.changes() == 1;
}

Result<void> read_game(const Statement &statement, GameRow &out) {
    out.id = statement.number(0);
    out.uid = statement.text(1);
    const std::string header = statement.text(2);
    out.begun = statement.number(3);
    out.changed = statement.number(4);
    out.plies = static_cast<std::size_t>(std::max<std::int64_t>(0, statement.number(5)));
    out.header = {};
    out.header.game = statement.text(8);
    out.chain = out.plies > 0 ? from_column(statement.number(9)) : first_chain(out.uid);
    const Problem damaged{fmt::format("Game {} is damaged in the file of games: what is written of it does not fit "
                                      "together. It stays there, but cannot be opened.",
                                      out.id),
                          PARLOUR_E_PARSE};
    if (from_column(statement.number(6)) != seal_of(out, header)) return damaged;
    Result<Record> record = parse_record(header);
    if (!record) return damaged;
    if (out.header.game != record->game || statement.number(7) != (record->ending ? 1 : 0)) return damaged;
    out.header = std::move(*record);
    return {};
}

Result<std::vector<RecordPly>> read_plies(Database &database, const GameRow &row) {
    Statement select = database.prepare(
        "SELECT ply, text, chance, used, value, depth, nodes, note, chain FROM plies "
        "WHERE game = ?1 ORDER BY ply");
    select.bind(1, row.id);
    std::vector<RecordPly> out;
    std::uint64_t chain = first_chain(row.uid);
    bool whole = true;
    while (select.step()) {
        RecordPly ply;
        ply.text = select.text(1);
        ply.chance = select.number(2) != 0;
        ply.used = std::chrono::nanoseconds(select.number(3));
        if (const std::optional<double> value = select.real(4)) ply.note.value = static_cast<float>(*value);
        ply.note.depth = static_cast<std::uint32_t>(select.number(5));
        ply.note.nodes = from_column(select.number(6));
        ply.note.text = select.text(7);
        chain = next_chain(chain, out.size(), ply);
        whole = whole && select.number(0) == static_cast<std::int64_t>(out.size()) &&
                from_column(select.number(8)) == chain;
        out.push_back(std::move(ply));
    }
    if (!whole || out.size() != row.plies || chain != row.chain)
        return Problem{fmt::format("Game {} is damaged in the file of games: its moves are not those that were "
                                   "written. It stays there, but cannot be opened.",
                                   row.id),
                       PARLOUR_E_PARSE};
    return out;
}

} // namespace parlour::host::records
