#include "host/ui/board/board_marks.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "host/ui/base/context.hpp"

namespace parlour::host::ui {
namespace {

enum class LabelKind { none, column_and_row, column, number };

bool all(std::string_view text, int (*is)(int)) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [is](unsigned char c) { return is(c) != 0; });
}

std::size_t letters_of(std::string_view label) {
    std::size_t n = 0;
    while (n < label.size() && std::isalpha(static_cast<unsigned char>(label[n]))) ++n;
    return n;
}

LabelKind kind_of(std::string_view label) {
    const std::size_t letters = letters_of(label);
    if (label.empty() || label.size() > 4) return LabelKind::none;
    if (letters == label.size()) return letters <= 2 ? LabelKind::column : LabelKind::none;
    if (!all(label.substr(letters), std::isdigit)) return LabelKind::none;
    if (letters == 0) return LabelKind::number;
    return letters <= 2 ? LabelKind::column_and_row : LabelKind::none;
}

/// The kind that all labelled cells share.
LabelKind kind_of(const Scene &scene) {
    LabelKind kind = LabelKind::none;
    for (const SceneCell &cell : scene.cells) {
        if (!cell.touchable() || cell.label.empty()) continue;
        const LabelKind here = kind_of(cell.label);
        if (here == LabelKind::none || (kind != LabelKind::none && kind != here)) return LabelKind::none;
        kind = here;
    }
    // Numbers that stand in every cell of a column name the column, not the cell.
    if (kind == LabelKind::number) {
        std::map<std::string, float> columns;
        std::size_t cells = 0;
        for (const SceneCell &cell : scene.cells) {
            if (!cell.touchable() || cell.label.empty()) continue;
            ++cells;
            if (columns.try_emplace(cell.label, cell.x).first->second != cell.x) return kind;
        }
        if (columns.size() < cells) kind = LabelKind::column;
    }
    return kind;
}

float corner_of(const SceneCell &cell, const Rect &r) {
    return cell.shape == PARLOUR_SHAPE_ROUND ? std::min(r.w, r.h) * 0.16f : 0.0f;
}

} // namespace

void mark_cell(ScenePainter &painter, const SceneCell &cell, Color color, Color piece) {
    Canvas &canvas = painter.canvas();
    const Rect r = painter.fit().rect(cell);
    const float side = std::min(r.w, r.h);
    if (cell.shape == PARLOUR_SHAPE_CIRCLE) {
        // Colours of the pieces vary too much there for one colour: white with a dark edge, or the other way round.
        const bool light = piece != 0 && luminance(piece) > 0.6f;
        const float width = std::max(2.0f, side * 0.045f);
        canvas.ring(r.center(), side * 0.5f + 1, width + 2, light ? rgba(0xffffff70) : rgba(0x0000006e));
        canvas.ring(r.center(), side * 0.5f, width, rgb(light ? 0x15181f : 0xffffff));
    } else if (is_upright(cell)) {
        const bool open = cell.color == PARLOUR_COLOR_NONE;
        canvas.fill(open ? r.inset(side * 0.05f) : r, faded(color, open ? 0.45f : 0.62f),
                    open ? side * 0.12f : corner_of(cell, r));
    } else {
        const bool open = cell.color == PARLOUR_COLOR_NONE;
        canvas.polygon(painter.corners(cell, side * (open ? 0.05f : 0.0f)), faded(color, open ? 0.45f : 0.62f));
    }
}

void mark_target(ScenePainter &painter, const Scene &scene, const SceneCell &cell, Color color, float strength) {
    Canvas &canvas = painter.canvas();
    const Rect r = painter.fit().rect(cell);
    const float side = std::min(r.w, r.h);
    if (const ScenePiece *piece = scene.highest_on(cell.id)) {
        // A round place is ringed as a whole, whatever lies in it; elsewhere the ring goes where the piece is.
        const bool aside = cell.shape != PARLOUR_SHAPE_CIRCLE && (piece->dx != 0 || piece->dy != 0);
        const float radius = aside ? painter.radius(cell) * piece->scale * 1.1f : side * 0.47f;
        canvas.ring(aside ? painter.center(cell, *piece) : r.center(), radius,
                    std::max(1.5f, side * (0.03f + 0.03f * strength)), faded(color, 0.35f + 0.65f * strength));
        return;
    }
    // On a coloured cell a shade of it reads better than any colour of the theme.
    const Color fill = scene_color(canvas.theme(), cell.color, cell.rgba, false, Color{0});
    const bool coloured = alpha(fill) > 0 && luminance(fill) > 0.12f;
    const Color dot =
        coloured ? faded(rgb(0x000000), 0.24f + 0.22f * strength) : faded(color, 0.35f + 0.6f * strength);
    canvas.circle(r.center(), side * (0.09f + 0.05f * strength), dot);
}

std::vector<Touch> telling_targets(const Scene &scene, std::span<const Touch> targets) {
    struct Count {
        std::size_t targets = 0, places = 0;
        // Of many, more than half is clutter already; of few, only nearly all of them say nothing.
        bool tells() const {
            return targets <= 1 || (targets * 5 < places * 4 && (targets <= 24 || targets * 2 <= places));
        }
    };
    using Look = std::tuple<std::uint8_t, std::uint8_t, std::uint8_t, std::uint32_t>;
    const auto look = [](const SceneCell &cell) { return Look{cell.shape, cell.color, cell.flags, cell.rgba}; };
    std::set<std::uint32_t> occupied;
    for (const ScenePiece &piece : scene.pieces) occupied.insert(piece.cell);
    Count free, taken;
    std::set<Look> looks; // of free targets: a cell that looks otherwise is told from them without a mark
    for (const Touch &target : targets) {
        const SceneCell *cell = target.is_cell() ? scene.cell(target.id) : nullptr;
        if (cell == nullptr) continue;
        ++(occupied.contains(cell->id) ? taken : free).targets;
        if (!occupied.contains(cell->id)) looks.insert(look(*cell));
    }
    for (const SceneCell &cell : scene.cells) {
        if (!cell.touchable()) continue;
        if (occupied.contains(cell.id)) {
            ++taken.places;
        } else if (looks.contains(look(cell))) {
            ++free.places;
        }
    }
    std::vector<Touch> telling;
    std::copy_if(targets.begin(), targets.end(), std::back_inserter(telling), [&](const Touch &target) {
        return target.is_cell() && (occupied.contains(target.id) ? taken : free).tells();
    });
    return telling;
}

