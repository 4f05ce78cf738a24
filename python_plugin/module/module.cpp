// The native half of the package `parlour`. The pure half, parlour/__init__.py, is what people import.
#include "batch_env.hpp"
#include "board.hpp"
#include "buffers.hpp"
#include "core.hpp"
#include "engine.hpp"
#include "errors.hpp"
#include "game.hpp"
#include "script_move.hpp"
#include "state.hpp"

namespace py = pybind11;

namespace {

parlour_game game_of(PyObject *object) {
    const parlour::python::Game *game = parlour::python::game_of_object(object);
    return game != nullptr ? game->rules().raw() : parlour_game{};
}

PyObject *game_of_state(PyObject *object) {
    const parlour::python::StateObject *state = parlour::python::state_of(object);
    return state != nullptr ? state->game_object : nullptr;
}

// What is handed out for a move: itself, and the one that it began within, where an opponent asks another script.
struct MoveReference {
    std::shared_ptr<parlour::python::ScriptMove> move, before;
};

void *begin_move(std::int64_t deadline_ns) {
    using parlour::python::ScriptMove;
    using Time = ScriptMove::TimePoint;
    try {
        const Time deadline = deadline_ns == INT64_MAX ? Time::max() : Time(std::chrono::nanoseconds(deadline_ns));
        auto reference = std::make_unique<MoveReference>();
        reference->move = std::make_shared<ScriptMove>(deadline);
        reference->before = ScriptMove::current();
        ScriptMove::set_current(reference->move);
        return reference.release();
    } catch (const std::bad_alloc &) {
        return nullptr;
    }
}

void stop_searches(void *move, std::uint32_t level) {
    static_cast<MoveReference *>(move)->move->stop(level);
}

bool searching(void *move) {
    return static_cast<MoveReference *>(move)->move->searching();
}

void end_move(void *move) {
    const std::unique_ptr<MoveReference> reference(static_cast<MoveReference *>(move));
    reference->move->stop(PARLOUR_STOP_NOW);
    parlour::python::ScriptMove::set_current(std::move(reference->before));
}

constexpr parlour::python::Core core{
    parlour::python::core_version,
    sizeof(parlour::python::Core),
    parlour::python::wrap_game,
    [](PyObject *game, const void *bytes) { return parlour::python::wrap_state(game, bytes); },
    parlour::python::state_bytes,
    game_of,
    game_of_state,
    begin_move,
    stop_searches,
    searching,
    end_move};

} // namespace

PYBIND11_MODULE(_parlour, module) {
    using namespace parlour::python;
    module.doc() = "The native half of parlour; import parlour instead.";
    module.attr("__version__") = PARLOUR_VERSION;
    if (!add_errors(module.ptr())) throw py::error_already_set();
    add_buffers(module);
    add_game(module);
    if (!add_state(module.ptr())) throw py::error_already_set();
    add_engine(module);
    add_batch_env(module);
    module.add_object("_core", py::capsule(static_cast<const void *>(&core), core_capsule));
}
