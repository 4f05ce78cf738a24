#include "host/plugins/layers/checked.hpp"

#include "host/plugins/host_object.hpp"
#include "host/plugins/layers/guarded.hpp"
#include "host/plugins/layers/tables.hpp"
#include "host/plugins/text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace parlour::host {

namespace {

constexpr float utility_slack = 1e-4f, probability_slack = 1e-5f;
// What outputs are filled with before two calls that must write the same.
constexpr unsigned char first_fill = 0x00, second_fill = 0xff;

using Moves = std::vector<std::uint32_t>;

class Checked {
public:
    Checked(const parlour_game &raw, std::shared_ptr<CheckLog> log);

    // ---- the functions of the tables, in their order ----
    std::uint32_t legal(const void *state, std::uint32_t *moves, std::uint32_t capacity);
    std::uint32_t apply(void *state, std::uint32_t move);
    std::uint32_t turn(const void *state);
    void outcome(const void *state, float *util);
    std::uint64_t hash(const void *state);
    std::uint32_t initial(void *state, std::uint64_t seed);
    void info(parlour_game_info *out);
    const void *get_extension(const char *id) {
        return layer_extension(id, check_report_id, report_, outer_, inner_);
    }
    parlour_status check(const void *state, parlour_error *error);
    std::int32_t move_text(const void *state, std::uint32_t move, char *buffer, std::uint32_t capacity);
    parlour_status parse_move(const void *state, const char *text, std::uint32_t *move, parlour_error *error);
    std::int32_t state_text(const void *state, char *buffer, std::uint32_t capacity);
    parlour_status parse_state(const char *text, void *state, parlour_error *error);
    void destroy() {
        inner_.api().destroy(inner_.self);
        delete this;
    }

    std::uint32_t outcomes(const void *state, std::uint32_t *moves, float *probabilities, std::uint32_t capacity);
    std::uint32_t sample(const void *state, parlour_rng *rng);
    void view(const void *state, std::uint32_t player, void *view_out);
    parlour_status determinize(const void *view, std::uint32_t player, parlour_rng *rng, void *state_out);
    std::uint64_t active(const void *state);
    std::uint32_t legal_for(const void *state, std::uint32_t player, std::uint32_t *moves, std::uint32_t capacity);
    std::uint32_t apply_joint(void *state, const std::uint32_t *moves);
    std::int32_t choice_text(const void *state, std::uint32_t player, std::uint32_t move, char *buffer,
                             std::uint32_t capacity);
    std::int32_t eval(const void *state, std::uint32_t player);
    void order(const void *state, const std::uint32_t *moves, std::uint32_t n, std::int16_t *score);
    std::uint32_t noisy(const void *state, std::uint32_t *moves, std::uint32_t capacity);
    std::uint32_t playout(void *state, parlour_rng *rng, std::uint32_t max_plies, float *util);
    void map_state(std::uint32_t symmetry, const void *in, void *out);
    std::uint32_t map_move(std::uint32_t symmetry, const void *state, std::uint32_t move);
    std::int64_t score(const void *state, std::uint32_t player);
    std::int32_t rules(char *buffer, std::uint32_t capacity);
    std::int32_t reason(const void *state, char *buffer, std::uint32_t capacity);
    std::int32_t why_not(const void *state, std::uint32_t from, std::uint32_t to, char *buffer,
                         std::uint32_t capacity);
    std::int32_t player_name(std::uint32_t player, char *buffer, std::uint32_t capacity);
    void layout(const parlour_draw *draw);
    void scene(const void *state, std::uint32_t viewer, const parlour_draw *draw);
    std::uint32_t path(const void *state, std::uint32_t move, std::uint32_t alternative, parlour_step *steps,
                       std::uint32_t capacity);

    parlour_game face() { return {&outer_.get<parlour_game_api>(), this}; }

private:
    void plugin_breach(const char *where, const char *kind, const std::string &sentence) const {
        log_->add(false, where, kind, sentence);
    }
    void host_breach(const char *where, const char *kind, const std::string &sentence) const {
        log_->add(true, where, kind, sentence);
    }
    template <class Table>
    const Table &below() const {
        return inner_.get<Table>();
    }

    // Calls the game; an exception becomes a breach and `fault`.
    template <class Result, class Call>
    Result guard(const char *where, Result fault, Call call) const {
        try {
            return call();
        } catch (...) {
            plugin_breach(where, "exception", "threw an exception");
            return fault;
        }
    }
    // Calls a function that only reads a position, on a guarded copy of it.
    template <class Result, class Call>
    Result reading(const char *where, const void *state, Result fault, Call call) const {
        aligned(where, state);
        const Guarded copy(state, info_.state_size);
        const Result result = guard(where, fault, [&] { return call(static_cast<const void *>(copy.data())); });
        if (!copy.intact() || !copy.same_as(state))
            plugin_breach(where, "writes", "changed the position that it was only to read");
        return result;
    }
    void aligned(const char *where, const void *state) const {
        if (reinterpret_cast<std::uintptr_t>(state) % 16 != 0)
            host_breach(where, "alignment", "gave it a position that is not 16-byte aligned");
    }
    void intact(const char *where, const Guarded &memory, const char *what) const {
        if (!memory.intact()) plugin_breach(where, what, fmt::format("wrote outside the {} that it was given", what));
    }

    std::uint32_t inner_turn(const void *state) const { return inner_.api().turn(inner_.self, state); }
    bool is_over(const void *state) const { return (inner_turn(state) & PARLOUR_TURN_TERMINAL) != 0; }
    bool is_chance(const void *state) const { return (inner_turn(state) & PARLOUR_TURN_CHANCE) != 0; }
    bool is_simultaneous(const void *state) const { return (inner_turn(state) & PARLOUR_TURN_SIMULTANEOUS) != 0; }