void mark_pointed(ScenePainter &painter, const Scene &scene, const SceneCell &cell, Color color) {
    if (cell.shape == PARLOUR_SHAPE_CIRCLE || cell.color == PARLOUR_COLOR_NONE) {
        mark_target(painter, scene, cell, color, 0.6f);
    } else {
        mark_cell(painter, cell, rgba(0xffffff66));
    }
}

void mark_outline(ScenePainter &painter, const SceneCell &cell, Color color, float width) {
    Canvas &canvas = painter.canvas();
    const Rect r = painter.fit().rect(cell);
    const float side = std::min(r.w, r.h);
    if (cell.shape == PARLOUR_SHAPE_CIRCLE) {
        canvas.ring(r.center(), side * 0.5f + width, width, color);
    } else if (!is_upright(cell)) {
        canvas.polygon_outline(painter.corners(cell), color, width);
    } else {
        canvas.stroke(r, color, width, std::max(corner_of(cell, r), std::min(width * 2, side * 0.1f)));
    }
}

void mark_path(ScenePainter &painter, const Scene &scene, std::span<const Touch> path, Color color) {
    std::vector<const SceneCell *> cells;
    for (const Touch &touch : path) {
        if (const SceneCell *cell = touch.is_cell() ? scene.cell(touch.id) : nullptr) cells.push_back(cell);
    }
    if (cells.empty()) return;
    Canvas &canvas = painter.canvas();
    const float side = painter.fit().unit() * std::min(cells.front()->w, cells.front()->h);
    if (cells.size() == 1) {
        const Rect r = painter.fit().rect(*cells.front());
        if (r.w > r.h * 1.5f || r.h > r.w * 1.5f) {
            mark_outline(painter, *cells.front(), color, std::max(3.0f, side * 0.06f));
        } else {
            canvas.ring(r.center(), side * 0.46f, std::max(3.0f, side * 0.08f), color);
        }
        return;
    }
    const auto center = [&](const SceneCell *cell) { return painter.fit().point(cell->x, cell->y); };
    const float width = std::clamp(side * 0.11f, 3.0f, 14.0f);
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
        if (i + 2 == cells.size()) {
            canvas.arrow(center(cells[i]), center(cells[i + 1]), color, width);
        } else {
            canvas.line(center(cells[i]), center(cells[i + 1]), color, width);
        }
    }
}

bool has_outer_coordinates(const Scene &scene) {
    const LabelKind kind = kind_of(scene);
    return kind == LabelKind::column_and_row || kind == LabelKind::column;
}

void draw_coordinates(ScenePainter &painter, const Scene &scene) {
    const LabelKind kind = kind_of(scene);
    if (kind == LabelKind::none) return;
    Canvas &canvas = painter.canvas();
    const BoardFit &fit = painter.fit();
    const Color ink = canvas.theme()[Role::board_text];
    const Rect board = fit.bounds();
    if (kind == LabelKind::number) {
        for (const SceneCell &cell : scene.cells) {
            if (!cell.touchable() || cell.label.empty()) continue;
            const Rect r = fit.rect(cell);
            if (std::min(r.w, r.h) < canvas.theme().px(34)) return;
            const Color fill = scene_color(canvas.theme(), cell.color, cell.rgba, false, ink);
            canvas.text_fit({r.x + r.w * 0.14f, r.y + r.h * 0.13f}, cell.label, canvas.theme().px(13),
                            faded(readable_on(fill), 0.45f));
        }
        return;
    }
    // One name a column and a row: of the first cell met at that coordinate.
    std::map<int, std::pair<float, std::string>> columns, rows;
    const auto key = [](float at) { return static_cast<int>(std::lround(at * 16)); };
    for (const SceneCell &cell : scene.cells) {
        if (!cell.touchable() || cell.label.empty()) continue;
        const Vec2 at = fit.point(cell.x, cell.y);
        const std::size_t letters = kind == LabelKind::column ? cell.label.size() : letters_of(cell.label);
        columns.try_emplace(key(at.x), at.x, cell.label.substr(0, letters));
        if (kind == LabelKind::column_and_row) rows.try_emplace(key(at.y), at.y, cell.label.substr(letters));
    }
    // Slanted boards have a letter for more than one x: names around them would mislead.
    std::map<std::string, int> uses;
    for (const auto &[at, name] : columns) ++uses[name.second];
    for (const auto &[name, count] : uses) {
        if (count > 1) return;
    }
    const float below = board.bottom() + canvas.theme().px(11), left = board.x - canvas.theme().px(12);
    for (const auto &[at, name] : columns)
        canvas.text({name.first, below}, name.second, FontRole::small, ink, Align::center);
    for (const auto &[at, name] : rows)
        canvas.text({left, name.first}, name.second, FontRole::small, ink, Align::center);
}

} // namespace parlour::host::ui
