// parlour/game.hpp - write a game in one file: a plain struct as its state, a few small functions, one line at the
// end.
//
//     struct Nim {
//         static constexpr parlour::GameAbout about{.id = "nim", .name = "Nim", ...};
//         struct State { std::uint8_t heap[3], mover; };
//         State initial() const;                                   the starting position
//         Turn turn(const State &) const;                          who moves, or that the game is over
//         void legal(const State &, MoveList &) const;             moves.add(...) for each legal move
//         Turn apply(State &, Move) const;                         plays one, says who is next
//         void outcome(const State &, float *util) const;          a utility a player, at the end
//         std::string move_text(const State &, Move) const;        "take 2 from heap 1"
//         std::string state_text(const State &) const;             one line
//         State parse_state(std::string_view) const;               reads it; throws Failure with a sentence
//         std::string check(const State &) const;                  what is wrong with untrusted bytes, or ""
//     };
//     PARLOUR_GAME(Nim);
//
// Everything else is optional; a function that is there is found by its name (the concepts below list them with their
// forms). templates/null_game.cpp has them all with a word on each. The C slots made here are reentrant, let no
// exception cross the border and add a call's cost of 1-2 ns to what the game does.
#pragma once

#include <parlour/common.hpp>
#include <parlour/plugin.hpp>
#include <parlour/text.hpp>

#include <array>
#include <concepts>
#include <memory>
#include <type_traits>

