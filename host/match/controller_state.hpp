// What a Controller tells a screen besides the match itself.
#pragma once

#include "host/match/engine_runner.hpp"
#include "host/match/match.hpp"

namespace parlour::host {

// An engine at work on its move.
struct Thinking {
    std::uint32_t player = 0;
    std::string engine; // name
    std::chrono::nanoseconds time{0};
    SearchInfo info;               // the newest progress of the best line; in games with secrets depth and nodes only
    std::vector<std::string> line; // its moves as text; empty in games with hidden information
};

// A move that an engine would play in the person's place.
struct Hint {
    Move move = PARLOUR_MOVE_NONE;
    std::string text;
    std::optional<float> value; // [-1, 1] for the player to move
    std::string engine;         // name
};

// A line that is not the best one.
struct EvaluationLine {
    std::optional<float> first; // as in Evaluation
    float value = 0;
    std::vector<std::string> line;
};

// What an engine thinks of the position being looked at.
struct Evaluation {
    std::size_t ply = 0;                 // which position
    std::optional<float> first;          // [-1, 1] for player 0; empty when only the mover's is known
    float value = 0;                     // [-1, 1] for `player`
    std::uint32_t player = 0, depth = 0; // who is to move
    std::uint64_t nodes = 0;
    bool proven = false;
    std::vector<std::string> line;        // the expected moves as text
    std::vector<Move> moves;              // the same as moves
    std::string engine;                   // name
    std::vector<EvaluationLine> others{}; // the second best line, the third
};

// An engine at a seat has failed; the clocks wait until a person chooses a Remedy or does something else.
struct Trouble {
    std::uint32_t player = 0;
    std::string engine_id, engine; // the offender, its name
    std::string sentence;          // what it did
    std::string details;           // a traceback or what it wrote last; often ""
    Ending ending = Ending::crash; // what the game ends with when it is given up
    bool can_retry = true;         // not when the same move has failed twice, or after two retries in this game
    std::string stand_in;          // id of the best other engine; "" when there is none
};

enum class Remedy : std::uint8_t {
    retry,         // the engine is started afresh and thinks again
    stand_in_once, // another engine makes this move
    stand_in,      // another engine plays on
    take_over,     // a person plays on
    forfeit        // the offender loses, with the ending named in Trouble
};

// What a failing engine does to a game with a person at a seat. Without any person it always loses.
enum class TroublePolicy : std::uint8_t { ask, forfeit };

// All that a screen shows besides the match itself.
struct ControllerState {
    bool over = false, paused = false, viewing_past = false;
    bool person_to_move = false; // and the last position is shown, not paused, nothing being saved
    std::optional<std::uint32_t> to_move;
    std::uint32_t viewer = 0; // whose eyes to draw with; see Controller::viewer
    std::optional<Thinking> thinking;
    std::vector<std::optional<std::chrono::nanoseconds>> clocks; // what each player has left; empty: no time control
    std::vector<bool> low_time;
    std::optional<Outcome> outcome;
    bool can_undo = false, can_redo = false;
    std::string why_no_undo; // a sentence when it cannot
    bool hint_running = false;
    std::optional<Hint> hint;
    bool evaluation_on = false;
    std::optional<Evaluation> evaluation;
    std::optional<Trouble> trouble; // the game waits for a choice
    bool saving = false;            // an accepted move is being written down and shown as soon as it is safe
    std::string notice;             // what went wrong last, in a sentence; "" when nothing did
    std::uint64_t revision = 0;     // grows with every change of the match
};

} // namespace parlour::host
