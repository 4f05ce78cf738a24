#include "script_game.hpp"

#include "factories.hpp"
#include "failure_details.hpp"

#include <parlour/common.hpp>

#include <algorithm>
#include <cstring>
#include <memory>

namespace parlour::python_plugin {

namespace {

constexpr std::array<const char *, ScriptGame::n_functions> function_names{
    "initial",  "legal",  "apply", "outcome", "check",  "move_text", "parse_move", "state_text", "parse_state",
    "evaluate", "layout", "scene", "path",    "reason", "outcomes",  "known",      "determinize"};
constexpr std::size_t most_told = 5; // different failures of one game in the log

const ScriptGame &game_of(void *self) {
    return *static_cast<const ScriptGame *>(self);
}

Ref number(std::uint32_t value) {
    return need(PyLong_FromUnsignedLong(value));
}

// ---- the hot table ----

std::uint32_t legal(void *self, const void *state, std::uint32_t *moves, std::uint32_t capacity) {
    const ScriptGame &game = game_of(self);
    return run_rule(game, PARLOUR_COUNT_FAULT, [&] {
        const Ref key = game.key(state);
        const Ref codes = game.call(ScriptGame::legal, key.get());
        const auto n = static_cast<std::uint32_t>(PyList_GET_SIZE(codes.get()));
        for (std::uint32_t i = 0; i < std::min(n, capacity); ++i)
            moves[i] = static_cast<std::uint32_t>(PyLong_AsUnsignedLongMask(PyList_GET_ITEM(codes.get(), i)));
        return n;
    });
}

std::uint32_t apply(void *self, void *state, std::uint32_t move) {
    const ScriptGame &game = game_of(self);
    const std::uint32_t turn = run_rule(game, std::uint32_t{PARLOUR_TURN_FAULT}, [&] {
        const Ref key = game.key(state);
        const Ref code = number(move);
        const Ref child = game.call(ScriptGame::apply, key.get(), code.get());
        return game.store(child.get(), state);
    });
    return turn == PARLOUR_TURN_FAULT ? game.spoil(state) : turn;
}

std::uint32_t turn(void *, const void *state) {
    StateHead head;
    std::memcpy(&head, state, sizeof head);
    return head.turn;
}

void outcome(void *self, const void *state, float *util) {
    const ScriptGame &game = game_of(self);
    const float middle = (game.info().util_min + game.info().util_max) / 2;
    std::fill(util, util + game.info().players, middle);
    run_rule(game, 0, [&] {
        const Ref key = game.key(state);
        const Ref shares = game.call(ScriptGame::outcome, key.get());
        const auto n = std::min<Py_ssize_t>(PyTuple_Size(shares.get()), game.info().players);
        for (Py_ssize_t i = 0; i < n; ++i)
            util[i] = static_cast<float>(PyFloat_AsDouble(PyTuple_GetItem(shares.get(), i)));
        return 0;
    });
}

std::uint64_t hash(void *self, const void *state) {
    StateHead head;
    std::memcpy(&head, state, sizeof head);
    const std::size_t room = game_of(self).info().state_size - sizeof head;
    return hash_bytes(state, sizeof head + std::min<std::size_t>(head.length, room));
}

// ---- the cold ones ----

std::uint32_t initial(void *self, void *state, std::uint64_t) {
    const ScriptGame &game = game_of(self);
    const std::uint32_t turn = run_rule(game, std::uint32_t{PARLOUR_TURN_FAULT},
                                        [&] { return game.store(game.call(ScriptGame::initial).get(), state); });
    return turn == PARLOUR_TURN_FAULT ? game.spoil(state) : turn;
}

void info(void *self, parlour_game_info *out) {
    detail::copy_sized(game_of(self).info(), out);
}

const void *get_extension(void *self, const char *id) {
    return script_game_extension(game_of(self), id);
}

// Runs a cold rule function whose failures are statuses.
template <class Body>
parlour_status run_cold(parlour_error *error, Body body) noexcept {
    return guarded_script(error, [&]() -> parlour_status {
        const Watch watch(SteadyClock::now() + longest_rule, nullptr);
        return body();
    });
}

parlour_status check(void *self, const void *state, parlour_error *error) {
    const ScriptGame &game = game_of(self);
    const auto *bytes = static_cast<const char *>(state);
    StateHead head;
    std::memcpy(&head, state, sizeof head);
    const std::size_t room = game.info().state_size - sizeof head;
    if (head.length == 0 || head.length > room)
        return fail(error, PARLOUR_E_PARSE, "no position of this game: its length cannot be");
    const char *rest = bytes + sizeof head + head.length;
    if (std::any_of(rest, bytes + game.info().state_size, [](char byte) { return byte != 0; }))
        return fail(error, PARLOUR_E_PARSE, "no position of this game: there is something behind its end");
    return run_cold(error, [&]() -> parlour_status {
        const Ref key = game.key(state);
        const std::string problem = text_of(game.call(ScriptGame::check, key.get()));
        return problem.empty() ? PARLOUR_OK : fail(error, PARLOUR_E_PARSE, problem);
    });
}

// A text of the script by the snprintf rule.
template <class Body>
std::int32_t text_by(const ScriptGame &game, char *buffer, std::uint32_t capacity, Body body) noexcept {
    return run_rule(game, std::int32_t{PARLOUR_E_SCRIPT}, [&] { return copy_text(body(), buffer, capacity); });
}

std::int32_t move_text(void *self, const void *state, std::uint32_t move, char *buffer, std::uint32_t capacity) {
    const ScriptGame &game = game_of(self);
    return text_by(game, buffer, capacity, [&] {
        return text_of(game.call(ScriptGame::move_text, game.key(state).get(), number(move).get()));
    });
}

parlour_status parse_move(void *self, const void *state, const char *text, std::uint32_t *move,
                          parlour_error *error) {
    const ScriptGame &game = game_of(self);
    return run_cold(error, [&]() -> parlour_status {
        const Ref found = game.call(ScriptGame::parse_move, game.key(state).get(), make_text(text).get());
        const long long code = integer_of(found.get());
        if (code < 0)
            return fail(error, PARLOUR_E_PARSE, "\"" + std::string(text).substr(0, 60) + "\" is no move here");
        *move = static_cast<std::uint32_t>(code);
        return PARLOUR_OK;
    });
}

std::int32_t state_text(void *self, const void *state, char *buffer, std::uint32_t capacity) {
    const ScriptGame &game = game_of(self);
    return text_by(game, buffer, capacity,
                   [&] { return text_of(game.call(ScriptGame::state_text, game.key(state).get())); });
}

parlour_status parse_state(void *self, const char *text, void *state, parlour_error *error) {
    const ScriptGame &game = game_of(self);
    const parlour_status status = run_cold(error, [&]() -> parlour_status {
        game.store(game.call(ScriptGame::parse_state, make_text(text).get()).get(), state);
        return PARLOUR_OK;
    });
    if (status != PARLOUR_E_SCRIPT) return status;
    if (error != nullptr) error->code = PARLOUR_E_PARSE;
    return PARLOUR_E_PARSE;
}

void destroy(void *self) {
    const Gil gil;
    delete static_cast<ScriptGame *>(self);
}

constexpr parlour_game_api game_api{sizeof(parlour_game_api),
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

// ---- the factory ----

std::uint64_t refresh() {
    return refresh_catalogue();
}
std::uint32_t count() {
    return static_cast<std::uint32_t>(catalogue().games.size());
}
parlour_status describe(std::uint32_t index, parlour_game_desc *out) {
    const auto &games = catalogue().games;
    if (index >= games.size()) return PARLOUR_E_NOTFOUND;
    const auto &game = games[index];
    const parlour_game_desc mine{sizeof mine,         game.flags,          game.low,
                                 game.high,           game.id.c_str(),     game.name.c_str(),
                                 game.family.c_str(), game.summary.c_str()};
    return detail::copy_sized(mine, out);
}
parlour_status option(const char *id, std::uint32_t index, parlour_option *out) {
    for (const auto &game : catalogue().games) {
        if (game.id == id) return fill_option(game.options, index, out);
    }
    return PARLOUR_E_NOTFOUND;
}

parlour_status create(const parlour_host *, const char *id, const parlour_kv *options, std::uint32_t n,
                      parlour_game *out, parlour_error *error) {
    return guarded_script(error, [&] {
        const Watch watch(SteadyClock::now() + longest_rule, nullptr);
        auto made = std::make_unique<ScriptGame>(id, options, n);
        out->api = &game_api;
        out->self = made.release();
        return PARLOUR_OK;
    });
}

} // namespace

ScriptGame::ScriptGame(const std::string &id, const parlour_kv *options, std::uint32_t n_options) : id_(id) {
    const Ref given = need(PyDict_New());
    for (std::uint32_t i = 0; i < n_options; ++i) {
        const Ref value = make_text(options[i].value);
        if (PyDict_SetItemString(given.get(), options[i].id, value.get()) != 0) throw take_failure();
    }
    begin_console();
    rules_ = need(PyObject_CallFunction(runtime("make_rules").get(), "sO", id.c_str(), given.get()));
    for (std::size_t i = 0; i < n_functions; ++i)
        functions_[i] = need(PyObject_GetAttrString(rules_.get(), function_names[i]));
    const auto attribute = [&](const char *name) { return need(PyObject_GetAttrString(rules_.get(), name)); };
    const auto whole = [&](const char *name) {
        return static_cast<std::uint32_t>(integer_of(attribute(name).get()));
    };
    const auto truth = [&](const char *name) { return PyObject_IsTrue(attribute(name).get()) == 1; };
    name_ = text_of(attribute("name"));
    variant_ = text_of(attribute("variant"));
    rules_text_ = text_of(attribute("rules_text"));
    const Ref names = attribute("player_names");
    for (Py_ssize_t i = 0; i < PyList_Size(names.get()); ++i)
        player_names_.push_back(text_of(PyList_GetItem(names.get(), i)));
    has_view_ = truth("has_view");
    has_evaluate_ = truth("has_evaluate");
    info_.size = sizeof info_;
    info_.flags = PARLOUR_GAME_SERIALIZED | PARLOUR_GAME_COMPOUND | (truth("zero_sum") ? PARLOUR_GAME_ZERO_SUM : 0);
    if (truth("has_chance")) info_.flags |= PARLOUR_GAME_CHANCE;
    if (truth("has_secrets")) info_.flags |= PARLOUR_GAME_HIDDEN;
    info_.players = whole("players");
    info_.state_size = whole("state_size");
    info_.max_moves = whole("max_moves");
    info_.move_space = whole("move_space");
    info_.max_plies = whole("max_plies");
    info_.util_min = static_cast<float>(real_of(attribute("low").get()));
    info_.util_max = static_cast<float>(real_of(attribute("high").get()));
    info_.id = id_.c_str();
    info_.name = name_.c_str();
    info_.variant = variant_.c_str();
    board_ = script_board_table(whole("accent"));
}

Ref ScriptGame::key(const void *state) const {
    StateHead head;
    std::memcpy(&head, state, sizeof head);
    if (head.length > info_.state_size - sizeof head) throw ScriptFailure("a position's bytes are damaged");
    return need(PyBytes_FromStringAndSize(static_cast<const char *>(state),
                                          static_cast<Py_ssize_t>(sizeof head + head.length)));
}

std::uint32_t ScriptGame::store(PyObject *key, void *state) const {
    char *bytes = nullptr;
    Py_ssize_t size = 0;
    if (PyBytes_AsStringAndSize(key, &bytes, &size) != 0) throw take_failure();
    const auto length = static_cast<std::size_t>(size);
    if (length < sizeof(StateHead) || length > info_.state_size)
        throw ScriptFailure("a position does not fit its bytes");
    std::memcpy(state, bytes, length);
    std::memset(static_cast<char *>(state) + length, 0, info_.state_size - length);
    StateHead head;
    std::memcpy(&head, state, sizeof head);
    return head.turn;
}

std::uint32_t ScriptGame::spoil(void *state) const {
    constexpr StateHead head{0, PARLOUR_TURN_FAULT};
    std::memset(state, 0, info_.state_size);
    std::memcpy(state, &head, sizeof head);
    return PARLOUR_TURN_FAULT;
}

void ScriptGame::tell(const ScriptFailure &failure) const {
    const std::lock_guard lock(telling_);
    if (told_.size() < most_told && told_.insert(failure.what()).second) log_failure(id_, failure);
}

const parlour_game_factory &game_factory() {
    static constexpr parlour_game_factory factory{sizeof factory, 0, refresh, count, describe, option, create};
    return factory;
}

} // namespace parlour::python_plugin