    // Everything that the game lists, through buffers large enough for it to lie about its bound.
    Moves inner_moves(const void *state) const {
        return listed_moves(
            [&](std::uint32_t *moves, std::uint32_t n) { return inner_.api().legal(inner_.self, state, moves, n); });
    }
    template <class List>
    Moves listed_moves(List list) const {
        Guarded buffer(info_.max_moves * sizeof(std::uint32_t));
        const std::uint32_t n = list(buffer.as<std::uint32_t>(), info_.max_moves);
        const std::uint32_t *at = buffer.as<std::uint32_t>();
        return {at, at + (n == PARLOUR_COUNT_FAULT ? 0 : std::min(n, info_.max_moves))};
    }
    static bool among(const Moves &moves, std::uint32_t move) {
        return std::find(moves.begin(), moves.end(), move) != moves.end();
    }

    void check_turn(const char *where, std::uint32_t word) const;
    template <class List>
    std::uint32_t move_list(const char *where, std::uint32_t *moves, std::uint32_t capacity, List list) const;
    template <class Call>
    std::int32_t text(const char *where, char *buffer, std::uint32_t capacity, bool one_line_only, Call call) const;
    template <class Call>
    parlour_status status(const char *where, parlour_error *error, Call call) const;
    void check_utilities(const char *where, const float *util, bool final) const;
    void check_position(const char *where, const void *state) const;

    static std::string report_text(const void *layer) { return static_cast<const Checked *>(layer)->log_->text(); }
    static std::string report_json(const void *layer) { return static_cast<const Checked *>(layer)->log_->json(); }

