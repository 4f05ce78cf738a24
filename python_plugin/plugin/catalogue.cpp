#include "catalogue.hpp"

#include "interpreter.hpp"
#include "watchdog.hpp"

#include <parlour/game.h>
#include <parlour/scripts.h>

#include <cstdlib>
#include <memory>

namespace parlour::python_plugin {

namespace {

constexpr std::chrono::seconds longest_reading{3}; // of all scripts together

std::vector<ScriptOption> options_of(PyObject *list) {
    std::vector<ScriptOption> out;
    const Ref rows = need(PySequence_Fast(list, "options are a list"));
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(rows.get()); ++i) {
        PyObject *row = PySequence_Fast_GET_ITEM(rows.get(), i);
        const auto at = [&](Py_ssize_t index) { return need(PySequence_GetItem(row, index)); };
        ScriptOption option;
        option.id = text_of(at(0));
        option.type = static_cast<std::uint8_t>(integer_of(at(1).get()));
        option.label = text_of(at(2));
        option.help = text_of(at(3));
        option.default_text = text_of(at(4));
        option.low = real_of(at(5).get());
        option.high = real_of(at(6).get());
        option.step = real_of(at(7).get());
        const Ref choices = at(8);
        for (Py_ssize_t k = 0; k < PyList_Size(choices.get()); ++k)
            option.choices.push_back(text_of(PyList_GetItem(choices.get(), k)));
        option.advanced = PyObject_IsTrue(at(9).get()) == 1;
        out.push_back(std::move(option));
    }
    for (ScriptOption &option : out) {
        for (const std::string &choice : option.choices) option.choice_pointers.push_back(choice.c_str());
    }
    return out;
}

std::string text_item(PyObject *row, const char *key) {
    return text_of(item_of(row, key));
}

EngineEntry engine_of(PyObject *row) {
    EngineEntry out;
    out.id = text_item(row, "id");
    out.name = text_item(row, "name");
    out.version = text_item(row, "version");
    out.author = text_item(row, "author");
    out.summary = text_item(row, "summary");
    out.sees_all = PyObject_IsTrue(item_of(row, "sees_all")) == 1;
    PyObject *games = item_of(row, "games");
    for (Py_ssize_t i = 0; i < PyList_Size(games); ++i) out.games.push_back(text_of(PyList_GetItem(games, i)));
    out.options = options_of(item_of(row, "options"));
    return out;
}

GameEntry game_of(PyObject *row) {
    GameEntry out;
    out.id = text_item(row, "id");
    out.name = text_item(row, "name");
    out.family = text_item(row, "family");
    out.summary = text_item(row, "summary");
    out.flags = PARLOUR_GAME_SERIALIZED | PARLOUR_GAME_COMPOUND;
    if (PyObject_IsTrue(item_of(row, "zero_sum")) == 1) out.flags |= PARLOUR_GAME_ZERO_SUM;
    if (PyObject_IsTrue(item_of(row, "chance")) == 1) out.flags |= PARLOUR_GAME_CHANCE;
    if (PyObject_IsTrue(item_of(row, "secrets")) == 1) out.flags |= PARLOUR_GAME_HIDDEN;
    out.low = static_cast<std::uint32_t>(integer_of(item_of(row, "low")));
    out.high = static_cast<std::uint32_t>(integer_of(item_of(row, "high")));
    out.options = options_of(item_of(row, "options"));
    return out;
}

ScriptProblem problem_of(PyObject *row) {
    return {text_item(row, "file"), text_item(row, "sentence"), text_item(row, "details"),
            static_cast<std::uint32_t>(integer_of(item_of(row, "line")))};
}

std::uint64_t stamp_now() {
    const Ref stamp = need(PyObject_CallNoArgs(runtime("stamp").get()));
    return PyLong_AsUnsignedLongLongMask(stamp.get());
}

Catalogue read() {
    Catalogue out;
    out.stamp = stamp_now();
    const Ref all = need(PyObject_CallNoArgs(runtime("catalogue").get()));
    PyObject *engines = PyTuple_GetItem(all.get(), 0);
    PyObject *games = PyTuple_GetItem(all.get(), 1);
    PyObject *problems = PyTuple_GetItem(all.get(), 2);
    for (Py_ssize_t i = 0; i < PyList_Size(engines); ++i)
        out.engines.push_back(engine_of(PyList_GetItem(engines, i)));
    for (Py_ssize_t i = 0; i < PyList_Size(games); ++i) out.games.push_back(game_of(PyList_GetItem(games, i)));
    for (Py_ssize_t i = 0; i < PyList_Size(problems); ++i)
        out.problems.push_back(problem_of(PyList_GetItem(problems, i)));
    return out;
}

struct Shelf {
    std::unique_ptr<Catalogue> read;
    Catalogue empty;
    bool reading = false;
};

Shelf &shelf() {
    static auto &one = *new Shelf;
    return one;
}

} // namespace

std::uint64_t refresh_catalogue() {
    Shelf &here = shelf();
    if (here.reading) return 0;
    if (const char *files = std::getenv(PARLOUR_SCRIPT_FILES); files != nullptr && *files == '\0') {
        here.read = std::make_unique<Catalogue>(); // no script: no need of Python
        return 0;
    }
    here.reading = true;
    try {
        start_python();
        const Gil gil;
        begin_console();
        const Watch watch(SteadyClock::now() + longest_reading, nullptr);
        if (!here.read || here.read->stamp != stamp_now()) here.read = std::make_unique<Catalogue>(read());
    } catch (const ScriptFailure &failure) {
        here.read = std::make_unique<Catalogue>();
        here.read->problems.push_back({{}, failure.what(), failure.details(), failure.line()});
        log_line(PARLOUR_LOG_ERROR, failure.what());
    }
    here.reading = false;
    return here.read->stamp;
}

const Catalogue &catalogue() {
    Shelf &here = shelf();
    if (here.reading) return here.empty;
    if (!here.read) refresh_catalogue();
    return *here.read;
}

} // namespace parlour::python_plugin
