// The checked layer: every call of a rule function is held against what the interface promises, on both sides.
//
// The game below works on guarded copies: bytes around positions, move lists, texts and utilities show whether it
// wrote where it may not. A breach is counted in a CheckLog and never stops anything; illegal moves do not reach the
// game, the caller gets PARLOUR_TURN_FAULT. Everything is several times slower.
#pragma once

#include "host/plugins/layers/check_log.hpp"

#include <parlour/game.h>

#include <memory>

namespace parlour::host {

// Wraps a game, which now belongs to the wrapper: destroying that destroys both.
parlour_game checked_layer(const parlour_game &inner, std::shared_ptr<CheckLog> log);

// A log whose first breach of each kind goes to the host's log as PARLOUR_LOG_PLUGIN_MISBEHAVING or
// PARLOUR_LOG_HOST_MISBEHAVING, in the name of the game `id`.
std::shared_ptr<CheckLog> reporting_check_log(const std::string &id);

} // namespace parlour::host