    GameTables inner_, outer_;
    parlour_game_info info_{};
    std::shared_ptr<CheckLog> log_;
    LayerReport report_{report_text, report_json, this};
};

// Puts the checked function where the game has one.
template <auto Member, auto Method, class Table>
void put(const Table &inner, Table &outer) {
    if (inner.*Member != nullptr) outer.*Member = slot<Method>;
}

Checked::Checked(const parlour_game &raw, std::shared_ptr<CheckLog> log)
    : inner_(raw), outer_(inner_), log_(std::move(log)) {
    outer_.self = this;
    info_.size = sizeof info_;
    inner_.api().info(inner_.self, &info_);
    outer_.get<parlour_game_api>() = {sizeof(parlour_game_api),    0,
                                      slot<&Checked::legal>,       slot<&Checked::apply>,
                                      slot<&Checked::turn>,        slot<&Checked::outcome>,
                                      slot<&Checked::hash>,        slot<&Checked::initial>,
                                      slot<&Checked::info>,        slot<&Checked::get_extension>,
                                      slot<&Checked::check>,       slot<&Checked::move_text>,
                                      slot<&Checked::parse_move>,  slot<&Checked::state_text>,
                                      slot<&Checked::parse_state>, slot<&Checked::destroy>};
    const auto wrap = [&]<class Table>(auto... puts) { (puts(inner_.get<Table>(), outer_.get<Table>()), ...); };
    using Chance = parlour_game_chance;
    wrap.operator()<Chance>(put<&Chance::outcomes, &Checked::outcomes, Chance>,
                            put<&Chance::sample, &Checked::sample, Chance>);
    using Hidden = parlour_game_hidden;
    wrap.operator()<Hidden>(put<&Hidden::view, &Checked::view, Hidden>,
                            put<&Hidden::determinize, &Checked::determinize, Hidden>);
    using AtOnce = parlour_game_simultaneous;
    wrap.operator()<AtOnce>(put<&AtOnce::active, &Checked::active, AtOnce>,
                            put<&AtOnce::legal_for, &Checked::legal_for, AtOnce>,
                            put<&AtOnce::apply_joint, &Checked::apply_joint, AtOnce>,
                            put<&AtOnce::choice_text, &Checked::choice_text, AtOnce>);
    using Eval = parlour_game_eval;
    wrap.operator()<Eval>(put<&Eval::eval, &Checked::eval, Eval>);
    using Hints = parlour_game_hints;
    wrap.operator()<Hints>(put<&Hints::order, &Checked::order, Hints>, put<&Hints::noisy, &Checked::noisy, Hints>);
    using Playout = parlour_game_playout;
    wrap.operator()<Playout>(put<&Playout::playout, &Checked::playout, Playout>);
    using Symmetry = parlour_game_symmetry;
    wrap.operator()<Symmetry>(put<&Symmetry::map_state, &Checked::map_state, Symmetry>,
                              put<&Symmetry::map_move, &Checked::map_move, Symmetry>);
    using Score = parlour_game_score;
    wrap.operator()<Score>(put<&Score::score, &Checked::score, Score>);
    using Help = parlour_game_help;
    wrap.operator()<Help>(put<&Help::rules, &Checked::rules, Help>, put<&Help::reason, &Checked::reason, Help>,
                          put<&Help::why_not, &Checked::why_not, Help>,
                          put<&Help::player_name, &Checked::player_name, Help>);
    using BoardTable = parlour_game_board;
    wrap.operator()<BoardTable>(put<&BoardTable::layout, &Checked::layout, BoardTable>,
                                put<&BoardTable::scene, &Checked::scene, BoardTable>,
                                put<&BoardTable::path, &Checked::path, BoardTable>);
}

// ---- what several functions have in common ----

void Checked::check_turn(const char *where, std::uint32_t word) const {
    const std::uint32_t kind = word & ~0xffu;
    if ((word & PARLOUR_TURN_FAULT) == PARLOUR_TURN_FAULT)
        return plugin_breach(where, "fault", "says that the rules failed (PARLOUR_TURN_FAULT)");
    if (kind != 0 && kind != PARLOUR_TURN_TERMINAL && kind != PARLOUR_TURN_CHANCE &&
        kind != PARLOUR_TURN_SIMULTANEOUS)
        return plugin_breach(where, "turn word", fmt::format("gives the turn word {:#x}, which means nothing", word));
    if (kind == 0 && PARLOUR_TURN_PLAYER(word) >= info_.players)
        plugin_breach(where, "turn player",
                      fmt::format("says that player {} is to move, but there are {}", PARLOUR_TURN_PLAYER(word) + 1,
                                  info_.players));
    if (kind == PARLOUR_TURN_CHANCE && !(info_.flags & PARLOUR_GAME_CHANCE))
        plugin_breach(where, "chance flag", "says that nature moves, but the game does not say that it has chance");
    if (kind == PARLOUR_TURN_SIMULTANEOUS && !(info_.flags & PARLOUR_GAME_SIMULTANEOUS))
        plugin_breach(where, "simultaneous flag",
                      "says that players move at once, but the game does not say that they do");
}

// Lists moves twice, looks at them, and copies them to the caller.
template <class List>
std::uint32_t Checked::move_list(const char *where, std::uint32_t *moves, std::uint32_t capacity, List list) const {
    const std::uint32_t room = std::min<std::uint32_t>(capacity, info_.max_moves + 64);
    Guarded first(room * sizeof(std::uint32_t), first_fill), second(room * sizeof(std::uint32_t), second_fill);
    const auto run = [&](Guarded &into) {
        return guard(where, PARLOUR_COUNT_FAULT, [&] { return list(into.as<std::uint32_t>(), room); });
    };
    const std::uint32_t n = run(first), again = run(second);
    intact(where, first, "move list");
    intact(where, second, "move list");
    if (n == PARLOUR_COUNT_FAULT) {
        plugin_breach(where, "fault", "says that the rules failed (PARLOUR_COUNT_FAULT)");
        return n;
    }
    const std::uint32_t written = std::min(n, room);
    if (n != again || std::memcmp(first.data(), second.data(), written * sizeof(std::uint32_t)) != 0)
        plugin_breach(where, "determinism", "lists other moves when it is asked again about the same position");
    if (n > info_.max_moves)
        plugin_breach(where, "bound",
                      fmt::format("lists {} moves, but the game says that there are at most {}", n, info_.max_moves));
    std::set<std::uint32_t> seen;
    for (const std::uint32_t move : std::span(first.as<const std::uint32_t>(), written)) {
        if (!seen.insert(move).second) plugin_breach(where, "twice", fmt::format("lists move number {} twice", move));
        if (move == PARLOUR_MOVE_NONE) plugin_breach(where, "none", "lists PARLOUR_MOVE_NONE as a move");
        if (info_.move_space != 0 && move >= info_.move_space)
            plugin_breach(
                where, "move space",
                fmt::format("lists move number {}, but the game says that all are below {}", move, info_.move_space));
    }
    if (written > 0) std::memcpy(moves, first.data(), written * sizeof(std::uint32_t));
    return n;
}

// Asks for a text in the caller's capacity and in none at all.
template <class Call>
std::int32_t Checked::text(const char *where, char *buffer, std::uint32_t capacity, bool one_line_only,
                           Call call) const {
    constexpr std::uint32_t most = 1u << 20;
    const std::uint32_t room = std::min(capacity, most);
    Guarded memory(room, second_fill), nothing(0);
    const auto run = [&](Guarded &into, std::uint32_t n) {
        return guard(where, std::int32_t{PARLOUR_E_FAIL}, [&] { return call(into.as<char>(), n); });
    };
    const std::int32_t length = run(memory, room), bare = run(nothing, 0);
    intact(where, memory, "buffer");
    intact(where, nothing, "buffer");
    if (length != bare)
        plugin_breach(where, "length",
                      fmt::format("says that the text has {} bytes with a buffer and {} without one", length, bare));
    if (length < 0) {
        plugin_breach(where, "status", fmt::format("fails with status {}", length));
    } else if (room > 0) {
        const std::size_t written = strnlen(memory.as<char>(), room);
        const std::size_t expected = std::min<std::size_t>(static_cast<std::size_t>(length), room - 1);
        if (written != expected)
            plugin_breach(where, "terminator",
                          fmt::format("says that the text has {} bytes, but {} are before its NUL", length, written));
        const std::string_view said(memory.as<char>(), std::min(written, expected));
        const bool whole = expected == static_cast<std::size_t>(length);
        if (whole && !valid_utf8(said)) plugin_breach(where, "utf-8", "gives a text that is not UTF-8");
        if (one_line_only && said.find('\n') != std::string_view::npos)
            plugin_breach(where, "lines", "gives a text of more than one line");
    }
    if (room > 0) std::memcpy(buffer, memory.data(), room);
    return length;
}

// A cold function that fills an error when it fails.
template <class Call>
parlour_status Checked::status(const char *where, parlour_error *error, Call call) const {
    Guarded memory(sizeof(parlour_error), first_fill);
    auto *mine = memory.as<parlour_error>();
    const parlour_status result = guard(where, parlour_status{PARLOUR_E_FAIL}, [&] { return call(mine); });
    intact(where, memory, "error struct");
    if (result > 0) plugin_breach(where, "status", fmt::format("returns {}, but a status is 0 or negative", result));
    if (result != PARLOUR_OK) {
        const std::size_t length = strnlen(mine->text, sizeof mine->text);
        if (length == 0)
            plugin_breach(where, "sentence", "fails without a sentence that says why");
        else if (length == sizeof mine->text || !valid_utf8({mine->text, length}))
            plugin_breach(where, "sentence form", "fails with a sentence that is not UTF-8 or has no end");
    }
    if (error != nullptr) std::memcpy(error, mine, sizeof *mine);
    return result;
}

void Checked::check_utilities(const char *where, const float *util, bool final) const {
    double sum = 0;
    for (std::uint32_t player = 0; player < info_.players; ++player) {
        sum += static_cast<double>(util[player]);
        if (!(util[player] >= info_.util_min - utility_slack && util[player] <= info_.util_max + utility_slack))
            return plugin_breach(where, "bounds",
                                 fmt::format("gives player {} the utility {}, outside {} to {}", player + 1,
                                             util[player], info_.util_min, info_.util_max));
    }
    const double slack = static_cast<double>(utility_slack) *
                         std::max(1.0, static_cast<double>(std::max(-info_.util_min, info_.util_max)));
    if (final && (info_.flags & PARLOUR_GAME_ZERO_SUM) && std::abs(sum) > slack)
        plugin_breach(where, "zero sum", fmt::format("gives utilities that add up to {}, not to zero", sum));
}

void Checked::check_position(const char *where, const void *state) const {
    parlour_error error{};
    const parlour_status result =
        guard(where, parlour_status{PARLOUR_E_FAIL}, [&] { return inner_.api().check(inner_.self, state, &error); });
    if (result != PARLOUR_OK)
        plugin_breach(
            where, "position",
            fmt::format("makes a position that check does not accept: {}", sentence_of(error, "no reason")));
}

// ---- the hot table ----

std::uint32_t Checked::legal(const void *state, std::uint32_t *moves, std::uint32_t capacity) {
    const std::uint32_t n = reading("legal", state, PARLOUR_COUNT_FAULT, [&](const void *copy) {
        return move_list("legal", moves, capacity, [&](std::uint32_t *list, std::uint32_t room) {
            return inner_.api().legal(inner_.self, copy, list, room);
        });
    });
    const bool over = is_over(state);
    if (n != PARLOUR_COUNT_FAULT && (n == 0) != over)
        plugin_breach("legal", "end",
                      over ? fmt::format("lists {} moves, but turn says that the game is over", n)
                           : std::string("lists no move, but turn says that the game goes on"));
    return n;
}

std::uint32_t Checked::apply(void *state, std::uint32_t move) {
    aligned("apply", state);
    if (is_simultaneous(state)) {
        host_breach("apply", "simultaneous", "played a single move where players move at once");
        return PARLOUR_TURN_FAULT;
    }
    if (!among(inner_moves(state), move)) {
        host_breach("apply", "illegal", fmt::format("played move number {}, which is not legal there", move));
        return PARLOUR_TURN_FAULT;
    }
    Guarded first(state, info_.state_size), second(state, info_.state_size);
    const auto run = [&](Guarded &on) {
        return guard("apply", std::uint32_t{PARLOUR_TURN_FAULT},
                     [&] { return inner_.api().apply(inner_.self, on.data(), move); });
    };
    const std::uint32_t word = run(first), again = run(second);
    intact("apply", first, "position");
    if (word != again || !first.same_as(second.data()))
        plugin_breach("apply", "determinism", "leads elsewhere when the same move is played again");
    check_turn("apply", word);
    if ((word & PARLOUR_TURN_FAULT) != PARLOUR_TURN_FAULT) {
        const std::uint32_t said = inner_turn(first.data());
        if (said != word)
            plugin_breach("apply", "turn",
                          fmt::format("returns the turn word {:#x}, but turn says {:#x}", word, said));
        check_position("apply", first.data());
    }
    std::memcpy(state, first.data(), info_.state_size);
    return word;
}

std::uint32_t Checked::turn(const void *state) {
    const std::uint32_t word =
        reading("turn", state, std::uint32_t{PARLOUR_TURN_FAULT}, [&](const void *copy) { return inner_turn(copy); });
    check_turn("turn", word);
    return word;
}

void Checked::outcome(const void *state, float *util) {
    if (!is_over(state)) host_breach("outcome", "unfinished", "asked for the outcome of a game that is not over");
    Guarded memory(info_.players * sizeof(float), second_fill);
    reading("outcome", state, 0, [&](const void *copy) {
        inner_.api().outcome(inner_.self, copy, memory.as<float>());
        return 0;
    });
    intact("outcome", memory, "utilities");
    check_utilities("outcome", memory.as<float>(), true);
    std::memcpy(util, memory.data(), memory.size());
}

std::uint64_t Checked::hash(const void *state) {
    const auto run = [&] {
        return reading("hash", state, std::uint64_t{0},
                       [&](const void *copy) { return inner_.api().hash(inner_.self, copy); });
    };
    const std::uint64_t first = run();
    if (run() != first) plugin_breach("hash", "determinism", "gives another hash when it is asked again");
    return first;
}

// ---- the cold table ----

std::uint32_t Checked::initial(void *state, std::uint64_t seed) {
    aligned("initial", state);
    Guarded first(info_.state_size, first_fill), second(info_.state_size, second_fill);
    const auto run = [&](Guarded &into) {
        return guard("initial", std::uint32_t{PARLOUR_TURN_FAULT},
                     [&] { return inner_.api().initial(inner_.self, into.data(), seed); });
    };
    const std::uint32_t word = run(first), again = run(second);
    intact("initial", first, "position");
    if (word != again || !first.same_as(second.data()))
        plugin_breach("initial", "determinism",
                      "gives another position for the same seed, or does not write all of its bytes");
    check_turn("initial", word);
    if (inner_turn(first.data()) != word)
        plugin_breach("initial", "turn", "returns another turn word than turn does");
    check_position("initial", first.data());
    std::memcpy(state, first.data(), info_.state_size);
    return word;
}

void Checked::info(parlour_game_info *out) {
    parlour_game_info now{};
    now.size = sizeof now;
    inner_.api().info(inner_.self, &now);
    const bool same = now.flags == info_.flags && now.players == info_.players &&
                      now.state_size == info_.state_size && now.max_moves == info_.max_moves &&
                      now.move_space == info_.move_space && now.util_min == info_.util_min &&
                      now.util_max == info_.util_max;
    if (!same) plugin_breach("info", "constant", "gives other numbers than at first");
    const std::uint32_t theirs = out->size;
    std::memcpy(out, &info_, std::min<std::size_t>(theirs, sizeof info_));
    out->size = static_cast<std::uint32_t>(std::min<std::size_t>(theirs, sizeof info_));
}

parlour_status Checked::check(const void *state, parlour_error *error) {
    return reading("check", state, parlour_status{PARLOUR_E_FAIL}, [&](const void *copy) {
        return status("check", error,
                      [&](parlour_error *mine) { return inner_.api().check(inner_.self, copy, mine); });
    });
}

std::int32_t Checked::move_text(const void *state, std::uint32_t move, char *buffer, std::uint32_t capacity) {
    const std::int32_t length = reading("move_text", state, std::int32_t{PARLOUR_E_FAIL}, [&](const void *copy) {
        return text("move_text", buffer, capacity, true, [&](char *into, std::uint32_t room) {
            return inner_.api().move_text(inner_.self, copy, move, into, room);
        });
    });
    if (length == 0) plugin_breach("move_text", "empty", fmt::format("gives move number {} no text", move));
    return length;
}

parlour_status Checked::parse_move(const void *state, const char *said, std::uint32_t *move, parlour_error *error) {
    const parlour_status result = reading("parse_move", state, parlour_status{PARLOUR_E_FAIL}, [&](const void *copy) {
        return status("parse_move", error, [&](parlour_error *mine) {
            return inner_.api().parse_move(inner_.self, copy, said, move, mine);
        });
    });
    if (result == PARLOUR_OK && !among(inner_moves(state), *move))
        plugin_breach("parse_move", "illegal",
                      fmt::format("reads \"{}\" as a move that is not legal there", one_line(said, 40)));
    return result;
}

std::int32_t Checked::state_text(const void *state, char *buffer, std::uint32_t capacity) {
    return reading("state_text", state, std::int32_t{PARLOUR_E_FAIL}, [&](const void *copy) {
        return text("state_text", buffer, capacity, true, [&](char *into, std::uint32_t room) {
            return inner_.api().state_text(inner_.self, copy, into, room);
        });
    });
}

parlour_status Checked::parse_state(const char *said, void *state, parlour_error *error) {
    aligned("parse_state", state);
    Guarded memory(state, info_.state_size);
    const parlour_status result = status("parse_state", error, [&](parlour_error *mine) {
        return inner_.api().parse_state(inner_.self, said, memory.data(), mine);
    });
    intact("parse_state", memory, "position");
    if (result == PARLOUR_OK) {
        check_position("parse_state", memory.data());
        check_turn("parse_state", inner_turn(memory.data()));
    } else if (!memory.same_as(state)) {
        plugin_breach("parse_state", "half-changed", "changes the position although it fails");
    }
    std::memcpy(state, memory.data(), info_.state_size);
    return result;
}

// ---- chance, hidden information, moves at once ----

std::uint32_t Checked::outcomes(const void *state, std::uint32_t *moves, float *probabilities,
                                std::uint32_t capacity) {
    if (!is_chance(state)) host_breach("outcomes", "node", "asked for nature's moves where it does not move");
    const std::uint32_t room = std::min<std::uint32_t>(capacity, info_.max_moves + 64);
    Guarded mine(room * sizeof(std::uint32_t)), weights(room * sizeof(float));
    const std::uint32_t n = reading("outcomes", state, PARLOUR_COUNT_FAULT, [&](const void *copy) {
        return below<parlour_game_chance>().outcomes(inner_.self, copy, mine.as<std::uint32_t>(), weights.as<float>(),
                                                     room);
    });
    intact("outcomes", mine, "move list");
    intact("outcomes", weights, "list of probabilities");
    const std::uint32_t written = n == PARLOUR_COUNT_FAULT ? 0 : std::min(n, room);
    if (n <= room) {
        const std::uint32_t *at = mine.as<std::uint32_t>();
        if (Moves(at, at + written) != inner_moves(state))
            plugin_breach("outcomes", "order", "lists other moves than legal, or in another order");
        double sum = 0;
        for (const float weight : std::span(weights.as<const float>(), written)) {
            sum += static_cast<double>(weight);
            if (!(weight > 0))
                plugin_breach("outcomes", "positive", fmt::format("gives a move the probability {}", weight));
        }
        if (std::abs(sum - 1) > static_cast<double>(probability_slack))
            plugin_breach("outcomes", "sum", fmt::format("gives probabilities that add up to {}, not to 1", sum));
    }
    if (written > 0) {
        std::memcpy(moves, mine.data(), written * sizeof(std::uint32_t));
        std::memcpy(probabilities, weights.data(), written * sizeof(float));
    }
    return n;
}

std::uint32_t Checked::sample(const void *state, parlour_rng *rng) {
    if (!is_chance(state)) host_breach("sample", "node", "asked for a draw where nature does not move");
    parlour_rng other = *rng;
    const auto run = [&](parlour_rng *with) {
        return reading("sample", state, PARLOUR_MOVE_NONE, [&](const void *copy) {
            return below<parlour_game_chance>().sample(inner_.self, copy, with);
        });
    };
    const std::uint32_t move = run(rng);
    if (run(&other) != move || other.state != rng->state)
        plugin_breach("sample", "determinism", "draws another move from the same random numbers");
    if (!among(inner_moves(state), move))
        plugin_breach("sample", "illegal", fmt::format("draws move number {}, which is not legal there", move));
    return move;
}

void Checked::view(const void *state, std::uint32_t player, void *view_out) {
    Guarded first(info_.state_size, first_fill), second(info_.state_size, second_fill);
    const auto run = [&](Guarded &into) {
        reading("view", state, 0, [&](const void *copy) {
            below<parlour_game_hidden>().view(inner_.self, copy, player, into.data());
            return 0;
        });
    };
    run(first);
    run(second);
    intact("view", first, "position");
    if (!first.same_as(second.data()))
        plugin_breach("view", "determinism", "gives another view of the same position, or does not write all of it");
    if (inner_turn(first.data()) != inner_turn(state))
        plugin_breach("view", "turn", "gives a view of which turn says something else than of the position");
    check_position("view", first.data());
    std::memcpy(view_out, first.data(), info_.state_size);
}

parlour_status Checked::determinize(const void *seen, std::uint32_t player, parlour_rng *rng, void *state_out) {
    Guarded first(info_.state_size, first_fill), second(info_.state_size, second_fill), view_again(info_.state_size);
    parlour_rng other = *rng;
    const auto run = [&](Guarded &into, parlour_rng *with) {
        return reading("determinize", seen, parlour_status{PARLOUR_E_FAIL}, [&](const void *copy) {
            return below<parlour_game_hidden>().determinize(inner_.self, copy, player, with, into.data());
        });
    };
    const parlour_status result = run(first, rng), again = run(second, &other);
    intact("determinize", first, "position");
    if (result != PARLOUR_OK) {
        plugin_breach("determinize", "status", "finds no position that fits a view");
        return result;
    }
    if (again != result || !first.same_as(second.data()))
        plugin_breach("determinize", "determinism", "draws another position from the same random numbers");
    check_position("determinize", first.data());
    guard("view", 0, [&] {
        below<parlour_game_hidden>().view(inner_.self, first.data(), player, view_again.data());
        return 0;
    });
    if (!view_again.same_as(seen))
        plugin_breach("determinize", "view", "draws a position whose view is not the one that it was given");
    std::memcpy(state_out, first.data(), info_.state_size);
    return result;
}

std::uint64_t Checked::active(const void *state) {
    if (!is_simultaneous(state))
        host_breach("active", "node", "asked who is active where players do not move at once");
    const std::uint64_t players = reading("active", state, std::uint64_t{0}, [&](const void *copy) {
        return below<parlour_game_simultaneous>().active(inner_.self, copy);
    });
    if (players == 0 || players >> info_.players != 0)
        plugin_breach("active", "players", fmt::format("gives the players {:#x}", players));
    return players;
}

std::uint32_t Checked::legal_for(const void *state, std::uint32_t player, std::uint32_t *moves,
                                 std::uint32_t capacity) {
    const std::uint32_t n = reading("legal_for", state, PARLOUR_COUNT_FAULT, [&](const void *copy) {
        return move_list("legal_for", moves, capacity, [&](std::uint32_t *list, std::uint32_t room) {
            return below<parlour_game_simultaneous>().legal_for(inner_.self, copy, player, list, room);
        });
    });
    if (n == 0) plugin_breach("legal_for", "none", "gives an active player no choice");
    return n;
}

std::uint32_t Checked::apply_joint(void *state, const std::uint32_t *moves) {
    aligned("apply_joint", state);
    const parlour_game_simultaneous &at_once = below<parlour_game_simultaneous>();
    const std::uint64_t players = at_once.active(inner_.self, state);
    for (std::uint32_t player = 0; player < info_.players; ++player) {
        const bool chooses = (players >> player & 1) != 0;
        const Moves known = chooses ? listed_moves([&](std::uint32_t *list, std::uint32_t room) {
            return at_once.legal_for(inner_.self, state, player, list, room);
        })
                                    : Moves{PARLOUR_MOVE_NONE};
        if (among(known, moves[player])) continue;
        host_breach("apply_joint", "illegal",
                    fmt::format("played {} for player {}, which is no choice there", moves[player], player + 1));
        return PARLOUR_TURN_FAULT;
    }
    Guarded first(state, info_.state_size), second(state, info_.state_size);
    const auto run = [&](Guarded &on) {
        return guard("apply_joint", std::uint32_t{PARLOUR_TURN_FAULT},
                     [&] { return at_once.apply_joint(inner_.self, on.data(), moves); });
    };
    const std::uint32_t word = run(first), again = run(second);
    intact("apply_joint", first, "position");
    if (word != again || !first.same_as(second.data()))
        plugin_breach("apply_joint", "determinism", "leads elsewhere when the same moves are played again");
    check_turn("apply_joint", word);
    if (inner_turn(first.data()) != word)
        plugin_breach("apply_joint", "turn", "returns another turn word than turn does");
    check_position("apply_joint", first.data());
    std::memcpy(state, first.data(), info_.state_size);
    return word;
}

std::int32_t Checked::choice_text(const void *state, std::uint32_t player, std::uint32_t move, char *buffer,
                                  std::uint32_t capacity) {
    return reading("choice_text", state, std::int32_t{PARLOUR_E_FAIL}, [&](const void *copy) {
        return text("choice_text", buffer, capacity, true, [&](char *into, std::uint32_t room) {
            return below<parlour_game_simultaneous>().choice_text(inner_.self, copy, player, move, into, room);
        });
    });
}

// ---- help for searches ----

std::int32_t Checked::eval(const void *state, std::uint32_t player) {
    if (is_over(state) || is_chance(state))
        host_breach("eval", "node", "asked for an evaluation where no player is to move");
    const auto run = [&](std::uint32_t of) {
        return reading("eval", state, std::int32_t{0},
                       [&](const void *copy) { return below<parlour_game_eval>().eval(inner_.self, copy, of); });
    };
    const std::int32_t value = run(player);
    if (value <= -PARLOUR_EVAL_LIMIT || value >= PARLOUR_EVAL_LIMIT)
        plugin_breach("eval", "bounds", fmt::format("gives {}, which only a finished game is worth", value));
    if (info_.players == 2 && (info_.flags & PARLOUR_GAME_ZERO_SUM) && run(1 - player) != -value)
        plugin_breach("eval", "zero sum", "does not give the two players opposite values");
    return value;
}

void Checked::order(const void *state, const std::uint32_t *moves, std::uint32_t n, std::int16_t *scores) {
    Guarded memory(n * sizeof(std::int16_t));
    reading("order", state, 0, [&](const void *copy) {
        below<parlour_game_hints>().order(inner_.self, copy, moves, n, memory.as<std::int16_t>());
        return 0;
    });
    intact("order", memory, "list of scores");
    if (n > 0) std::memcpy(scores, memory.data(), memory.size());
}

std::uint32_t Checked::noisy(const void *state, std::uint32_t *moves, std::uint32_t capacity) {
    const std::uint32_t n = reading("noisy", state, std::uint32_t{0}, [&](const void *copy) {
        return move_list("noisy", moves, capacity, [&](std::uint32_t *list, std::uint32_t room) {
            return below<parlour_game_hints>().noisy(inner_.self, copy, list, room);
        });
    });
    const Moves known = inner_moves(state);
    for (const std::uint32_t move : std::span(moves, std::min({n, capacity, info_.max_moves}))) {
        if (!among(known, move))
            plugin_breach("noisy", "illegal", fmt::format("lists move number {}, which is not legal there", move));
    }
    return n;
}

std::uint32_t Checked::playout(void *state, parlour_rng *rng, std::uint32_t max_plies, float *util) {
    aligned("playout", state);
    Guarded memory(state, info_.state_size), again(state, info_.state_size);
    Guarded mine(info_.players * sizeof(float), second_fill), spare(info_.players * sizeof(float), second_fill);
    parlour_rng other = *rng;
    const auto run = [&](Guarded &on, parlour_rng *with, Guarded &into) {
        return guard("playout", std::uint32_t{0}, [&] {
            return below<parlour_game_playout>().playout(inner_.self, on.data(), with, max_plies, into.as<float>());
        });
    };
    const std::uint32_t plies = run(memory, rng, mine), same = run(again, &other, spare);
    intact("playout", memory, "position");
    intact("playout", mine, "utilities");
    if (plies != same || other.state != rng->state || !memory.same_as(again.data()) || !mine.same_as(spare.data()))
        plugin_breach("playout", "determinism", "plays another game from the same random numbers");
    if (plies > max_plies)
        plugin_breach("playout", "plies", fmt::format("plays {} moves where {} were allowed", plies, max_plies));
    check_position("playout", memory.data());
    const bool over = is_over(memory.data());
    if (plies < max_plies && !over) plugin_breach("playout", "end", "stops before the game is over");
    check_utilities("playout", mine.as<float>(), over);
    std::memcpy(state, memory.data(), info_.state_size);
    std::memcpy(util, mine.data(), mine.size());
    return plies;
}

void Checked::map_state(std::uint32_t symmetry, const void *in, void *out) {
    if (symmetry >= below<parlour_game_symmetry>().count)
        return host_breach("map_state", "index", fmt::format("asked for symmetry {}", symmetry));
    Guarded first(info_.state_size, first_fill), second(info_.state_size, second_fill);
    const auto run = [&](Guarded &into) {
        reading("map_state", in, 0, [&](const void *copy) {
            below<parlour_game_symmetry>().map_state(inner_.self, symmetry, copy, into.data());
            return 0;
        });
    };
    run(first);
    run(second);
    intact("map_state", first, "position");
    if (!first.same_as(second.data()))
        plugin_breach("map_state", "determinism", "gives another image of the same position");
    if (symmetry == 0 && !first.same_as(in))
        plugin_breach("map_state", "identity", "changes the position under symmetry 0, the identity");
    if (inner_turn(first.data()) != inner_turn(in))
        plugin_breach("map_state", "turn", "gives an image in which another player is to move");
    check_position("map_state", first.data());
    std::memcpy(out, first.data(), info_.state_size);
}

std::uint32_t Checked::map_move(std::uint32_t symmetry, const void *state, std::uint32_t move) {
    const parlour_game_symmetry &table = below<parlour_game_symmetry>();
    if (symmetry >= table.count) {
        host_breach("map_move", "index", fmt::format("asked for symmetry {}", symmetry));
        return PARLOUR_MOVE_NONE;
    }
    const std::uint32_t mapped = reading("map_move", state, PARLOUR_MOVE_NONE, [&](const void *copy) {
        return table.map_move(inner_.self, symmetry, copy, move);
    });
    Guarded image(info_.state_size);
    guard("map_state", 0, [&] {
        table.map_state(inner_.self, symmetry, state, image.data());
        return 0;
    });
    if (among(inner_moves(state), move) && !among(inner_moves(image.data()), mapped))
        plugin_breach(
            "map_move", "illegal",
            fmt::format("maps the legal move number {} to {}, which is not legal in the image", move, mapped));
    return mapped;
}

// ---- for people ----

std::int64_t Checked::score(const void *state, std::uint32_t player) {
    if (player >= info_.players) host_breach("score", "player", fmt::format("asked about player {}", player + 1));
    return reading("score", state, std::int64_t{0},
                   [&](const void *copy) { return below<parlour_game_score>().score(inner_.self, copy, player); });
}

std::int32_t Checked::rules(char *buffer, std::uint32_t capacity) {
    return text("rules", buffer, capacity, false, [&](char *into, std::uint32_t room) {
        return below<parlour_game_help>().rules(inner_.self, into, room);
    });
}

std::int32_t Checked::reason(const void *state, char *buffer, std::uint32_t capacity) {
    if (!is_over(state)) host_breach("reason", "unfinished", "asked how a game ended that is not over");
    return reading("reason", state, std::int32_t{PARLOUR_E_FAIL}, [&](const void *copy) {
        return text("reason", buffer, capacity, true, [&](char *into, std::uint32_t room) {
            return below<parlour_game_help>().reason(inner_.self, copy, into, room);
        });
    });
}

std::int32_t Checked::why_not(const void *state, std::uint32_t from, std::uint32_t to, char *buffer,
                              std::uint32_t capacity) {
    return reading("why_not", state, std::int32_t{PARLOUR_E_FAIL}, [&](const void *copy) {
        return text("why_not", buffer, capacity, true, [&](char *into, std::uint32_t room) {
            return below<parlour_game_help>().why_not(inner_.self, copy, from, to, into, room);
        });
    });
}

std::int32_t Checked::player_name(std::uint32_t player, char *buffer, std::uint32_t capacity) {
    return text("player_name", buffer, capacity, true, [&](char *into, std::uint32_t room) {
        return below<parlour_game_help>().player_name(inner_.self, player, into, room);
    });
}

// ---- board ----

// Stands between a game and the host's visitor and looks at what is drawn.
class DrawCheck {
public:
    using Breach = std::function<void(const char *kind, const std::string &sentence)>;

