#include "host/scene/scene.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace parlour::host {

namespace {

constexpr std::size_t max_items = 16384;
constexpr std::uint32_t max_corners = 4096;
constexpr float pi = 3.14159265358979f;

// A SIZED struct as this host knows it: what the plugin's version lacks is zero.
template <class Struct>
Struct sized(const Struct *given) {
    Struct mine{};
    std::memcpy(&mine, given, std::min<std::size_t>(given->size, sizeof mine));
    return mine;
}

std::string text_of(const char *text) {
    return text == nullptr ? std::string{} : std::string(text);
}

template <class... Numbers>
bool finite(Numbers... numbers) {
    return (std::isfinite(numbers) && ...);
}

Scene &scene_of(void *context) {
    return *static_cast<Scene *>(context);
}

void take_extent(void *context, float x0, float y0, float x1, float y1) {
    if (!finite(x0, y0, x1, y1) || x0 >= x1 || y0 >= y1) return;
    Scene &scene = scene_of(context);
    scene.x0 = x0;
    scene.y0 = y0;
    scene.x1 = x1;
    scene.y1 = y1;
}

void take_cell(void *context, const parlour_cell *given) {
    Scene &scene = scene_of(context);
    const parlour_cell cell = sized(given);
    if (!finite(cell.x, cell.y, cell.w, cell.h, cell.angle)) return;
    SceneCell mine{.id = cell.id,
                   .shape = cell.shape,
                   .color = cell.color,
                   .flags = cell.flags,
                   .rgba = cell.rgba,
                   .x = cell.x,
                   .y = cell.y,
                   .w = cell.w,
                   .h = cell.h,
                   .angle = cell.angle,
                   .xy = {},
                   .label = text_of(cell.label)};
    if (cell.shape == PARLOUR_SHAPE_POLYGON && cell.xy != nullptr && cell.n_xy <= max_corners) {
        mine.xy.assign(cell.xy, cell.xy + 2 * std::size_t{cell.n_xy});
        if (!std::all_of(mine.xy.begin(), mine.xy.end(), [](float v) { return std::isfinite(v); })) return;
    }
    if (mine.id != PARLOUR_CELL_NONE) {
        const auto known = std::find_if(scene.cells.begin(), scene.cells.end(),
                                        [&](const SceneCell &other) { return other.id == mine.id; });
        if (known != scene.cells.end()) {
            if (mine.label.empty()) mine.label = known->label;
            *known = std::move(mine);
            return;
        }
    }
    if (scene.cells.size() < max_items) scene.cells.push_back(std::move(mine));
}

void take_piece(void *context, const parlour_piece *given) {
    Scene &scene = scene_of(context);
    const parlour_piece piece = sized(given);
    if (!finite(piece.dx, piece.dy, piece.scale) || scene.pieces.size() >= max_items) return;
    scene.pieces.push_back({.id = piece.id,
                            .cell = piece.cell,
                            .kind = piece.kind,
                            .color = piece.color,
                            .level = piece.level,
                            .flags = piece.flags,
                            .rgba = piece.rgba,
                            .count = piece.count,
                            .dx = piece.dx,
                            .dy = piece.dy,
                            .scale = piece.scale,
                            .enter = piece.enter,
                            .glyph = text_of(piece.glyph),
                            .label = text_of(piece.label)});
}

void take_mark(void *context, const parlour_mark *given) {
    Scene &scene = scene_of(context);
    const parlour_mark mark = sized(given);
    if (scene.marks.size() >= max_items) return;
    scene.marks.push_back({.cell_a = mark.cell_a,
                           .cell_b = mark.cell_b,
                           .kind = mark.kind,
                           .color = mark.color,
                           .rgba = mark.rgba,
                           .text = text_of(mark.text)});
}

void take_widget(void *context, const parlour_widget *given) {
    Scene &scene = scene_of(context);
    const parlour_widget widget = sized(given);
    if (scene.widgets.size() >= max_items) return;
    scene.widgets.push_back({.id = widget.id,
                             .kind = widget.kind,
                             .player = widget.player,
                             .key = widget.key,
                             .label = text_of(widget.label),
                             .value = text_of(widget.value)});
}

// Whether a point lies in a polygon, by the even-odd rule.
bool inside(const std::vector<std::array<float, 2>> &corners, float x, float y) {
    bool in = false;
    for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
        const auto &a = corners[i], &b = corners[j];
        if ((a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]) in = !in;
    }
    return in;
}

} // namespace

