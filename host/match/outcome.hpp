// How a game ended: the named ending, whose fault it was, what each player gets, and a sentence that says it.
#pragma once

#include "host/plugins/game.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parlour::host {

// Why a game is over. All but normal, agreed_draw, too_long and abandoned are somebody's loss.
enum class Ending {
    normal,       // by the rules
    resign,       // a player gave up
    time,         // a player's time was over
    illegal_move, // an engine played what the rules do not allow
    crash,        // an engine failed
    stall,        // an engine did not answer
    agreed_draw,  // the players agreed
    too_long,     // more plies than the match allows: nobody wins
    rules_failed, // the game's own rules failed: nobody wins
    abandoned     // given up without a result
};
inline constexpr std::size_t ending_count = 10;

// "normal", "resign", "time", "illegal move", "crash", "stall", "agreed draw", "too long", "rules failed",
// "abandoned".
std::string_view ending_text(Ending ending);
// The ending of a text of ending_text.
std::optional<Ending> parse_ending(std::string_view text);
// Whether an ending is a player's fault (and loss).
bool has_fault(Ending ending);

struct Outcome {
    std::vector<float> utilities{}; // one a player, within the game's util_min..util_max
    Ending ending = Ending::normal;
    std::optional<std::uint32_t>
        fault{};          // the player who lost by resigning, time, an illegal move, a crash or a stall
    std::string detail{}; // the technical sentence behind a crash, illegal move or stall; often ""
    std::vector<std::uint32_t> winners{}; // empty: a draw, or nothing to win
    std::string sentence{};               // for people: "Black wins by four in a row."

    bool is_draw() const { return winners.empty(); }
};

// The outcome of a finished position. Its utilities are the game's, clamped to its bounds; where the game left a
// value out or wrote nonsense (NaN), the middle.
Outcome normal_outcome(const Game &game, const StateBuffer &state);

// The outcome of a game that ended otherwise. Whoever is at fault gets util_min; the others share what that leaves in
// zero-sum games and get util_max in others. Without a fault everyone gets the middle.
Outcome other_outcome(const Game &game, Ending ending, std::optional<std::uint32_t> fault, const std::string &detail);

} // namespace parlour::host