namespace parlour {

// What a game is; constant for all options.
struct GameAbout {
    const char *id, *name;        // "four_in_a_row", "Four in a Row"
    const char *family = "board"; // "row", "capture", "territory", "dice", "cards", "puzzle": groups tiles
    const char *summary = "";     // one sentence
    const char *version = "1.0";
    const char *author = "";
    std::uint32_t flags = PARLOUR_GAME_ZERO_SUM;
    std::uint32_t players_min = 2, players_max = 2;
    std::uint32_t max_moves = 0;  // proven bound of the number of legal moves, over all options
    std::uint32_t move_space = 0; // 0, or every move is below it
    std::uint32_t max_plies = 0;  // 0 = no bound
    float util_min = -1, util_max = 1;
    std::uint32_t accent = 0; // 0xRRGGBBAA of the gallery tile; 0 = the theme's
};

// Where legal() puts its moves. There is always room for about.max_moves.
class MoveList {
public:
    explicit MoveList(Move *begin) : begin_(begin), end_(begin) {}
    void add(Move move) { *end_++ = move; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(end_ - begin_); }
    bool empty() const { return end_ == begin_; }
    Move operator[](std::uint32_t index) const { return begin_[index]; }
    const Move *begin() const { return begin_; }
    const Move *end() const { return end_; }

private:
    Move *begin_, *end_;
};

// Where outcomes() puts chance moves with their probabilities, in the order of legal(). Room for about.max_moves.
class OutcomeList {
public:
    OutcomeList(Move *moves, float *probabilities) : moves_(moves), probabilities_(probabilities) {}
    void add(Move move, float probability) {
        moves_[size_] = move;
        probabilities_[size_++] = probability;
    }
    std::uint32_t size() const { return size_; }

private:
    Move *moves_;
    float *probabilities_;
    std::uint32_t size_ = 0;
};

// ---- what layout() and scene() draw: the structs of game_board.h with defaults, for designated initialisers ----

struct Cell {
    std::uint32_t id = PARLOUR_CELL_NONE; // decoration needs none
    std::uint8_t shape = PARLOUR_SHAPE_RECT, color = PARLOUR_COLOR_NEUTRAL, flags = 0;
    std::uint32_t rgba = 0;
    float x = 0, y = 0, w = 1, h = 1, angle = 0;
    std::span<const float> xy{};
    const char *label = nullptr;
};
struct Piece {
    std::uint32_t cell = 0;
    std::uint8_t kind = PARLOUR_PIECE_DISC, color = PARLOUR_COLOR_NEUTRAL, level = 0, flags = 0;
    std::uint32_t rgba = 0, id = 0, count = 0;
    float dx = 0, dy = 0, scale = 1;
    std::uint8_t enter = PARLOUR_ENTER_GROW;
    const char *glyph = nullptr, *label = nullptr;
};
struct Mark {
    std::uint32_t cell_a = PARLOUR_CELL_NONE, cell_b = PARLOUR_CELL_NONE;
    std::uint8_t kind = PARLOUR_MARK_LINE, color = PARLOUR_COLOR_ACCENT;
    std::uint32_t rgba = 0;
    const char *text = nullptr;
};
struct Widget {
    std::uint32_t id = 0;
    std::uint8_t kind = PARLOUR_WIDGET_BUTTON;
    std::int32_t player = -1;
    std::uint32_t key = 0;
    const char *label = "", *value = nullptr;
};

// The visitor that layout() and scene() are given.
class Board {
public:
    explicit Board(const parlour_draw *draw) : draw_(draw) {}
    // The board's rectangle in its own units; call it first in layout().
    void extent(float x0, float y0, float x1, float y1) { draw_->extent(draw_->context, x0, y0, x1, y1); }
    void cell(const Cell &cell) {
        const parlour_cell c{sizeof c,
                             cell.id,
                             cell.shape,
                             cell.color,
                             cell.flags,
                             0,
                             cell.rgba,
                             cell.x,
                             cell.y,
                             cell.w,
                             cell.h,
                             cell.angle,
                             static_cast<std::uint32_t>(cell.xy.size() / 2),
                             cell.xy.data(),
                             cell.label};
        draw_->cell(draw_->context, &c);
    }
    void piece(const Piece &piece) {
        const parlour_piece c{sizeof c,    piece.id,   piece.cell,  piece.kind, piece.color, piece.level,
                              piece.flags, piece.rgba, piece.dx,    piece.dy,   piece.scale, piece.count,
                              piece.enter, {0, 0, 0},  piece.glyph, piece.label};
        draw_->piece(draw_->context, &c);
    }
    void mark(const Mark &mark) {
        const parlour_mark c{sizeof c, mark.cell_a, mark.cell_b, mark.kind, mark.color,
                             {0, 0},   mark.rgba,   0,           mark.text};
        draw_->mark(draw_->context, &c);
    }
    void widget(const Widget &widget) {
        const parlour_widget c{sizeof c,   widget.id, widget.kind,  {0, 0, 0},   widget.player,
                               widget.key, 0,         widget.label, widget.value};
        draw_->widget(draw_->context, &c);
    }

private:
    const parlour_draw *draw_;
};

// Where path() puts the touches of a move. Leaving it empty says that there is no such alternative.
class Path {
public:
    Path(parlour_step *steps, std::uint32_t capacity) : steps_(steps), capacity_(capacity) {}
    void cell(std::uint32_t id) { add(PARLOUR_STEP_CELL, id); }
    void button(std::uint32_t id) { add(PARLOUR_STEP_BUTTON, id); }
    std::uint32_t size() const { return size_; }

private:
    void add(std::uint8_t kind, std::uint32_t id) {
        if (size_ < capacity_) steps_[size_] = {kind, 0, 0, id};
        ++size_;
    }
    parlour_step *steps_;
    std::uint32_t capacity_, size_ = 0;
};

// ---- the forms that a game has to have, and those that it may have ----

template <class G>
concept GameRules = requires(const G &game, const typename G::State &state, typename G::State &mutable_state,
                             MoveList &moves, Move move, float *util, std::string_view text) {
    { G::about } -> std::convertible_to<const GameAbout &>;
    { game.turn(state) } -> std::same_as<Turn>;
    game.legal(state, moves);
    { game.apply(mutable_state, move) } -> std::same_as<Turn>;
    game.outcome(state, util);
    { game.move_text(state, move) } -> std::convertible_to<std::string>;
    { game.state_text(state) } -> std::convertible_to<std::string>;
    { game.parse_state(text) } -> std::same_as<typename G::State>;
    { game.check(state) } -> std::convertible_to<std::string>;
};

namespace detail {

// Optional functions of a game, found by name.
template <class G>
struct Has {
    using State = typename G::State;
    static constexpr bool options = requires { G::options; };
    static constexpr bool players = requires(const G &g) {
        { g.players() } -> std::convertible_to<std::uint32_t>;
    };
    static constexpr bool seeded_initial = requires(const G &g) {
        { g.initial(std::uint64_t{}) } -> std::same_as<State>;
    };
    static constexpr bool hash = requires(const G &g, const State &s) {
        { g.hash(s) } -> std::same_as<std::uint64_t>;
    };
    static constexpr bool parse_move = requires(const G &g, const State &s, std::string_view t) {
        { g.parse_move(s, t) } -> std::same_as<Move>;
    };
    static constexpr bool eval = requires(const G &g, const State &s) {
        { g.eval(s, 0u) } -> std::convertible_to<std::int32_t>;
    };
    static constexpr bool order = requires(const G &g, const State &s, const Move *m, std::int16_t *o) {
        g.order(s, m, 0u, o);
    };
    static constexpr bool noisy = requires(const G &g, const State &s, MoveList &m) { g.noisy(s, m); };
    static constexpr bool random_move = requires(const G &g, const State &s, Rng &r) {
        { g.random_move(s, r) } -> std::same_as<Move>;
    };
    static constexpr bool playout = requires(const G &g, State &s, Rng &r, float *u) {
        { g.playout(s, r, 0u, u) } -> std::convertible_to<std::uint32_t>;
    };
    static constexpr bool symmetry = requires(const G &g, const State &s) {
        { g.symmetries() } -> std::convertible_to<std::uint32_t>;
        { g.map_state(0u, s) } -> std::same_as<State>;
        { g.map_move(0u, s, Move{}) } -> std::same_as<Move>;
    };
    static constexpr bool chance = requires(const G &g, const State &s, OutcomeList &o) { g.outcomes(s, o); };
    static constexpr bool sample = requires(const G &g, const State &s, Rng &r) {
        { g.sample(s, r) } -> std::same_as<Move>;
    };
    static constexpr bool hidden = requires(const G &g, const State &s, Rng &r) {
        { g.view(s, 0u) } -> std::same_as<State>;
        { g.determinize(s, 0u, r) } -> std::same_as<State>;
    };
    static constexpr bool simultaneous = requires(const G &g, const State &s, State &m, MoveList &l, const Move *j) {
        { g.active(s) } -> std::convertible_to<std::uint64_t>;
        g.legal_for(s, 0u, l);
        { g.apply_joint(m, j) } -> std::same_as<Turn>;
        { g.choice_text(s, 0u, Move{}) } -> std::convertible_to<std::string>;
    };
    static constexpr bool score = requires(const G &g, const State &s) {
        { g.score(s, 0u) } -> std::convertible_to<std::int64_t>;
    };
    static constexpr bool rules = requires(const G &g) {
        { g.rules() } -> std::convertible_to<std::string>;
    };
    static constexpr bool reason = requires(const G &g, const State &s) {
        { g.reason(s) } -> std::convertible_to<std::string>;
    };
    static constexpr bool why_not = requires(const G &g, const State &s) {
        { g.why_not(s, 0u, 0u) } -> std::convertible_to<std::string>;
    };
    static constexpr bool player_name = requires(const G &g) {
        { g.player_name(0u) } -> std::convertible_to<std::string>;
    };
    static constexpr bool help = rules || reason || why_not || player_name;
    static constexpr bool board = requires(const G &g, const State &s, Board &b, Path &p) {
        g.layout(b);
        g.scene(s, 0u, b);
        g.path(s, Move{}, 0u, p);
    };
};

// The cells of a board by their names ("b12"), to understand a text that is no legal move.
class CellNames {
public:
    template <class G>
    explicit CellNames(const G &game) {
        const parlour_draw collector{
            sizeof collector,
            0,
            this,
            [](void *, float, float, float, float) {},
            [](void *self, const parlour_cell *cell) { static_cast<CellNames *>(self)->add(*cell); },
            [](void *, const parlour_piece *) {},
            [](void *, const parlour_mark *) {},
            [](void *, const parlour_widget *) {}};
        Board board(&collector);
        game.layout(board);
    }

