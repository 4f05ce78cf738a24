// What `_parlour` offers other native modules of the same process (the Python plugin): its own Game and State objects
// around games that somebody else made. Reach it with
//
//     PyObject *module = PyImport_ImportModule("parlour._parlour");
//     const auto *core = static_cast<const parlour::python::Core *>(
//         PyCapsule_Import(parlour::python::core_capsule, 0));   // null with an error set when it is not there
//     if (core->version != parlour::python::core_version) ...
//
// All functions need the GIL. Functions that return PyObject * return a new reference, or null with an error set.
// A game whose rules run Python (PARLOUR_GAME_SERIALIZED) may leave a Python exception set when it answers
// PARLOUR_TURN_FAULT or PARLOUR_COUNT_FAULT on the calling thread: State's methods then raise that exception.
#pragma once

#include <Python.h>
#include <parlour/game.h>

#include <cstdint>

namespace parlour::python {

constexpr std::uint32_t core_version = 2;
constexpr const char *core_capsule = "parlour._parlour._core";

// The capsule's content. FROZEN within a version.
struct Core {
    std::uint32_t version; // core_version
    std::uint32_t size;    // sizeof(Core)

    // A `parlour.Game` around `game`, which is borrowed: the tables and the object must live until the last reference
    // to `keep_alive` (may be null: for ever) is dropped. The Game holds one reference to it and never destroys
    // `game`. State size is taken from info().
    PyObject *(*wrap_game)(const parlour_game *game, PyObject *keep_alive);

    // A `parlour.State` of a parlour.Game at the position `bytes` (state_size bytes, copied, trusted: check them
    // first when they come from elsewhere), without history.
    PyObject *(*wrap_state)(PyObject *game, const void *bytes);

    // The position's bytes inside a State, 16-byte aligned; valid while the State lives, changed by play and undo.
    // Null with TypeError set for anything else. Read only.
    const void *(*state_bytes)(PyObject *state);

    // The game of a `parlour.Game`, borrowed; null api with TypeError set for anything else.
    parlour_game (*game_of)(PyObject *game);

    // The `parlour.Game` of a State, borrowed reference; null with TypeError set for anything else.
    PyObject *(*game_of_state)(PyObject *state);

    // ---- the move that a script is asked for: searches that it starts end with it; none of these need the GIL ----

    // The move begins on this thread; the script is to have answered by `deadline_ns` of CLOCK_MONOTONIC (INT64_MAX:
    // never). Null when there is no memory.
    void *(*begin_move)(std::int64_t deadline_ns);
    // Has the move's searches return what they have (a PARLOUR_STOP_*). [any]
    void (*stop_searches)(void *move, std::uint32_t level);
    // Whether one is under way. [any]
    bool (*searching)(void *move);
    // The move is over, on the thread where it began; its searches are stopped and `move` is gone.
    void (*end_move)(void *move);
};

} // namespace parlour::python
