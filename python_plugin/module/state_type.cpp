// The type `parlour.State`: its tables, with what people read of each method.
#include "state_methods.hpp"

namespace parlour::python {

namespace {

using namespace state_methods;

PyCFunction with_keywords(PyObject *(*function)(PyObject *, PyObject *, PyObject *)) {
    return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}

PyMethodDef *methods() {
    static PyMethodDef table[] = {
        {"legal_moves", legal_moves, METH_NOARGS,
         "legal_moves($self, /)\n--\n\nThe legal moves as a new list of ints, in a fixed order; at a chance node "
         "every "
         "outcome; empty exactly when the game is over. A pass is a move."},
        {"legal_texts", legal_texts, METH_NOARGS,
         "legal_texts($self, /)\n--\n\nThe texts of legal_moves(), in the same order."},
        {"legal_mask", legal_mask, METH_NOARGS,
         "legal_mask($self, /)\n--\n\nA new bytearray of game.move_space bytes, 1 at the legal moves. Raises "
         "ParlourError where moves are not numbered from 0 (move_space is 0)."},
        {"is_legal", is_legal, METH_O,
         "is_legal($self, move, /)\n--\n\nWhether a move (number or text) may be played here."},
        {"play", play, METH_O,
         "play($self, move, /)\n--\n\nPlays a move, given as a number of legal_moves() or as its text, in place. "
         "Raises IllegalMove or GameOver and leaves the position as it was."},
        {"after", after, METH_O,
         "after($self, move, /)\n--\n\nA copy in which the move was played: copy() and play() in one call."},
        {"undo", undo, METH_NOARGS,
         "undo($self, /)\n--\n\nTakes the last move back, chance moves too, and returns it. Raises ParlourError at "
         "the start of the history."},
        {"copy", copy, METH_NOARGS,
         "copy($self, /)\n--\n\nAn independent State with the same position and history; costs the same after any "
         "number of moves."},
        {"move_text", move_text, METH_O,
         "move_text($self, move, /)\n--\n\nA legal move in the notation of the game's players."},
        {"parse_move", parse_move, METH_O,
         "parse_move($self, text, /)\n--\n\nThe legal move that a text names; raises IllegalMove with the reason."},
        {"chance_outcomes", chance_outcomes, METH_NOARGS,
         "chance_outcomes($self, /)\n--\n\nAt a chance node: a list of (move, probability), probabilities adding up "
         "to 1; else an empty list."},
        {"random_move", random_move, METH_O,
         "random_move($self, seed, /)\n--\n\nA legal move drawn evenly (chance by its odds); the same seed draws the "
         "same. Raises GameOver."},
        {"playout", playout, METH_O,
         "playout($self, seed, /)\n--\n\nPlays random moves to the end on a copy and returns the outcome as result "
         "does."},
        {"evaluate", evaluate, METH_NOARGS,
         "evaluate($self, /)\n--\n\nThe game's own evaluation for the player to move, inside (-1, 1), or None where "
         "it "
         "has none or nobody is to move."},
        {"view", view_for, METH_O,
         "view($self, player, /)\n--\n\nA State of what a player knows: hidden things are blanked. A copy in games "
         "where everything is seen. Views are for looking; playing on one is undefined by the rules."},
        {"scene", with_keywords(scene), METH_VARARGS | METH_KEYWORDS,
         "scene($self, /, viewer=None)\n--\n\nWhat the position looks like, as a dict of lists: extent, cells, "
         "pieces, "
         "marks, widgets; None where the game draws nothing. `viewer` is a player, None sees everything."},
        {"planes", with_keywords(planes), METH_VARARGS | METH_KEYWORDS,
         "planes($self, /, out=None)\n--\n\nThe board as float32 planes of shape game.planes_shape: for each player "
         "(the one to move first) one of plain and one of crowned pieces, and one that is all 1 when player 0 is to "
         "move. Fills `out` (writable, contiguous, the same number of float32) and returns it, or returns a new "
         "memoryview."},
        {"to_bytes", to_bytes, METH_NOARGS,
         "to_bytes($self, /)\n--\n\nThe position's bytes, a copy; game.from_bytes() reads them. memoryview(state) "
         "shows them without a copy."},
        {"__copy__", copy, METH_NOARGS, "__copy__($self, /)\n--\n\nAs copy()."},
        {"__deepcopy__", deep_copy, METH_O,
         "__deepcopy__($self, memo, /)\n--\n\nAs copy(): the game is shared, it never changes."},
        {"__reduce__", reduce, METH_NOARGS, "__reduce__($self, /)\n--\n\nFor pickle: game, start and moves."},
        {"_repr_svg_", svg, METH_NOARGS,
         "_repr_svg_($self, /)\n--\n\nThe position as an SVG picture, for notebooks."},
        {nullptr, nullptr, 0, nullptr}};
    return table;
}

PyGetSetDef *attributes() {
    static PyGetSetDef table[] = {
        {"game", get_game, nullptr, "The Game whose rules hold.", nullptr},
        {"player", get_player, nullptr, "Who is to move, from 0; -1 when the game is over or chance moves.", nullptr},
        {"is_over", get_is_over, nullptr, "Whether the game is over.", nullptr},
        {"is_chance", get_is_chance, nullptr, "Whether chance moves next: see chance_outcomes().", nullptr},
        {"result", get_result, nullptr,
         "None while the game goes on, then a tuple with one utility a player, within game.utility_range.", nullptr},
        {"key", get_key, nullptr,
         "A 64-bit hash of everything that decides how the game goes on, but for repetitions.", nullptr},
        {"ply", get_ply, nullptr, "How many moves history has.", nullptr},
        {"history", get_history, nullptr, "The moves played and not taken back, oldest first, as a tuple.", nullptr},
        {"text", get_text, nullptr, "The position as one line that game.from_text() reads.", nullptr},
        {"board", get_board, nullptr,
         "The board as a read-only memoryview of int8: (rows, columns), or one dimension where the cells are no "
         "grid. 0 empty; p + 1 a piece of player p (dark pieces are player 0's, light ones player 1's); plus the "
         "number of players when it is crowned; -1 anything else. Empty where the game draws nothing. A snapshot.",
         nullptr},
        {nullptr, nullptr, nullptr, nullptr, nullptr}};
    return table;
}

} // namespace

bool add_state(PyObject *module) {
    static PyType_Slot slots[] = {
        {Py_tp_dealloc, reinterpret_cast<void *>(dealloc)},
        {Py_tp_str, reinterpret_cast<void *>(str)},
        {Py_tp_repr, reinterpret_cast<void *>(repr)},
        {Py_tp_hash, reinterpret_cast<void *>(hash)},
        {Py_tp_richcompare, reinterpret_cast<void *>(compare)},
        {Py_tp_methods, methods()},
        {Py_tp_getset, attributes()},
        {Py_bf_getbuffer, reinterpret_cast<void *>(get_buffer)},
        {Py_tp_doc, const_cast<char *>(
                        "A position of a game and the moves that led to it. Made by Game.new(), Game.from_text(), "
                        "Game.from_bytes() and copy().\n\nStates compare by position, pickle with their history, "
                        "and show their bytes through the buffer protocol (memoryview(state): read only, "
                        "zero-copy, live: later moves show). The hash is that of the position: a State that is "
                        "a key of a dict must not be played on.")},
        {0, nullptr}};
    static PyType_Spec spec{"parlour.State", static_cast<int>(state_header), 1,
                            Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE, slots};
    PyObject *type = PyType_FromSpec(&spec);
    if (type == nullptr || PyModule_AddObjectRef(module, "State", type) < 0) return false;
    state_type = reinterpret_cast<PyTypeObject *>(type);
    return true;
}

} // namespace parlour::python
