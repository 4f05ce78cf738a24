// The checks, one group a file. Each throws Broken with a sentence at the first contract that does not hold.
#pragma once

#include "conformance/subjects.hpp"
#include "conformance/walk.hpp"

namespace parlour::conformance {

// description_checks.cpp: what a factory says of a game, its options, its rules text; bad options are refused.
void check_description(const GameSubject &subject);

// rules_checks.cpp: legal, apply, turn, outcome, hash, chance at one position.
void check_rules(const Place &place);
// Starting positions and replays give the same bytes, whatever was in the memory before.
void check_replay(const GameRef &game);

// text_checks.cpp: texts of moves and positions, reasons and refusals at one position.
void check_texts(const Place &place);

// hidden_checks.cpp: views and determinizations at one position; nothing for games without hidden information.
void check_hidden(const Place &place);

// search_checks.cpp: evaluation, hints, playout and symmetries at one position, as far as the game has them.
void check_search_helpers(const Place &place);

// even_checks.cpp: a random move of a playout is each legal one as often, chance by its probabilities.
void check_even_playouts(const GameRef &game);

// board_checks.cpp: scene and paths at one position; nothing for games without a board.
void check_board(const Place &place);

// bytes_checks.cpp: check() on random and damaged bytes, and what it accepts is played on.
void check_bytes(const GameRef &game);

// properties.cpp: the same contracts on random choices that shrink. True when they hold; says what does not.
bool check_properties(const GameRef &game);

// engine_checks.cpp
void check_engine_description(const EngineSubject &engine);
void check_engine(const EngineSubject &engine, const GameSubject &game);

} // namespace parlour::conformance
