#pragma once
// Who sits at one seat: a person, or an engine with its level and options.
#include <string>
#include <vector>

#include "host/ui/shell.hpp"

namespace parlour::host::ui {

/// What may sit at a seat of one game: computed once, because asking engines may take time.
struct SeatChoices {
    struct Choice {
        std::string engine;    ///< id; "" for a person
        std::string name, why; ///< why it cannot play the game, "" when it can
        bool levels = false;   ///< understands levels
    };
    std::vector<Choice> choices;
};

/// The choices for a game. [main]
[[nodiscard]] SeatChoices seat_choices(const Registry &registry, const Game &game);

/// What is remembered of a seat's form besides the seat.
struct SeatForm {
    bool folded_out = false; ///< the engine's options are shown
    bool advanced = false;
};

/// Draws the form at the cursor; true when the seat changed.
bool seat_form(Shell &shell, std::uint32_t player, const Game &game, const SeatChoices &choices, Seat &seat,
               SeatForm &form);

} // namespace parlour::host::ui
