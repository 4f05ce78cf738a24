#include "board.hpp"

#include "buffers.hpp"

#include <cmath>
#include <cstring>

namespace parlour::python {

namespace {

struct Cell {
    std::uint32_t id;
    float x, y;
};

// Coordinates of cells in one row differ by less than this.
constexpr float same_row = 0.05f;

bool touchable(const parlour_cell &cell) {
    return cell.id != PARLOUR_CELL_NONE && (cell.flags & PARLOUR_CELL_DECOR) == 0;
}

// A struct of the interface in our version: what an older plugin's lacks is zero.
template <class Struct>
Struct ours(const Struct *theirs) {
    Struct out{};
    std::memcpy(&out, theirs, std::min<std::size_t>(theirs->size, sizeof out));
    return out;
}

parlour_draw deaf_draw(void *context) {
    return {.size = sizeof(parlour_draw),
            .reserved0 = 0,
            .context = context,
            .extent = [](void *, float, float, float, float) {},
            .cell = [](void *, const parlour_cell *) {},
            .piece = [](void *, const parlour_piece *) {},
            .mark = [](void *, const parlour_mark *) {},
            .widget = [](void *, const parlour_widget *) {}};
}

struct BoardReader {
    const Grid *grid;
    std::int8_t *out;

    static void piece(void *context, const parlour_piece *theirs) {
        const auto &self = *static_cast<BoardReader *>(context);
        const auto piece = ours(theirs);
        const auto at = self.grid->index.find(piece.cell);
        if (at == self.grid->index.end()) return;
        std::int32_t player = -1;
        if (piece.color >= PARLOUR_COLOR_PLAYER0 && piece.color < PARLOUR_COLOR_PLAYER0 + PARLOUR_MAX_PLAYERS) {
            player = piece.color - PARLOUR_COLOR_PLAYER0;
        } else if (piece.color == PARLOUR_COLOR_DARK) {
            player = 0;
        } else if (piece.color == PARLOUR_COLOR_LIGHT) {
            player = 1;
        }
        const auto players = static_cast<std::int32_t>(self.grid->players);
        const bool known = player >= 0 && player < players;
        self.out[at->second] = static_cast<std::int8_t>(known ? 1 + player + (piece.level > 0 ? players : 0) : -1);
    }
};

// ---- scenes as Python values ----

namespace py = pybind11;

py::object text_or_none(const char *text) {
    return text == nullptr ? py::object(py::none()) : py::reinterpret_steal<py::object>(to_str(text));
}

struct SceneReader {
    py::list cells, pieces, marks, widgets;
    py::object extent = py::none();

    static SceneReader &of(void *context) { return *static_cast<SceneReader *>(context); }

