// What the files of `parlour.State` share: the functions behind its methods and attributes, file by file, and the
// small things that they all use. state_type.cpp says in its tables what each of them does.
#pragma once

#include "state.hpp"

#include <memory>
#include <string>

namespace parlour::python::state_methods {

inline StateObject *self_of(PyObject *object) {
    return reinterpret_cast<StateObject *>(object);
}
inline bool is_over(const StateObject *state) {
    return (state->turn & PARLOUR_TURN_TERMINAL) != 0;
}
inline long player_of(std::uint32_t turn) {
    return (turn & (PARLOUR_TURN_TERMINAL | PARLOUR_TURN_CHANCE)) != 0 ? no_player
                                                                       : static_cast<long>(PARLOUR_TURN_PLAYER(turn));
}

constexpr std::uint32_t moves_on_stack = 256;

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

// A copy that shares the history; null with an error set.
PyObject *copy_of(StateObject *from);
// Sets IllegalMove with what would be legal.
void set_illegal(StateObject *state, Move move);
// One float a player; null with an error set.
PyObject *float_tuple(const float *values, std::uint32_t count);

// ---- state.cpp: the hot ones ----

void dealloc(PyObject *self);
PyObject *legal_moves(PyObject *self, PyObject *);
PyObject *legal_mask(PyObject *self, PyObject *);
PyObject *is_legal(PyObject *self, PyObject *given);
PyObject *play(PyObject *self, PyObject *given);
PyObject *after(PyObject *self, PyObject *given);
PyObject *undo(PyObject *self, PyObject *);
PyObject *copy(PyObject *self, PyObject *);
PyObject *deep_copy(PyObject *self, PyObject *memo);

// ---- state_facts.cpp: what is known of a position ----

PyObject *get_game(PyObject *self, void *);
PyObject *get_player(PyObject *self, void *);
PyObject *get_is_over(PyObject *self, void *);
PyObject *get_is_chance(PyObject *self, void *);
PyObject *get_ply(PyObject *self, void *);
PyObject *get_key(PyObject *self, void *);
PyObject *get_result(PyObject *self, void *);
PyObject *get_history(PyObject *self, void *);
PyObject *evaluate(PyObject *self, PyObject *);
PyObject *view_for(PyObject *self, PyObject *given);
Py_hash_t hash(PyObject *self);
PyObject *compare(PyObject *left, PyObject *right, int operation);

// ---- state_text.cpp: for people ----

PyObject *legal_texts(PyObject *self, PyObject *);
PyObject *move_text(PyObject *self, PyObject *given);
PyObject *parse_move(PyObject *self, PyObject *given);
PyObject *get_text(PyObject *self, void *);
PyObject *str(PyObject *self);
PyObject *repr(PyObject *self);
PyObject *svg(PyObject *self, PyObject *);
PyObject *scene(PyObject *self, PyObject *args, PyObject *keywords);

// ---- state_bytes.cpp: for arrays and pickle ----

PyObject *get_board(PyObject *self, void *);
PyObject *planes(PyObject *self, PyObject *args, PyObject *keywords);
PyObject *to_bytes(PyObject *self, PyObject *);
PyObject *reduce(PyObject *self, PyObject *);
int get_buffer(PyObject *self, Py_buffer *view, int flags);

// ---- state_luck.cpp: chance ----

PyObject *chance_outcomes(PyObject *self, PyObject *);
PyObject *random_move(PyObject *self, PyObject *seed);
PyObject *playout(PyObject *self, PyObject *seed);

} // namespace parlour::python::state_methods
