#include "host/ui/board/scene_painter.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace parlour::host::ui {
namespace {

bool is_player(std::uint8_t role) {
    return role >= PARLOUR_COLOR_PLAYER0 && role != PARLOUR_COLOR_RGBA;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// The colour of what a hole was made in: the last filled cell under its centre.
Color plate_under(const Theme &theme, const Scene &scene, const SceneCell &hole) {
    Color found = theme[Role::panel];
    for (const SceneCell &cell : scene.cells) {
        if (&cell == &hole) break;
        if (cell.color != PARLOUR_COLOR_NONE && cell.contains(hole.x, hole.y))
            found = scene_color(theme, cell.color, cell.rgba, false, found);
    }
    return found;
}

/// What a mark on a cell is read against: the highest thing filled there, a piece's colour where one lies.
Color ground_of(const Theme &theme, const Scene &scene, const SceneCell &at) {
    if (const ScenePiece *on_it = scene.highest_on(at.id); on_it && on_it->kind != PARLOUR_PIECE_GLYPH)
        return scene_color(theme, on_it->color, on_it->rgba, true, theme[Role::board_neutral]);
    Color found = theme[Role::background];
    for (const SceneCell &cell : scene.cells) {
        const Color fill = scene_color(theme, cell.color, cell.rgba, false, Color{0});
        if (alpha(fill) == 255 && cell.contains(at.x, at.y)) found = fill;
    }
    return found;
}

} // namespace

bool is_upright(const SceneCell &cell) {
    return (cell.shape == PARLOUR_SHAPE_RECT || cell.shape == PARLOUR_SHAPE_ROUND) && cell.angle == 0;
}

Color scene_color(const Theme &theme, std::uint8_t role, std::uint32_t rgba_value, bool piece, Color fallback) {
    switch (role) {
        case PARLOUR_COLOR_NONE:
            return fallback;
        case PARLOUR_COLOR_LIGHT:
            return piece ? theme.ivory : theme[Role::board_light];
        case PARLOUR_COLOR_DARK:
            return piece ? theme.ebony : theme[Role::board_dark];
        case PARLOUR_COLOR_LINE:
            return theme[Role::board_line];
        case PARLOUR_COLOR_NEUTRAL:
            return piece ? theme[Role::board_neutral] : theme[Role::control];
        case PARLOUR_COLOR_ACCENT:
            return theme[Role::warn];
        case PARLOUR_COLOR_WARN:
            return theme[Role::bad];
        case PARLOUR_COLOR_RGBA:
            return rgba(rgba_value);
        default:
            return is_player(role) ? theme.player(role - PARLOUR_COLOR_PLAYER0) : fallback;
    }
}

Color seat_color(const Theme &theme, const Game &game, std::uint32_t player) {
    const std::string name = lower(game.player_name(player));
    if (name == "black" || name == "dark") return theme.ebony;
    if (name == "white" || name == "light") return theme.ivory;
    return theme.player(player);
}

void draw_seat(Canvas &canvas, Vec2 center, float radius, Color seat, std::uint32_t player, std::uint8_t kind,
               bool crowned) {
    const Theme &theme = canvas.theme();
    const bool plain = seat == theme.ivory || seat == theme.ebony;
    switch (kind) {
        case PARLOUR_PIECE_CROSS:
            canvas.cross_piece(center, radius, seat);
            break;
        case PARLOUR_PIECE_RING:
            canvas.ring_piece(center, radius, seat);
            break;
        default:
            canvas.disc(center, radius,
                        {seat, plain ? ShapeCue::none : cue_of_player(player), crowned ? 1 : 0, false, true});
            break;
    }
    if (seat == theme.ebony && theme.is_dark())
        canvas.ring(center, radius + theme.px(1), std::max(1.0f, theme.px(1)), theme[Role::text_faint]);
}

void ScenePainter::whole(const Scene &scene) {
    cells(scene);
    pieces(scene);
    marks(scene);
}

// ---- cells -----------------------------------------------------------------------------------------------------

void ScenePainter::cells(const Scene &scene) {
    for (const SceneCell &each : scene.cells) cell(scene, each);
}

std::vector<Vec2> ScenePainter::corners(const SceneCell &cell, float inset) const {
    const float side = std::min(cell.w, cell.h) * fit_.unit();
    const float factor = side > 0 ? std::max(0.0f, 1 - 2 * inset / side) : 1.0f;
    std::vector<Vec2> points;
    for (const auto &[x, y] : cell.corners())
        points.push_back(fit_.point(cell.x + (x - cell.x) * factor, cell.y + (y - cell.y) * factor));
    return points;
}

void ScenePainter::polygon_cell(const SceneCell &cell, Color fill) {
    const std::vector<Vec2> points = corners(cell);
    if (points.size() < 3) return;
    if (alpha(fill) > 0) canvas_.polygon(points, fill);
    if (cell.flags & PARLOUR_CELL_OUTLINE) {
        const float width = std::max(1.0f, fit_.unit() * 0.025f);
        canvas_.polygon_outline(points, faded(canvas_.theme()[Role::board_line], 0.8f), width);
    }
}

void ScenePainter::cell(const Scene &scene, const SceneCell &cell) {
    const Theme &theme = canvas_.theme();
    const Color fill = scene_color(theme, cell.color, cell.rgba, false, Color{0});
    const Rect r = fit_.rect(cell);
    const float side = std::min(r.w, r.h);
    const bool raised = cell.flags & PARLOUR_CELL_RAISED, hole = cell.flags & PARLOUR_CELL_HOLE;
    const bool plain = cell.angle == 0;
    switch (cell.shape) {
        case PARLOUR_SHAPE_CIRCLE:
            if (raised) canvas_.circle_shadow(r.center(), side * 0.5f, side * 0.25f);
            if (hole) {
                canvas_.hole(r.center(), side * 0.5f, plate_under(theme, scene, cell));
            } else if (alpha(fill) > 0) {
                canvas_.circle(r.center(), side * 0.5f, fill);
            }
            if (cell.flags & PARLOUR_CELL_OUTLINE)
                canvas_.ring(r.center(), side * 0.5f, std::max(1.0f, fit_.unit() * 0.03f),
                             alpha(fill) > 0 ? lighter(fill, 0.25f) : theme[Role::board_line]);
            return;
        case PARLOUR_SHAPE_RECT:
        case PARLOUR_SHAPE_ROUND: {
            if (!plain) break;
            const float thin = side < fit_.unit() * 0.3f ? 0.5f : 0.18f;
            const float round =
                cell.shape == PARLOUR_SHAPE_ROUND ? std::min(side * thin, std::max(2.0f, fit_.unit() * 0.22f)) : 0.0f;
            if (raised && alpha(fill) > 0) {
                canvas_.board_plate(r, fill, round);
                return;
            }
            if (hole && alpha(fill) > 0) {
                canvas_.fill(r, darker(fill, 0.18f), round);
                const float lip = std::max(1.0f, fit_.unit() * 0.025f);
                canvas_.fill({r.x, r.y + lip, r.w, r.h - lip}, fill, round);
            } else if (alpha(fill) > 0) {
                canvas_.fill(r, fill, round);
            }
            if (cell.flags & PARLOUR_CELL_OUTLINE) {
                const Color line = alpha(fill) > 0 ? darker(fill, 0.28f) : theme[Role::board_line];
                canvas_.stroke(r, line, std::max(1.0f, std::floor(fit_.unit() * 0.02f)), round);
            }
            return;
        }
        default:
            break;
    }
    polygon_cell(cell, fill);
}

// ---- pieces ----------------------------------------------------------------------------------------------------

Vec2 ScenePainter::center(const SceneCell &cell, const ScenePiece &piece) const {
    return fit_.point(cell.x + piece.dx, cell.y + piece.dy);
}

float ScenePainter::radius(const SceneCell &cell) const {
    const float side = std::min(cell.w, cell.h) * fit_.unit();
    // A round place is filled almost to its rim; on a square one there is air around.
    return side * (cell.shape == PARLOUR_SHAPE_CIRCLE ? 0.47f : 0.41f);
}

void ScenePainter::pieces(const Scene &scene) {
    for (const ScenePiece &each : scene.pieces) piece(scene, each);
}

void ScenePainter::piece(const Scene &scene, const ScenePiece &piece_, float alpha_) {
    const SceneCell *home = scene.cell(piece_.cell);
    if (home == nullptr) return;
    PieceLook look;
    look.center = center(*home, piece_);
    look.alpha = alpha_;
    piece(*home, piece_, look);
}

void ScenePainter::piece(const SceneCell &home, const ScenePiece &piece_, const PieceLook &look) {
    const Theme &theme = canvas_.theme();
    const Vec2 at = look.center;
    const float r = radius(home) * piece_.scale * look.scale;
    if (r < 0.3f || look.alpha <= 0) return;
    const Color ink = scene_color(theme, piece_.color, piece_.rgba, true, theme[Role::board_neutral]);
    const float fade = look.alpha * ((piece_.flags & PARLOUR_PIECE_FADED) ? 0.45f : 1.0f);
    const bool squashed = look.squash < 0.999f;
    canvas_.push_alpha(fade);
    if (squashed) canvas_.push_scale_about(at, {std::max(0.02f, look.squash), 1});
    if (look.lifted) canvas_.circle_shadow({at.x, at.y + r * 0.25f}, r * 1.05f, r * 0.5f);
    const ShapeCue cue =
        is_player(piece_.color) ? cue_of_player(piece_.color - PARLOUR_COLOR_PLAYER0) : ShapeCue::none;
    switch (piece_.kind) {
        case PARLOUR_PIECE_RING:
            canvas_.ring_piece(at, r, ink);
            break;
        case PARLOUR_PIECE_CROSS:
            canvas_.cross_piece(at, r, ink);
            break;
        case PARLOUR_PIECE_SQUARE:
            canvas_.block({at.x - r * 0.9f, at.y - r * 0.9f, r * 1.8f, r * 1.8f}, ink, cue);
            break;
        case PARLOUR_PIECE_TRIANGLE:
            canvas_.triangle_piece(at, r, ink);
            break;
        case PARLOUR_PIECE_CARD: {
            // Cards keep the proportions of cards inside the cell they lie on.
            const float w = home.w * fit_.unit() * piece_.scale * look.scale;
            const float h = home.h * fit_.unit() * piece_.scale * look.scale;
            const float width = std::min(w * 0.94f, h * 0.94f * 0.7f), height = width / 0.7f;
            CardLook card;
            card.glyph = piece_.glyph;
            card.face_up = (piece_.flags & PARLOUR_PIECE_FACE_DOWN) == 0;
            if (!card.face_up && piece_.color != PARLOUR_COLOR_NONE && piece_.color != PARLOUR_COLOR_LIGHT)
                card.back = ink;
            canvas_.card({at.x - width * 0.5f, at.y - height * 0.5f, width, height}, card);
            break;
        }
        case PARLOUR_PIECE_DIE:
            canvas_.die(at, r * 1.8f, static_cast<int>(piece_.count), ink, look.angle);
            break;
        case PARLOUR_PIECE_TILE:
            canvas_.tile({at.x - r, at.y - r, r * 2, r * 2}, piece_.glyph, ink);
            break;
        case PARLOUR_PIECE_GLYPH: {
            // Quiet signs are no men: an edge around them would be louder than they are.
            const bool quiet = piece_.color == PARLOUR_COLOR_NEUTRAL;
            const Color ground = scene_color(theme, home.color, home.rgba, false, theme[Role::background]);
            canvas_.glyph_piece(at, r * 2, piece_.glyph, quiet ? legible_on(ground, ink) : ink, !quiet);
            break;
        }
        default: {
            DiscLook disc{ink, cue, piece_.level, !look.lifted, r > 5};
            const auto height = std::min<std::uint32_t>(piece_.count, 8);
            // A stack of chips: the lower ones peep out below.
            for (std::uint32_t i = height; i > 1; --i)
                canvas_.disc({at.x, at.y + r * 0.16f * static_cast<float>(i - 1)}, r,
                             {darker(ink, 0.25f), ShapeCue::none, 0, i == height, false});
            canvas_.disc(at, r, disc);
            break;
        }
    }
    if (piece_.kind == PARLOUR_PIECE_DISC && (piece_.count > 1 || !piece_.glyph.empty())) {
        const std::string text = piece_.glyph.empty() ? std::to_string(piece_.count) : piece_.glyph;
        canvas_.text_fit(at, text, r * 0.95f, readable_on(ink), r * 1.5f);
    }
    if (squashed) canvas_.pop_transform();
    canvas_.pop_alpha();
}

// ---- marks -----------------------------------------------------------------------------------------------------

void ScenePainter::marks(const Scene &scene) {
    for (const SceneMark &each : scene.marks) mark(scene, each);
}

void ScenePainter::mark(const Scene &scene, const SceneMark &mark_) {
    const SceneCell *a = scene.cell(mark_.cell_a);
    if (a == nullptr) return;
    const SceneCell *b = scene.cell(mark_.cell_b);
    const Theme &theme = canvas_.theme();
    const Color ink = scene_color(theme, mark_.color, mark_.rgba, true, theme[Role::mark_last] | IM_COL32_A_MASK);
    const Rect r = fit_.rect(*a);
    const float side = std::min(r.w, r.h);
    switch (mark_.kind) {
        case PARLOUR_MARK_LINE: {
            Vec2 from = fit_.point(a->x, a->y), to = b ? fit_.point(b->x, b->y) : from;
            const Vec2 way{to.x - from.x, to.y - from.y};
            const float length = std::sqrt(way.x * way.x + way.y * way.y), reach = side * 0.36f;
            if (length > 0) {
                from = {from.x - way.x / length * reach, from.y - way.y / length * reach};
                to = {to.x + way.x / length * reach, to.y + way.y / length * reach};
            }
            canvas_.line(from, to, IM_COL32(0, 0, 0, 90), side * 0.15f);
            const bool plain = mark_.color == PARLOUR_COLOR_NONE || mark_.color == PARLOUR_COLOR_ACCENT;
            canvas_.line(from, to, plain ? rgb(0xfff6dc) : ink, side * 0.09f);
            break;
        }
        case PARLOUR_MARK_RING:
            if (a->shape == PARLOUR_SHAPE_CIRCLE) {
                canvas_.ring(r.center(), side * 0.52f, std::max(2.0f, side * 0.06f), ink);
            } else if (!is_upright(*a)) {
                const float width = std::clamp(fit_.unit() * 0.06f, 2.0f, 6.0f);
                canvas_.polygon_outline(corners(*a, width * 0.5f), ink, width);
            } else {
                const float width = std::clamp(fit_.unit() * 0.06f, 2.0f, 6.0f);
                canvas_.stroke(r.inset(-width * 0.5f), ink, width, std::min(side * 0.2f, fit_.unit() * 0.24f));
            }
            break;
        default:
            canvas_.text_fit(r.center(), mark_.text, side * 0.62f, legible_on(ground_of(theme, scene, *a), ink),
                             r.w * 0.92f);
            break;
    }
}

} // namespace parlour::host::ui
