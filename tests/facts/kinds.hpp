// The kinds of rows: what a word at the front of a row checks. A new kind is one function and one line in kinds.cpp.
#pragma once

#include "facts/row.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace parlour::facts {

// What a check is given: the row, the game with the row's options, and the position that the row is about. `start` is
// the starting position of seed 0 when the row names none.
struct Subject {
    const Row &row;
    const GameRef &game;
    StateBuffer start;
};

// Checks a row by GoogleTest expectations; may throw std::exception with a sentence, which fails the test.
using Check = void (*)(const Subject &);

struct Kind {
    std::string_view name;
    Check check;
    bool reads_position = true; // false: the check itself looks at the row's {position}
};

// The kind of that name, or null.
const Kind *find_kind(std::string_view name);

// counting.cpp
void check_perft(const Subject &subject);
void check_perft_ended(const Subject &subject);
void check_nodes_by_ply(const Subject &subject);
void check_distinct_by_ply(const Subject &subject);
void check_classes_by_ply(const Subject &subject);
void check_reachable(const Subject &subject);
void check_reachable_classes(const Subject &subject);
void check_games(const Subject &subject);
void check_terminal(const Subject &subject);
void check_winnable_by_ply(const Subject &subject);
void check_choices(const Subject &subject);
void check_accepted_positions(const Subject &subject);
// solving.cpp
void check_value(const Subject &subject);
void check_score_value(const Subject &subject);
void check_expected_value(const Subject &subject);
void check_most_wins(const Subject &subject);
// sampling.cpp
void check_random_play(const Subject &subject);
void check_share(const Subject &subject);
// positions.cpp
void check_legal(const Subject &subject);
void check_moves(const Subject &subject);
void check_play(const Subject &subject);
void check_illegal(const Subject &subject);
void check_refused(const Subject &subject);
void check_outcome(const Subject &subject);
void check_reason(const Subject &subject);
void check_positions_moves(const Subject &subject);
void check_positions_open(const Subject &subject);

// ---- what several kinds share ----

// The bytes of a state, to stand in sets and maps.
std::string bytes_of(const GameRef &game, const void *state);
// The smallest bytes among the images of a state under the game's symmetries.
std::string canonical_bytes(const GameRef &game, const void *state);
// The smallest hash among the images of a state under the game's symmetries: what decides how the game goes on,
// without what is kept for people to see only. Where history decides too, hashes leave it out: then all bytes count.
std::uint64_t canonical_hash(const GameRef &game, const void *state);
// Whether a finished game is won in full by its first or only player.
bool is_won(const GameRef &game, const void *state);
// Passes on every position that the text is when each ? in it is one of the characters.
void for_each_position(const GameRef &game, std::string text, const std::string &characters,
                       const std::function<void(const StateBuffer &)> &each);
// Leaves at `depth` below a state; finished games are not carried down.
std::uint64_t perft(const GameRef &game, const void *state, unsigned depth);
// Plays moves written as text; throws std::runtime_error with the game's sentence when one is refused.
void play_texts(const GameRef &game, void *state, const std::vector<std::string> &moves);

} // namespace parlour::facts