    // The first two cells that a text of nothing but such names has. Returns the name that no cell has, if any;
    // leaves all as it is where the text is of another form, or the board's cells are named otherwise.
    std::string read(std::string_view text, std::array<std::uint32_t, 2> &touched) const {
        if (cells_.empty()) return {};
        std::vector<std::string> names;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find_first_not_of("0123456789", at + 1), text.size());
            if (end == at + 1 && std::string_view(" -x:/,()").find(text[at]) != std::string_view::npos) {
                at = end;
                continue;
            }
            names.push_back(small(text.substr(at, end - at)));
            if (!is_name(names.back())) return {};
            at = end;
        }
        std::array<std::uint32_t, 2> found = touched;
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto cell =
                std::find_if(cells_.begin(), cells_.end(), [&](const auto &row) { return row.first == names[i]; });
            if (cell == cells_.end()) return names[i];
            if (i < found.size()) found[i] = cell->second;
        }
        touched = found;
        return {};
    }

private:
    void add(const parlour_cell &cell) {
        if (cell.label == nullptr || (cell.flags & PARLOUR_CELL_DECOR) != 0) return;
        if (std::string name = small(cell.label); is_name(name)) cells_.emplace_back(std::move(name), cell.id);
    }
    // A letter and a number of one or two digits.
    static bool is_name(std::string_view text) {
        return (text.size() == 2 || text.size() == 3) && text[0] >= 'a' && text[0] <= 'z' &&
               text.find_first_not_of("0123456789", 1) == std::string_view::npos;
    }

    std::vector<std::pair<std::string, std::uint32_t>> cells_;
};

template <class G>
std::span<const Option> options_of() {
    if constexpr (Has<G>::options)
        return G::options;
    else
        return {};
}

} // namespace detail