    DrawCheck(const parlour_draw *target, bool layout, Breach breach)
        : target_(target), layout_(layout), breach_(std::move(breach)) {}

    parlour_draw face() { return {sizeof(parlour_draw), 0, this, extent, cell, piece, mark, widget}; }
    void finish() const {
        if (layout_ && !extent_seen_) breach_("extent", "draws no extent");
    }

private:
    static DrawCheck &self(void *context) { return *static_cast<DrawCheck *>(context); }

    void numbers(const char *what, std::initializer_list<float> values) const {
        for (const float value : values) {
            if (!std::isfinite(value)) breach_(what, fmt::format("draws a {} at {}", what, value));
        }
    }
    void label(const char *what, const char *text) const {
        if (text != nullptr && !valid_utf8({text, strnlen(text, 4096)}))
            breach_(what, fmt::format("draws a {} with a text that is not UTF-8", what));
    }
    void role(const char *what, std::uint8_t color) const {
        const bool known = color <= PARLOUR_COLOR_WARN || color == PARLOUR_COLOR_RGBA ||
                           (color >= PARLOUR_COLOR_PLAYER0 && color < PARLOUR_COLOR_PLAYER0 + PARLOUR_MAX_PLAYERS);
        if (!known) breach_(what, fmt::format("draws a {} in the colour role {}, which there is not", what, color));
    }

