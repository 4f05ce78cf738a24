#include "python_layer.hpp"

#include "state.hpp"

#include <cmath>
#include <cstring>

namespace py = pybind11;

namespace parlour::python {

namespace {

// So many calls of the rules without one of Python, and the GIL is let go of: a few microseconds.
constexpr unsigned calls_until_let_go = 64;
// And so many without, and signals are looked at: a few milliseconds.
constexpr unsigned calls_until_signals = 1u << 16;

// The evaluation whose squashed value e / (1000 + |e|) is `value`, strictly inside the interface's limits.
std::int32_t points_of(float value) {
    const double inside = std::clamp(static_cast<double>(value), -0.9989, 0.9989);
    return static_cast<std::int32_t>(1000 * inside / (1 - std::fabs(inside)));
}

} // namespace

bool read_values(PyObject *returned, std::uint32_t players, std::uint32_t player, Values &out) {
    const auto fine = [&](double value, float &to) {
        if (std::isnan(value)) {
            set_error(errors.argument, "the evaluation function returned nan");
            return false;
        }
        to = static_cast<float>(std::clamp(value, -1.0, 1.0));
        return true;
    };
    if (PyFloat_Check(returned) || PyNumber_Check(returned)) {
        const double value = PyFloat_AsDouble(returned);
        if (value == -1.0 && PyErr_Occurred() != nullptr) return false;
        if (players > 2) {
            set_error(PyExc_TypeError, "an evaluation function for " + std::to_string(players) +
                                           " players returns one number a player");
            return false;
        }
        float mine = 0;
        if (!fine(value, mine)) return false;
        out[player] = mine;
        if (players == 2) out[player ^ 1] = -mine;
        return true;
    }
    if (PyUnicode_Check(returned) || PyBytes_Check(returned)) {
        set_error(PyExc_TypeError, "an evaluation function returns a number, or one number a player, not text");
        return false;
    }
    PyObject *sequence = PySequence_Fast(returned, "an evaluation function returns a number, or one number a player");
    if (sequence == nullptr) return false;
    bool good = PySequence_Fast_GET_SIZE(sequence) == static_cast<Py_ssize_t>(players);
    if (!good) set_error(errors.argument, "the evaluation function did not return one number a player");
    for (std::uint32_t p = 0; good && p < players; ++p) {
        const double value = PyFloat_AsDouble(PySequence_Fast_GET_ITEM(sequence, p));
        good = !(value == -1.0 && PyErr_Occurred() != nullptr) && fine(value, out[p]);
    }
    Py_DECREF(sequence);
    return good;
}

// The layer's tables: each function passes on to the inner game.
struct PythonLayer::Slots {
    static PythonLayer &of(void *self) { return *static_cast<PythonLayer *>(self); }
    static const GameRef &rules(void *self) { return of(self).inner_->rules(); }
    static void *inner(void *self) { return rules(self).self(); }
    static const parlour_game_api &api(void *self) { return *rules(self).raw().api; }

    static std::uint32_t legal(void *self, const void *state, Move *moves, std::uint32_t capacity) {
        of(self).quiet_call();
        const std::uint32_t count = rules(self).legal(state, moves, capacity);
        of(self).after_rules();
        return count;
    }
    static std::uint32_t apply(void *self, void *state, Move move) {
        of(self).quiet_call();
        const Turn turn = rules(self).apply(state, move);
        of(self).after_rules();
        return turn.word;
    }
    static std::uint32_t turn(void *self, const void *state) { return rules(self).turn(state).word; }
    static void outcome(void *self, const void *state, float *util) {
        rules(self).outcome(state, util);
        of(self).after_rules();
    }
    static std::uint64_t hash(void *self, const void *state) { return rules(self).hash(state); }
    static std::uint32_t initial(void *self, void *state, std::uint64_t seed) {
        return rules(self).initial(state, seed).word;
    }
    static void info(void *self, parlour_game_info *out) {
        api(self).info(inner(self), out);
        if (out->size >= offsetof(parlour_game_info, flags) + sizeof out->flags)
            out->flags |= PARLOUR_GAME_SERIALIZED;
    }
    static parlour_status check(void *self, const void *state, parlour_error *error) {
        return rules(self).check(state, error);
    }
    static std::int32_t move_text(void *self, const void *state, Move move, char *to, std::uint32_t capacity) {
        return api(self).move_text(inner(self), state, move, to, capacity);
    }
    static parlour_status parse_move(void *self, const void *state, const char *text, Move *move,
                                     parlour_error *error) {
        return rules(self).parse_move(state, text, move, error);
    }
    static std::int32_t state_text(void *self, const void *state, char *to, std::uint32_t capacity) {
        return api(self).state_text(inner(self), state, to, capacity);
    }
    static parlour_status parse_state(void *self, const char *text, void *state, parlour_error *error) {
        return rules(self).parse_state(text, state, error);
    }
    static void destroy(void *) {}

