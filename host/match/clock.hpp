// Game clocks: none, a time for each move, or a total with an increment a move (Fischer). Nothing here reads the
// system's clock: every function that depends on time takes `now`, nanoseconds of any monotonic clock.
#pragma once

#include "host/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parlour::host {

// How much time the players have.
struct TimeControl {
    enum class Kind { none, per_move, total };
    Kind kind = Kind::none;
    std::chrono::nanoseconds time{0};      // a move, or the whole game
    std::chrono::nanoseconds increment{0}; // total only: added after each move

    static TimeControl none() { return {}; }
    static TimeControl per_move(std::chrono::nanoseconds time) { return {Kind::per_move, time, {}}; }
    static TimeControl total(std::chrono::nanoseconds time, std::chrono::nanoseconds increment = {}) {
        return {Kind::total, time, increment};
    }

    // "none", "30s/move", "5m+3s"; parse() reads it back.
    std::string text() const;
    // PARLOUR_E_PARSE with a sentence when `text` is not a time control, PARLOUR_E_ARG for one without time.
    static Result<TimeControl> parse(std::string_view text);
    bool operator==(const TimeControl &) const = default;
};

// The clocks of all players of one game. At most one runs at a time. A value: copying it is remembering it.
class Clock {
public:
    // All clocks full and standing still.
    explicit Clock(TimeControl control = {}, std::uint32_t players = 2);

    const TimeControl &control() const { return control_; }

    // `player`'s turn begins at `now`. A player who is already on turn goes on (their move time is not reset).
    void start(std::uint32_t player, std::chrono::nanoseconds now);
    // The running player has moved: charges the time, adds the increment, stops. Returns the time that the turn
    // took, without pauses; zero when no clock ran.
    std::chrono::nanoseconds finish_move(std::chrono::nanoseconds now);
    // As finish_move, with a duration that is known from elsewhere (a record) in place of the measured one.
    void charge(std::uint32_t player, std::chrono::nanoseconds used);
    // Stops all clocks without a move (the game ended, or somebody went back); the running turn's time so far is
    // charged.
    void halt(std::chrono::nanoseconds now);

    void pause(std::chrono::nanoseconds now);
    void resume(std::chrono::nanoseconds now);
    bool paused() const { return paused_; }

    // Whose clock runs (also while paused).
    std::optional<std::uint32_t> running() const { return running_; }
    // What the running turn has taken so far, without pauses.
    std::chrono::nanoseconds turn_time(std::chrono::nanoseconds now) const;
    // What a player has left, for their next or running move; negative once it is over. Empty without time control.
    std::optional<std::chrono::nanoseconds> remaining(std::uint32_t player, std::chrono::nanoseconds now) const;
    // The player whose time is over.
    std::optional<std::uint32_t> expired(std::chrono::nanoseconds now) const;
    // Whether a player should hurry: less than a tenth of their time and less than 30 s.
    bool low(std::uint32_t player, std::chrono::nanoseconds now) const;
    // When the running clock will have run out; empty while none runs.
    std::optional<std::chrono::nanoseconds> deadline() const;

    // What undo has to restore: what each player has left at a moment between two moves.
    using Times = std::vector<std::chrono::nanoseconds>;
    const Times &times() const { return left_; }
    // Puts the clocks to times taken earlier and stops them; a pause stays.
    void restore(const Times &times);

private:
    TimeControl control_;
    Times left_;
    std::optional<std::uint32_t> running_;
    std::chrono::nanoseconds since_{0};  // when the running turn began or was resumed
    std::chrono::nanoseconds before_{0}; // what it took before that
    bool paused_ = false;
};

} // namespace parlour::host
