// The extensions of script games: the picture, evaluation, dice, secrets, and what people are told.
#include "script_game.hpp"

#include <parlour/common.hpp>

#include <algorithm>

namespace parlour::python_plugin {

namespace {

const ScriptGame &game_of(void *self) {
    return *static_cast<const ScriptGame *>(self);
}

// Reads a tuple field by field; throws where it is shorter or of another kind.
class Fields {
public:
    explicit Fields(PyObject *tuple) : tuple_(need(PySequence_Fast(tuple, "a row is a tuple"))) {}
    std::uint32_t number() { return static_cast<std::uint32_t>(integer_of(next())); }
    std::uint8_t byte() { return static_cast<std::uint8_t>(number()); }
    std::int32_t signed_number() { return static_cast<std::int32_t>(integer_of(next())); }
    float real() { return static_cast<float>(real_of(next())); }
    std::string text() { return text_of(next()); }

private:
    PyObject *next() {
        if (at_ >= PySequence_Fast_GET_SIZE(tuple_.get())) throw ScriptFailure("a row is too short");
        return PySequence_Fast_GET_ITEM(tuple_.get(), at_++);
    }
    Ref tuple_;
    Py_ssize_t at_ = 0;
};

template <class Each>
void for_each(PyObject *list, Each each) {
    const Ref rows = need(PySequence_Fast(list, "a list is meant"));
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(rows.get()); ++i)
        each(Fields(PySequence_Fast_GET_ITEM(rows.get(), i)));
}

void draw_cells(PyObject *list, const parlour_draw &draw) {
    for_each(list, [&](Fields row) {
        parlour_cell cell{};
        cell.size = sizeof cell;
        cell.id = row.number();
        cell.shape = row.byte();
        cell.color = row.byte();
        cell.flags = row.byte();
        cell.rgba = row.number();
        cell.x = row.real();
        cell.y = row.real();
        cell.w = row.real();
        cell.h = row.real();
        cell.angle = row.real();
        const std::string label = row.text();
        cell.label = label.empty() ? nullptr : label.c_str();
        draw.cell(draw.context, &cell);
    });
}

void draw_pieces(PyObject *list, const parlour_draw &draw) {
    for_each(list, [&](Fields row) {
        parlour_piece piece{};
        piece.size = sizeof piece;
        piece.cell = row.number();
        piece.kind = row.byte();
        piece.color = row.byte();
        piece.flags = row.byte();
        piece.rgba = row.number();
        piece.level = row.byte();
        piece.id = row.number();
        piece.count = row.number();
        piece.scale = row.real();
        const std::string glyph = row.text(), label = row.text();
        piece.glyph = glyph.empty() ? nullptr : glyph.c_str();
        piece.label = label.empty() ? nullptr : label.c_str();
        draw.piece(draw.context, &piece);
    });
}

void draw_marks(PyObject *list, const parlour_draw &draw) {
    for_each(list, [&](Fields row) {
        parlour_mark mark{};
        mark.size = sizeof mark;
        mark.kind = row.byte();
        mark.cell_a = row.number();
        mark.cell_b = row.number();
        mark.color = row.byte();
        mark.rgba = row.number();
        const std::string text = row.text();
        mark.text = text.empty() ? nullptr : text.c_str();
        draw.mark(draw.context, &mark);
    });
}

void draw_widgets(PyObject *list, const parlour_draw &draw) {
    for_each(list, [&](Fields row) {
        parlour_widget widget{};
        widget.size = sizeof widget;
        widget.id = row.number();
        widget.kind = row.byte();
        widget.player = row.signed_number();
        widget.key = row.number();
        const std::string label = row.text(), value = row.text();
        widget.label = label.c_str();
        widget.value = value.empty() ? nullptr : value.c_str();
        draw.widget(draw.context, &widget);
    });
}

PyObject *part(const Ref &tuple, Py_ssize_t index) {
    PyObject *item = PyTuple_GetItem(tuple.get(), index);
    if (item == nullptr) throw take_failure();
    return item;
}

void layout(void *self, const parlour_draw *draw) {
    const ScriptGame &game = game_of(self);
    const int drawn = run_rule(game, 0, [&] {
        const Ref still = game.call(ScriptGame::layout);
        Fields box(part(still, 0));
        const float left = box.real(), top = box.real(), right = box.real(), bottom = box.real();
        draw->extent(draw->context, left, top, right, bottom);
        draw_cells(part(still, 1), *draw);
        return 1;
    });
    if (drawn == 0) draw->extent(draw->context, 0, 0, 1, 1);
}

void scene(void *self, const void *state, std::uint32_t viewer, const parlour_draw *draw) {
    const ScriptGame &game = game_of(self);
    run_rule(game, 0, [&] {
        const Ref who = need(PyLong_FromUnsignedLong(viewer));
        const Ref moving = game.call(ScriptGame::scene, game.key(state).get(), who.get());
        draw_cells(part(moving, 0), *draw);
        draw_pieces(part(moving, 1), *draw);
        draw_marks(part(moving, 2), *draw);
        draw_widgets(part(moving, 3), *draw);
        return 1;
    });
}

std::uint32_t path(void *self, const void *state, std::uint32_t move, std::uint32_t alternative, parlour_step *out,
                   std::uint32_t capacity) {
    if (alternative > 0) return 0;
    const ScriptGame &game = game_of(self);
    return run_rule(game, std::uint32_t{0}, [&] {
        const Ref code = need(PyLong_FromUnsignedLong(move));
        std::uint32_t n = 0;
        for_each(game.call(ScriptGame::path, game.key(state).get(), code.get()).get(), [&](Fields row) {
            const parlour_step step{row.byte(), 0, 0, row.number()};
            if (n < capacity) out[n] = step;
            ++n;
        });
        return n;
    });
}

std::int32_t eval(void *self, const void *state, std::uint32_t player) {
    const ScriptGame &game = game_of(self);
    return run_rule(game, 0, [&] {
        const Ref who = need(PyLong_FromUnsignedLong(player));
        const double value = real_of(game.call(ScriptGame::evaluate, game.key(state).get(), who.get()).get());
        return static_cast<std::int32_t>(value * 1000.0); // a won game is about 1000
    });
}

std::int32_t rules(void *self, char *buffer, std::uint32_t capacity) {
    return copy_text(game_of(self).rules_text(), buffer, capacity);
}

std::int32_t reason(void *self, const void *state, char *buffer, std::uint32_t capacity) {
    const ScriptGame &game = game_of(self);
    return run_rule(game, std::int32_t{PARLOUR_E_SCRIPT}, [&] {
        return copy_text(text_of(game.call(ScriptGame::reason, game.key(state).get())), buffer, capacity);
    });
}

std::int32_t player_name(void *self, std::uint32_t player, char *buffer, std::uint32_t capacity) {
    const std::vector<std::string> &names = game_of(self).player_names();
    return copy_text(player < names.size() ? names[player] : "Player " + std::to_string(player + 1), buffer,
                     capacity);
}

// What chance may decide, in the order of legal().
struct Odds {
    std::vector<std::uint32_t> moves;
    std::vector<float> probabilities;
};

Odds odds_of(const ScriptGame &game, const void *state) {
    const Ref both = game.call(ScriptGame::outcomes, game.key(state).get());
    PyObject *codes = part(both, 0), *odds = part(both, 1);
    Odds out;
    for (Py_ssize_t i = 0; i < PyList_Size(codes) && i < PyList_Size(odds); ++i) {
        out.moves.push_back(static_cast<std::uint32_t>(integer_of(PyList_GetItem(codes, i))));
        out.probabilities.push_back(static_cast<float>(real_of(PyList_GetItem(odds, i))));
    }
    return out;
}

std::uint32_t outcomes(void *self, const void *state, std::uint32_t *moves, float *probabilities,
                       std::uint32_t capacity) {
    const ScriptGame &game = game_of(self);
    return run_rule(game, PARLOUR_COUNT_FAULT, [&] {
        const Odds odds = odds_of(game, state);
        const std::size_t n = std::min<std::size_t>(odds.moves.size(), capacity);
        std::copy_n(odds.moves.begin(), n, moves);
        std::copy_n(odds.probabilities.begin(), n, probabilities);
        return static_cast<std::uint32_t>(odds.moves.size());
    });
}

std::uint32_t sample(void *self, const void *state, parlour_rng *rng) {
    const ScriptGame &game = game_of(self);
    return run_rule(game, PARLOUR_MOVE_NONE, [&]() -> std::uint32_t {
        const Odds odds = odds_of(game, state);
        if (odds.moves.empty()) return PARLOUR_MOVE_NONE;
        double left = static_cast<double>(parlour_rng_next(rng) >> 11) * 0x1p-53;
        for (std::size_t i = 0; i + 1 < odds.moves.size(); ++i) {
            left -= static_cast<double>(odds.probabilities[i]);
            if (left < 0) return odds.moves[i];
        }
        return odds.moves.back();
    });
}

void known(void *self, const void *state, std::uint32_t player, void *out) {
    const ScriptGame &game = game_of(self);
    const int told = run_rule(game, 0, [&] {
        const Ref who = need(PyLong_FromUnsignedLong(player));
        game.store(game.call(ScriptGame::known, game.key(state).get(), who.get()).get(), out);
        return 1;
    });
    if (told == 0) game.spoil(out);
}

parlour_status determinize(void *self, const void *view, std::uint32_t player, parlour_rng *rng, void *out) {
    const ScriptGame &game = game_of(self);
    return run_rule(game, parlour_status{PARLOUR_E_SCRIPT}, [&]() -> parlour_status {
        const Ref who = need(PyLong_FromUnsignedLong(player));
        const Ref seed = need(PyLong_FromUnsignedLongLong(parlour_rng_next(rng)));
        game.store(game.call(ScriptGame::determinize, game.key(view).get(), who.get(), seed.get()).get(), out);
        return PARLOUR_OK;
    });
}

} // namespace

const void *script_game_extension(const ScriptGame &game, const char *id) {
    static constexpr parlour_game_eval eval_table{sizeof eval_table, 0, eval};
    static constexpr parlour_game_help help_table{sizeof help_table, 0, rules, reason, nullptr, player_name};
    static constexpr parlour_game_chance chance_table{sizeof chance_table, 0, outcomes, sample};
    static constexpr parlour_game_hidden hidden_table{sizeof hidden_table, 0, known, determinize};
    const std::string_view want(id);
    if (want == PARLOUR_GAME_CHANCE_ID && game.has_chance()) return &chance_table;
    if (want == PARLOUR_GAME_HIDDEN_ID && game.has_secrets()) return &hidden_table;
    if (want == PARLOUR_GAME_BOARD_ID && game.has_view()) return &game.board();
    if (want == PARLOUR_GAME_EVAL_ID && game.has_evaluate()) return &eval_table;
    if (want == PARLOUR_GAME_HELP_ID) return &help_table;
    return nullptr;
}

parlour_game_board script_board_table(std::uint32_t accent) {
    return {sizeof(parlour_game_board), accent, layout, scene, path};
}

} // namespace parlour::python_plugin
