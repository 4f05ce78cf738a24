// `parlour.State`: a position with the way it was reached, as a raw CPython type, because its methods are what
// scripts call all the time: no argument packs, no converters, the position's bytes inside the object.
//
// A State holds its Game. play() pushes the position onto a chain of HistoryNodes, undo() pops it; copies share the
// chain, so copying costs the same after any number of moves. memoryview(state) shows the bytes in place, read only
// and live. Everything here needs the GIL.
#pragma once

#include "game.hpp"

#include <Python.h>

namespace parlour::python {

// Player numbers of positions where no player is to move: finished games and chance nodes.
constexpr int no_player = -1;

struct StateObject {
    PyObject_VAR_HEAD // ob_size is the state's size in bytes
        Game *game;   // of game_object
    PyObject *game_object;
    HistoryNode *history; // one reference; null at the start
    std::uint32_t turn;   // the turn word
    std::uint32_t ply;    // moves played since the start of the history

    // 16-byte aligned, ob_size bytes.
    std::byte *bytes();
};

// The bytes of the object before those of the state.
constexpr std::size_t state_header = (sizeof(StateObject) + 15) / 16 * 16;

inline std::byte *StateObject::bytes() {
    return reinterpret_cast<std::byte *>(this) + state_header;
}

// The type; set by add_state(). Hidden, which -fvisibility makes of definitions only: elsewhere it would be a load
// more.
[[gnu::visibility("hidden")]] extern PyTypeObject *state_type;

inline bool is_state(PyObject *object) {
    return Py_TYPE(object) == state_type;
}
// The State behind a Python object; null with TypeError set.
StateObject *state_of(PyObject *object);

// A State of a parlour.Game object at `bytes`, without history: see Core::wrap_state.
PyObject *wrap_state(PyObject *game, const void *bytes);
// The same, with a turn word that is known already.
PyObject *wrap_state(PyObject *game, const void *bytes, std::uint32_t turn);
// As Core::state_bytes.
const void *state_bytes(PyObject *state);

// The start of a State's history and the moves since.
struct Way {
    const std::byte *start = nullptr;
    std::vector<Move> moves;
};
Way way_of(StateObject *state);

// Reads a move given as a number or as text; false with an error set. Whether it is legal is not looked at for
// numbers.
bool read_move(StateObject *state, PyObject *given, Move &out);
// Plays a legal move, checked; false with an error set and the state as it was.
bool play_checked(StateObject *state, Move move);

// Adds the type; false with an error set when that fails.
bool add_state(PyObject *module);

} // namespace parlour::python