    static std::uint32_t outcomes(void *self, const void *state, Move *moves, float *odds, std::uint32_t capacity) {
        return rules(self).chance()->outcomes(inner(self), state, moves, odds, capacity);
    }
    static std::uint32_t sample(void *self, const void *state, parlour_rng *rng) {
        return rules(self).chance()->sample(inner(self), state, rng);
    }
    static void view(void *self, const void *state, std::uint32_t player, void *out) {
        rules(self).hidden()->view(inner(self), state, player, out);
    }
    static parlour_status determinize(void *self, const void *view, std::uint32_t player, parlour_rng *rng,
                                      void *out) {
        return rules(self).hidden()->determinize(inner(self), view, player, rng, out);
    }
    static void order(void *self, const void *state, const Move *moves, std::uint32_t n, std::int16_t *score) {
        rules(self).hints()->order(inner(self), state, moves, n, score);
    }
    static std::uint32_t noisy(void *self, const void *state, Move *moves, std::uint32_t capacity) {
        return rules(self).hints()->noisy(inner(self), state, moves, capacity);
    }

    static std::int32_t eval(void *self, const void *state, std::uint32_t player) {
        PythonLayer &layer = of(self);
        if (layer.function_.is_none() && !layer.ask_elsewhere) {
            const std::int32_t points = rules(self).eval()->eval(inner(self), state, player);
            layer.after_rules();
            return points;
        }
        Values values{};
        return layer.evaluate(state, rules(self).turn(state), values) ? points_of(values[player]) : 0;
    }
    // Judges in place of a random game. Chance moves are drawn first: an evaluation is of somebody's turn.
    static std::uint32_t playout(void *self, void *state, parlour_rng *rng, std::uint32_t most_plies, float *util) {
        PythonLayer &layer = of(self);
        const GameRef &game = rules(self);
        Turn turn = game.turn(state);
        std::uint32_t plies = 0;
        for (; turn.is_chance() && !turn.is_over() && game.chance() != nullptr && plies < most_plies; ++plies) {
            turn = game.apply(state, game.chance()->sample(game.self(), state, rng));
        }
        Values values{};
        if (turn.is_over() && !turn.is_fault()) {
            game.outcome(state, util);
            return plies;
        }
        if (!turn.is_over() && !turn.is_chance()) layer.evaluate(state, turn, values);
        const float low = game.info().util_min, high = game.info().util_max;
        for (std::uint32_t p = 0; p < game.players(); ++p) util[p] = low + (values[p] + 1) / 2 * (high - low);
        return plies;
    }

