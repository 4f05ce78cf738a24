// What the host checks of every search, whichever way its engine is reached: what it is asked, and what it answers.
// All functions are [any].
#pragma once

#include "host/plugins/engine.hpp"

namespace parlour::host {

inline constexpr std::size_t longest_info_line = 1024; // moves
inline constexpr std::size_t longest_info_text = 500;  // bytes

// A value that an engine gave, within [-1, 1]; nothing for what is not a number.
std::optional<float> fit_value(float value);

// What a search starts from, found to be in order.
struct SearchStart {
    std::uint32_t player = 0; // who is to move
    std::vector<Move> legal;
};

// A Problem that names the engine where there is nothing to search: no game, no position, nobody to move.
Result<SearchStart> check_search(const std::string &engine_name, const Game *game, const SearchRoot &root);

// An answer as the engine gave it.
struct EngineAnswer {
    Move move = PARLOUR_MOVE_NONE;
    std::optional<float> value;
    bool proven = false, resign = false;
    std::uint64_t nodes = 0;
    std::uint32_t depth = 0;
};

// The answer as a result (without its time), or the Problem with it: a move that is not legal (PARLOUR_E_ILLEGAL), or
// not among those that it was asked to choose from.
Result<SearchResult> check_answer(const std::string &engine_name, const Game &game, const StateBuffer &state,
                                  const SearchStart &start, const SearchLimits &limits, const EngineAnswer &answer);

} // namespace parlour::host
