#include "engine.hpp"

#include "arguments.hpp"
#include "options.hpp"
#include "plugins.hpp"

#include <cmath>
#include <cstring>
#include <set>
#include <thread>

namespace py = pybind11;

namespace parlour::python {

namespace {

constexpr auto signal_interval = std::chrono::milliseconds(20);
// Searches that end this soon by themselves stay on the main thread: no signal has to wait for long.
constexpr std::uint64_t short_nodes = 1000, short_ns = 20'000'000;
constexpr std::uint64_t default_ns = 1'000'000'000;

// Engines that exist, for the end of the interpreter.
std::set<Engine *> &engines_alive() {
    static auto &engines = *new std::set<Engine *>;
    return engines;
}

py::object types(const char *name) {
    return py::module_::import("parlour._types").attr(name);
}

py::object value_or_none(const std::optional<float> &value) {
    return value ? py::object(py::float_(static_cast<double>(*value))) : py::none();
}

py::tuple moves_tuple(std::span<const Move> moves) {
    py::tuple out(moves.size());
    for (std::size_t i = 0; i < moves.size(); ++i) out[i] = py::int_(moves[i]);
    return out;
}

// The texts of a line from a position; as many as are legal. Of views only the first move can be told.
py::tuple texts_of(const Game &game, const void *root, std::span<const Move> line) {
    const GameRef &rules = game.rules();
    StateBuffer at(rules.state_size());
    std::memcpy(at.data(), root, rules.state_size());
    py::list out;
    for (const Move move : line) {
        const std::vector<Move> legal = rules.legal_moves(at.data());
        if (std::find(legal.begin(), legal.end(), move) == legal.end()) break;
        out.append(str_of(rules.move_text(at.data(), move)));
        if (rules.has(PARLOUR_GAME_HIDDEN)) break;
        if (rules.apply(at.data(), move).is_fault()) break;
    }
    return py::tuple(out);
}

py::object info_of(const Report &report) {
    py::tuple stats(report.stats.size());
    for (std::size_t i = 0; i < report.stats.size(); ++i) {
        const parlour_move_stat &stat = report.stats[i];
        stats[i] = py::make_tuple(stat.move, stat.visits, stat.value, stat.prior);
    }
    return types("SearchInfo")(report.rank, report.depth, report.nodes, value_or_none(report.value), report.proven,
                               moves_tuple(report.line), stats, str_of(report.text), report.seconds);
}

// Tells on_info; false when it asks for the end.
bool tell(const py::object &on_info, const Report &report) {
    return !on_info(info_of(report)).is(py::bool_(false));
}

bool on_main_thread() {
    const py::module_ threading = py::module_::import("threading");
    const py::object main = threading.attr("main_thread")().attr("ident"), mine = threading.attr("get_ident")();
    return main.equal(mine);
}

constexpr std::uint64_t strongest = 1000;

// A limit as a whole number in these bounds; nothing for None.
template <class Number>
void take_limit(const py::dict &given, const char *name, std::uint32_t bit, parlour_limits &limits, Number &to,
                std::uint64_t least = 1, std::uint64_t most = std::numeric_limits<Number>::max()) {
    if (!given.contains(name) || py::object(given[name]).is_none()) return;
    to = static_cast<Number>(whole_number(py::object(given[name]), name, least, most));
    limits.mask |= bit;
}

// How many threads or searches at a time.
std::uint32_t side_by_side(const py::object &given, const char *name) {
    return static_cast<std::uint32_t>(whole_number(given, name, 1, UINT32_MAX));
}

} // namespace

SearchWishes SearchWishes::of(const py::dict &given, std::uint64_t seed) {
    SearchWishes wishes;
    parlour_limits &limits = wishes.limits;
    limits.size = sizeof limits;
    limits.lines = 1;
    limits.seed = seed;
    if (given.contains("seconds") && !py::object(given["seconds"]).is_none()) {
        const py::object number = given["seconds"];
        const double seconds = PyFloat_AsDouble(number.ptr());
        if (seconds == -1.0 && PyErr_Occurred() != nullptr) {
            PyErr_Clear();
            raise(PyExc_TypeError, std::string("seconds is a number, not ") + Py_TYPE(number.ptr())->tp_name);
        }
        if (!(seconds >= 0)) {
            raise(errors.argument, "seconds is a number from 0 up, not " + py::cast<std::string>(py::repr(number)));
        }
        limits.soft_ns = limits.hard_ns = seconds > 1e9 ? UINT64_MAX / 2 : static_cast<std::uint64_t>(seconds * 1e9);
        limits.mask |= PARLOUR_LIMIT_SOFT_TIME | PARLOUR_LIMIT_HARD_TIME;
    }
    take_limit(given, "nodes", PARLOUR_LIMIT_NODES, limits, limits.nodes);
    take_limit(given, "playouts", PARLOUR_LIMIT_PLAYOUTS, limits, limits.playouts);
    take_limit(given, "depth", PARLOUR_LIMIT_DEPTH, limits, limits.depth);
    take_limit(given, "strength", PARLOUR_LIMIT_STRENGTH, limits, limits.strength, 0, strongest);
    take_limit(given, "lines", 0, limits, limits.lines);
    take_limit(given, "seed", 0, limits, limits.seed, 0);
    constexpr std::uint32_t ends =
        PARLOUR_LIMIT_HARD_TIME | PARLOUR_LIMIT_NODES | PARLOUR_LIMIT_PLAYOUTS | PARLOUR_LIMIT_DEPTH;
    if ((limits.mask & ends) == 0) {
        limits.soft_ns = limits.hard_ns = default_ns;
        limits.mask |= PARLOUR_LIMIT_SOFT_TIME | PARLOUR_LIMIT_HARD_TIME;
    }
    const auto optional = [&](const char *name) {
        return given.contains(name) ? py::object(given[name]) : py::object(py::none());
    };
    wishes.only_given = optional("only");
    wishes.on_info = optional("on_info");
    wishes.evaluate = optional("evaluate");
    for (const py::object *callable : {&wishes.on_info, &wishes.evaluate}) {
        if (!callable->is_none() && PyCallable_Check(callable->ptr()) == 0) {
            raise(PyExc_TypeError, "on_info and evaluate are functions");
        }
    }
    return wishes;
}

bool needs_layer(const SearchJob &job, const SearchWishes &wishes) {
    return !wishes.evaluate.is_none() || job.game->serialized();
}

Engine::Claim::Claim(Engine &engine) : engine_(&engine) {
    if (engine.busy_) raise(errors.busy, "engine " + engine.id_ + " is searching already");
    engine.busy_ = true;
    for (const auto &loaded : engine.loaded_) loaded->tidy();
}

Engine::Claim::~Claim() {
    engine_->running_.clear();
    engine_->busy_ = false;
}

Engine::Engine(const py::handle &id, const py::dict &options, const py::handle &seed)
    : id_(text_of(id, "an engine's id")), seed_(seed_of(seed)) {
    entry_ = without_gil([this] { return Catalogue::instance().engine(id_); });
    if (!entry_) {
        std::string known;
        for (const auto &one : without_gil([] { return Catalogue::instance().engines(); })) {
            known += (known.empty() ? "" : ", ") + one->id;
        }
        raise(errors.not_found, "there is no engine \"" + id_ + "\"; there are " + (known.empty() ? "none" : known));
    }
    options_ = options_of(options, entry_->options, "engine " + id_);
    library_ = entry_->library;
    plugin_ = library_->entry.id;
    loaded(0);
    engines_alive().insert(this);
}

py::dict Engine::options() const {
    return values_of(options_, entry_->options);
}

Engine::~Engine() {
    engines_alive().erase(this);
}

LoadedEngine &Engine::loaded(std::size_t index) {
    while (loaded_.size() <= index) {
        std::vector<parlour_kv> pairs;
        for (const auto &[option, value] : options_) pairs.push_back({option.c_str(), value.c_str()});
        parlour_engine raw{};
        parlour_error error{};
        const parlour_status status = library_->engines.create(
            host_object(), id_.c_str(), pairs.data(), static_cast<std::uint32_t>(pairs.size()), &raw, &error);
        if (status != PARLOUR_OK) {
            set_status_error(status, error, plugin_, library_->details());
            throw py::error_already_set();
        }
        loaded_.push_back(std::make_unique<LoadedEngine>(raw, *library_));
    }
    return *loaded_[index];
}

std::pair<std::int32_t, std::string> Engine::supports(const Game &game) const {
    if (library_->engines.supports == nullptr) return {50, ""};
    char why[256] = "";
    const std::int32_t score = library_->engines.supports(id_.c_str(), &game.rules().raw(), why, sizeof why);
    return {score, std::string(why, strnlen(why, sizeof why))};
}

std::shared_ptr<SearchJob> Engine::make_job(const py::handle &object, const SearchWishes &wishes) const {
    StateObject *state = state_of(object.ptr());
    if (state == nullptr) throw py::error_already_set();
    if ((state->turn & PARLOUR_TURN_TERMINAL) != 0)
        raise(errors.game_over, "the game is over: there is no move to find");
    if ((state->turn & PARLOUR_TURN_CHANCE) != 0) {
        raise(errors.base, "chance moves here; play one of chance_outcomes() first");
    }
    auto job = std::make_shared<SearchJob>();
    job->game = state->game->shared_from_this();
    if (const auto [score, why] = supports(*job->game); score < 1) {
        raise(errors.base, "engine " + id_ + " does not play " + job->game->id() + (why.empty() ? "" : ": " + why));
    }
    job->state_object =
        py::reinterpret_steal<py::object>(wrap_state(state->game_object, state->bytes(), state->turn));
    const GameRef &rules = job->game->rules();
    job->root = StateBuffer(rules.state_size());
    if (rules.hidden() != nullptr) {
        rules.hidden()->view(rules.self(), state->bytes(), PARLOUR_TURN_PLAYER(state->turn), job->root.data());
    } else {
        std::memcpy(job->root.data(), state->bytes(), rules.state_size());
        Way way = way_of(state);
        if (!way.moves.empty()) {
            job->start = StateBuffer(rules.state_size());
            std::memcpy(job->start.data(), way.start, rules.state_size());
            job->moves = std::move(way.moves);
        }
    }
    job->limits = wishes.limits;
    if (!wishes.only_given.is_none()) {
        for (const py::handle &given : py::reinterpret_borrow<py::object>(wishes.only_given)) {
            Move move = 0;
            if (!read_move(state, given.ptr(), move)) throw py::error_already_set();
            job->only.push_back(move);
        }
        const std::vector<Move> legal = rules.legal_moves(job->root.data());
        const auto illegal = [&](Move move) { return std::find(legal.begin(), legal.end(), move) == legal.end(); };
        if (job->only.empty() || std::any_of(job->only.begin(), job->only.end(), illegal)) {
            raise(errors.illegal_move, "only names no move, or one that is not legal here");
        }
        job->limits.only = job->only.data();
        job->limits.n_only = static_cast<std::uint32_t>(job->only.size());
        job->limits.mask |= PARLOUR_LIMIT_MOVES;
    }
    job->move = ScriptMove::current();
    if (job->move) job->move->take(*job);
    return job;
}

// Searches on this thread with the GIL given up as far as that goes.
void Engine::run_here(LoadedEngine &engine, SearchJob &job, const SearchWishes &wishes) {
    if (!wishes.on_info.is_none()) {
        job.on_report = [&job, on_info = &wishes.on_info](const Report &report) {
            if (job.thrown) return;
            const py::gil_scoped_acquire gil;
            try {
                if (!tell(*on_info, report)) job.stop = PARLOUR_STOP_NOW;
            } catch (...) {
                job.thrown = std::current_exception();
                job.stop = PARLOUR_STOP_NOW;
            }
        };
    }
    if (needs_layer(job, wishes)) {
        const auto layer = engine.layer_for(job.game, wishes.evaluate);
        GilLease lease;
        engine.run(job, layer, lease);
    } else {
        const py::gil_scoped_release no_gil;
        engine.run(job);
    }
    job.on_report = nullptr;
}

// Waits for jobs that other threads do; tells on_info and looks at signals meanwhile.
void Engine::wait_for(const std::shared_ptr<SearchJob> &job, const py::object &on_info) {
    std::exception_ptr thrown;
    const py::object tick = py::module_::import("parlour._restore").attr("tick");
    for (bool done = false; !done;) {
        std::deque<Report> reports;
        {
            const py::gil_scoped_release no_gil;
            std::unique_lock lock(job->mutex);
            job->changed.wait_for(lock, signal_interval, [&] { return job->done || !job->reports.empty(); });
            done = job->done;
            reports.swap(job->reports);
        }
        if (thrown) continue;
        try {
            for (const Report &report : reports) {
                if (!tell(on_info, report)) stop();
            }
            // A call of a Python function, so that signals and what other threads raise here arrive.
            if (PyErr_CheckSignals() != 0) throw py::error_already_set();
            tick();
        } catch (...) {
            thrown = std::current_exception();
            stop();
        }
    }
    if (thrown) std::rethrow_exception(thrown);
}

py::object Engine::search(const py::object &state, const py::dict &given) {
    const SearchWishes wishes = SearchWishes::of(given, seed_);
    const auto job = make_job(state, wishes);
    const Claim claim(*this);
    running_.push_back(job);
    const parlour_limits &limits = job->limits;
    const bool soon = ((limits.mask & PARLOUR_LIMIT_HARD_TIME) != 0 && limits.hard_ns <= short_ns) ||
                      ((limits.mask & PARLOUR_LIMIT_NODES) != 0 && limits.nodes <= short_nodes) ||
                      ((limits.mask & PARLOUR_LIMIT_PLAYOUTS) != 0 && limits.playouts <= short_nodes);
    if (soon || needs_layer(*job, wishes) || !on_main_thread()) {
        run_here(loaded(0), *job, wishes);
    } else {
        job->queue_reports = !wishes.on_info.is_none();
        LoadedEngine &engine = loaded(0);
        engine.thread().run([&engine, job = job.get()] {
            engine.run(*job);
            job->finish();
        });
        wait_for(job, wishes.on_info);
    }
    return result_of(*job);
}

py::list Engine::search_batch(const py::sequence &states, const py::dict &given, std::uint32_t threads) {
    const SearchWishes wishes = SearchWishes::of(given, seed_);
    std::vector<std::shared_ptr<SearchJob>> jobs;
    bool layered = false;
    for (const py::handle &state : states) {
        jobs.push_back(make_job(state, wishes));
        layered = layered || needs_layer(*jobs.back(), wishes);
    }
    py::list results;
    if (jobs.empty()) return results;
    const Claim claim(*this);
    running_ = jobs;
    if (layered) {
        for (const auto &job : jobs) {
            run_here(loaded(0), *job, wishes);
            results.append(result_of(*job));
        }
        return results;
    }
    threads =
        std::clamp<std::uint32_t>(threads, 1, static_cast<std::uint32_t>(std::min<std::size_t>(jobs.size(), 256)));
    loaded(threads - 1);
    // Stands for all of them: done when the last thread is.
    const auto all = std::make_shared<SearchJob>();
    std::atomic<std::size_t> next{0};
    std::atomic<std::uint32_t> left{threads};
    for (std::uint32_t t = 0; t < threads; ++t) {
        loaded_[t]->thread().run([&, engine = loaded_[t].get()] {
            for (std::size_t i = next++; i < jobs.size(); i = next++) {
                if (jobs[i]->stop == PARLOUR_GO) {
                    engine->run(*jobs[i]);
                } else {
                    jobs[i]->status = PARLOUR_E_STOPPED;
                }
            }
            // Copied: when the last one is done, this frame may be left at once.
            const auto keep = all;
            if (--left == 0) keep->finish();
        });
    }
    wait_for(all, py::none());
    for (const auto &job : jobs) results.append(result_of(*job));
    return results;
}

std::shared_ptr<SearchJob> Engine::start(const py::object &state, const py::dict &given, py::object when_done) {
    auto wishes = std::make_shared<SearchWishes>(SearchWishes::of(given, seed_));
    auto job = make_job(state, *wishes);
    auto claim = std::make_shared<Claim>(*this);
    running_.push_back(job);
    // Everything that belongs to Python, let go of with the GIL.
    struct Held {
        py::object self, when_done;
        std::shared_ptr<SearchJob> job;
        std::shared_ptr<SearchWishes> wishes;
        std::shared_ptr<Claim> claim;
    };
    auto *held = new Held{py::cast(this), std::move(when_done), job, std::move(wishes), std::move(claim)};
    LoadedEngine &engine = loaded(0);
    engine.thread().run([this, &engine, held] {
        const bool layered = needs_layer(*held->job, *held->wishes) || !held->wishes->on_info.is_none();
        if (!layered) engine.run(*held->job);
        const PyGILState_STATE gil = PyGILState_Ensure();
        try {
            if (layered) run_here(engine, *held->job, *held->wishes);
        } catch (...) {
            held->job->thrown = std::current_exception();
        }
        held->job->finish();
        held->claim.reset();
        try {
            held->when_done();
        } catch (py::error_already_set &) {
            // The loop that waited is closed: nobody is left to tell.
        }
        delete held;
        PyGILState_Release(gil);
    });
    return job;
}

bool Engine::stop() {
    for (const auto &job : running_) job->stop = PARLOUR_STOP_NOW;
    return !running_.empty();
}

void Engine::forget() {
    const Claim claim(*this);
    for (const auto &loaded : loaded_) loaded->forget();
}

void Engine::wait_until_free(std::chrono::milliseconds most) const {
    const py::gil_scoped_release no_gil;
    const auto end = std::chrono::steady_clock::now() + most;
    while (busy_ && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

py::object Engine::result_of(SearchJob &job) const {
    if (job.thrown) {
        const std::exception_ptr thrown = std::exchange(job.thrown, nullptr);
        std::rethrow_exception(thrown);
    }
    if (job.status != PARLOUR_OK) {
        if (job.status == PARLOUR_E_STOPPED || job.stop != PARLOUR_GO) {
            raise(errors.cancelled, "the search was stopped before it had a result");
        }
        set_status_error(job.status, job.error, plugin_, job.details);
        throw py::error_already_set();
    }
    const Game &game = *job.game;
    const std::vector<Move> legal = game.rules().legal_moves(job.root.data());
    if (std::find(legal.begin(), legal.end(), job.result.move) == legal.end()) {
        parlour_error error{};
        fail(&error, PARLOUR_E_FAIL, "engine " + id_ + " answered with a move that is not legal");
        set_status_error(PARLOUR_E_FAIL, error, plugin_);
        throw py::error_already_set();
    }
    py::tuple lines(job.best.size());
    std::size_t at = 0;
    for (const auto &[rank, report] : job.best) {
        lines[at++] = types("Line")(rank, value_or_none(report.value), report.proven, report.depth,
                                    moves_tuple(report.line), texts_of(game, job.root.data(), report.line));
    }
    py::tuple stats(job.stats.size());
    for (std::size_t i = 0; i < job.stats.size(); ++i) {
        const parlour_move_stat &stat = job.stats[i];
        stats[i] = types("MoveStat")(stat.move, str_of(game.rules().move_text(job.root.data(), stat.move)),
                                     stat.visits, stat.value, stat.prior);
    }
    const auto best = job.best.find(1);
    const std::span<const Move> line =
        best != job.best.end() ? std::span<const Move>(best->second.line) : std::span<const Move>{};
    const bool valued = (job.result.flags & PARLOUR_RESULT_VALUE) != 0 && std::isfinite(job.result.value);
    return types("SearchResult")(job.result.move, str_of(game.rules().move_text(job.root.data(), job.result.move)),
                                 value_or_none(valued ? std::optional(job.result.value) : std::nullopt),
                                 (job.result.flags & PARLOUR_RESULT_PROVEN) != 0,
                                 (job.result.flags & PARLOUR_RESULT_RESIGN) != 0, job.result.nodes, job.result.depth,
                                 moves_tuple(line), lines, stats, job.seconds);
}

void add_engine(py::module_ &module) {
    py::class_<SearchJob, std::shared_ptr<SearchJob>>(module, "_Search")
        .def(
            "stop", [](SearchJob &job) { job.stop = PARLOUR_STOP_NOW; }, "Has the search return what it has.")
        .def_property_readonly("done", [](SearchJob &job) {
            const std::lock_guard lock(job.mutex);
            return job.done;
        });

    py::class_<Engine, std::unique_ptr<Engine>>(module, "_Engine", "What parlour.Engine stands on.")
        .def(py::init([](const py::object &id, const py::dict &options, const py::object &seed) {
                 return std::make_unique<Engine>(id, options, seed);
             }),
             py::arg("id"), py::arg("options"), py::arg("seed"), py::pos_only())
        .def_property_readonly(
            "id", [](const Engine &engine) { return str_of(engine.id()); }, "As in engines().")
        .def_property_readonly(
            "name", [](const Engine &engine) { return str_of(engine.name()); }, "For people.")
        .def_property_readonly("seed", &Engine::seed, "What luck of searches comes from.")
        .def_property_readonly(
            "options", [](const Engine &engine) { return engine.options(); },
            "The options that were given, as plain values: {\"memory_mb\": 64}; a new dict.")
        .def_property_readonly("busy", &Engine::busy, "Whether a search is under way.")
        .def(
            "supports",
            [](const Engine &engine, const py::object &given) {
                const Game *game = game_of_object(given.ptr());
                if (game == nullptr) throw py::error_already_set();
                const auto [score, why] = engine.supports(*game);
                return py::make_tuple(score, str_of(why));
            },
            py::arg("game"), py::pos_only(),
            "How well it plays a game, as (0..100, why not): 0 not at all, 100 made for it.")
        .def(
            "stop", &Engine::stop,
            "Has the search that is under way return what it has, within 10 ms. From any thread; False when there is "
            "none.")
        .def("new_game", &Engine::forget, "Forgets earlier searches. Raises EngineBusy during one.")
        .def("_search", &Engine::search, py::arg("state"), py::arg("wishes"), py::pos_only())
        .def(
            "_search_batch",
            [](Engine &engine, const py::sequence &states, const py::dict &wishes, const py::object &threads) {
                return engine.search_batch(states, wishes, side_by_side(threads, "threads"));
            },
            py::arg("states"), py::arg("wishes"), py::arg("threads"), py::pos_only())
        .def(
            "_search_together",
            [](Engine &engine, const py::sequence &states, const py::dict &wishes, const py::object &function,
               const py::object &input, const py::object &width) {
                return engine.search_together(states, wishes, function, text_of(input, "batch_input"),
                                              side_by_side(width, "width"));
            },
            py::arg("states"), py::arg("wishes"), py::arg("function"), py::arg("input"), py::arg("width"),
            py::pos_only())
        .def("_start", &Engine::start, py::arg("state"), py::arg("wishes"), py::arg("when_done"), py::pos_only())
        .def(
            "_result", [](const Engine &engine, SearchJob &job) { return engine.result_of(job); }, py::arg("search"),
            py::pos_only());

    module.def(
        "_check_limits", [](const py::dict &limits) { SearchWishes::of(limits, 0); }, py::arg("limits"),
        py::pos_only(), "Raises what a search with these limits would.");
    module.def(
        "_shutdown",
        [] {
            for (Engine *engine : engines_alive()) engine->stop();
            for (Engine *engine : std::set<Engine *>(engines_alive())) {
                engine->wait_until_free(std::chrono::milliseconds(1000));
            }
        },
        "Ends the searches that are under way, before the interpreter ends.");
}

} // namespace parlour::python