    static void extent(void *context, float x0, float y0, float x1, float y1) {
        DrawCheck &check = self(context);
        check.numbers("extent", {x0, y0, x1, y1});
        if (!(x0 < x1 && y0 < y1)) check.breach_("extent", "draws an extent without area");
        if (!check.layout_ || check.extent_seen_ || check.cells_ > 0)
            check.breach_("extent", "draws the extent elsewhere than once at the beginning of layout");
        check.extent_seen_ = true;
        if (check.target_->extent != nullptr) check.target_->extent(check.target_->context, x0, y0, x1, y1);
    }
    static void cell(void *context, const parlour_cell *cell) {
        DrawCheck &check = self(context);
        ++check.cells_;
        check.numbers("cell", {cell->x, cell->y, cell->w, cell->h, cell->angle});
        check.label("cell", cell->label);
        check.role("cell", cell->color);
        if (cell->shape > PARLOUR_SHAPE_POLYGON) check.breach_("cell", "draws a cell of a shape that there is not");
        if (cell->shape == PARLOUR_SHAPE_POLYGON && (cell->n_xy < 3 || cell->xy == nullptr))
            check.breach_("cell", "draws a polygon with fewer than three corners");
        if (check.target_->cell != nullptr) check.target_->cell(check.target_->context, cell);
    }
    static void piece(void *context, const parlour_piece *piece) {
        DrawCheck &check = self(context);
        check.numbers("piece", {piece->dx, piece->dy, piece->scale});
        check.label("piece", piece->label);
        check.label("piece", piece->glyph);
        check.role("piece", piece->color);
        if (piece->kind > PARLOUR_PIECE_GLYPH) check.breach_("piece", "draws a piece of a kind that there is not");
        if (check.layout_) check.breach_("piece", "draws a piece in layout, which is for what never changes");
        if (check.target_->piece != nullptr) check.target_->piece(check.target_->context, piece);
    }
    static void mark(void *context, const parlour_mark *mark) {
        DrawCheck &check = self(context);
        check.label("mark", mark->text);
        check.role("mark", mark->color);
        if (check.target_->mark != nullptr) check.target_->mark(check.target_->context, mark);
    }
    static void widget(void *context, const parlour_widget *widget) {
        DrawCheck &check = self(context);
        check.label("widget", widget->label);
        check.label("widget", widget->value);
        if (widget->label == nullptr) check.breach_("widget", "draws a widget without a label");
        if (check.target_->widget != nullptr) check.target_->widget(check.target_->context, widget);
    }

