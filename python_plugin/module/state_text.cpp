// Positions and moves for people: notation, one line of text, pictures.
#include "state_methods.hpp"

#include "board.hpp"

namespace parlour::python::state_methods {

namespace {

std::string text_of_state(StateObject *state) {
    return state->game->rules().state_text(state->bytes());
}

} // namespace

PyObject *legal_texts(PyObject *self, PyObject *) {
    StateObject *state = self_of(self);
    const LegalMoves moves(state);
    if (moves.failed()) return set_fault(state->game->id(), "when asked for the legal moves");
    PyObject *list = PyList_New(moves.count());
    for (std::uint32_t i = 0; list != nullptr && i < moves.count(); ++i) {
        PyObject *text = to_str(state->game->rules().move_text(state->bytes(), moves[i]));
        if (text == nullptr)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, text);
    }
    return list;
}

PyObject *move_text(PyObject *self, PyObject *given) {
    StateObject *state = self_of(self);
    Move move;
    if (!read_move(state, given, move)) return nullptr;
    const LegalMoves legal(state);
    if (!legal.failed() && !legal.has(move)) {
        set_illegal(state, move);
        return nullptr;
    }
    char text[256];
    const parlour_game &raw = state->game->rules().raw();
    const std::int32_t length = raw.api->move_text(raw.self, state->bytes(), move, text, sizeof text);
    if (length < 0) return set_fault(state->game->id(), "when asked for a move's text");
    if (static_cast<std::size_t>(length) < sizeof text) return to_str({text, static_cast<std::size_t>(length)});
    return to_str(state->game->rules().move_text(state->bytes(), move));
}

PyObject *parse_move(PyObject *self, PyObject *given) {
    if (!PyUnicode_Check(given)) return set_error(PyExc_TypeError, "parse_move() takes the text of a move");
    Move move;
    return read_move(self_of(self), given, move) ? PyLong_FromUnsignedLong(move) : nullptr;
}

PyObject *get_text(PyObject *self, void *) {
    return to_str(text_of_state(self_of(self)));
}

PyObject *str(PyObject *self) {
    return to_str(text_of_state(self_of(self)));
}

PyObject *repr(PyObject *self) {
    StateObject *state = self_of(self);
    std::string who = "over";
    if (!is_over(state)) {
        const long player = player_of(state->turn);
        who = player < 0 ? "chance moves" : "player " + std::to_string(player) + " to move";
    }
    return to_str("<State of " + state->game->id() + " \"" + text_of_state(state) + "\", " + who + ">");
}

PyObject *svg(PyObject *self, PyObject *) {
    PyObject *module = PyImport_ImportModule("parlour._svg");
    if (module == nullptr) return nullptr;
    PyObject *text = PyObject_CallMethod(module, "draw", "O", self);
    Py_DECREF(module);
    return text;
}

PyObject *scene(PyObject *self, PyObject *args, PyObject *keywords) {
    static const char *names[] = {"viewer", nullptr};
    PyObject *viewer = Py_None;
    if (PyArg_ParseTupleAndKeywords(args, keywords, "|O:scene", const_cast<char **>(names), &viewer) == 0) {
        return nullptr;
    }
    long player = PARLOUR_VIEWER_ALL;
    if (viewer != Py_None) {
        player = PyLong_AsLong(viewer);
        if (player == -1 && PyErr_Occurred() != nullptr) return nullptr;
        if (player < 0 || player >= static_cast<long>(self_of(self)->game->rules().players())) {
            return set_error(errors.argument, "there is no player " + std::to_string(player));
        }
    }
    return scene_dict(*self_of(self)->game, self_of(self)->bytes(), static_cast<std::uint32_t>(player));
}

} // namespace parlour::python::state_methods
