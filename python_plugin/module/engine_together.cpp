// Many searches side by side on one thread, so that a Python function can judge all their positions in one call.
//
// Engines search one position after the other and wait for each judgement. Here each search runs in a fiber; where it
// needs a judgement it pauses. When all of them wait, the function is called once for all, and they go on. So a batch
// has as many positions as searches are under way, at most `width`.
#include "board.hpp"
#include "buffers.hpp"
#include "engine.hpp"
#include "fiber.hpp"

#include <cmath>
#include <cstring>

namespace py = pybind11;

namespace parlour::python {

namespace {

// A search's place among the others.
struct Seat {
    std::unique_ptr<Fiber> fiber;
    std::shared_ptr<PythonLayer> layer;
    bool waiting = false, answered = false;
    const void *state = nullptr;
    Turn turn;
    Values values{};
};

enum class Input { boards, planes, states };

Input input_of(const std::string &name) {
    if (name == "boards") return Input::boards;
    if (name == "planes") return Input::planes;
    if (name == "states") return Input::states;
    set_error(errors.argument, "batch_input is \"boards\", \"planes\" or \"states\", not \"" + name + "\"");
    throw py::error_already_set();
}

class Judge {
public:
    Judge(GamePtr game, py::object function, Input input)
        : game_(std::move(game)), game_object_(py::cast(game_)), function_(std::move(function)), input_(input) {
        if (input_ != Input::states && (game_->grid() == nullptr || game_->grid()->cells == 0)) {
            set_error(errors.base, game_->id() + " has no board; ask for batch_input=\"states\"");
            throw py::error_already_set();
        }
    }

    // Calls the function for what the seats wait for and gives them its numbers. Throws error_already_set.
    void judge(const std::vector<Seat *> &waiting) {
        py::object returned;
        if (input_ == Input::states) {
            py::list states;
            for (const Seat *seat : waiting) {
                PyObject *state = wrap_state(game_object_.ptr(), seat->state, seat->turn.word);
                if (state == nullptr) throw py::error_already_set();
                states.append(py::reinterpret_steal<py::object>(state));
            }
            returned = function_(states);
        } else {
            returned = call_with_arrays(waiting);
        }
        const py::object sequence = py::reinterpret_steal<py::object>(
            PySequence_Fast(returned.ptr(), "a batch evaluation function returns a sequence of numbers"));
        if (!sequence) throw py::error_already_set();
        if (PySequence_Fast_GET_SIZE(sequence.ptr()) != static_cast<Py_ssize_t>(waiting.size())) {
            set_error(errors.argument, "the batch evaluation function returned " +
                                           std::to_string(PySequence_Fast_GET_SIZE(sequence.ptr())) + " values for " +
                                           std::to_string(waiting.size()) + " positions");
            throw py::error_already_set();
        }
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            PyObject *item = PySequence_Fast_GET_ITEM(sequence.ptr(), static_cast<Py_ssize_t>(i));
            Seat &seat = *waiting[i];
            if (!read_values(item, game_->rules().players(), seat.turn.player(), seat.values)) {
                throw py::error_already_set();
            }
            seat.answered = true;
        }
    }

private:
    py::object call_with_arrays(const std::vector<Seat *> &waiting) {
        const Grid &grid = *game_->grid();
        const auto count = static_cast<py::ssize_t>(waiting.size());
        const auto players = make_block(Element::int8, {count});
        const auto boards = make_block(Element::int8, grid_shape(grid, {count}));
        const auto planes = input_ == Input::planes
                                ? make_block(Element::float32, grid_shape(grid, {count, grid.planes()}))
                                : nullptr;
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            const auto player = static_cast<std::int8_t>(waiting[i]->turn.player());
            static_cast<std::int8_t *>(players->data())[i] = player;
            std::int8_t *board = static_cast<std::int8_t *>(boards->data()) + i * grid.cells;
            read_board(game_->rules(), grid, waiting[i]->state, board);
            if (!planes) continue;
            write_planes(grid, {board, grid.cells}, player,
                         static_cast<float *>(planes->data()) + i * grid.planes() * grid.cells);
        }
        return function_((planes ? planes : boards)->memory_view(), players->memory_view());
    }

    GamePtr game_;
    py::object game_object_, function_;
    Input input_;
};

} // namespace

py::list Engine::search_together(const py::sequence &states, const py::dict &given, const py::object &function,
                                 const std::string &input, std::uint32_t width) {
    SearchWishes wishes = SearchWishes::of(given, seed_);
    std::vector<std::shared_ptr<SearchJob>> jobs;
    for (const py::handle &state : states) {
        jobs.push_back(make_job(state, wishes));
        if (!jobs.back()->game->same_as(*jobs.front()->game)) {
            set_error(errors.argument, "states of different games cannot be searched together");
            throw py::error_already_set();
        }
    }
    py::list results;
    const Input kind = input_of(input);
    if (jobs.empty()) return results;
    const GamePtr game = jobs.front()->game;
    for (const auto &job : jobs) job->game = game;
    Judge judge(game, function, kind);
    const auto seats_needed = std::clamp<std::size_t>(width, 1, jobs.size());
    loaded(seats_needed - 1);
    const Claim claim(*this);
    running_ = jobs;

    std::vector<Seat> seats(seats_needed);
    std::exception_ptr thrown;
    {
        GilLease lease;
        std::size_t next = 0;
        for (std::size_t i = 0; i < seats.size(); ++i) {
            Seat &seat = seats[i];
            lease.hold();
            seat.layer = std::make_shared<PythonLayer>(game, py::none());
            seat.layer->ask_elsewhere = [&seat](const void *state, Turn turn, Values &values) {
                seat.state = state;
                seat.turn = turn;
                seat.waiting = true;
                seat.fiber->pause();
                values = seat.values;
                return seat.answered;
            };
            LoadedEngine &engine = *loaded_[i];
            seat.fiber = std::make_unique<Fiber>([&, i] {
                while (next < jobs.size()) {
                    SearchJob &job = *jobs[next++];
                    if (job.stop == PARLOUR_GO) {
                        engine.run(job, seats[i].layer, lease);
                    } else {
                        job.status = PARLOUR_E_STOPPED;
                    }
                }
            });
        }
        for (std::vector<Seat *> waiting;;) {
            waiting.clear();
            if (!game->serialized()) lease.let_go();
            for (Seat &seat : seats) {
                if (seat.fiber->finished()) continue;
                if (!seat.waiting) seat.fiber->resume();
                if (seat.waiting) waiting.push_back(&seat);
            }
            if (waiting.empty()) break;
            lease.hold();
            for (Seat *seat : waiting) seat->answered = false;
            if (!thrown) {
                try {
                    judge.judge(waiting);
                    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
                } catch (...) {
                    thrown = std::current_exception();
                    stop();
                }
            }
            for (Seat *seat : waiting) seat->waiting = false;
        }
    }
    for (std::size_t i = 0; i < seats.size(); ++i) loaded_[i]->forget();
    for (const auto &loaded : loaded_) loaded->tidy();
    if (thrown) std::rethrow_exception(thrown);
    for (const auto &job : jobs) results.append(result_of(*job));
    return results;
}

} // namespace parlour::python
