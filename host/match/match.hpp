// One game being played: its seats, its clock and its history of positions as bytes. Undo, redo, replay and jumping
// about follow from the bytes and need nothing from the game. Pure logic: no threads, files or system clock; a Match
// is a value. The game says who moves after every move; chance moves come from the match's own seed.
//
// `now` is nanoseconds of any monotonic clock, the same one throughout.
#pragma once

#include "host/match/clock.hpp"
#include "host/match/outcome.hpp"
#include "host/match/seat.hpp"

#include <optional>
#include <string>
#include <vector>

namespace parlour::host {

// What may be taken back. The n-th chance result of a match is the same whatever was undone before it, so that no
// policy lets anyone roll again; `fair` also keeps everything that has shown somebody something they did not know.
enum class UndoPolicy {
    fair, // never behind a chance result; in games with hidden information never behind another player's move either
    free  // anything
};

struct MatchSetup {
    GamePtr game{};
    std::vector<Seat> seats{}; // one a player; missing ones are persons
    TimeControl time{};
    std::uint64_t seed = 1;
    std::uint32_t max_plies = 0; // the game ends as too_long there; 0: no limit
    UndoPolicy undo = UndoPolicy::fair;
    std::optional<StateBuffer> start{}; // another position than the game's own; checked
};

// What is known of a move besides the move: from the engine that played it. In games with hidden information it tells
// secrets: show it when the match is over.
struct PlyNote {
    std::optional<float> value{}; // [-1, 1] for the player who moved
    std::uint32_t depth = 0;      // 0: not known
    std::uint64_t nodes = 0;      // 0: not known
    std::string text{};           // free text in one line
    bool operator==(const PlyNote &) const = default;
};

// One move that was made.
struct Ply {
    Move move = PARLOUR_MOVE_NONE;
    std::optional<std::uint32_t> player; // empty: nature moved
    std::string text;                    // in the game's notation
    std::chrono::nanoseconds used{0};    // of the player's time, without pauses
    PlyNote note;
    bool is_chance() const { return !player.has_value(); }
};

// No match is longer than this many plies, whatever its setup says.
inline constexpr std::size_t longest_match = 100'000;
// Rules that let chance decide more often in a row have failed.
inline constexpr std::size_t most_chance_in_a_row = 10'000;

class Match {
public:
    // A new match; refuses a missing game, too many seats, a start that is no position of the game, and games with
    // simultaneous moves that are not sequentialised. The clock of the first player does not run before start_clock.
    static Result<Match> create(MatchSetup setup);

    const Game &game() const { return *setup_.game; }
    const GamePtr &game_ptr() const { return setup_.game; }
    const MatchSetup &setup() const { return setup_; }
    const std::vector<Seat> &seats() const { return setup_.seats; }
    std::uint32_t players() const { return setup_.game->players(); }
    const Clock &clock() const { return clock_; }

    // ---- where the game stands (its live end, whatever is being looked at) ----

    Turn turn() const { return positions_[end_].turn; }
    const StateBuffer &state() const { return positions_[end_].state; }
    // The legal moves; empty when the match is over or nature moves.
    std::vector<Move> legal_moves() const;
    bool is_over() const { return outcome_.has_value(); }
    const std::optional<Outcome> &outcome() const { return outcome_; }
    // The player whose decision it is; empty when over or when nature moves.
    std::optional<std::uint32_t> to_move() const;
    // Whether a person, or an engine, is to move.
    bool person_to_move() const;
    bool engine_to_move() const;

    // ---- making moves (always at the live end) ----

    // Plays a player's move. Refuses, and changes nothing, when the match is over, when nature is to move, when the
    // mover's time is over, and when the move is not legal, with the game's own sentence. (Should the rules
    // themselves fail, the match ends as rules_failed.) Drops what could be redone. Whoever looks at the last
    // position goes on doing so.
    Result<void> play(Move move, std::chrono::nanoseconds now, PlyNote note = {});
    // The same with a move's text.
    Result<void> play_text(const std::string &text, std::chrono::nanoseconds now, PlyNote note = {});
    // What play() would add at `now`, with `used` as it would be; refuses as play() does, and changes nothing at all.
    Result<Ply> ply_of(Move move, std::chrono::nanoseconds now, PlyNote note = {}) const;
    // The chance move that settle() would make next; a Problem when nature does not move or its result cannot be
    // made.
    Result<Ply> drawn_ply() const;
    // Plays chance moves from the match's seed until a player is to move or the match is over; returns how many.
    std::size_t settle(std::chrono::nanoseconds now);
    // Plays a chance move that was decided elsewhere (a record, real dice). Refuses as play() does.
    Result<void> play_chance(Move move, std::chrono::nanoseconds now);

