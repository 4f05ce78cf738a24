// Games and moves as rows. Every row carries a hash, so that damage which SQLite cannot notice (a letter changed in a
// text) is: a move's `chain` is a hash of the move and of the chain before it, the first of them of the game's uid;
// a game's `seal` is a hash of its row and the last chain. Functions throw DatabaseError.
#pragma once

#include "host/match/record.hpp"
#include "host/records/database.hpp"

namespace parlour::host::records {

// A row of `games`.
struct GameRow {
    std::int64_t id = 0; // 0: not written yet
    std::string uid;
    Record header;                       // all but the moves
    std::int64_t begun = 0, changed = 0; // milliseconds since 1970
    std::size_t plies = 0;
    std::uint64_t chain = 0; // of the last move; not a column of its own
};

// 32 hexadecimal digits at random.
std::string new_uid();
bool is_uid(std::string_view text);
// Now, in milliseconds since 1970.
std::int64_t wall_clock();
// A day of the local calendar: "2024-05-01".
std::string day_text(std::int64_t milliseconds);

// Writes a game with its moves, its times as they are in the row; gives row.id, plies and chain.
void insert_game(Database &database, GameRow &row, const std::vector<RecordPly> &plies);
// Writes one move more, and the game's row with it. False if the game is not there any more.
bool append_ply(Database &database, GameRow &row, const RecordPly &ply);
// Takes away all moves from number `plies` on (0-based).
bool cut_plies(Database &database, GameRow &row, std::size_t plies);
// Writes the row of a game as it stands now; sets row.changed.
bool update_game(Database &database, GameRow &row);
// Takes a game and its moves away. False if there is none.
bool delete_game(Database &database, std::int64_t id);

// Columns for read_game, in its order.
inline constexpr std::string_view game_columns =
    "id, uid, header, begun, changed, plies, seal, finished, game, "
    "ifnull((SELECT chain FROM plies WHERE plies.game = games.id AND "
    "plies.ply = games.plies - 1), 0)";
// A game of a statement's present row. What was readable is in `out` even when the row is damaged: a sentence then.
Result<void> read_game(const Statement &statement, GameRow &out);
// The moves of a game, checked against its chain.
Result<std::vector<RecordPly>> read_plies(Database &database, const GameRow &row);

} // namespace parlour::host::records
