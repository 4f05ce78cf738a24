// What is known of a position: attributes, comparisons, what the rules say of it.
#include "state_methods.hpp"

namespace parlour::python::state_methods {

PyObject *float_tuple(const float *values, std::uint32_t count) {
    PyObject *tuple = PyTuple_New(count);
    for (std::uint32_t i = 0; tuple != nullptr && i < count; ++i) {
        PyObject *value = PyFloat_FromDouble(static_cast<double>(values[i]));
        if (value == nullptr)
            Py_CLEAR(tuple);
        else
            PyTuple_SET_ITEM(tuple, i, value);
    }
    return tuple;
}

PyObject *get_game(PyObject *self, void *) {
    return Py_NewRef(self_of(self)->game_object);
}
PyObject *get_player(PyObject *self, void *) {
    return PyLong_FromLong(player_of(self_of(self)->turn));
}
PyObject *get_is_over(PyObject *self, void *) {
    return PyBool_FromLong(is_over(self_of(self)));
}
PyObject *get_is_chance(PyObject *self, void *) {
    return PyBool_FromLong((self_of(self)->turn & PARLOUR_TURN_CHANCE) != 0 && !is_over(self_of(self)));
}
PyObject *get_ply(PyObject *self, void *) {
    return PyLong_FromUnsignedLong(self_of(self)->ply);
}
PyObject *get_key(PyObject *self, void *) {
    StateObject *state = self_of(self);
    return PyLong_FromUnsignedLongLong(state->game->rules().hash(state->bytes()));
}

PyObject *get_result(PyObject *self, void *) {
    StateObject *state = self_of(self);
    if (!is_over(state)) Py_RETURN_NONE;
    float utilities[PARLOUR_MAX_PLAYERS] = {};
    state->game->rules().outcome(state->bytes(), utilities);
    if (state->game->serialized() && PyErr_Occurred() != nullptr) return nullptr;
    return float_tuple(utilities, state->game->rules().players());
}

PyObject *get_history(PyObject *self, void *) {
    const Way way = way_of(self_of(self));
    PyObject *tuple = PyTuple_New(static_cast<Py_ssize_t>(way.moves.size()));
    for (std::size_t i = 0; tuple != nullptr && i < way.moves.size(); ++i) {
        PyObject *move = PyLong_FromUnsignedLong(way.moves[i]);
        if (move == nullptr)
            Py_CLEAR(tuple);
        else
            PyTuple_SET_ITEM(tuple, static_cast<Py_ssize_t>(i), move);
    }
    return tuple;
}

PyObject *evaluate(PyObject *self, PyObject *) {
    StateObject *state = self_of(self);
    const parlour_game_eval *eval = state->game->rules().eval();
    const long player = player_of(state->turn);
    if (eval == nullptr || player < 0) Py_RETURN_NONE;
    const auto points = static_cast<double>(
        eval->eval(state->game->rules().self(), state->bytes(), static_cast<std::uint32_t>(player)));
    return PyFloat_FromDouble(points / (1000 + (points < 0 ? -points : points)));
}

PyObject *view_for(PyObject *self, PyObject *given) {
    StateObject *state = self_of(self);
    const long player = PyLong_AsLong(given);
    if (player == -1 && PyErr_Occurred() != nullptr) return nullptr;
    const GameRef &rules = state->game->rules();
    if (player < 0 || player >= static_cast<long>(rules.players())) {
        return set_error(errors.argument, "there is no player " + std::to_string(player));
    }
    if (rules.hidden() == nullptr) return copy_of(state);
    StateBuffer view(rules.state_size());
    rules.hidden()->view(rules.self(), state->bytes(), static_cast<std::uint32_t>(player), view.data());
    return wrap_state(state->game_object, view.data(), state->turn);
}

Py_hash_t hash(PyObject *self) {
    StateObject *state = self_of(self);
    const auto value = static_cast<Py_hash_t>(state->game->rules().hash(state->bytes()));
    return value == -1 ? -2 : value;
}

PyObject *compare(PyObject *left, PyObject *right, int operation) {
    if ((operation != Py_EQ && operation != Py_NE) || !is_state(left) || !is_state(right)) Py_RETURN_NOTIMPLEMENTED;
    StateObject *a = self_of(left), *b = self_of(right);
    const bool equal = Py_SIZE(a) == Py_SIZE(b) && a->game->same_as(*b->game) &&
                       std::memcmp(a->bytes(), b->bytes(), static_cast<std::size_t>(Py_SIZE(a))) == 0;
    return PyBool_FromLong(equal == (operation == Py_EQ));
}

} // namespace parlour::python::state_methods
