// The State itself, and its hot methods: making, copying, moves played and taken back.
#include "state_methods.hpp"

#include <algorithm>
#include <cstring>

namespace parlour::python {

PyTypeObject *state_type = nullptr;

namespace {

using state_methods::is_over;
using state_methods::LegalMoves;
using state_methods::self_of;

StateObject *new_state(PyObject *game_object, Game *game) {
    const auto size = static_cast<Py_ssize_t>(game->rules().state_size());
    StateObject *state = PyObject_NewVar(StateObject, state_type, size);
    if (state == nullptr) return nullptr;
    state->game = game;
    state->game_object = Py_NewRef(game_object);
    state->history = nullptr;
    state->turn = PARLOUR_TURN_FAULT;
    state->ply = 0;
    return state;
}

std::string sentence_of(const parlour_error &error) {
    return {error.text, strnlen(error.text, sizeof error.text)};
}

// Plays without looking whether the move is legal; false with an error set and the state as it was.
bool play_trusted(StateObject *state, Move move) {
    const Game *game = state->game;
    HistoryNode *node = game->new_node();
    if (node == nullptr) {
        PyErr_NoMemory();
        return false;
    }
    const auto size = static_cast<std::size_t>(Py_SIZE(state));
    node->references = 1;
    node->previous = state->history;
    node->move = move;
    node->turn = state->turn;
    node->ply = state->ply;
    std::memcpy(node->bytes(), state->bytes(), size);
    const Turn turn = game->rules().apply(state->bytes(), move);
    if (turn.is_fault() || (game->serialized() && PyErr_Occurred() != nullptr)) [[unlikely]] {
        std::memcpy(state->bytes(), node->bytes(), size);
        node->previous = nullptr;
        game->release(node);
        set_fault(game->id(), "when a move was played");
        return false;
    }
    state->history = node;
    state->turn = turn.word;
    ++state->ply;
    return true;
}

} // namespace

StateObject *state_of(PyObject *object) {
    if (is_state(object)) return self_of(object);
    set_error(PyExc_TypeError, std::string("a State is needed here, not ") + Py_TYPE(object)->tp_name);
    return nullptr;
}

PyObject *wrap_state(PyObject *game_object, const void *bytes, std::uint32_t turn) {
    Game *game = game_of_object(game_object);
    if (game == nullptr) return nullptr;
    StateObject *state = new_state(game_object, game);
    if (state == nullptr) return nullptr;
    std::memcpy(state->bytes(), bytes, game->rules().state_size());
    state->turn = turn;
    return reinterpret_cast<PyObject *>(state);
}

PyObject *wrap_state(PyObject *game_object, const void *bytes) {
    Game *game = game_of_object(game_object);
    if (game == nullptr) return nullptr;
    // The turn is asked of the copy, which is aligned as the rules may expect.
    PyObject *object = wrap_state(game_object, bytes, PARLOUR_TURN_FAULT);
    if (object == nullptr) return nullptr;
    const Turn turn = game->rules().turn(self_of(object)->bytes());
    self_of(object)->turn = turn.word;
    if (turn.is_fault()) {
        Py_DECREF(object);
        return set_fault(game->id(), "when asked who moves");
    }
    return object;
}

const void *state_bytes(PyObject *object) {
    StateObject *state = state_of(object);
    return state != nullptr ? state->bytes() : nullptr;
}

Way way_of(StateObject *state) {
    Way way{state->bytes(), {}};
    for (HistoryNode *node = state->history; node != nullptr; node = node->previous) {
        way.moves.push_back(node->move);
        way.start = node->bytes();
    }
    std::reverse(way.moves.begin(), way.moves.end());
    return way;
}

bool read_move(StateObject *state, PyObject *given, Move &out) {
    if (PyLong_CheckExact(given)) [[likely]] {
        const unsigned long value = PyLong_AsUnsignedLong(given);
        if (value <= UINT32_MAX) {
            out = static_cast<Move>(value);
            return true;
        }
        PyErr_Clear();
        set_error(errors.illegal_move, "that number is not a move: moves are 0..4294967295");
        return false;
    }
    if (PyUnicode_Check(given)) {
        Py_ssize_t length = 0;
        const char *text = PyUnicode_AsUTF8AndSize(given, &length);
        if (text == nullptr || std::strlen(text) != static_cast<std::size_t>(length)) {
            PyErr_Clear();
            set_error(errors.illegal_move, "that text is not a move: it has characters that no move has");
            return false;
        }
        parlour_error error{};
        if (is_over(state)) {
            set_error(errors.game_over, "the game is over: no move can be played");
            return false;
        }
        const parlour_status status = state->game->rules().parse_move(state->bytes(), text, &out, &error);
        if (status == PARLOUR_OK) return true;
        if (PyErr_Occurred() == nullptr) {
            const std::string why = sentence_of(error);
            set_error(errors.illegal_move,
                      why.empty() ? "\"" + std::string(text) + "\" is not a legal move here" : why);
        }
        return false;
    }
    PyObject *number = PyBool_Check(given) ? nullptr : PyNumber_Index(given);
    if (number == nullptr) {
        PyErr_Clear();
        set_error(PyExc_TypeError, std::string("a move is a number or a text, not ") + Py_TYPE(given)->tp_name);
        return false;
    }
    // An index of another type, as NumPy's numbers have one; its __index__ gives a true int.
    PyObject *plain =
        PyLong_CheckExact(number) ? Py_NewRef(number) : _PyLong_Copy(reinterpret_cast<PyLongObject *>(number));
    Py_DECREF(number);
    const bool fine = plain != nullptr && read_move(state, plain, out);
    Py_XDECREF(plain);
    return fine;
}

bool play_checked(StateObject *state, Move move) {
    if (is_over(state)) [[unlikely]] {
        set_error(errors.game_over, "the game is over: no move can be played");
        return false;
    }
    if ((state->turn & PARLOUR_TURN_SIMULTANEOUS) != 0) [[unlikely]] {
        set_error(errors.base, "players move at once here, which the module does not do yet");
        return false;
    }
    {
        const LegalMoves legal(state);
        if (legal.failed()) [[unlikely]] {
            set_fault(state->game->id(), "when asked for the legal moves");
            return false;
        }
        if (!legal.has(move)) [[unlikely]] {
            if (PyErr_Occurred() == nullptr) state_methods::set_illegal(state, move);
            return false;
        }
    }
    return play_trusted(state, move);
}

namespace state_methods {

void dealloc(PyObject *self) {
    StateObject *state = self_of(self);
    PyTypeObject *type = Py_TYPE(self);
    if (state->history != nullptr) state->game->release(state->history);
    PyObject *game = state->game_object;
    PyObject_Free(self);
    Py_DECREF(game);
    Py_DECREF(type);
}

PyObject *copy_of(StateObject *from) {
    StateObject *state = new_state(from->game_object, from->game);
    if (state == nullptr) return nullptr;
    std::memcpy(state->bytes(), from->bytes(), static_cast<std::size_t>(Py_SIZE(from)));
    state->turn = from->turn;
    state->ply = from->ply;
    state->history = from->history;
    if (state->history != nullptr) ++state->history->references;
    return reinterpret_cast<PyObject *>(state);
}

void set_illegal(StateObject *state, Move move) {
    std::string moves;
    const LegalMoves legal(state);
    const std::uint32_t shown = legal.failed() ? 0 : std::min(legal.count(), 12u);
    for (std::uint32_t i = 0; i < shown; ++i) {
        moves += (i > 0 ? ", " : "") + std::to_string(legal[i]) + " (" +
                 state->game->rules().move_text(state->bytes(), legal[i]) + ")";
    }
    if (!legal.failed() && legal.count() > shown) moves += ", ...";
    PyErr_Clear();
    set_error(errors.illegal_move, "move " + std::to_string(move) + " is not legal here; legal are " + moves);
}

PyObject *legal_moves(PyObject *self, PyObject *) {
    StateObject *state = self_of(self);
    const LegalMoves moves(state);
    if (moves.failed() || (state->game->serialized() && PyErr_Occurred() != nullptr)) [[unlikely]] {
        return set_fault(state->game->id(), "when asked for the legal moves");
    }
    PyObject *list = PyList_New(moves.count());
    if (list == nullptr) return nullptr;
    for (std::uint32_t i = 0; i < moves.count(); ++i) {
        PyObject *move = PyLong_FromUnsignedLong(moves[i]);
        if (move == nullptr) {
            Py_DECREF(list);
            return nullptr;
        }
        PyList_SET_ITEM(list, i, move);
    }
    return list;
}

PyObject *legal_mask(PyObject *self, PyObject *) {
    StateObject *state = self_of(self);
    const std::uint32_t space = state->game->rules().info().move_space;
    if (space == 0)
        return set_error(errors.base, "the moves of this game are not numbered from 0; use legal_moves()");
    const LegalMoves moves(state);
    if (moves.failed()) return set_fault(state->game->id(), "when asked for the legal moves");
    PyObject *mask = PyByteArray_FromStringAndSize(nullptr, space);
    if (mask == nullptr) return nullptr;
    char *to = PyByteArray_AS_STRING(mask);
    std::memset(to, 0, space);
    for (std::uint32_t i = 0; i < moves.count(); ++i) {
        if (moves[i] < space) to[moves[i]] = 1;
    }
    return mask;
}

PyObject *is_legal(PyObject *self, PyObject *given) {
    StateObject *state = self_of(self);
    Move move = 0;
    if (!read_move(state, given, move)) {
        if (PyErr_ExceptionMatches(errors.illegal_move) == 0) return nullptr;
        PyErr_Clear();
        Py_RETURN_FALSE;
    }
    const LegalMoves moves(state);
    if (moves.failed()) return set_fault(state->game->id(), "when asked for the legal moves");
    return PyBool_FromLong(moves.has(move));
}

PyObject *play(PyObject *self, PyObject *given) {
    StateObject *state = self_of(self);
    Move move;
    if (!read_move(state, given, move) || !play_checked(state, move)) return nullptr;
    Py_RETURN_NONE;
}

PyObject *after(PyObject *self, PyObject *given) {
    Move move;
    if (!read_move(self_of(self), given, move)) return nullptr;
    PyObject *child = copy_of(self_of(self));
    if (child != nullptr && !play_checked(self_of(child), move)) Py_CLEAR(child);
    return child;
}

PyObject *undo(PyObject *self, PyObject *) {
    StateObject *state = self_of(self);
    HistoryNode *node = state->history;
    if (node == nullptr) return set_error(errors.base, "there is no move to take back");
    std::memcpy(state->bytes(), node->bytes(), static_cast<std::size_t>(Py_SIZE(state)));
    state->turn = node->turn;
    state->ply = node->ply;
    state->history = node->previous;
    if (state->history != nullptr) ++state->history->references;
    const Move move = node->move;
    state->game->release(node);
    return PyLong_FromUnsignedLong(move);
}

PyObject *copy(PyObject *self, PyObject *) {
    return copy_of(self_of(self));
}

PyObject *deep_copy(PyObject *self, PyObject *) {
    return copy_of(self_of(self));
}

} // namespace state_methods

} // namespace parlour::python