// One chance move by the probabilities of outcomes(), or by the game's own sample().
template <GameRules G>
Move sample_chance(const G &game, const typename G::State &state, Rng &rng) {
    if constexpr (detail::Has<G>::sample) {
        return game.sample(state, rng);
    } else if constexpr (detail::Has<G>::chance) {
        std::array<Move, G::about.max_moves> moves;
        std::array<float, G::about.max_moves> probabilities;
        OutcomeList list(moves.data(), probabilities.data());
        game.outcomes(state, list);
        double left = rng.unit();
        std::uint32_t at = 0;
        while (at + 1 < list.size() && (left -= static_cast<double>(probabilities[at])) >= 0) ++at;
        return moves[at];
    } else {
        return PARLOUR_MOVE_NONE;
    }
}

// What a playout writes into util[0..players-1] at its end, for games that have a playout of their own: the outcome,
// or where it was cut short, what the evaluation thinks of the position (the middle where there is none, and before a
// chance move). `turn` is the turn of `state`. [any]
template <class G>
void end_playout(const G &game, const typename G::State &state, Turn turn, float *util) {
    if (turn.is_over()) {
        game.outcome(state, util);
        return;
    }
    const std::uint32_t players = [&] {
        if constexpr (detail::Has<G>::players)
            return static_cast<std::uint32_t>(game.players());
        else
            return G::about.players_min;
    }();
    const float middle = (G::about.util_min + G::about.util_max) / 2;
    for (std::uint32_t player = 0; player < players; ++player) {
        util[player] = middle;
        if constexpr (detail::Has<G>::eval) {
            if (turn.is_chance()) continue;
            const float eval = static_cast<float>(game.eval(state, player));
            const float half = (G::about.util_max - G::about.util_min) / 2;
            util[player] = middle + half * eval / (1000.0f + (eval < 0 ? -eval : eval));
        }
    }
}

// Plays uniformly random moves to the end; see parlour_game_playout. Inlined wherever the game's type is known.
template <GameRules G>
std::uint32_t random_playout(const G &game, typename G::State &state, Rng &rng, std::uint32_t max_plies,
                             float *util) {
    std::array<Move, G::about.max_moves> buffer;
    Turn turn = game.turn(state);
    std::uint32_t plies = 0;
    for (; !turn.is_over() && plies < max_plies; ++plies) {
        Move move;
        if (turn.is_chance()) {
            move = sample_chance(game, state, rng);
        } else if constexpr (detail::Has<G>::random_move) {
            move = game.random_move(state, rng);
        } else {
            MoveList moves(buffer.data());
            game.legal(state, moves);
            move = moves[rng.below(moves.size())];
        }
        turn = game.apply(state, move);
    }
    end_playout(game, state, turn, util);
    return plies;
}

// What parse_move() throws for a text that is no move of the game at all: names it and the form that moves have
// ("e2e3 or e2xd3"), and the square that this board does not have, if that is why.
template <class G>
Failure not_a_move(const G &game, std::string_view text, const std::string &form) {
    std::string what = quote(text) + " is not a move";
    if constexpr (detail::Has<G>::board) {
        std::array<std::uint32_t, 2> touched{};
        const std::string missing = detail::CellNames(game).read(text, touched);
        if (!missing.empty()) what += ": this board has no square " + missing;
    }
    return {PARLOUR_E_PARSE, what + "; write " + form};
}

// What parse_move() throws for a text that is a move, but none of this position: names the text, then says why in the
// words of `reason`, or else gives a legal move as an example. A reason may be a sentence, as why_not() returns it.
template <class G>
Failure illegal_move(const G &game, const typename G::State &state, std::string_view text, std::string reason) {
    std::string what = quote(text) + " is not a legal move here";
    if (!reason.empty()) {
        if (reason[0] >= 'A' && reason[0] <= 'Z') reason[0] = static_cast<char>(reason[0] - 'A' + 'a');
        if (reason.ends_with('.')) reason.pop_back();
        return {PARLOUR_E_ILLEGAL, what + ": " + reason};
    }
    std::array<Move, G::about.max_moves> all;
    MoveList moves(all.data());
    game.legal(state, moves);
    if (!moves.empty()) what += "; a legal one is " + game.move_text(state, moves[0]);
    return {PARLOUR_E_ILLEGAL, what};
}

// The same with the reason that the game's why_not() gives for these cells; `to` is PARLOUR_CELL_NONE for a single
// one.
template <class G>
Failure illegal_move(const G &game, const typename G::State &state, std::string_view text, std::uint32_t from,
                     std::uint32_t to) {
    std::string reason;
    if constexpr (detail::Has<G>::why_not) {
        if (from != PARLOUR_CELL_NONE) reason = game.why_not(state, from, to);
    } else {
        static_cast<void>(from), static_cast<void>(to);
    }
    return illegal_move(game, state, text, std::move(reason));
}

