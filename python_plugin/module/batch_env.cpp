#include "batch_env.hpp"

#include "arguments.hpp"
#include "board.hpp"
#include "state.hpp"

#include <cstring>

namespace py = pybind11;

namespace parlour::python {

namespace {

constexpr std::uint64_t most_games = 1u << 24;

// Reads one whole number an item out of a buffer of any integer format, or out of a sequence.
void read_moves(const py::object &given, std::span<Move> out) {
    Py_buffer view;
    if (PyObject_CheckBuffer(given.ptr()) != 0 &&
        PyObject_GetBuffer(given.ptr(), &view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) == 0) {
        const std::string_view format = view.format != nullptr ? view.format : "B";
        const bool whole = format.size() <= 2 && std::string_view("bBhHiIlLqQ").find(format.back()) != format.npos;
        const auto count = view.itemsize > 0 ? static_cast<std::size_t>(view.len / view.itemsize) : 0;
        const auto copy = [&](auto *from) {
            for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<Move>(from[i]);
        };
        const py::ssize_t itemsize = view.itemsize;
        if (whole && count == out.size()) {
            if (itemsize == 1) copy(static_cast<const std::uint8_t *>(view.buf));
            if (itemsize == 2) copy(static_cast<const std::uint16_t *>(view.buf));
            if (itemsize == 4) copy(static_cast<const std::uint32_t *>(view.buf));
            if (itemsize == 8) copy(static_cast<const std::uint64_t *>(view.buf));
        }
        PyBuffer_Release(&view);
        if (!whole) raise(PyExc_TypeError, "moves is an array of whole numbers");
        if (count != out.size()) {
            raise(errors.argument, "moves has " + std::to_string(count) + " elements, but there are " +
                                       std::to_string(out.size()) + " games");
        }
        return;
    }
    PyErr_Clear();
    const auto sequence =
        py::reinterpret_steal<py::object>(PySequence_Fast(given.ptr(), "moves is a sequence of whole numbers"));
    if (!sequence) throw py::error_already_set();
    if (PySequence_Fast_GET_SIZE(sequence.ptr()) != static_cast<py::ssize_t>(out.size())) {
        raise(errors.argument, "moves does not have one element a game");
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        PyObject *item = PySequence_Fast_GET_ITEM(sequence.ptr(), static_cast<py::ssize_t>(i));
        unsigned long value = PyLong_AsUnsignedLong(item);
        if (PyErr_Occurred() != nullptr) {
            if (PyErr_ExceptionMatches(PyExc_OverflowError) == 0) throw py::error_already_set();
            PyErr_Clear();
            value = PARLOUR_MOVE_NONE; // no game has that move
        }
        out[i] = static_cast<Move>(std::min<unsigned long>(value, PARLOUR_MOVE_NONE));
    }
}

} // namespace

// One call at a time: the GIL is let go of during steps.
class BatchEnv::Busy {
public:
    explicit Busy(const BatchEnv &env) : env_(env) {
        if (env.busy_.exchange(true)) raise(errors.busy, "another thread is using this BatchEnv");
    }
    ~Busy() { env_.busy_ = false; }
    Busy(const Busy &) = delete;
    Busy &operator=(const Busy &) = delete;

private:
    const BatchEnv &env_;
};

BatchEnv::BatchEnv(const py::object &game, const py::object &n, const py::object &seed, const py::dict &given)
    : game_object_(game) {
    Game *rules = game_of_object(game.ptr());
    if (rules == nullptr) throw py::error_already_set();
    n_ = static_cast<std::uint32_t>(whole_number(n, "n", 1, most_games));
    if (rules->serialized()) raise(errors.base, "a game written in Python gains nothing from a BatchEnv");
    game_ = rules->shared_from_this();
    stride_ = (game_->rules().state_size() + 15) / 16 * 16;
    const auto count = static_cast<py::ssize_t>(n_);
    const py::ssize_t space = game_->rules().info().move_space;
    add("states", Element::uint8, {count, static_cast<py::ssize_t>(stride_)}, given);
    add("players", Element::int8, {count}, given);
    add("rewards", Element::float32, {count, static_cast<py::ssize_t>(game_->rules().players())}, given);
    add("done", Element::uint8, {count}, given);
    add("legal", Element::uint32, {count, static_cast<py::ssize_t>(game_->capacity())}, given);
    add("counts", Element::uint32, {count}, given);
    if (space > 0) add("masks", Element::uint8, {count, space}, given);
    for (const auto &item : given) {
        const auto name = py::cast<std::string>(item.first);
        if (arrays_.count(name) == 0) raise(PyExc_TypeError, "a BatchEnv of this game has no array \"" + name + "\"");
    }
    states_ = data<std::byte>("states");
    players_ = data<std::int8_t>("players");
    rewards_ = data<float>("rewards");
    done_ = data<std::uint8_t>("done");
    legal_ = data<std::uint32_t>("legal");
    counts_ = data<std::uint32_t>("counts");
    masks_ = space > 0 ? data<std::uint8_t>("masks") : nullptr;
    if (reinterpret_cast<std::uintptr_t>(states_) % 16 != 0) {
        raise(errors.argument, "states does not begin at a multiple of 16 bytes; leave it out, or align it");
    }
    luck_.resize(n_);
    turns_.resize(n_);
    moves_.resize(n_);
    reset(seed);
}

void BatchEnv::add(const std::string &name, Element element, std::vector<py::ssize_t> shape, const py::dict &given) {
    Array array{element, std::move(shape), py::none(), nullptr, nullptr, nullptr};
    std::size_t count = 1;
    for (const py::ssize_t extent : array.shape) count *= static_cast<std::size_t>(extent);
    if (given.contains(name.c_str())) {
        array.held = std::make_unique<HeldBuffer>(py::object(given[name.c_str()]), element, count, name);
        array.object = array.held->object();
        array.data = array.held->data();
    } else {
        array.block = make_block(element, array.shape);
        array.object = array.block->memory_view();
        array.data = array.block->data();
    }
    arrays_.emplace(name, std::move(array));
}

py::object BatchEnv::array(const std::string &name) const {
    const auto at = arrays_.find(name);
    return at != arrays_.end() ? at->second.object : py::object(py::none());
}

bool BatchEnv::begin(std::uint32_t index) {
    std::byte *state = states_ + index * stride_;
    std::memset(state, 0, stride_);
    return settle(index, game_->rules().initial(state, parlour_rng_next(&luck_[index])));
}

// Lets chance move, and fills what is known of the position.
bool BatchEnv::settle(std::uint32_t index, Turn turn) {
    const GameRef &rules = game_->rules();
    std::byte *state = states_ + index * stride_;
    while (turn.is_chance() && !turn.is_over()) {
        if (rules.chance() == nullptr) return false;
        turn = rules.apply(state, rules.chance()->sample(rules.self(), state, &luck_[index]));
    }
    if (turn.is_fault()) return false;
    turns_[index] = turn.word;
    players_[index] = turn.is_over() ? std::int8_t{-1} : static_cast<std::int8_t>(turn.player());
    Move *legal = legal_ + std::size_t{index} * game_->capacity();
    const std::uint32_t count = turn.is_over() ? 0 : rules.legal(state, legal, game_->capacity());
    if (count > game_->capacity()) return false;
    std::fill(legal + count, legal + game_->capacity(), PARLOUR_MOVE_NONE);
    counts_[index] = count;
    if (masks_ != nullptr) {
        const std::uint32_t space = rules.info().move_space;
        std::uint8_t *mask = masks_ + std::size_t{index} * space;
        std::memset(mask, 0, space);
        for (std::uint32_t i = 0; i < count; ++i) {
            if (legal[i] < space) mask[legal[i]] = 1;
        }
    }
    return true;
}

void BatchEnv::reset(const py::object &given) {
    const std::uint64_t seed = seed_of(given);
    const Busy busy(*this);
    bool fine = true;
    {
        const py::gil_scoped_release no_gil;
        for (std::uint32_t i = 0; i < n_ && fine; ++i) {
            luck_[i].state = mix64(seed + i * 0x9e3779b97f4a7c15u + 1);
            done_[i] = 0;
            std::fill_n(rewards_ + i * game_->rules().players(), game_->rules().players(), 0.0f);
            fine = begin(i);
        }
    }
    if (!fine) {
        set_fault(game_->id(), "at the start of a game");
        throw py::error_already_set();
    }
}

void BatchEnv::step(const py::object &given, bool auto_reset) {
    const Busy busy(*this);
    read_moves(given, moves_);
    std::uint32_t wrong = n_;
    bool fine = true;
    {
        const py::gil_scoped_release no_gil;
        const GameRef &rules = game_->rules();
        const std::uint32_t players = rules.players(), capacity = game_->capacity(), space = rules.info().move_space;
        // All moves are looked at before the first is played.
        for (std::uint32_t i = 0; i < n_ && wrong == n_; ++i) {
            if ((turns_[i] & PARLOUR_TURN_TERMINAL) != 0) continue;
            const Move *legal = legal_ + std::size_t{i} * capacity;
            const bool known = masks_ != nullptr
                                   ? moves_[i] < space && masks_[std::size_t{i} * space + moves_[i]] != 0
                                   : std::find(legal, legal + std::min(counts_[i], capacity), moves_[i]) !=
                                         legal + std::min(counts_[i], capacity);
            if (!known) wrong = i;
        }
        for (std::uint32_t i = 0; i < n_ && wrong == n_ && fine; ++i) {
            float *reward = rewards_ + std::size_t{i} * players;
            std::fill_n(reward, players, 0.0f);
            done_[i] = 0;
            if ((turns_[i] & PARLOUR_TURN_TERMINAL) != 0) {
                if (auto_reset) fine = begin(i);
                continue;
            }
            std::byte *state = states_ + i * stride_;
            fine = settle(i, rules.apply(state, moves_[i]));
            if (fine && (turns_[i] & PARLOUR_TURN_TERMINAL) != 0) {
                rules.outcome(state, reward);
                done_[i] = 1;
                if (auto_reset) fine = begin(i);
            }
        }
    }
    if (wrong < n_) {
        raise(errors.illegal_move, "move " + std::to_string(moves_[wrong]) + " is not legal in game " +
                                       std::to_string(wrong) + "; no move was played");
    }
    if (!fine) {
        set_fault(game_->id(), "during a step");
        throw py::error_already_set();
    }
}

py::object BatchEnv::sample(const py::object &given, const py::object &out) const {
    const std::uint64_t seed = seed_of(given);
    const Busy busy(*this);
    const auto block = out.is_none() ? make_block(Element::uint32, {static_cast<py::ssize_t>(n_)}) : nullptr;
    const auto held = block ? nullptr : std::make_unique<HeldBuffer>(out, Element::uint32, n_, "out");
    auto *to = static_cast<std::uint32_t *>(block ? block->data() : held->data());
    {
        const py::gil_scoped_release no_gil;
        Rng rng{{mix64(seed)}};
        for (std::uint32_t i = 0; i < n_; ++i) {
            const std::uint32_t count = std::min(counts_[i], game_->capacity());
            to[i] = count > 0 ? legal_[std::size_t{i} * game_->capacity() + rng.below(count)] : PARLOUR_MOVE_NONE;
        }
    }
    return block ? block->memory_view() : out;
}

py::object BatchEnv::boards(const py::object &out) const {
    const Busy busy(*this);
    const Grid *grid = game_->grid();
    if (grid == nullptr || grid->cells == 0) raise(errors.base, game_->id() + " has no board");
    const auto block =
        out.is_none() ? make_block(Element::int8, grid_shape(*grid, {static_cast<py::ssize_t>(n_)})) : nullptr;
    const auto held =
        block ? nullptr : std::make_unique<HeldBuffer>(out, Element::int8, std::size_t{n_} * grid->cells, "out");
    auto *to = static_cast<std::int8_t *>(block ? block->data() : held->data());
    {
        const py::gil_scoped_release no_gil;
        for (std::uint32_t i = 0; i < n_; ++i) {
            read_board(game_->rules(), *grid, states_ + i * stride_, to + std::size_t{i} * grid->cells);
        }
    }
    return block ? block->memory_view() : out;
}

py::object BatchEnv::planes(const py::object &out) const {
    const Busy busy(*this);
    const Grid *grid = game_->grid();
    if (grid == nullptr || grid->cells == 0) raise(errors.base, game_->id() + " has no board to make planes of");
    const std::size_t each = std::size_t{grid->planes()} * grid->cells;
    const auto block = out.is_none() ? make_block(Element::float32,
                                                  grid_shape(*grid, {static_cast<py::ssize_t>(n_), grid->planes()}))
                                     : nullptr;
    const auto held = block ? nullptr : std::make_unique<HeldBuffer>(out, Element::float32, n_ * each, "out");
    auto *to = static_cast<float *>(block ? block->data() : held->data());
    {
        const py::gil_scoped_release no_gil;
        std::vector<std::int8_t> board(grid->cells);
        for (std::uint32_t i = 0; i < n_; ++i) {
            read_board(game_->rules(), *grid, states_ + i * stride_, board.data());
            write_planes(*grid, board, players_[i], to + i * each);
        }
    }
    return block ? block->memory_view() : out;
}

py::object BatchEnv::state(const py::object &given) const {
    py::ssize_t index = PyNumber_AsSsize_t(given.ptr(), PyExc_IndexError);
    if (index == -1 && PyErr_Occurred() != nullptr) throw py::error_already_set();
    if (index < 0) index += static_cast<py::ssize_t>(n_);
    if (index < 0 || index >= static_cast<py::ssize_t>(n_)) throw py::index_error("there is no such game");
    const auto at = static_cast<std::size_t>(index);
    StateBuffer bytes(game_->rules().state_size());
    std::memcpy(bytes.data(), states_ + at * stride_, game_->rules().state_size());
    parlour_error error{};
    if (game_->rules().check(bytes.data(), &error) != PARLOUR_OK) {
        raise(errors.argument, "the bytes of game " + std::to_string(at) + " are not a position: " + error.text);
    }
    PyObject *object = wrap_state(game_object_.ptr(), bytes.data());
    if (object == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(object);
}

void add_batch_env(py::module_ &module) {
    py::class_<BatchEnv> type(
        module, "BatchEnv",
        "Many games of one kind, stepped together without the GIL: BatchEnv(game, n, seed=0, **arrays).\n\n"
        "The arrays are memoryviews of memory of its own, or the caller's own writable, contiguous ones where they "
        "are "
        "given by name; they are filled in place and never replaced. numpy.asarray(env.masks) copies nothing. "
        "Writing "
        "to states, legal, counts or masks between steps is the caller's risk: positions are not checked again, but "
        "memory outside of them is never touched.");
    type.def(py::init([](const py::object &game, const py::object &n, const py::object &seed,
                         const py::kwargs &arrays) { return std::make_unique<BatchEnv>(game, n, seed, arrays); }),
             py::arg("game"), py::arg("n"), py::arg("seed") = 0)
        .def("__len__", &BatchEnv::size)
        .def_property_readonly("game", &BatchEnv::game, "The Game that all of them are.")
        .def("reset", &BatchEnv::reset, py::arg("seed") = 0,
             "Starts all games anew; `seed` draws starts and chance moves.")
        .def(
            "step", &BatchEnv::step, py::arg("moves"), py::arg("auto_reset") = true,
            "Plays one move a game, in place: `moves` is an array or sequence of n whole numbers. Chance moves are "
            "drawn and played too. Where a game ends, done is 1 and rewards has its outcome, and with auto_reset the "
            "next one begins at once; without, its move is ignored from then on. Raises IllegalMove, naming the "
            "game, "
            "before anything is played; ValueError for the wrong number of moves.")
        .def("sample", &BatchEnv::sample, py::arg("seed"), py::arg("out") = py::none(),
             "One legal move a game, drawn evenly: uint32 (n,), new or into `out`. 0xffffffff where a game is over.")
        .def("boards", &BatchEnv::boards, py::arg("out") = py::none(),
             "All boards as State.board: int8 (n, *game.board_shape), new or into `out`.")
        .def("planes", &BatchEnv::planes, py::arg("out") = py::none(),
             "All planes as State.planes(): float32 (n, *game.planes_shape), new or into `out`.")
        .def("state", &BatchEnv::state, py::arg("index"), "A State of one game, a copy without history.");
    const auto array = [&type](const char *name, const char *doc) {
        type.def_property_readonly(
            name, [name](const BatchEnv &env) { return env.array(name); }, doc);
    };
    array("states", "uint8 (n, stride): the bytes of the positions; stride is state_size rounded up to 16.");
    array("players", "int8 (n,): who is to move, -1 where a game is over.");
    array("rewards", "float32 (n, players): the outcome of games that the last step ended, else 0.");
    array("done", "uint8 (n,): 1 where the last step ended a game.");
    array("legal", "uint32 (n, max_moves): the legal moves, then 0xffffffff.");
    array("counts", "uint32 (n,): how many legal moves there are.");
    array("masks", "uint8 (n, move_space): 1 at legal moves; None where move_space is 0.");
}

} // namespace parlour::python
