// What the killed program says about its game while it plays, a line each, written before anything else happens:
//     game ID        what follows is about this game of the store
//     ply N HASH     its N-th move (0-based) was accepted; the position after it, as a hash of its bytes
//     undo N         it is going to be taken back to N moves
//     cut N          and was
//     over           it has ended
#pragma once

#include "host/match/match.hpp"

#include <parlour/common.hpp>

namespace parlour::host::crash {

inline std::uint64_t hash_of(const StateBuffer &state) {
    return hash_bytes(state.data(), state.stride());
}

} // namespace parlour::host::crash
