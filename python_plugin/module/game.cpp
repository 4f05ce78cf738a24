#include "game.hpp"

#include "arguments.hpp"
#include "board.hpp"
#include "buffers.hpp"
#include "plugins.hpp"
#include "state.hpp"

#include <cstdlib>
#include <iterator>
#include <stdexcept>

#include <pybind11/stl.h>

namespace py = pybind11;

namespace parlour::python {

namespace {

constexpr std::uint32_t most_moves = 1u << 20;

// What is wrong with a game object that somebody made; empty when it is right.
std::string problem_of(const parlour_game &raw) {
    const auto *api = raw.api;
    if (api == nullptr || api->size < offsetof(parlour_game_api, destroy) + sizeof(void *)) {
        return "a game's table is shorter than that of version 1.0";
    }
    if (!api->legal || !api->apply || !api->turn || !api->outcome || !api->hash || !api->initial || !api->info ||
        !api->check || !api->move_text || !api->parse_move || !api->state_text || !api->parse_state ||
        !api->destroy) {
        return "a game's table lacks a function";
    }
    parlour_game_info info{};
    info.size = sizeof info;
    api->info(raw.self, &info);
    if (info.id == nullptr || info.variant == nullptr || info.name == nullptr) return "a game does not tell its name";
    if (info.players < 1 || info.players > PARLOUR_MAX_PLAYERS) return "a game tells a wrong number of players";
    if (info.state_size < 1 || info.state_size > PARLOUR_MAX_STATE_SIZE || info.max_moves > most_moves) {
        return "a game tells wrong sizes";
    }
    return {};
}

py::object state_of_bytes(const py::object &self, const void *bytes) {
    PyObject *state = wrap_state(self.ptr(), bytes);
    if (state == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(state);
}

Game &game_of(const py::object &self) {
    return py::cast<Game &>(self);
}

py::object initial(const py::object &self, const py::object &given) {
    const Game &game = game_of(self);
    const std::uint64_t seed = seed_of(given);
    StateBuffer bytes(game.rules().state_size());
    const Turn turn = game.rules().initial(bytes.data(), seed);
    if (turn.is_fault()) {
        set_fault(game.id(), "when asked for the start");
        throw py::error_already_set();
    }
    return state_of_bytes(self, bytes.data());
}

py::object from_text(const py::object &self, const py::object &given) {
    const Game &game = game_of(self);
    const std::string text = text_of(given, "a position's text");
    StateBuffer bytes(game.rules().state_size());
    parlour_error error{};
    const parlour_status status = game.rules().parse_state(text.c_str(), bytes.data(), &error);
    if (status != PARLOUR_OK) {
        const std::string why(error.text, strnlen(error.text, sizeof error.text));
        if (PyErr_Occurred() == nullptr) {
            set_error(errors.argument, why.empty() ? "that text is not a position of " + game.id() : why);
        }
        throw py::error_already_set();
    }
    return state_of_bytes(self, bytes.data());
}

py::object from_bytes(const py::object &self, const py::buffer &given) {
    const Game &game = game_of(self);
    Py_buffer view;
    if (PyObject_GetBuffer(given.ptr(), &view, PyBUF_SIMPLE) != 0) throw py::error_already_set();
    StateBuffer bytes(game.rules().state_size());
    const bool fits = static_cast<std::size_t>(view.len) == game.rules().state_size();
    if (fits) std::memcpy(bytes.data(), view.buf, game.rules().state_size());
    const py::ssize_t length = view.len;
    PyBuffer_Release(&view);
    parlour_error error{};
    if (!fits) {
        set_error(errors.argument, "a position of " + game.id() + " has " +
                                       std::to_string(game.rules().state_size()) + " bytes, not " +
                                       std::to_string(length));
        throw py::error_already_set();
    }
    if (game.rules().check(bytes.data(), &error) != PARLOUR_OK) {
        const std::string why(error.text, strnlen(error.text, sizeof error.text));
        if (PyErr_Occurred() == nullptr) {
            set_error(errors.argument, why.empty() ? "those bytes are not a position of " + game.id() : why);
        }
        throw py::error_already_set();
    }
    return state_of_bytes(self, bytes.data());
}

// The State that __reduce__ took apart: a checked start and the moves since, each checked.
py::object restore_state(const py::object &game, const py::bytes &start, const py::sequence &moves) {
    py::object state = from_bytes(game, py::reinterpret_borrow<py::buffer>(start));
    StateObject *raw = state_of(state.ptr());
    for (const py::handle &given : moves) {
        Move move = 0;
        if (!read_move(raw, given.ptr(), move) || !play_checked(raw, move)) throw py::error_already_set();
    }
    return state;
}

py::list list_games() {
    const py::object type = py::module_::import("parlour._types").attr("GameInfo");
    py::list out;
    for (const auto &entry : without_gil([] { return Catalogue::instance().games(); })) {
        out.append(type(str_of(entry->id), str_of(entry->name), str_of(entry->family), str_of(entry->summary),
                        entry->players_min, entry->players_max, option_infos(entry->options),
                        str_of(entry->library->file.string())));
    }
    return out;
}

py::list list_engines() {
    const py::object type = py::module_::import("parlour._types").attr("EngineInfo");
    py::list out;
    for (const auto &entry : without_gil([] { return Catalogue::instance().engines(); })) {
        out.append(type(str_of(entry->id), str_of(entry->name), str_of(entry->version), str_of(entry->author),
                        str_of(entry->summary), option_infos(entry->options), str_of(entry->library->file.string())));
    }
    return out;
}

py::list list_refused() {
    py::list out;
    for (const Refused &one : without_gil([] { return Catalogue::instance().refused(); })) {
        out.append(py::make_tuple(str_of(one.file.string()), str_of(one.sentence)));
    }
    return out;
}

GamePtr make_game(const py::object &given, const py::kwargs &arguments) {
    const std::string id = text_of(given, "a game's id");
    const GameEntryPtr entry = without_gil([&] { return Catalogue::instance().game(id); });
    if (!entry) {
        std::string known;
        for (const auto &one : without_gil([] { return Catalogue::instance().games(); })) {
            known += (known.empty() ? "" : ", ") + one->id;
        }
        raise(errors.not_found, "there is no game \"" + id + "\"; there are " + (known.empty() ? "none" : known));
    }
    const Options options = options_of(arguments, entry->options, "game " + id);
    std::vector<parlour_kv> pairs;
    for (const auto &[option, value] : options) pairs.push_back({option.c_str(), value.c_str()});
    parlour_game raw{};
    parlour_error error{};
    const parlour_status status = entry->library->games.create(
        host_object(), id.c_str(), pairs.data(), static_cast<std::uint32_t>(pairs.size()), &raw, &error);
    if (status != PARLOUR_OK) {
        set_status_error(status, error, entry->library->entry.id, entry->library->details());
        throw py::error_already_set();
    }
    return std::make_shared<Game>(raw, true, py::object(), options, entry);
}

[[noreturn]] void raise_refused(const std::string &file, const std::string &why) {
    parlour_error error{};
    fail(&error, PARLOUR_E_FAIL, file + ": " + why);
    set_status_error(PARLOUR_E_FAIL, error, file);
    throw py::error_already_set();
}

// Loads a plugin file and tells what it offers.
py::object load_plugin(const py::object &path) {
    PyObject *bytes = nullptr;
    if (PyUnicode_FSConverter(path.ptr(), &bytes) == 0) throw py::error_already_set();
    const std::string file(PyBytes_AS_STRING(bytes), static_cast<std::size_t>(PyBytes_GET_SIZE(bytes)));
    Py_DECREF(bytes);
    std::string why;
    const Library *library = without_gil([&] { return Catalogue::instance().load(file, why); });
    if (library == nullptr) raise_refused(file, why);
    py::list games, engines;
    for (const auto &entry : without_gil([] { return Catalogue::instance().games(); })) {
        if (entry->library == library) games.append(str_of(entry->id));
    }
    for (const auto &entry : without_gil([] { return Catalogue::instance().engines(); })) {
        if (entry->library == library) engines.append(str_of(entry->id));
    }
    const py::object type = py::module_::import("parlour._types").attr("PluginInfo");
    return type(str_of(library->entry.id), str_of(library->entry.name),
                str_of(library->entry.version != nullptr ? library->entry.version : ""),
                str_of(library->file.string()), py::tuple(games), py::tuple(engines));
}

// Has the plugin that runs scripts read them all again.
void load_scripts() {
    std::string why;
    const Library *library = without_gil([&] {
        const Library *found = Catalogue::instance().load_scripts(why);
        if (found != nullptr) Catalogue::instance().refresh();
        return found;
    });
    if (library == nullptr) raise_refused("python.so", why);
}

} // namespace

Game::Game(const parlour_game &raw, bool owned, py::object keep_alive, Options options, GameEntryPtr entry)
    : raw_(raw),
      owned_(false),
      keep_alive_(std::move(keep_alive)),
      options_(std::move(options)),
      entry_(std::move(entry)) {
    if (const std::string problem = problem_of(raw); !problem.empty()) throw std::runtime_error(problem);
    owned_ = owned;
    rules_ = GameRef(raw);
    id_ = rules_.info().id;
    variant_ = rules_.info().variant;
    capacity_ = std::max(1u, rules_.info().max_moves);
}

Game::~Game() {
    for (HistoryNode *node = spare_; node != nullptr;) {
        HistoryNode *next = node->previous;
        std::free(node);
        node = next;
    }
    if (owned_) raw_.api->destroy(raw_.self);
}

py::dict Game::options() const {
    return entry_ ? values_of(options_, entry_->options) : py::dict();
}

const Grid *Game::grid() const {
    if (!grid_ && rules_.board() != nullptr) grid_ = std::make_unique<Grid>(make_grid(rules_));
    return grid_.get();
}

HistoryNode *Game::allocate_node() const {
    const std::size_t bytes = sizeof(HistoryNode) + (rules_.state_size() + 15) / 16 * 16;
    return static_cast<HistoryNode *>(std::aligned_alloc(16, bytes));
}

PyObject *wrap_game(const parlour_game *game, PyObject *keep_alive) {
    try {
        return py::cast(std::make_shared<Game>(*game, false, py::reinterpret_borrow<py::object>(keep_alive),
                                               Options{}, nullptr))
            .release()
            .ptr();
    } catch (py::error_already_set &error) {
        error.restore();
    } catch (const std::exception &exception) {
        set_error(errors.plugin, exception.what());
    }
    return nullptr;
}

Game *game_of_object(PyObject *object) {
    if (!py::isinstance<Game>(py::handle(object))) {
        set_error(PyExc_TypeError, std::string("a Game is needed here, not ") + Py_TYPE(object)->tp_name);
        return nullptr;
    }
    return py::cast<Game *>(py::handle(object));
}

void add_game(py::module_ &module) {
    const auto flag = [](std::uint32_t bit) { return [bit](const Game &game) { return game.rules().has(bit); }; };
    py::class_<Game, GamePtr>(
        module, "Game",
        "The rules of a game with its options, made by parlour.game(). Never changes; shared by all its States.\n\n"
        "Games are equal when their id and variant are; they pickle as id and options.")
        .def("new", initial, py::arg("seed") = 0,
             "A State at the start. `seed` chooses among starting positions where a game has many.")
        .def("from_text", from_text, py::arg("text"), py::pos_only(),
             "The State that a text describes, as State.text writes it. Raises ArgumentError with the reason.")
        .def("from_bytes", from_bytes, py::arg("data"), py::pos_only(),
             "The State of state_size bytes, as State.to_bytes() gives them, checked by the rules. Raises "
             "ArgumentError.")
        .def(
            "player_name",
            [](const Game &game, const py::object &given) {
                const auto player =
                    static_cast<std::uint32_t>(whole_number(given, "player", 0, game.rules().players() - 1));
                const auto *help = game.rules().help();
                std::string name;
                if (help != nullptr && help->player_name != nullptr) {
                    name = read_text([&](char *to, std::uint32_t n) {
                        return help->player_name(game.rules().self(), player, to, n);
                    });
                }
                return str_of(name.empty() ? "Player " + std::to_string(player + 1) : name);
            },
            py::arg("player"), py::pos_only(), "What a player (from 0) is called: \"Black\", \"Player 1\".")
        .def_property_readonly(
            "id", [](const Game &game) { return str_of(game.id()); }, "The id, as in games().")
        .def_property_readonly(
            "name", [](const Game &game) { return str_of(game.rules().info().name); }, "The name for people.")
        .def_property_readonly(
            "variant", [](const Game &game) { return str_of(game.variant()); },
            "The options that differ from their defaults: \"size=6\"; else \"\".")
        .def_property_readonly(
            "options", [](const Game &game) { return game.options(); },
            "The options that were given, as plain values: {\"size\": 6}; a new dict.")
        .def_property_readonly(
            "players", [](const Game &game) { return game.rules().players(); }, "How many play.")
        .def_property_readonly(
            "state_size", [](const Game &game) { return game.rules().state_size(); }, "Bytes of a position.")
        .def_property_readonly(
            "max_moves", [](const Game &game) { return game.rules().info().max_moves; },
            "No position has more legal moves.")
        .def_property_readonly(
            "move_space", [](const Game &game) { return game.rules().info().move_space; },
            "Every move is below it, so that a move may index an array; 0 where that is not so.")
        .def_property_readonly(
            "max_plies", [](const Game &game) { return game.rules().info().max_plies; },
            "No game is longer; 0 where no bound is known.")
        .def_property_readonly(
            "utility_range",
            [](const Game &game) {
                return py::make_tuple(game.rules().info().util_min, game.rules().info().util_max);
            },
            "The bounds of State.result, as (lowest, highest).")
        .def_property_readonly(
            "rules",
            [](const Game &game) {
                const auto *help = game.rules().help();
                return str_of(help == nullptr ? "" : read_text([&](char *to, std::uint32_t n) {
                    return help->rules(game.rules().self(), to, n);
                }));
            },
            "The rules for people, in Markdown; \"\" where the game has none.")
        .def_property_readonly(
            "board_shape",
            [](const Game &game) -> py::tuple {
                const Grid *grid = game.grid();
                if (grid == nullptr) return py::make_tuple(0);
                return py::tuple(py::cast(grid_shape(*grid, {})));
            },
            "The shape of State.board: (rows, columns), or (cells,).")
        .def_property_readonly(
            "planes_shape",
            [](const Game &game) -> py::tuple {
                const Grid *grid = game.grid();
                if (grid == nullptr) return py::make_tuple(0, 0);
                return py::tuple(py::cast(grid_shape(*grid, {grid->planes()})));
            },
            "The shape of State.planes(): (planes, rows, columns), or (planes, cells).")
        .def_property_readonly("zero_sum", flag(PARLOUR_GAME_ZERO_SUM), "Whether utilities always add up to zero.")
        .def_property_readonly("has_chance", flag(PARLOUR_GAME_CHANCE), "Whether dice or deals are part of it.")
        .def_property_readonly("has_hidden", flag(PARLOUR_GAME_HIDDEN), "Whether players do not see everything.")
        .def(
            "__eq__",
            [](const Game &self, const py::object &other) -> py::object {
                if (!py::isinstance<Game>(other)) return py::reinterpret_borrow<py::object>(Py_NotImplemented);
                return py::bool_(self.same_as(py::cast<const Game &>(other)));
            },
            py::arg("other"), py::pos_only())
        .def("__hash__", [](const Game &game) { return py::hash(py::make_tuple(game.id(), game.variant())); })
        .def("__repr__",
             [](const Game &game) {
                 return str_of("<Game " + game.id() + (game.variant().empty() ? "" : " " + game.variant()) + ">");
             })
        .def("__reduce__", [](const py::object &self) {
            const Game &game = game_of(self);
            if (!game.registered()) throw py::type_error("a game made by a running script cannot be pickled");
            return py::make_tuple(py::module_::import("parlour._restore").attr("game"),
                                  py::make_tuple(str_of(game.id()), self.attr("options")));
        });

    module.def("game", make_game, py::arg("id"), py::pos_only(),
               "The game with this id and options: game(\"reversi\", size=6). Raises NotFound, OptionError.");
    module.def("_list_games", list_games, "What games() returns.");
    module.def("_list_engines", list_engines, "What engines() returns.");
    module.def("refused", list_refused,
               "The plugin files and scripts that could not be used, as a list of (file, reason).");
    module.def(
        "refresh", [] { without_gil([] { Catalogue::instance().refresh(); }); },
        "Looks through the folders again: new plugins are loaded, new and changed scripts read.");
    module.def("_load_plugin", load_plugin, py::arg("path"), py::pos_only(), "What load() does for plugins.");
    module.def("_load_scripts", load_scripts, "Reads all scripts, or reads them again.");
    module.def("_restore_state", restore_state, py::arg("game"), py::arg("start"), py::arg("moves"), py::pos_only(),
               "For pickle.");
}

} // namespace parlour::python