// The C tables of a game class. GameSlots<G>::factory_row() is what the plugin's factory needs of it.
template <class G>
class GameSlots {
    static_assert(GameRules<G>,
                  "a game has about, State, initial, turn, legal, apply, outcome, move_text, state_text, "
                  "parse_state and check, in the forms at the top of parlour/game.hpp");
    using State = typename G::State;
    using Has = detail::Has<G>;
    static_assert(std::is_trivially_copyable_v<State>, "a state is plain bytes: no pointers, strings or vectors");
    static_assert(std::has_unique_object_representations_v<State>,
                  "a state has no padding (and no float): the same position must have the same bytes");
    static_assert(alignof(State) <= 16 && sizeof(State) <= PARLOUR_MAX_STATE_SIZE);
    static_assert(G::about.max_moves > 0, "about.max_moves bounds the number of legal moves");
    static_assert(G::about.players_min >= 1 && G::about.players_max <= PARLOUR_MAX_PLAYERS);
    static_assert(((G::about.flags & PARLOUR_GAME_CHANCE) != 0) == Has::chance,
                  "the chance flag goes with outcomes()");
    static_assert(((G::about.flags & PARLOUR_GAME_HIDDEN) != 0) == Has::hidden,
                  "the hidden flag goes with view() and determinize()");
    static_assert(((G::about.flags & PARLOUR_GAME_SIMULTANEOUS) != 0) == Has::simultaneous,
                  "the simultaneous flag goes with active(), legal_for(), apply_joint() and choice_text()");

    // What `self` points to.
    struct Object {
        G game;
        std::string variant;
    };

    static const G &game(void *self) { return static_cast<const Object *>(self)->game; }
    static const State &in(const void *state) { return *static_cast<const State *>(state); }
    static State &out(void *state) { return *static_cast<State *>(state); }

    // Runs `fill` into a list that may be shorter than the bound; `fill` writes at most about.max_moves.
    template <class Fill>
    static std::uint32_t bounded(Move *moves, std::uint32_t capacity, Fill fill) {
        if (capacity >= G::about.max_moves) [[likely]] {
            MoveList list(moves);
            fill(list);
            return list.size();
        }
        std::array<Move, G::about.max_moves> all;
        MoveList list(all.data());
        fill(list);
        std::copy_n(all.data(), std::min(capacity, list.size()), moves);
        return list.size();
    }

    static std::uint32_t legal(void *self, const void *state, Move *moves, std::uint32_t capacity) {
        return detail::guarded_hot(PARLOUR_COUNT_FAULT, [&] {
            return bounded(moves, capacity, [&](MoveList &list) { game(self).legal(in(state), list); });
        });
    }
    static std::uint32_t apply(void *self, void *state, Move move) {
        return detail::guarded_hot(std::uint32_t{PARLOUR_TURN_FAULT},
                                   [&] { return game(self).apply(out(state), move).word; });
    }
    static std::uint32_t turn(void *self, const void *state) {
        return detail::guarded_hot(std::uint32_t{PARLOUR_TURN_FAULT},
                                   [&] { return game(self).turn(in(state)).word; });
    }
    static void outcome(void *self, const void *state, float *util) {
        detail::guarded_hot(0, [&] {
            game(self).outcome(in(state), util);
            return 0;
        });
    }
    static std::uint64_t hash(void *self, const void *state) {
        return detail::guarded_hot(std::uint64_t{0}, [&]() -> std::uint64_t {
            if constexpr (Has::hash)
                return game(self).hash(in(state));
            else
                return hash_bytes(state, sizeof(State));
        });
    }
    static std::uint32_t initial(void *self, void *state, std::uint64_t seed) {
        return detail::guarded_hot(std::uint32_t{PARLOUR_TURN_FAULT}, [&] {
            State fresh{};
            if constexpr (Has::seeded_initial)
                fresh = game(self).initial(seed);
            else
                fresh = game(self).initial();
            static_cast<void>(seed);
            std::memcpy(state, &fresh, sizeof fresh);
            return game(self).turn(fresh).word;
        });
    }
    static void info(void *self, parlour_game_info *out) {
        parlour_game_info mine{};
        mine.size = sizeof mine;
        mine.flags = G::about.flags;
        mine.players = G::about.players_min;
        if constexpr (Has::players) mine.players = static_cast<std::uint32_t>(game(self).players());
        mine.state_size = sizeof(State);
        mine.max_moves = G::about.max_moves;
        mine.move_space = G::about.move_space;
        mine.max_plies = G::about.max_plies;
        mine.util_min = G::about.util_min;
        mine.util_max = G::about.util_max;
        mine.id = G::about.id;
        mine.name = G::about.name;
        mine.variant = static_cast<const Object *>(self)->variant.c_str();
        detail::copy_sized(mine, out);
    }
    static parlour_status check(void *self, const void *state, parlour_error *error) {
        return detail::guarded(error, [&] {
            const std::string problem = game(self).check(in(state));
            return problem.empty() ? parlour_status{PARLOUR_OK} : fail(error, PARLOUR_E_PARSE, problem);
        });
    }
    static std::int32_t move_text(void *self, const void *state, Move move, char *buffer, std::uint32_t capacity) {
        return detail::guarded_text(buffer, capacity, [&] { return game(self).move_text(in(state), move); });
    }
    static parlour_status parse_move(void *self, const void *state, const char *text, Move *move,
                                     parlour_error *error) {
        return detail::guarded(error, [&]() -> parlour_status {
            if constexpr (Has::parse_move)
                *move = game(self).parse_move(in(state), std::string_view(text));
            else
                *move = find_move(game(self), in(state), text);
            return PARLOUR_OK;
        });
    }
    static std::int32_t state_text(void *self, const void *state, char *buffer, std::uint32_t capacity) {
        return detail::guarded_text(buffer, capacity, [&] { return game(self).state_text(in(state)); });
    }
    static parlour_status parse_state(void *self, const char *text, void *state, parlour_error *error) {
        return detail::guarded(error, [&]() -> parlour_status {
            const State parsed = game(self).parse_state(std::string_view(text));
            const std::string problem = game(self).check(parsed);
            if (!problem.empty()) return fail(error, PARLOUR_E_PARSE, problem);
            std::memcpy(state, &parsed, sizeof parsed);
            return PARLOUR_OK;
        });
    }
    static void destroy(void *self) { delete static_cast<Object *>(self); }

