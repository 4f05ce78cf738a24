// Values, lines and speeds as people say them. All functions are [any].
#pragma once

#include "host/plugins/game.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>

namespace parlour::host::cli {

// A value in [-1, 1] for `player`: "draw, proven", "Black wins, proven", "+0.31 for White". In zero-sum games of two
// it is said for the better side; an even value is "even".
std::string value_words(const Game &game, std::uint32_t player, float value, bool proven);

// The texts of moves played one after the other from a position; ends at the first that is not legal. In games with
// hidden information only the first is given: what follows stands on guesses.
std::vector<std::string> line_texts(const Game &game, const StateBuffer &state, std::span<const Move> line);

// "950", "12.3k", "4.56M", "1.2G".
std::string short_count(double amount);

// "0.12 s", "3.4 s", "2 min 5 s".
std::string time_words(std::chrono::nanoseconds time);

} // namespace parlour::host::cli
