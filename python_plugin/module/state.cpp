#include "state.hpp"

#include "board.hpp"

#include <cstring>

namespace parlour::python {

PyTypeObject *state_type = nullptr;

namespace {

constexpr std::size_t header = (sizeof(StateObject) + 15) / 16 * 16;
constexpr std::uint32_t moves_on_stack = 256;

StateObject *self_of(PyObject *object) {
    return reinterpret_cast<StateObject *>(object);
}

// The legal moves of a position, on the stack where they fit.
class LegalMoves {
public:
    explicit LegalMoves(StateObject *state) {
        Move *to = on_stack_;
        if (const std::uint32_t capacity = state->game->capacity(); capacity > moves_on_stack) {
            on_heap_ = std::make_unique<Move[]>(capacity);
            to = on_heap_.get();
        }
        moves_ = to;
        count_ = state->game->rules().legal(state->bytes(), to, state->game->capacity());
        if (count_ != PARLOUR_COUNT_FAULT && count_ > state->game->capacity()) count_ = state->game->capacity();
    }
    bool failed() const { return count_ == PARLOUR_COUNT_FAULT; }
    std::uint32_t count() const { return count_; }
    Move operator[](std::uint32_t index) const { return moves_[index]; }
    bool has(Move move) const {
        for (std::uint32_t i = 0; i < count_; ++i) {
            if (moves_[i] == move) return true;
        }
        return false;
    }

private:
    Move on_stack_[moves_on_stack];
    std::unique_ptr<Move[]> on_heap_;
    const Move *moves_;
    std::uint32_t count_;
};

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

bool is_over(const StateObject *state) {
    return (state->turn & PARLOUR_TURN_TERMINAL) != 0;
}

long player_of(std::uint32_t turn) {
    return (turn & (PARLOUR_TURN_TERMINAL | PARLOUR_TURN_CHANCE)) != 0 ? no_player
                                                                       : static_cast<long>(PARLOUR_TURN_PLAYER(turn));
}

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

std::string text_of_state(StateObject *state) {
    return state->game->rules().state_text(state->bytes());
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

// ---- methods ----

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

PyObject *chance_outcomes(PyObject *self, PyObject *) {
    StateObject *state = self_of(self);
    const parlour_game_chance *chance = state->game->rules().chance();
    if ((state->turn & PARLOUR_TURN_CHANCE) == 0 || is_over(state)) return PyList_New(0);
    if (chance == nullptr) return set_fault(state->game->id(), "to tell the odds of a chance move");
    std::vector<Move> moves(state->game->capacity());
    std::vector<float> odds(moves.size());
    std::uint32_t count = chance->outcomes(state->game->rules().self(), state->bytes(), moves.data(), odds.data(),
                                           static_cast<std::uint32_t>(moves.size()));
    count = std::min(count, static_cast<std::uint32_t>(moves.size()));
    PyObject *list = PyList_New(count);
    for (std::uint32_t i = 0; list != nullptr && i < count; ++i) {
        PyObject *pair = Py_BuildValue("(kd)", static_cast<unsigned long>(moves[i]), static_cast<double>(odds[i]));
        if (pair == nullptr)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, pair);
    }
    return list;
}

PyObject *random_move(PyObject *self, PyObject *seed) {
    StateObject *state = self_of(self);
    const std::uint64_t number = PyLong_AsUnsignedLongLongMask(seed);
    if (number == static_cast<std::uint64_t>(-1) && PyErr_Occurred() != nullptr) return nullptr;
    if (is_over(state)) return set_error(errors.game_over, "the game is over: there is no move");
    Rng rng{{mix64(number)}};
    if ((state->turn & PARLOUR_TURN_CHANCE) != 0) {
        const parlour_game_chance *chance = state->game->rules().chance();
        if (chance == nullptr) return set_fault(state->game->id(), "to draw a chance move");
        return PyLong_FromUnsignedLong(chance->sample(state->game->rules().self(), state->bytes(), &rng.raw));
    }
    const LegalMoves moves(state);
    if (moves.failed() || moves.count() == 0) return set_fault(state->game->id(), "when asked for the legal moves");
    return PyLong_FromUnsignedLong(moves[rng.below(moves.count())]);
}

PyObject *playout(PyObject *self, PyObject *seed) {
    StateObject *state = self_of(self);
    const std::uint64_t number = PyLong_AsUnsignedLongLongMask(seed);
    if (number == static_cast<std::uint64_t>(-1) && PyErr_Occurred() != nullptr) return nullptr;
    const GameRef &rules = state->game->rules();
    float utilities[PARLOUR_MAX_PLAYERS] = {};
    StateBuffer at(rules.state_size());
    std::memcpy(at.data(), state->bytes(), rules.state_size());
    Rng rng{{mix64(number)}};
    Turn turn{state->turn};
    std::vector<Move> moves(state->game->capacity());
    constexpr std::uint32_t most_plies = 10'000;
    for (std::uint32_t ply = 0; !turn.is_over(); ++ply) {
        if (ply == most_plies) return set_error(errors.base, "the random game did not end within 10000 plies");
        Move move;
        if (turn.is_chance() && rules.chance() != nullptr) {
            move = rules.chance()->sample(rules.self(), at.data(), &rng.raw);
        } else {
            const std::uint32_t count = rules.legal(at.data(), moves.data(), state->game->capacity());
            if (count == 0 || count > moves.size()) return set_fault(state->game->id(), "during a random game");
            move = moves[rng.below(count)];
        }
        turn = rules.apply(at.data(), move);
        if (turn.is_fault()) return set_fault(state->game->id(), "during a random game");
    }
    rules.outcome(at.data(), utilities);
    return float_tuple(utilities, rules.players());
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

PyObject *to_bytes(PyObject *self, PyObject *) {
    return PyBytes_FromStringAndSize(reinterpret_cast<const char *>(self_of(self)->bytes()), Py_SIZE(self));
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

PyObject *planes(PyObject *self, PyObject *args, PyObject *keywords) {
    static const char *names[] = {"out", nullptr};
    PyObject *out = Py_None;
    if (PyArg_ParseTupleAndKeywords(args, keywords, "|O:planes", const_cast<char **>(names), &out) == 0)
        return nullptr;
    StateObject *state = self_of(self);
    return planes_of(*state->game, state->bytes(), player_of(state->turn), out);
}

// ---- attributes ----

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
PyObject *get_text(PyObject *self, void *) {
    return to_str(text_of_state(self_of(self)));
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
PyObject *get_board(PyObject *self, void *) {
    return board_of(*self_of(self)->game, self_of(self)->bytes());
}

// ---- the type's own ----

void dealloc(PyObject *self) {
    StateObject *state = self_of(self);
    PyTypeObject *type = Py_TYPE(self);
    if (state->history != nullptr) state->game->release(state->history);
    PyObject *game = state->game_object;
    PyObject_Free(self);
    Py_DECREF(game);
    Py_DECREF(type);
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

int get_buffer(PyObject *self, Py_buffer *view, int flags) {
    return PyBuffer_FillInfo(view, self, self_of(self)->bytes(), Py_SIZE(self), 1, flags);
}

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
        {"__deepcopy__", [](PyObject *self, PyObject *) { return copy_of(self_of(self)); }, METH_O,
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

std::byte *StateObject::bytes() {
    return reinterpret_cast<std::byte *>(this) + header;
}

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
            if (PyErr_Occurred() == nullptr) set_illegal(state, move);
            return false;
        }
    }
    return play_trusted(state, move);
}

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
    static PyType_Spec spec{"parlour.State", static_cast<int>(header), 1,
                            Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE, slots};
    PyObject *type = PyType_FromSpec(&spec);
    if (type == nullptr || PyModule_AddObjectRef(module, "State", type) < 0) return false;
    state_type = reinterpret_cast<PyTypeObject *>(type);
    return true;
}

} // namespace parlour::python
