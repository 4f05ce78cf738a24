// Chance: its odds, random moves and random games.
#include "state_methods.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

namespace parlour::python::state_methods {

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

} // namespace parlour::python::state_methods