    // Ends the match otherwise than by the rules. A match that is over stays as it is (returns false). `fault` is
    // needed for endings that are somebody's fault, and ignored for others.
    bool finish(Ending ending, std::optional<std::uint32_t> fault, std::string detail, std::chrono::nanoseconds now);
    bool resign(std::uint32_t player, std::chrono::nanoseconds now) {
        return finish(Ending::resign, player, {}, now);
    }
    // Ends the match by time if a clock has run out; returns whether it is over by that now.
    bool check_time(std::chrono::nanoseconds now);

    // Another one sits at `player`'s seat from now on; the game stands as it does.
    void set_seat(std::uint32_t player, Seat seat) { setup_.seats[player] = std::move(seat); }

    // ---- clocks ----

    // The clock of whoever is to move runs from `now` on, and so on after each move. Does nothing when it runs
    // already.
    void start_clock(std::chrono::nanoseconds now);
    // Clocks stand, whoever moves, until start_clock.
    void stop_clock(std::chrono::nanoseconds now);
    void pause(std::chrono::nanoseconds now) { clock_.pause(now); }
    void resume(std::chrono::nanoseconds now) { clock_.resume(now); }

    // ---- taking back ----

    // How many plies would be left after undo(): the latest earlier decision of a person, or of anybody when no
    // person plays. Otherwise the sentence why nothing can be taken back. An ending that is not by the rules (a
    // resignation, a time-out) is taken back first, alone.
    Result<std::size_t> undo_target() const;
    Result<void> undo(std::chrono::nanoseconds now);
    // Takes back to exactly `plies` plies, which the policy has to allow.
    Result<void> undo_to(std::size_t plies, std::chrono::nanoseconds now);
    bool can_redo() const { return !is_over() && end_ < plies_.size(); }
    // Plays what was taken back again, as it was, chance included, to the next decision of a person (or one move when
    // no person plays). Refuses with a sentence when there is nothing.
    Result<void> redo(std::chrono::nanoseconds now);

    // ---- looking at any position without losing the rest ----

    std::size_t plies() const { return end_; }                        // how many moves were made
    const Ply &ply(std::size_t index) const { return plies_[index]; } // 0..plies()-1
    // The position before ply(index); plies() is the live one.
    const StateBuffer &position(std::size_t index) const { return positions_[index].state; }
    Turn turn_at(std::size_t index) const { return positions_[index].turn; }
    std::size_t cursor() const { return cursor_; } // which position is being looked at: 0..plies()
    bool at_end() const { return cursor_ == end_; }
    void jump(std::size_t index); // clamps
    const StateBuffer &viewed() const { return position(cursor_); }
    // Goes on from the position being looked at: what came after can be redone until the next move. The undo policy
    // has to allow it.
    Result<void> play_from_here(std::chrono::nanoseconds now) { return undo_to(cursor_, now); }

    // What `player` may see of the position being looked at, of any position, and of a move's text ("?" when it would
    // tell what they cannot know; everything once the match is over). The truth in games without hidden information.
    StateBuffer view_for(std::uint32_t player) const { return view_for(player, cursor_); }
    StateBuffer view_for(std::uint32_t player, std::size_t index) const;
    std::string text_for(std::uint32_t player, std::size_t ply_index) const;
    // Whether a move would tell `player` what they cannot know: its text is "?" and its touches are not to be shown.
    bool is_secret(std::uint32_t player, std::size_t ply_index) const;

    // The moves made so far, chance included.
    std::vector<Move> moves() const;
    // The seed for the search of the next move: depends on the match's seed and the number of plies only.
    std::uint64_t search_seed() const;

private:
    struct Position {
        StateBuffer state;
        Turn turn;
        Clock::Times times;            // what the clocks showed when this position came about
        std::uint64_t chance_moves{0}; // how many came before
    };

    explicit Match(MatchSetup setup) : setup_(std::move(setup)), clock_(setup_.time, setup_.game->players()) {}
    Problem no_move_now() const;
    Result<Ply> checked(Move move, std::optional<std::uint32_t> player) const;
    Move draw() const;
    Result<void> make(Move move, std::optional<std::uint32_t> player, std::chrono::nanoseconds now, PlyNote note);
    std::string rules_failure() const;
    void judge(std::chrono::nanoseconds now);
    void move_end(std::size_t plies, std::chrono::nanoseconds now);
    bool any_person() const;
    bool is_person(std::uint32_t player) const { return setup_.seats[player].is_person(); }
    Result<void> may_return_to(std::size_t plies) const;

    MatchSetup setup_;
    Clock clock_;
    bool clock_started_ = false;
    std::vector<Position> positions_; // one more than plies_
    std::vector<Ply> plies_;          // the first end_ are the game, the rest can be redone
    std::size_t end_ = 0, cursor_ = 0;
    std::optional<Outcome> outcome_;
};

} // namespace parlour::host