    // Whether two texts are equal but for case and white space.
    static bool same_text(std::string_view a, std::string_view b) {
        const auto next = [](std::string_view &text) -> int {
            while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
            if (text.empty()) return -1;
            const char c = text.front();
            text.remove_prefix(1);
            return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
        };
        for (;;) {
            const int x = next(a), y = next(b);
            if (x != y) return false;
            if (x < 0) return true;
        }
    }

    // The legal move with this text: exactly, or the only one but for case and white space.
    static Move find_move(const G &rules, const State &state, std::string_view text) {
        std::array<Move, G::about.max_moves> all;
        MoveList moves(all.data());
        rules.legal(state, moves);
        Move found = PARLOUR_MOVE_NONE;
        int close = 0;
        for (const Move move : moves) {
            const std::string known = rules.move_text(state, move);
            if (known == text) return move;
            if (same_text(known, text)) found = move, ++close;
        }
        if (close == 1) return found;
        std::array<std::uint32_t, 2> touched{PARLOUR_CELL_NONE, PARLOUR_CELL_NONE};
        if constexpr (Has::board) {
            const std::string missing = detail::CellNames(rules).read(text, touched);
            if (!missing.empty()) throw illegal_move(rules, state, text, "this board has no square " + missing);
        }
        throw illegal_move(rules, state, text, touched[0], touched[1]);
    }