    const parlour_draw *target_;
    bool layout_, extent_seen_ = false;
    std::size_t cells_ = 0;
    Breach breach_;
};

void Checked::layout(const parlour_draw *draw) {
    DrawCheck check(draw, true,
                    [&](const char *kind, const std::string &sentence) { plugin_breach("layout", kind, sentence); });
    const parlour_draw face = check.face();
    guard("layout", 0, [&] {
        below<parlour_game_board>().layout(inner_.self, &face);
        return 0;
    });
    check.finish();
}

void Checked::scene(const void *state, std::uint32_t viewer, const parlour_draw *draw) {
    DrawCheck check(draw, false,
                    [&](const char *kind, const std::string &sentence) { plugin_breach("scene", kind, sentence); });
    const parlour_draw face = check.face();
    reading("scene", state, 0, [&](const void *copy) {
        below<parlour_game_board>().scene(inner_.self, copy, viewer, &face);
        return 0;
    });
}

std::uint32_t Checked::path(const void *state, std::uint32_t move, std::uint32_t alternative, parlour_step *steps,
                            std::uint32_t capacity) {
    constexpr std::uint32_t most = 4096;
    const std::uint32_t room = std::min(capacity, most);
    Guarded memory(room * sizeof(parlour_step));
    const std::uint32_t n = reading("path", state, std::uint32_t{0}, [&](const void *copy) {
        return below<parlour_game_board>().path(inner_.self, copy, move, alternative, memory.as<parlour_step>(),
                                                room);
    });
    intact("path", memory, "list of steps");
    const std::uint32_t written = std::min(n, room);
    for (const parlour_step &step : std::span(memory.as<const parlour_step>(), written)) {
        if (step.kind > PARLOUR_STEP_BUTTON || step.reserved0 != 0 || step.reserved1 != 0)
            plugin_breach("path", "step", "gives a step of a kind that there is not");
    }
    if (n == 0 && alternative == 0 && !is_chance(state) && !is_simultaneous(state) && among(inner_moves(state), move))
        plugin_breach("path", "none", fmt::format("gives the legal move number {} no path", move));
    if (written > 0) std::memcpy(steps, memory.data(), written * sizeof(parlour_step));
    return n;
}

} // namespace

parlour_game checked_layer(const parlour_game &inner, std::shared_ptr<CheckLog> log) {
    return (new Checked(inner, std::move(log)))->face();
}

std::shared_ptr<CheckLog> reporting_check_log(const std::string &id) {
    return std::make_shared<CheckLog>([id](const Breach &breach) {
        log_line(breach.by_host ? PARLOUR_LOG_HOST_MISBEHAVING : PARLOUR_LOG_PLUGIN_MISBEHAVING, id,
                 fmt::format("{}{} {}", breach.by_host ? "the caller of " : "", breach.where, breach.sentence));
    });
}

} // namespace parlour::host