    static const void *extension(void *self, const char *id) {
        static constexpr parlour_game_chance chance_table{sizeof chance_table, 0, outcomes, sample};
        static constexpr parlour_game_hidden hidden_table{sizeof hidden_table, 0, view, determinize};
        static constexpr parlour_game_hints hints_table{sizeof hints_table, 0, order, noisy};
        static constexpr parlour_game_hints order_table{sizeof order_table, 0, order, nullptr};
        static constexpr parlour_game_eval eval_table{sizeof eval_table, 0, eval};
        static constexpr parlour_game_playout playout_table{sizeof playout_table, 0, playout};
        const GameRef &game = rules(self);
        const PythonLayer &layer = of(self);
        const bool judged = !layer.function_.is_none() || layer.ask_elsewhere;
        const auto is = [id](const char *name) { return std::strcmp(id, name) == 0; };
        if (is(PARLOUR_GAME_CHANCE_ID)) return game.chance() != nullptr ? &chance_table : nullptr;
        if (is(PARLOUR_GAME_HIDDEN_ID)) return game.hidden() != nullptr ? &hidden_table : nullptr;
        if (is(PARLOUR_GAME_HINTS_ID) && game.hints() != nullptr) {
            return game.hints()->noisy != nullptr ? &hints_table : &order_table;
        }
        if (is(PARLOUR_GAME_EVAL_ID)) return judged || game.eval() != nullptr ? &eval_table : nullptr;
        if (is(PARLOUR_GAME_PLAYOUT_ID)) return judged ? &playout_table : nullptr;
        // No symmetries: a function need not judge the images of a position alike.
        return nullptr;
    }

    static constexpr parlour_game_api table{sizeof(parlour_game_api),
                                            0,
                                            legal,
                                            apply,
                                            turn,
                                            outcome,
                                            hash,
                                            initial,
                                            info,
                                            extension,
                                            check,
                                            move_text,
                                            parse_move,
                                            state_text,
                                            parse_state,
                                            destroy};
};

PythonLayer::PythonLayer(GamePtr inner, py::object function)
    : inner_(std::move(inner)),
      game_object_(py::cast(inner_)),
      function_(std::move(function)),
      raw_{&Slots::table, this},
      last_(inner_->rules().state_size()) {}

void PythonLayer::begin(GilLease &lease, std::atomic<std::uint32_t> &stop) {
    lease_ = &lease;
    stop_ = &stop;
    has_last_ = false;
    quiet_ = 0;
    if (inner_->serialized()) lease.hold();
}

void PythonLayer::end() {
    lease_ = nullptr;
    stop_ = nullptr;
    if (error_[0] == nullptr) return;
    PyErr_Restore(error_[0], error_[1], error_[2]);
    for (PyObject *&part : error_) part = nullptr;
    throw py::error_already_set();
}

// A call of native rules: after many of them the GIL goes to whoever waits for it.
void PythonLayer::quiet_call() {
    if (inner_->serialized() || lease_ == nullptr) return;
    ++quiet_;
    if (lease_->held() && quiet_ >= calls_until_let_go) lease_->let_go();
    if (quiet_ >= calls_until_signals) {
        quiet_ = 0;
        lease_->hold();
        if (PyErr_CheckSignals() != 0) keep_error();
        lease_->let_go();
    }
}

// Rules that run Python may have left an exception.
void PythonLayer::after_rules() {
    if (inner_->serialized() && lease_ != nullptr && lease_->held() && PyErr_Occurred() != nullptr) keep_error();
}

void PythonLayer::keep_error() {
    if (error_[0] == nullptr) {
        PyErr_Fetch(&error_[0], &error_[1], &error_[2]);
    } else {
        PyErr_Clear();
    }
    if (stop_ != nullptr) stop_->store(PARLOUR_STOP_NOW, std::memory_order_relaxed);
}

bool PythonLayer::evaluate(const void *state, Turn turn, Values &values) {
    const std::size_t size = inner_->rules().state_size();
    if (has_last_ && std::memcmp(last_.data(), state, size) == 0) {
        values = last_values_;
        return true;
    }
    if (ask_elsewhere) {
        if (!ask_elsewhere(state, turn, values)) return false;
    } else {
        if (lease_ == nullptr || error_[0] != nullptr) return false;
        lease_->hold();
        quiet_ = 0;
        PyObject *object = wrap_state(game_object_.ptr(), state, turn.word);
        PyObject *returned = object != nullptr ? PyObject_CallOneArg(function_.ptr(), object) : nullptr;
        Py_XDECREF(object);
        const bool fine =
            returned != nullptr && read_values(returned, inner_->rules().players(), turn.player(), values);
        Py_XDECREF(returned);
        if (!fine) {
            keep_error();
            return false;
        }
    }
    std::memcpy(last_.data(), state, size);
    last_values_ = values;
    has_last_ = true;
    return true;
}

} // namespace parlour::python
