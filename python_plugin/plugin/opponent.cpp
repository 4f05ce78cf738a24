// Opponents: the engine table over parlour.script.runtime.Runner.
#include "factories.hpp"
#include "failure_details.hpp"
#include "watchdog.hpp"

#include <parlour/game_ref.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

namespace parlour::python_plugin {

namespace {

using std::chrono::nanoseconds;

constexpr std::chrono::milliseconds spare_time{5};                // before the hard limit, for coming back
constexpr nanoseconds least_time = std::chrono::milliseconds(30); // of any move: less is the scheduler's noise
constexpr std::chrono::seconds longest_preparation{4};            // for loading a script, and for beginning a game
constexpr std::chrono::milliseconds longest_farewell{400};        // for hearing that a game is over
constexpr std::size_t longest_line = 64;                          // moves of a reported line

// What info() and Clock reach while a search runs. A Python object holds a pointer to it, which is cut at its end.
struct Conversation {
    const parlour_control *control = nullptr;
    std::optional<float> value; // the last one reported
    std::uint64_t nodes = 0;
    std::uint32_t depth = 0;
};

struct ReportObject {
    PyObject_HEAD Conversation *conversation; // null after the search
};

PyObject *send(PyObject *self, PyObject *arguments) {
    PyObject *value = nullptr, *line = nullptr;
    const char *text = nullptr;
    long long depth = 0, nodes = 0;
    if (!PyArg_ParseTuple(arguments, "OOsLL", &value, &line, &text, &depth, &nodes)) return nullptr;
    Conversation *conversation = reinterpret_cast<ReportObject *>(self)->conversation;
    if (conversation == nullptr) Py_RETURN_NONE;
    parlour_info info{};
    info.size = sizeof info;
    info.rank = 1;
    if (value != Py_None) {
        const double number = PyFloat_AsDouble(value);
        if (PyErr_Occurred()) return nullptr;
        info.mask |= PARLOUR_INFO_VALUE;
        info.value = static_cast<float>(std::clamp(number, -1.0, 1.0));
        conversation->value = info.value;
    }
    std::uint32_t moves[longest_line];
    for (Py_ssize_t i = 0; i < PyList_Size(line) && info.n_line < longest_line; ++i)
        moves[info.n_line++] = static_cast<std::uint32_t>(PyLong_AsUnsignedLongMask(PyList_GetItem(line, i)));
    info.line = moves;
    if (info.n_line > 0) info.mask |= PARLOUR_INFO_LINE;
    if (depth > 0) {
        info.mask |= PARLOUR_INFO_DEPTH;
        info.depth = conversation->depth = static_cast<std::uint32_t>(std::min<long long>(depth, UINT32_MAX));
    }
    if (nodes > 0) {
        info.mask |= PARLOUR_INFO_NODES;
        info.nodes = conversation->nodes = static_cast<std::uint64_t>(nodes);
    }
    if (*text != '\0') {
        info.mask |= PARLOUR_INFO_TEXT;
        info.text = text;
    }
    const parlour_control *control = conversation->control;
    if (PARLOUR_HAS(control, parlour_control, info)) control->info(control->context, &info);
    Py_RETURN_NONE;
}

PyObject *stopped(PyObject *self, PyObject *) {
    const Conversation *conversation = reinterpret_cast<ReportObject *>(self)->conversation;
    const bool asked =
        conversation == nullptr || __atomic_load_n(conversation->control->stop, __ATOMIC_RELAXED) != PARLOUR_GO;
    return PyBool_FromLong(asked);
}

PyMethodDef report_methods[] = {{"send", send, METH_VARARGS, "Progress to the host."},
                                {"stopped", stopped, METH_NOARGS, "Whether the host asked for the move."},
                                {nullptr, nullptr, 0, nullptr}};

// The class of reports, made on the first use.
PyTypeObject *report_type() {
    static PyTypeObject *type = nullptr;
    if (type != nullptr) return type;
    PyType_Slot slots[] = {{Py_tp_methods, report_methods}, {0, nullptr}};
    PyType_Spec spec{"parlour.script.Report", sizeof(ReportObject), 0,
                     Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
    type = reinterpret_cast<PyTypeObject *>(need(PyType_FromSpec(&spec)).release());
    return type;
}

// Lends a conversation to Python for the time of a search.
class Lent {
public:
    explicit Lent(Conversation &conversation) : object_(need(report_type()->tp_alloc(report_type(), 0))) {
        report()->conversation = &conversation;
    }
    ~Lent() { report()->conversation = nullptr; }
    Lent(const Lent &) = delete;
    Lent &operator=(const Lent &) = delete;
    PyObject *get() const { return object_.get(); }

private:
    ReportObject *report() const { return reinterpret_cast<ReportObject *>(object_.get()); }
    Ref object_;
};

// The searches that a script starts end with the move that it is asked for.
class MoveUnderWay {
public:
    explicit MoveUnderWay(SteadyClock::time_point deadline)
        : move_(core().begin_move(deadline == SteadyClock::time_point::max() ? INT64_MAX
                                                                             : deadline.time_since_epoch().count())) {
    }
    ~MoveUnderWay() {
        if (move_ != nullptr) core().end_move(move_);
    }
    MoveUnderWay(const MoveUnderWay &) = delete;
    MoveUnderWay &operator=(const MoveUnderWay &) = delete;
    void *get() const { return move_; }

private:
    void *move_;
};

Ref dict_of(const parlour_kv *options, std::uint32_t n) {
    Ref out = need(PyDict_New());
    for (std::uint32_t i = 0; i < n; ++i) {
        const Ref value = make_text(options[i].value);
        if (PyDict_SetItemString(out.get(), options[i].id, value.get()) != 0) throw take_failure();
    }
    return out;
}

Ref list_of(const std::uint32_t *moves, std::uint32_t n) {
    Ref out = need(PyList_New(0));
    for (std::uint32_t i = 0; i < n; ++i) {
        const Ref move = need(PyLong_FromUnsignedLong(moves[i]));
        if (PyList_Append(out.get(), move.get()) != 0) throw take_failure();
    }
    return out;
}

Ref optional_number(bool set, std::uint64_t value) {
    return set ? need(PyLong_FromUnsignedLongLong(value)) : Ref::share(Py_None);
}

// An engine object: a Runner and the game it is bound to.
struct Opponent {
    std::string id;
    Ref runner, think, late;
    Ref game; // parlour.Game
    std::size_t state_size = 0;
    std::optional<GameRef> rules;

    void bind(const parlour_game &raw) {
        const Watch watch(SteadyClock::now() + longest_preparation, nullptr);
        begin_console();
        game = Ref();
        need(PyObject_CallMethod(runner.get(), "bind", nullptr));
        rules.emplace(raw);
        state_size = rules->state_size();
        game = need(core().wrap_game(&raw, nullptr));
    }

    Ref state(const void *bytes) const { return need(core().wrap_state(game.get(), bytes)); }

    void end_game(const parlour_root &last) {
        const Watch watch(SteadyClock::now() + longest_farewell, nullptr);
        begin_console();
        const Ref position = state(last.state);
        Ref start = Ref::share(Py_None);
        if (last.start != nullptr) start = state(last.start);
        const Ref moves = list_of(last.moves, last.start != nullptr ? last.n_moves : 0);
        need(PyObject_CallMethod(runner.get(), "end", "OOO", position.get(), start.get(), moves.get()));
    }

    void search(const parlour_root &root, const parlour_limits &limits, const parlour_control &control,
                parlour_result &result) {
        const auto began = SteadyClock::now();
        const auto has = [&](std::uint32_t bit) { return (limits.mask & bit) != 0; };
        const double hard = has(PARLOUR_LIMIT_HARD_TIME) ? static_cast<double>(limits.hard_ns) * 1e-9
                                                         : std::numeric_limits<double>::infinity();
        const double soft = has(PARLOUR_LIMIT_SOFT_TIME) ? static_cast<double>(limits.soft_ns) * 1e-9 : hard;

        Conversation conversation{&control, {}, 0, 0};
        const Lent report(conversation);
        const Ref position = state(root.state);
        Ref start = Ref::share(Py_None);
        if (root.start != nullptr) start = state(root.start);
        const Ref moves = list_of(root.moves, root.start != nullptr ? root.n_moves : 0);
        Ref only = list_of(limits.only, has(PARLOUR_LIMIT_MOVES) ? limits.n_only : 0);
        const Ref bounds =
            need(Py_BuildValue("(NNNNKN)", optional_number(has(PARLOUR_LIMIT_DEPTH), limits.depth).release(),
                               optional_number(has(PARLOUR_LIMIT_NODES), limits.nodes).release(),
                               optional_number(has(PARLOUR_LIMIT_PLAYOUTS), limits.playouts).release(),
                               optional_number(has(PARLOUR_LIMIT_STRENGTH), limits.strength).release(),
                               static_cast<unsigned long long>(limits.seed), only.release()));
        const Ref soft_number = need(PyFloat_FromDouble(soft)), hard_number = need(PyFloat_FromDouble(hard));
        begin_console();

        Ref answer;
        {
            const auto at_most = nanoseconds(
                has(PARLOUR_LIMIT_HARD_TIME)
                    ? static_cast<std::int64_t>(std::min<std::uint64_t>(limits.hard_ns, std::uint64_t{1} << 60))
                    : 0);
            const auto deadline =
                has(PARLOUR_LIMIT_HARD_TIME)
                    ? began + std::max(at_most - std::min<nanoseconds>(spare_time, at_most / 10), least_time)
                    : SteadyClock::time_point::max();
            const MoveUnderWay move(deadline);
            const Watch watch(deadline, control.stop, move.get());
            answer = Ref::take(PyObject_CallFunctionObjArgs(think.get(), position.get(), start.get(), moves.get(),
                                                            report.get(), soft_number.get(), hard_number.get(),
                                                            bounds.get(), nullptr));
        }
        if (!answer) answer = after_failure();
        result.move = static_cast<std::uint32_t>(integer_of(answer.get()));
        result.nodes = conversation.nodes;
        result.depth = conversation.depth;
        if (conversation.value) {
            result.value = *conversation.value;
            result.flags |= PARLOUR_RESULT_VALUE;
        }
    }

private:
    // The time was over: the best move so far, or the failure with the place where the script was.
    Ref after_failure() {
        PyObject *type = nullptr, *value = nullptr, *trace = nullptr;
        PyErr_Fetch(&type, &value, &trace);
        PyErr_NormalizeException(&type, &value, &trace);
        const Ref held_type = Ref::take(type), held_value = Ref::take(value), held_trace = Ref::take(trace);
        if (value == nullptr || std::string_view(Py_TYPE(value)->tp_name) != "TimeUp") {
            PyErr_Restore(Ref(held_type).release(), Ref(held_value).release(), Ref(held_trace).release());
            throw take_failure();
        }
        if (trace != nullptr) PyException_SetTraceback(value, trace);
        Ref best = Ref::take(PyObject_CallOneArg(late.get(), value));
        if (best) return best;
        const ScriptFailure failure = take_failure();
        throw ScriptFailure(failure.what(), failure.line(), failure.details(), PARLOUR_E_STOPPED);
    }
};

parlour_status bind(void *self, const parlour_game *game, parlour_error *error) {
    auto &opponent = *static_cast<Opponent *>(self);
    return guarded_script(error, [&] {
        opponent.bind(*game);
        return PARLOUR_OK;
    });
}

parlour_status search(void *self, const parlour_root *root, const parlour_limits *limits,
                      const parlour_control *control, parlour_result *result, parlour_error *error) {
    auto &opponent = *static_cast<Opponent *>(self);
    return guarded_script(error, [&]() -> parlour_status {
        if (!opponent.game) return fail(error, PARLOUR_E_ARG, "search was called before bind");
        parlour_limits bounds{};
        std::memcpy(&bounds, limits, std::min<std::size_t>(limits->size, sizeof bounds));
        parlour_result mine{};
        mine.size = sizeof mine;
        mine.move = PARLOUR_MOVE_NONE;
        opponent.search(*root, bounds, *control, mine);
        return detail::copy_sized(mine, result);
    });
}

void destroy(void *self) {
    const Gil gil;
    delete static_cast<Opponent *>(self);
}

parlour_status game_over(void *self, const parlour_root *last, parlour_error *error) {
    auto &opponent = *static_cast<Opponent *>(self);
    return guarded_script(error, [&] {
        if (opponent.game) opponent.end_game(*last);
        return PARLOUR_OK;
    });
}

constexpr parlour_engine_api engine_api{sizeof(parlour_engine_api), 0, bind, search, destroy, game_over};

const EngineEntry *engine_by_id(std::string_view id) {
    for (const EngineEntry &engine : catalogue().engines) {
        if (engine.id == id) return &engine;
    }
    return nullptr;
}

std::uint64_t refresh() {
    return refresh_catalogue();
}
std::uint32_t count() {
    return static_cast<std::uint32_t>(catalogue().engines.size());
}
parlour_status describe(std::uint32_t index, parlour_engine_desc *out) {
    const std::vector<EngineEntry> &engines = catalogue().engines;
    if (index >= engines.size()) return PARLOUR_E_NOTFOUND;
    const EngineEntry &engine = engines[index];
    const parlour_engine_desc mine{sizeof mine,
                                   0,
                                   engine.id.c_str(),
                                   engine.name.c_str(),
                                   engine.version.c_str(),
                                   engine.author.c_str(),
                                   engine.summary.c_str()};
    return detail::copy_sized(mine, out);
}
parlour_status option(const char *id, std::uint32_t index, parlour_option *out) {
    const EngineEntry *engine = engine_by_id(id);
    return engine == nullptr ? PARLOUR_E_NOTFOUND : fill_option(engine->options, index, out);
}

std::int32_t supports(const char *id, const parlour_game *game, char *why, std::uint32_t capacity) {
    constexpr std::int32_t plays = 50;
    return detail::guarded_hot(std::int32_t{0}, [&]() -> std::int32_t {
        copy_text("", why, capacity);
        const EngineEntry *engine = engine_by_id(id);
        if (engine == nullptr) return 0;
        const GameRef rules(*game);
        if (engine->sees_all && rules.hidden() != nullptr) {
            copy_text(engine->name + " has to see the whole position", why, capacity);
            return 0;
        }
        if (engine->games.empty()) return plays;
        const auto &games = engine->games;
        if (std::find(games.begin(), games.end(), rules.info().id) != games.end()) return plays;
        copy_text(engine->name + " plays other games than this", why, capacity);
        return 0;
    });
}

parlour_status create(const parlour_host *, const char *id, const parlour_kv *options, std::uint32_t n,
                      parlour_engine *out, parlour_error *error) {
    return guarded_script(error, [&] {
        const Watch watch(SteadyClock::now() + longest_preparation, nullptr);
        begin_console();
        const Ref given = dict_of(options, n);
        auto made = std::make_unique<Opponent>();
        made->id = id;
        made->runner = need(PyObject_CallFunction(runtime("Runner").get(), "sO", id, given.get()));
        made->think = need(PyObject_GetAttrString(made->runner.get(), "think"));
        made->late = need(PyObject_GetAttrString(made->runner.get(), "late"));
        out->api = &engine_api;
        out->self = made.release();
        return PARLOUR_OK;
    });
}

} // namespace

const parlour_engine_factory &engine_factory() {
    static constexpr parlour_engine_factory factory{sizeof factory, 0,      refresh,  count,
                                                    describe,       option, supports, create};
    return factory;
}

} // namespace parlour::python_plugin
