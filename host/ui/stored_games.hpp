#pragma once
// Games of the store as screens show them: who played, how it ended, when, and the match itself.
#include <chrono>
#include <optional>
#include <string>

#include "host/records/store.hpp"
#include "host/ui/shell.hpp"

namespace parlour::host::ui {

/// The match of a stored game, played again by the rules. Seats whose engine is no longer there are given to the
/// engine that plays the game best, or to a person; `told` then says so. Needs a store.
[[nodiscard]] Result<Match> stored_match(Shell &shell, GameId id, std::string &told);

/// The position that was reached, seen by the only person at the game; nothing where that would show secrets.
[[nodiscard]] std::optional<Scene> last_picture(const Match &match);

/// "against Minimax, level 5", "two persons", "Minimax against MCTS".
[[nodiscard]] std::string opponents_text(const Registry &registry, const std::vector<Seat> &seats);

struct ResultText {
    std::string text; ///< "Won", "Lost by resign", "Black won", "Draw", "Not finished"
    Role role = Role::text_dim;
};
[[nodiscard]] ResultText result_text(Shell &shell, const Record &record);

/// "today", "yesterday", "3 days ago", "5 Mar 2026".
[[nodiscard]] std::string day_text(std::chrono::system_clock::time_point moment);

} // namespace parlour::host::ui