    // ---- extensions ----
    static std::uint32_t outcomes(void *self, const void *state, Move *moves, float *probabilities,
                                  std::uint32_t capacity) {
        return detail::guarded_hot(PARLOUR_COUNT_FAULT, [&] {
            std::array<Move, G::about.max_moves> all;
            std::array<float, G::about.max_moves> p;
            OutcomeList list(all.data(), p.data());
            if constexpr (Has::chance) game(self).outcomes(in(state), list);
            const std::uint32_t n = std::min(capacity, list.size());
            std::copy_n(all.data(), n, moves);
            std::copy_n(p.data(), n, probabilities);
            return list.size();
        });
    }
    static std::uint32_t sample(void *self, const void *state, parlour_rng *raw) {
        return detail::guarded_hot(PARLOUR_MOVE_NONE, [&] {
            Rng rng{*raw};
            const Move move = sample_chance(game(self), in(state), rng);
            *raw = rng.raw;
            return move;
        });
    }
    static void view(void *self, const void *state, std::uint32_t player, void *view_out) {
        detail::guarded_hot(0, [&] {
            if constexpr (Has::hidden) {
                const State seen = game(self).view(in(state), player);
                std::memcpy(view_out, &seen, sizeof seen);
            }
            return 0;
        });
    }
    static parlour_status determinize(void *self, const void *view_bytes, std::uint32_t player, parlour_rng *raw,
                                      void *state_out) {
        return detail::guarded(nullptr, [&]() -> parlour_status {
            if constexpr (Has::hidden) {
                Rng rng{*raw};
                const State full = game(self).determinize(in(view_bytes), player, rng);
                *raw = rng.raw;
                std::memcpy(state_out, &full, sizeof full);
            }
            return PARLOUR_OK;
        });
    }
    static std::uint64_t active(void *self, const void *state) {
        return detail::guarded_hot(std::uint64_t{0}, [&]() -> std::uint64_t {
            if constexpr (Has::simultaneous)
                return game(self).active(in(state));
            else
                return 0;
        });
    }
    static std::uint32_t legal_for(void *self, const void *state, std::uint32_t player, Move *moves,
                                   std::uint32_t capacity) {
        return detail::guarded_hot(PARLOUR_COUNT_FAULT, [&] {
            return bounded(moves, capacity, [&](MoveList &list) {
                if constexpr (Has::simultaneous) game(self).legal_for(in(state), player, list);
            });
        });
    }
    static std::uint32_t apply_joint(void *self, void *state, const Move *moves) {
        return detail::guarded_hot(std::uint32_t{PARLOUR_TURN_FAULT}, [&]() -> std::uint32_t {
            if constexpr (Has::simultaneous)
                return game(self).apply_joint(out(state), moves).word;
            else
                return PARLOUR_TURN_FAULT;
        });
    }
    static std::int32_t choice_text(void *self, const void *state, std::uint32_t player, Move move, char *buffer,
                                    std::uint32_t capacity) {
        return detail::guarded_text(buffer, capacity, [&]() -> std::string {
            if constexpr (Has::simultaneous)
                return game(self).choice_text(in(state), player, move);
            else
                return {};
        });
    }
    static std::int32_t eval(void *self, const void *state, std::uint32_t player) {
        return detail::guarded_hot(std::int32_t{0}, [&]() -> std::int32_t {
            if constexpr (Has::eval)
                return game(self).eval(in(state), player);
            else
                return 0;
        });
    }
    static void order(void *self, const void *state, const Move *moves, std::uint32_t n, std::int16_t *score) {
        detail::guarded_hot(0, [&] {
            if constexpr (Has::order) game(self).order(in(state), moves, n, score);
            return 0;
        });
    }
    static std::uint32_t noisy(void *self, const void *state, Move *moves, std::uint32_t capacity) {
        return detail::guarded_hot(std::uint32_t{0}, [&] {
            return bounded(moves, capacity, [&](MoveList &list) {
                if constexpr (Has::noisy) game(self).noisy(in(state), list);
            });
        });
    }
    static std::uint32_t playout(void *self, void *state, parlour_rng *raw, std::uint32_t max_plies, float *util) {
        return detail::guarded_hot(std::uint32_t{0}, [&] {
            Rng rng{*raw};
            std::uint32_t plies;
            if constexpr (Has::playout)
                plies = game(self).playout(out(state), rng, max_plies, util);
            else
                plies = random_playout(game(self), out(state), rng, max_plies, util);
            *raw = rng.raw;
            return plies;
        });
    }
    static void map_state(void *self, std::uint32_t symmetry, const void *from, void *to) {
        detail::guarded_hot(0, [&] {
            if constexpr (Has::symmetry) {
                const State image = game(self).map_state(symmetry, in(from));
                std::memcpy(to, &image, sizeof image);
            }
            return 0;
        });
    }
    static std::uint32_t map_move(void *self, std::uint32_t symmetry, const void *state, Move move) {
        return detail::guarded_hot(PARLOUR_MOVE_NONE, [&]() -> Move {
            if constexpr (Has::symmetry)
                return game(self).map_move(symmetry, in(state), move);
            else
                return move;
        });
    }
    static std::int64_t score(void *self, const void *state, std::uint32_t player) {
        return detail::guarded_hot(std::int64_t{0}, [&]() -> std::int64_t {
            if constexpr (Has::score)
                return game(self).score(in(state), player);
            else
                return 0;
        });
    }
    static std::int32_t rules(void *self, char *buffer, std::uint32_t capacity) {
        return detail::guarded_text(buffer, capacity, [&]() -> std::string {
            if constexpr (Has::rules)
                return game(self).rules();
            else
                return {};
        });
    }
    static std::int32_t reason(void *self, const void *state, char *buffer, std::uint32_t capacity) {
        return detail::guarded_text(buffer, capacity, [&]() -> std::string {
            if constexpr (Has::reason)
                return game(self).reason(in(state));
            else
                return {};
        });
    }
    static std::int32_t why_not(void *self, const void *state, std::uint32_t from, std::uint32_t to, char *buffer,
                                std::uint32_t capacity) {
        return detail::guarded_text(buffer, capacity, [&]() -> std::string {
            if constexpr (Has::why_not)
                return game(self).why_not(in(state), from, to);
            else
                return {};
        });
    }
    static std::int32_t player_name(void *self, std::uint32_t player, char *buffer, std::uint32_t capacity) {
        return detail::guarded_text(buffer, capacity, [&]() -> std::string {
            if constexpr (Has::player_name)
                return game(self).player_name(player);
            else
                return {};
        });
    }
    static void layout(void *self, const parlour_draw *draw) {
        detail::guarded_hot(0, [&] {
            Board board(draw);
            if constexpr (Has::board) game(self).layout(board);
            return 0;
        });
    }
    static void scene(void *self, const void *state, std::uint32_t viewer, const parlour_draw *draw) {
        detail::guarded_hot(0, [&] {
            Board board(draw);
            if constexpr (Has::board) game(self).scene(in(state), viewer, board);
            return 0;
        });
    }
    static std::uint32_t path(void *self, const void *state, Move move, std::uint32_t alternative,
                              parlour_step *steps, std::uint32_t capacity) {
        return detail::guarded_hot(std::uint32_t{0}, [&] {
            Path list(steps, capacity);
            if constexpr (Has::board) game(self).path(in(state), move, alternative, list);
            return list.size();
        });
    }

