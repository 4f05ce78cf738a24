#include "host/records/store_journal.hpp"

#include "host/records/writer.hpp"

#include <algorithm>

namespace parlour::host {

using records::Database;
using records::JournalState;
using records::Transaction;

namespace {

const Problem removed{"it was removed from the file of games"};
const Problem played_elsewhere{"it is being played in another window or program"};

bool same_game(const Record &a, const Record &b) {
    return a.game == b.game && a.options == b.options && a.seed == b.seed && a.position == b.position;
}

bool same_ply(const RecordPly &a, const RecordPly &b) {
    return a.text == b.text && a.chance == b.chance && a.used == b.used && a.note == b.note;
}

// How the match ends with this move, if the move ends it: kept with the move, so that no game is ever found
// unfinished whose last position is its end.
std::optional<Outcome> outcome_after(const Match &match, const Ply &ply) {
    const Game &game = match.game();
    StateBuffer next = match.state();
    const Result<Turn> turn = game.play(next, ply.move);
    if (!turn) return std::nullopt;
    if (turn->is_over()) return normal_outcome(game, next);
    const std::size_t most =
        match.setup().max_plies > 0 ? std::min<std::size_t>(match.setup().max_plies, longest_match) : longest_match;
    if (match.plies() + 1 >= most) return other_outcome(game, Ending::too_long, std::nullopt, {});
    return std::nullopt;
}

void set_ending(Record &header, const std::optional<Outcome> &outcome) {
    header.ending.reset();
    header.fault.reset();
    header.detail.clear();
    header.utilities.clear();
    if (!outcome) return;
    header.ending = outcome->ending;
    header.fault = outcome->fault;
    header.detail = outcome->detail;
    header.utilities = outcome->utilities;
}

// Writes a game that was only begun so far. Within a transaction.
void write_begun(Database &database, JournalState &state) {
    if (state.row.id != 0) return;
    state.row.changed = records::wall_clock();
    insert_game(database, state.row, state.waiting);
    state.waiting.clear();
    // Before anybody else can see it.
    static_cast<void>(state.marks.take(state.row.id));
}

// Lets go of a game. One without any move is not worth keeping.
Result<void> let_go(Database &database, JournalState &state) {
    const records::GameRow row = std::exchange(state.row, {});
    state.waiting.clear();
    state.set_game(std::nullopt);
    if (row.id == 0) return {};
    if (row.plies == 0 && !row.header.ending) {
        Transaction transaction(database);
        delete_game(database, row.id);
        transaction.commit();
    }
    state.marks.release(row.id);
    return {};
}

// Begins a game that is not in the database yet.
Result<void> begin_new(Database &database, JournalState &state, Record header, std::vector<RecordPly> plies) {
    state.row = {};
    state.row.uid = records::new_uid();
    state.row.begun = records::wall_clock();
    state.row.header = std::move(header);
    state.row.header.date = records::day_text(state.row.begun);
    state.waiting = std::move(plies);
    if (state.waiting.empty() && !state.row.header.ending) return {};
    Transaction transaction(database);
    write_begun(database, state);
    transaction.commit();
    state.set_game(state.row.id);
    return {};
}

// Makes a stored game what the match is now.
Result<void> begin_again(Database &database, JournalState &state, GameId id, Record header,
                         std::vector<RecordPly> plies) {
    if (!state.marks.take(id)) return played_elsewhere;
    Transaction transaction(database);
    records::Statement select =
        database.prepare("SELECT " + std::string(records::game_columns) + " FROM games WHERE id = ?1");
    select.bind(1, id);
    if (!select.step()) return removed;
    const Result<void> read = read_game(select, state.row);
    static_cast<void>(select.step());
    if (!read || !same_game(state.row.header, header)) {
        state.marks.release(id);
        transaction.commit();
        return begin_new(database, state, std::move(header), std::move(plies));
    }
    const Result<std::vector<RecordPly>> stored = read_plies(database, state.row);
    if (!stored) return stored.problem();
    const std::size_t both = std::min(stored->size(), plies.size());
    std::size_t same = 0;
    while (same < both && same_ply((*stored)[same], plies[same])) ++same;
    header.date = state.row.header.date;
    header.extra = state.row.header.extra;
    state.row.header = std::move(header);
    if (!cut_plies(database, state.row, same)) return removed;
    for (std::size_t at = same; at < plies.size(); ++at) append_ply(database, state.row, plies[at]);
    transaction.commit();
    state.waiting.clear();
    state.set_game(id);
    return {};
}

} // namespace

StoreJournal::StoreJournal(std::shared_ptr<records::Writer> writer, std::shared_ptr<JournalState> state)
    : writer_(std::move(writer)), state_(std::move(state)) {}

StoreJournal::~StoreJournal() {
    state_->set_wake({});
    if (begun_) writer_->append(state_, ++last_, let_go);
    flush();
}

Result<void> StoreJournal::continue_next(GameId id) {
    if (id <= 0) return Problem{"There is no such game in the file of games.", PARLOUR_E_NOTFOUND};
    if (!state_->marks.take(id))
        return Problem{"The game is being played in another window or program, so it cannot be gone on with here.",
                       PARLOUR_E_FAIL};
    if (next_ && *next_ != id && next_ != state_->game()) state_->marks.release(*next_);
    next_ = id;
    return {};
}

std::optional<GameId> StoreJournal::game() const {
    return state_->game();
}

void StoreJournal::flush() {
    writer_->wait(*state_, last_);
}

void StoreJournal::on_progress(std::function<void()> wake) {
    state_->set_wake(std::move(wake));
}

Journal::Ticket StoreJournal::begin(const Match &match) {
    if (begun_) writer_->append(state_, ++last_, let_go);
    begun_ = true;
    Record record = to_record(match);
    std::vector<RecordPly> plies = std::exchange(record.plies, {});
    const std::optional<GameId> id = std::exchange(next_, std::nullopt);
    writer_->append(
        state_, ++last_,
        [id, record = std::move(record), plies = std::move(plies)](Database &database, JournalState &state) mutable {
            return id ? begin_again(database, state, *id, std::move(record), std::move(plies))
                      : begin_new(database, state, std::move(record), std::move(plies));
        },
        true);
    return last_;
}

Journal::Ticket StoreJournal::play(const Match &match, const Ply &ply) {
    RecordPly written{match.game().move_text(match.state(), ply.move), ply.is_chance(), ply.used, ply.note, 0};
    writer_->append(state_, ++last_,
                    [written = std::move(written), outcome = outcome_after(match, ply)](
                        Database &database, JournalState &state) -> Result<void> {
                        Transaction transaction(database);
                        write_begun(database, state);
                        set_ending(state.row.header, outcome);
                        if (!append_ply(database, state.row, written)) return removed;
                        transaction.commit();
                        state.set_game(state.row.id);
                        return {};
                    });
    return last_;
}

Journal::Ticket StoreJournal::cut(const Match &, std::size_t plies) {
    writer_->append(state_, ++last_, [plies](Database &database, JournalState &state) -> Result<void> {
        if (state.row.id == 0) return {};
        Transaction transaction(database);
        set_ending(state.row.header, {});
        if (!cut_plies(database, state.row, plies)) return removed;
        transaction.commit();
        return {};
    });
    return last_;
}

Journal::Ticket StoreJournal::outcome(const Match &match) {
    writer_->append(state_, ++last_,
                    [outcome = match.outcome()](Database &database, JournalState &state) -> Result<void> {
                        Transaction transaction(database);
                        set_ending(state.row.header, outcome);
                        write_begun(database, state);
                        if (!update_game(database, state.row)) return removed;
                        transaction.commit();
                        state.set_game(state.row.id);
                        return {};
                    });
    return last_;
}

Journal::Ticket StoreJournal::seats(const Match &match) {
    writer_->append(state_, ++last_,
                    [seats = match.seats()](Database &database, JournalState &state) -> Result<void> {
                        state.row.header.seats = seats;
                        if (state.row.id == 0) return {};
                        Transaction transaction(database);
                        if (!update_game(database, state.row)) return removed;
                        transaction.commit();
                        return {};
                    });
    return last_;
}

Journal::Ticket StoreJournal::leave(const Match &) {
    if (begun_) writer_->append(state_, ++last_, let_go);
    begun_ = false;
    return last_;
}

Journal::Ticket StoreJournal::durable() const {
    return state_->durable();
}

std::string StoreJournal::problem() const {
    return state_->problem();
}

} // namespace parlour::host