std::vector<std::array<float, 2>> SceneCell::corners() const {
    std::vector<std::array<float, 2>> out;
    const float turn = angle * pi / 180, cosine = std::cos(turn), sine = std::sin(turn);
    const auto add = [&](float dx, float dy) {
        out.push_back({x + dx * cosine - dy * sine, y + dx * sine + dy * cosine});
    };
    switch (shape) {
        case PARLOUR_SHAPE_CIRCLE:
            break;
        case PARLOUR_SHAPE_HEX_FLAT:
        case PARLOUR_SHAPE_HEX_POINTY:
            for (int i = 0; i < 6; ++i) {
                const float at = (static_cast<float>(i) + (shape == PARLOUR_SHAPE_HEX_POINTY ? 0.5f : 0.0f)) * pi / 3;
                add(std::cos(at) * w / 2, std::sin(at) * h / 2);
            }
            break;
        case PARLOUR_SHAPE_POLYGON:
            for (std::size_t i = 0; i + 1 < xy.size(); i += 2) add(xy[i], xy[i + 1]);
            break;
        default:
            add(-w / 2, -h / 2);
            add(w / 2, -h / 2);
            add(w / 2, h / 2);
            add(-w / 2, h / 2);
    }
    return out;
}

bool SceneCell::contains(float at_x, float at_y) const {
    if (shape == PARLOUR_SHAPE_CIRCLE) {
        const float dx = (at_x - x) * 2, dy = (at_y - y) * 2;
        return w > 0 && h > 0 && (dx / w) * (dx / w) + (dy / h) * (dy / h) <= 1;
    }
    if (shape == PARLOUR_SHAPE_RECT || shape == PARLOUR_SHAPE_ROUND) {
        const float turn = -angle * pi / 180, dx = at_x - x, dy = at_y - y;
        return std::fabs(dx * std::cos(turn) - dy * std::sin(turn)) <= w / 2 &&
               std::fabs(dx * std::sin(turn) + dy * std::cos(turn)) <= h / 2;
    }
    const auto outline = corners();
    return outline.size() >= 3 && inside(outline, at_x, at_y);
}

std::optional<Scene> Scene::of(const Game &game, const StateBuffer &state, std::uint32_t viewer) {
    const parlour_game_board *board = game.ref().board();
    if (board == nullptr) return std::nullopt;
    Scene scene;
    const parlour_draw draw{sizeof draw, 0, &scene, take_extent, take_cell, take_piece, take_mark, take_widget};
    board->layout(game.ref().self(), &draw);
    if (viewer < game.players() && game.has(PARLOUR_GAME_HIDDEN)) {
        const StateBuffer seen = game.view(state, viewer);
        board->scene(game.ref().self(), seen.data(), viewer, &draw);
    } else {
        board->scene(game.ref().self(), state.data(), viewer, &draw);
    }
    return scene;
}

const SceneCell *Scene::cell(std::uint32_t id) const {
    const auto at = std::find_if(cells.begin(), cells.end(), [&](const SceneCell &cell) { return cell.id == id; });
    return id == PARLOUR_CELL_NONE || at == cells.end() ? nullptr : &*at;
}

const SceneCell *Scene::cell_at(float x, float y) const {
    for (auto cell = cells.rbegin(); cell != cells.rend(); ++cell) {
        if (cell->touchable() && cell->contains(x, y)) return &*cell;
    }
    return nullptr;
}

const SceneWidget *Scene::button(std::uint32_t id) const {
    const auto at = std::find_if(widgets.begin(), widgets.end(), [&](const SceneWidget &widget) {
        return widget.kind == PARLOUR_WIDGET_BUTTON && widget.id == id;
    });
    return at == widgets.end() ? nullptr : &*at;
}

const ScenePiece *Scene::highest_on(std::uint32_t cell) const {
    const auto found =
        std::find_if(pieces.rbegin(), pieces.rend(), [cell](const ScenePiece &piece) { return piece.cell == cell; });
    return found == pieces.rend() ? nullptr : &*found;
}

std::vector<const ScenePiece *> Scene::pieces_on(std::uint32_t cell) const {
    std::vector<const ScenePiece *> out;
    for (const ScenePiece &piece : pieces) {
        if (piece.cell == cell) out.push_back(&piece);
    }
    return out;
}

} // namespace parlour::host