    static void on_extent(void *context, float x0, float y0, float x1, float y1) {
        of(context).extent = py::make_tuple(x0, y0, x1, y1);
    }
    static void on_cell(void *context, const parlour_cell *theirs) {
        const auto cell = ours(theirs);
        py::dict out;
        out["id"] = cell.id == PARLOUR_CELL_NONE ? py::object(py::none()) : py::int_(cell.id);
        out["touchable"] = touchable(cell);
        out["shape"] = cell.shape;
        out["color"] = cell.color;
        out["flags"] = cell.flags;
        out["rgba"] = cell.rgba;
        out["x"] = cell.x;
        out["y"] = cell.y;
        out["w"] = cell.w;
        out["h"] = cell.h;
        out["angle"] = cell.angle;
        py::list corners;
        for (std::uint32_t i = 0; cell.xy != nullptr && i < cell.n_xy; ++i) {
            corners.append(py::make_tuple(cell.xy[2 * i], cell.xy[2 * i + 1]));
        }
        out["corners"] = corners;
        out["label"] = text_or_none(cell.label);
        of(context).cells.append(out);
    }
    static void on_piece(void *context, const parlour_piece *theirs) {
        const auto piece = ours(theirs);
        py::dict out;
        out["id"] = piece.id;
        out["cell"] = piece.cell;
        out["kind"] = piece.kind;
        out["color"] = piece.color;
        out["level"] = piece.level;
        out["flags"] = piece.flags;
        out["rgba"] = piece.rgba;
        out["dx"] = piece.dx;
        out["dy"] = piece.dy;
        out["scale"] = piece.scale;
        out["count"] = piece.count;
        out["glyph"] = text_or_none(piece.glyph);
        out["label"] = text_or_none(piece.label);
        of(context).pieces.append(out);
    }
    static void on_mark(void *context, const parlour_mark *theirs) {
        const auto mark = ours(theirs);
        py::dict out;
        out["cell_a"] = mark.cell_a;
        out["cell_b"] = mark.cell_b == PARLOUR_CELL_NONE ? py::object(py::none()) : py::int_(mark.cell_b);
        out["kind"] = mark.kind;
        out["color"] = mark.color;
        out["rgba"] = mark.rgba;
        out["text"] = text_or_none(mark.text);
        of(context).marks.append(out);
    }
    static void on_widget(void *context, const parlour_widget *theirs) {
        const auto widget = ours(theirs);
        py::dict out;
        out["id"] = widget.id;
        out["kind"] = widget.kind;
        out["player"] = widget.player;
        out["label"] = text_or_none(widget.label);
        out["value"] = text_or_none(widget.value);
        of(context).widgets.append(out);
    }
};

} // namespace

Grid make_grid(const GameRef &rules) {
    Grid grid;
    grid.players = rules.players();
    std::vector<Cell> cells;
    parlour_draw draw = deaf_draw(&cells);
    draw.cell = [](void *context, const parlour_cell *theirs) {
        const auto cell = ours(theirs);
        if (touchable(cell) && std::isfinite(cell.x) && std::isfinite(cell.y)) {
            static_cast<std::vector<Cell> *>(context)->push_back({cell.id, cell.x, cell.y});
        }
    };
    rules.board()->layout(rules.self(), &draw);

    // Rows by y first, so that cells of one row that differ by rounding stay together.
    std::sort(cells.begin(), cells.end(), [](const Cell &a, const Cell &b) { return a.y < b.y; });
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i == 0 || cells[i].y - cells[i - 1].y > same_row) starts.push_back(i);
    }
    starts.push_back(cells.size());
    bool equal = cells.size() > 0;
    for (std::size_t row = 0; row + 1 < starts.size(); ++row) {
        std::sort(cells.begin() + static_cast<std::ptrdiff_t>(starts[row]),
                  cells.begin() + static_cast<std::ptrdiff_t>(starts[row + 1]),
                  [](const Cell &a, const Cell &b) { return a.x < b.x; });
        equal = equal && starts[row + 1] - starts[row] == starts[1];
    }
    for (const Cell &cell : cells) grid.index.emplace(cell.id, static_cast<std::uint32_t>(grid.index.size()));
    grid.cells = static_cast<std::uint32_t>(grid.index.size());
    if (equal && grid.cells == cells.size()) {
        grid.rows = static_cast<std::uint32_t>(starts.size() - 1);
        grid.columns = static_cast<std::uint32_t>(starts[1]);
    }
    return grid;
}

void read_board(const GameRef &rules, const Grid &grid, const void *state, std::int8_t *out) {
    std::memset(out, 0, grid.cells);
    BoardReader reader{&grid, out};
    parlour_draw draw = deaf_draw(&reader);
    draw.piece = BoardReader::piece;
    rules.board()->scene(rules.self(), state, PARLOUR_VIEWER_ALL, &draw);
}

void write_planes(const Grid &grid, std::span<const std::int8_t> board, long player, float *out) {
    std::memset(out, 0, sizeof(float) * grid.planes() * grid.cells);
    const auto players = static_cast<long>(grid.players);
    const long first = player < 0 ? 0 : player;
    for (std::size_t cell = 0; cell < board.size(); ++cell) {
        if (board[cell] <= 0) continue;
        const long owner = (board[cell] - 1) % players, crowned = (board[cell] - 1) / players;
        const auto plane = static_cast<std::size_t>(2 * ((owner - first + players) % players) + crowned);
        out[plane * grid.cells + cell] = 1;
    }
    if (player == 0) std::fill_n(out + std::size_t{2} * grid.players * grid.cells, grid.cells, 1.0f);
}

