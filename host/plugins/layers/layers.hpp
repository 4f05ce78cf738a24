// What layers found out about a game that was made with them; see RegistryOptions.
#pragma once

#include "host/plugins/game.hpp"

namespace parlour::host {

// Calls and nanoseconds of each function, per call and per ply, as a table for people or one JSON object; "" if the
// game was made without trace_calls. [any]
std::string trace_report(const Game &game);
std::string trace_report_json(const Game &game);

// The breaches of contract that the checked layer saw, one line each with its count, or one JSON array; "" if there
// were none or the game was made without check_plugins ("[]" in JSON). [any]
std::string check_report(const Game &game);
std::string check_report_json(const Game &game);

} // namespace parlour::host
