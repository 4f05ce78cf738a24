// A game between a native engine and Python: rules that run Python (PARLOUR_GAME_SERIALIZED), or an evaluation
// function written in Python that takes the place of the game's own evaluation and of random playouts.
//
// The searching thread keeps the GIL from one Python call to the next, and lets go of it when many rule calls in a
// row needed no Python, so that neither the search nor other Python threads starve. A Python exception stops the
// search and is kept until the searching thread has it raised.
#pragma once

#include "game.hpp"

#include <parlour/engine.h>

#include <array>
#include <atomic>
#include <functional>

namespace parlour::python {

// The GIL during a search. Made with the GIL held; ends with the GIL held.
class GilLease {
public:
    GilLease() : saved_(PyEval_SaveThread()) {}
    ~GilLease() { hold(); }
    GilLease(const GilLease &) = delete;
    GilLease &operator=(const GilLease &) = delete;

    void hold() {
        if (saved_ == nullptr) return;
        PyEval_RestoreThread(saved_);
        saved_ = nullptr;
    }
    void let_go() {
        if (saved_ == nullptr) saved_ = PyEval_SaveThread();
    }
    bool held() const { return saved_ == nullptr; }

private:
    PyThreadState *saved_;
};

// One value a player, each in [-1, 1].
using Values = std::array<float, PARLOUR_MAX_PLAYERS>;

class PythonLayer {
public:
    // `function` may be none: then only the GIL and exceptions are looked after. It is called with a State and
    // returns what it is worth to the player to move, or one number a player. With the GIL.
    PythonLayer(GamePtr inner, pybind11::object function);

    // The game that engines are bound to; lives as long as this object.
    const parlour_game &raw() const { return raw_; }
    const pybind11::object &function() const { return function_; }
    const Game &inner() const { return *inner_; }

    // A search begins on this thread; `stop` is raised when Python raises. With the GIL.
    void begin(GilLease &lease, std::atomic<std::uint32_t> &stop);
    // It is over; raises what Python raised during it, as error_already_set. With the GIL.
    void end();

    // Takes the place of calling the function, where set: fills values for a position, or returns false when the
    // search is to stop. Without the GIL.
    std::function<bool(const void *state, Turn turn, Values &values)> ask_elsewhere;

private:
    struct Slots;
    friend struct Slots;

    bool evaluate(const void *state, Turn turn, Values &values);
    void quiet_call();
    void after_rules();
    void keep_error();

    GamePtr inner_;
    pybind11::object game_object_, function_;
    parlour_game raw_;
    GilLease *lease_ = nullptr;
    std::atomic<std::uint32_t> *stop_ = nullptr;
    unsigned quiet_ = 0;
    PyObject *error_[3] = {};
    StateBuffer last_;
    Values last_values_{};
    bool has_last_ = false;
};

// Reads what an evaluation function returned: a number for `player`, or one a player. False with an error set.
bool read_values(PyObject *returned, std::uint32_t players, std::uint32_t player, Values &out);

} // namespace parlour::python
