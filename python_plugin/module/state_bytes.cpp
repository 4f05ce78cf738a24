// Positions for arrays, for the buffer protocol and for pickle.
#include "state_methods.hpp"

#include "board.hpp"

namespace parlour::python::state_methods {

PyObject *get_board(PyObject *self, void *) {
    return board_of(*self_of(self)->game, self_of(self)->bytes());
}

PyObject *planes(PyObject *self, PyObject *args, PyObject *keywords) {
    static const char *names[] = {"out", nullptr};
    PyObject *out = Py_None;
    if (PyArg_ParseTupleAndKeywords(args, keywords, "|O:planes", const_cast<char **>(names), &out) == 0)
        return nullptr;
    StateObject *state = self_of(self);
    return planes_of(*state->game, state->bytes(), player_of(state->turn), out);
}

PyObject *to_bytes(PyObject *self, PyObject *) {
    return PyBytes_FromStringAndSize(reinterpret_cast<const char *>(self_of(self)->bytes()), Py_SIZE(self));
}

PyObject *reduce(PyObject *self, PyObject *) {
    StateObject *state = self_of(self);
    PyObject *module = PyImport_ImportModule("parlour._restore");
    PyObject *restore = module != nullptr ? PyObject_GetAttrString(module, "state") : nullptr;
    Py_XDECREF(module);
    if (restore == nullptr) return nullptr;
    const Way way = way_of(state);
    PyObject *moves = PyTuple_New(static_cast<Py_ssize_t>(way.moves.size()));
    for (std::size_t i = 0; moves != nullptr && i < way.moves.size(); ++i) {
        PyTuple_SET_ITEM(moves, static_cast<Py_ssize_t>(i), PyLong_FromUnsignedLong(way.moves[i]));
    }
    if (moves == nullptr) {
        Py_DECREF(restore);
        return nullptr;
    }
    PyObject *start = PyBytes_FromStringAndSize(reinterpret_cast<const char *>(way.start), Py_SIZE(state));
    if (start == nullptr) {
        Py_DECREF(restore);
        Py_DECREF(moves);
        return nullptr;
    }
    return Py_BuildValue("N(ONN)", restore, state->game_object, start, moves);
}

int get_buffer(PyObject *self, Py_buffer *view, int flags) {
    return PyBuffer_FillInfo(view, self, self_of(self)->bytes(), Py_SIZE(self), 1, flags);
}

} // namespace parlour::python::state_methods