PyObject *board_of(const Game &game, const void *state) {
    const Grid *grid = game.grid();
    const std::uint32_t cells = grid != nullptr ? grid->cells : 0;
    PyObject *bytes = PyBytes_FromStringAndSize(nullptr, cells);
    if (bytes == nullptr) return nullptr;
    if (cells > 0) {
        read_board(game.rules(), *grid, state, reinterpret_cast<std::int8_t *>(PyBytes_AS_STRING(bytes)));
        if (game.serialized() && PyErr_Occurred() != nullptr) {
            Py_DECREF(bytes);
            return nullptr;
        }
    }
    PyObject *flat = PyMemoryView_FromObject(bytes);
    Py_DECREF(bytes);
    if (flat == nullptr) return nullptr;
    PyObject *shaped = cells > 0 && grid->rows > 0
                           ? PyObject_CallMethod(flat, "cast", "s(II)", "b", grid->rows, grid->columns)
                           : PyObject_CallMethod(flat, "cast", "s", "b");
    Py_DECREF(flat);
    return shaped;
}

PyObject *planes_of(const Game &game, const void *state, long player, PyObject *out) {
    const Grid *grid = game.grid();
    if (grid == nullptr || grid->cells == 0)
        return set_error(errors.base, game.id() + " has no board to make planes of");
    std::vector<std::int8_t> board(grid->cells);
    read_board(game.rules(), *grid, state, board.data());
    if (game.serialized() && PyErr_Occurred() != nullptr) return nullptr;
    const std::size_t count = std::size_t{grid->planes()} * grid->cells;
    try {
        if (out == nullptr || out == Py_None) {
            PyObject *bytes = PyByteArray_FromStringAndSize(nullptr, static_cast<Py_ssize_t>(count * sizeof(float)));
            if (bytes == nullptr) return nullptr;
            write_planes(*grid, board, player, reinterpret_cast<float *>(PyByteArray_AS_STRING(bytes)));
            PyObject *flat = PyMemoryView_FromObject(bytes);
            Py_DECREF(bytes);
            if (flat == nullptr) return nullptr;
            PyObject *shaped =
                grid->rows > 0
                    ? PyObject_CallMethod(flat, "cast", "s(III)", "f", grid->planes(), grid->rows, grid->columns)
                    : PyObject_CallMethod(flat, "cast", "s(II)", "f", grid->planes(), grid->cells);
            Py_DECREF(flat);
            return shaped;
        }
        const HeldBuffer held(py::reinterpret_borrow<py::object>(out), Element::float32, count, "out");
        write_planes(*grid, board, player, static_cast<float *>(held.data()));
        return Py_NewRef(out);
    } catch (py::error_already_set &error) {
        error.restore();
        return nullptr;
    }
}

PyObject *scene_dict(const Game &game, const void *state, std::uint32_t viewer) {
    const GameRef &rules = game.rules();
    if (rules.board() == nullptr) Py_RETURN_NONE;
    StateBuffer view(rules.state_size());
    std::memcpy(view.data(), state, rules.state_size());
    if (viewer != PARLOUR_VIEWER_ALL && rules.hidden() != nullptr) {
        rules.hidden()->view(rules.self(), state, viewer, view.data());
    }
    try {
        SceneReader reader;
        const parlour_draw draw{.size = sizeof draw,
                                .reserved0 = 0,
                                .context = &reader,
                                .extent = SceneReader::on_extent,
                                .cell = SceneReader::on_cell,
                                .piece = SceneReader::on_piece,
                                .mark = SceneReader::on_mark,
                                .widget = SceneReader::on_widget};
        rules.board()->layout(rules.self(), &draw);
        rules.board()->scene(rules.self(), view.data(), viewer, &draw);
        if (PyErr_Occurred() != nullptr) return nullptr;
        py::dict out;
        out["extent"] = reader.extent;
        out["cells"] = reader.cells;
        out["pieces"] = reader.pieces;
        out["marks"] = reader.marks;
        out["widgets"] = reader.widgets;
        return out.release().ptr();
    } catch (py::error_already_set &error) {
        error.restore();
        return nullptr;
    }
}

} // namespace parlour::python