    static const void *get_extension(void *self, const char *id) {
        static const parlour_game_chance chance_table{sizeof chance_table, 0, outcomes, sample};
        static const parlour_game_hidden hidden_table{sizeof hidden_table, 0, view, determinize};
        static const parlour_game_simultaneous simultaneous_table{
            sizeof simultaneous_table, 0, active, legal_for, apply_joint, choice_text};
        static const parlour_game_eval eval_table{sizeof eval_table, 0, eval};
        static const parlour_game_hints hints_table{sizeof hints_table, 0, order, Has::noisy ? noisy : nullptr};
        static const parlour_game_playout playout_table{sizeof playout_table, 0, playout};
        static const parlour_game_score score_table{sizeof score_table, 0, score};
        static const parlour_game_help help_table{sizeof help_table,
                                                  0,
                                                  rules,
                                                  Has::reason ? reason : nullptr,
                                                  Has::why_not ? why_not : nullptr,
                                                  Has::player_name ? player_name : nullptr};
        static const parlour_game_board board_table{sizeof board_table, G::about.accent, layout, scene, path};
        const std::string_view want(id);
        if (want == PARLOUR_GAME_CHANCE_ID) return Has::chance ? &chance_table : nullptr;
        if (want == PARLOUR_GAME_HIDDEN_ID) return Has::hidden ? &hidden_table : nullptr;
        if (want == PARLOUR_GAME_SIMULTANEOUS_ID) return Has::simultaneous ? &simultaneous_table : nullptr;
        if (want == PARLOUR_GAME_EVAL_ID) return Has::eval ? &eval_table : nullptr;
        if (want == PARLOUR_GAME_HINTS_ID) return Has::order ? &hints_table : nullptr;
        if (want == PARLOUR_GAME_PLAYOUT_ID) return Has::simultaneous ? nullptr : &playout_table;
        if (want == PARLOUR_GAME_SYMMETRY_ID) return symmetry_of(self);
        if (want == PARLOUR_GAME_SCORE_ID) return Has::score ? &score_table : nullptr;
        if (want == PARLOUR_GAME_HELP_ID) return Has::help ? &help_table : nullptr;
        if (want == PARLOUR_GAME_BOARD_ID) return Has::board ? &board_table : nullptr;
        return nullptr;
    }

    // The table whose count is this instance's (a board that is not square has fewer symmetries).
    static const void *symmetry_of(void *self) {
        if constexpr (Has::symmetry) {
            static const auto tables = [] {
                std::array<parlour_game_symmetry, 17> all{};
                for (std::uint32_t n = 0; n < all.size(); ++n) all[n] = {sizeof all[n], n, map_state, map_move};
                return all;
            }();
            const std::uint32_t count = game(self).symmetries();
            return count > 1 && count < tables.size() ? &tables[count] : nullptr;
        } else {
            static_cast<void>(self);
            return nullptr;
        }
    }

    static parlour_status create(const parlour_kv *options, std::uint32_t n, parlour_game *out,
                                 parlour_error *error) {
        return detail::guarded(error, [&]() -> parlour_status {
            const OptionValues values(detail::options_of<G>(), {options, n});
            out->api = &api;
            if constexpr (std::is_constructible_v<G, const OptionValues &>) {
                out->self = new Object{G(values), values.variant()};
            } else {
                out->self = new Object{G{}, values.variant()};
            }
            return PARLOUR_OK;
        });
    }
    static void describe(parlour_game_desc *out) {
        const parlour_game_desc mine{sizeof mine, G::about.flags, G::about.players_min, G::about.players_max,
                                     G::about.id, G::about.name,  G::about.family,      G::about.summary};
        detail::copy_sized(mine, out);
    }

    static constexpr parlour_game_api api{sizeof(parlour_game_api),
                                          0,
                                          legal,
                                          apply,
                                          turn,
                                          outcome,
                                          hash,
                                          initial,
                                          info,
                                          get_extension,
                                          check,
                                          move_text,
                                          parse_move,
                                          state_text,
                                          parse_state,
                                          destroy};

public:
    static constexpr detail::GameRow row() { return {G::about.id, describe, detail::options_of<G>, create}; }
};

} // namespace parlour
