#include "host/ui/board/board_view.hpp"

#include <SDL.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "host/ui/base/widgets.hpp"
#include "host/ui/board/board_marks.hpp"

namespace parlour::host::ui {
namespace {

constexpr float drag_distance = 6; // design pixels
struct Arrow {
    SDL_Keycode key;
    std::string_view sign;
};
constexpr std::uint32_t first_arrow = 0x2190;
constexpr std::array<Arrow, 4> arrows{{{SDLK_LEFT, "←"}, {SDLK_UP, "↑"}, {SDLK_RIGHT, "→"}, {SDLK_DOWN, "↓"}}};

constexpr double refused_seconds = 0.55, snap_seconds = 0.16;

bool contains(const std::vector<Touch> &touches, Touch touch) {
    return std::find(touches.begin(), touches.end(), touch) != touches.end();
}

} // namespace

std::int32_t key_of(const SceneWidget &widget) {
    const bool arrow = widget.key >= first_arrow && widget.key < first_arrow + arrows.size();
    return arrow ? arrows[widget.key - first_arrow].key : static_cast<std::int32_t>(widget.key);
}

// ---- what is shown ---------------------------------------------------------------------------------------------

void BoardView::show(BoardPosition position) {
    position_ = std::move(position);
    motion_ = BoardMotion{};
    if (auto scene = Scene::of(*position_.game, position_.state, position_.viewer)) motion_.show(std::move(*scene));
    rebuild_entry();
}

void BoardView::go(BoardPosition position, std::vector<Touch> path, std::vector<Swipe> swipes) {
    position_ = std::move(position);
    if (auto scene = Scene::of(*position_.game, position_.state, position_.viewer))
        motion_.push(std::move(*scene), std::move(path), std::move(swipes));
    rebuild_entry();
}

void BoardView::set_can_play(bool can_play) {
    if (position_.can_play == can_play) return;
    position_.can_play = can_play;
    rebuild_entry();
}

void BoardView::rebuild_entry() {
    entry_ = MoveEntry{};
    main_paths_.clear();
    dragging_ = false;
    preview_.reset();
    preview_cell_.reset();
    if (!position_.can_play || !position_.game) return;
    const std::vector<Move> moves = position_.game->legal_moves(position_.state);
    entry_ = MoveEntry{TouchTree(*position_.game, position_.state, moves)};
    for (const Move move : moves) main_paths_.push_back(move_path(*position_.game, position_.state, move));
    if (!cursor_ || !has_board() || scene().cell(*cursor_) == nullptr) {
        cursor_.reset();
        for (const auto &path : main_paths_) {
            if (!cursor_ && !path.empty() && path.front().is_cell()) cursor_ = path.front().id;
        }
    }
}

bool BoardView::cancel() {
    const bool any = !entry_.touched().empty();
    entry_.clear();
    dragging_ = false;
    pressed_.reset();
    return any;
}

Rect BoardView::cell_rect(std::uint32_t cell) const {
    if (!has_board()) return {};
    const SceneCell *found = scene().cell(cell);
    return found ? fit_.rect(*found) : Rect{};
}

bool BoardView::has_buttons() const {
    return has_board() && std::any_of(scene().widgets.begin(), scene().widgets.end(), [](const SceneWidget &w) {
               return w.kind == PARLOUR_WIDGET_BUTTON || w.player < 0;
           });
}

bool BoardView::is_start(std::uint32_t cell) const {
    return contains(entry_.tree().next(), Touch::cell(cell));
}

// ---- touches ---------------------------------------------------------------------------------------------------

std::vector<Move> BoardView::moves_ending_at(Touch touch) const {
    std::vector<Move> found;
    for (const Move move : entry_.tree().candidates(entry_.touched())) {
        const auto path = move_path(*position_.game, position_.state, move);
        if (path.size() > entry_.touched().size() && path.back() == touch) found.push_back(move);
    }
    return found;
}

void BoardView::touch(Touch touched, BoardResult &result) {
    if (!position_.can_play) return;
    motion_.finish();
    const std::vector<Touch> before = entry_.touched();
    // The end of a long path may be touched at once.
    if (!before.empty() && !contains(entry_.tree().next(before), touched) && touched != before.front()) {
        std::vector<Move> ends = moves_ending_at(touched);
        if (ends.size() == 1) {
            result.move = ends.front();
            entry_.clear();
            return;
        }
        if (ends.size() > 1) {
            result.choices = std::move(ends);
            entry_.clear();
            return;
        }
    }
    switch (entry_.touch(touched)) {
        case MoveEntry::Outcome::complete:
            result.move = entry_.moves().front();
            entry_.clear();
            break;
        case MoveEntry::Outcome::ask:
            result.choices = entry_.moves();
            entry_.clear();
            break;
        case MoveEntry::Outcome::refused:
            refuse(touched, before, result);
            break;
        case MoveEntry::Outcome::cancelled:
        case MoveEntry::Outcome::going_on:
        case MoveEntry::Outcome::may_end:
            break;
    }
}

void BoardView::refuse(Touch touched, const std::vector<Touch> &before, BoardResult &result) {
    entry_.clear();
    if (!touched.is_cell()) return;
    refused_cell_ = touched.id;
    refused_since_ = context().time();
    const Game &game = *position_.game;
    result.refusal = before.empty() || !before.front().is_cell()
                         ? game.why_not(position_.state, touched.id, PARLOUR_CELL_NONE)
                         : game.why_not(position_.state, before.front().id, touched.id);
    if (result.refusal.empty())
        result.refusal = before.empty() ? "No move begins there; what may be touched is marked."
                                        : "That move is not allowed; choose a marked target.";
}

// ---- input -----------------------------------------------------------------------------------------------------

void BoardView::take_pointer(const Interaction &board, BoardResult &result) {
    const Vec2 pointer = ImGui::GetIO().MousePos;
    const Vec2 at = fit_.to_board(pointer);
    const SceneCell *under = board.hovered || dragging_ || pressed_ ? scene().cell_at(at.x, at.y) : nullptr;
    hovered_ = under ? std::optional(under->id) : std::nullopt;
    if (board.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Right)) cancel();
    if (!position_.can_play) {
        pressed_.reset();
        dragging_ = false;
        return;
    }
    const bool can_go_on = hovered_ && contains(entry_.tree().next(entry_.touched()), Touch::cell(*hovered_));
    if (board.hovered && (can_go_on || (hovered_ && is_start(*hovered_))))
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);

    if (board.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
        pressed_ = hovered_;
        pressed_at_ = pointer;
        selected_by_press_ = dragging_ = false;
        if (pressed_) {
            cursor_ = pressed_;
            // A piece is taken up on pressing, so that it can be dragged.
            const std::vector<Touch> first{Touch::cell(*pressed_)};
            const bool picks_up =
                !contains(entry_.tree().next(entry_.touched()), first.front()) || entry_.touched().empty();
            if (picks_up && is_start(*pressed_) && entry_.tree().complete(first).empty() &&
                (entry_.touched().empty() || entry_.touched().front() != first.front())) {
                entry_.clear();
                touch(first.front(), result);
                selected_by_press_ = true;
            }
        }
    }
    if (pressed_ && ImGui::IsMouseDown(ImGuiMouseButton_Left) && !dragging_ && selected_by_press_) {
        const float moved = std::hypot(pointer.x - pressed_at_.x, pointer.y - pressed_at_.y);
        dragging_ = moved > px(drag_distance) && !scene().pieces_on(*pressed_).empty();
    }
    if (pressed_ && ImGui::IsMouseReleased(ImGuiMouseButton_Left)) {
        const std::uint32_t from = *pressed_;
        pressed_.reset();
        if (dragging_) {
            dragging_ = false;
            const bool elsewhere = hovered_ && *hovered_ != from;
            if (elsewhere) touch(Touch::cell(*hovered_), result);
            const bool snaps = (!result.move && result.choices.empty() && entry_.touched().size() <= 1);
            if (snaps) {
                snap_cell_ = from;
                snap_from_ = pointer;
                snap_since_ = context().time();
            }
        } else if (hovered_ && *hovered_ == from && !selected_by_press_) {
            touch(Touch::cell(from), result);
        } else if (!hovered_) {
            cancel();
        }
    }
    if (!board.hovered && !pressed_) hovered_.reset();
}

void BoardView::move_cursor(float dx, float dy) {
    const float sign = fit_.turned() ? -1.0f : 1.0f;
    const SceneCell *from = cursor_ ? scene().cell(*cursor_) : nullptr;
    const SceneCell *best = nullptr;
    float best_cost = 1e9f;
    for (const SceneCell &cell : scene().cells) {
        if (!cell.touchable() || &cell == from) continue;
        if (!from) {
            best = &cell;
            break;
        }
        const float x = (cell.x - from->x) * sign, y = (cell.y - from->y) * sign;
        const float ahead = x * dx + y * dy, aside = std::abs(x * dy) + std::abs(y * dx);
        if (ahead < 0.05f || aside > ahead * 2.5f) continue;
        const float cost = ahead + 2 * aside;
        if (cost < best_cost) {
            best_cost = cost;
            best = &cell;
        }
    }
    if (best) cursor_ = best->id;
}

void BoardView::take_keys(Frame &frame, const Interaction &board, BoardResult &result) {
    if (!board.focused) return;
    const bool keyboard = context().keyboard_mode;
    if (!any_popup_open()) {
        if (frame.input.pad_x != 0) move_cursor(static_cast<float>(frame.input.pad_x), 0);
        if (frame.input.pad_y != 0) move_cursor(0, static_cast<float>(frame.input.pad_y));
        if (frame.input.pad_activate && cursor_) touch(Touch::cell(*cursor_), result);
    }
    for (const KeyPress &press : frame.input.keys) {
        if (press.modifiers != mod_none || any_popup_open() || claims(press.key)) continue;
        switch (press.key) {
            case SDLK_LEFT:
                move_cursor(-1, 0);
                break;
            case SDLK_RIGHT:
                move_cursor(1, 0);
                break;
            case SDLK_UP:
                move_cursor(0, -1);
                break;
            case SDLK_DOWN:
                move_cursor(0, 1);
                break;
            case SDLK_RETURN:
            case SDLK_KP_ENTER:
            case SDLK_SPACE:
                if (cursor_ && keyboard) touch(Touch::cell(*cursor_), result);
                break;
            default:
                break;
        }
    }
}

void BoardView::update_preview(std::optional<std::uint32_t> cell) {
    const std::size_t touches = entry_.touched().size();
    if (cell == preview_cell_ && touches == preview_touches_) return;
    preview_cell_ = cell;
    preview_touches_ = touches;
    preview_.reset();
    if (!cell || !position_.can_play) return;
    std::vector<Touch> touched = entry_.touched();
    touched.push_back(Touch::cell(*cell));
    std::vector<Move> moves = entry_.tree().complete(touched);
    if (moves.empty() && !entry_.touched().empty()) moves = moves_ending_at(touched.back());
    if (moves.size() == 1)
        preview_ = preview_move(*position_.game, position_.state, moves.front(), position_.viewer, scene());
}

// ---- drawing ---------------------------------------------------------------------------------------------------

void BoardView::draw_under(ScenePainter &painter, const BoardStyle &style) {
    const Scene &shown = motion_.scene();
    const Theme &theme = context().theme;
    for (std::size_t i = 0; i < position_.last_path.size(); ++i) {
        const Touch &step = position_.last_path[i];
        const SceneCell *cell = step.is_cell() ? shown.cell(step.id) : nullptr;
        if (cell && cell->shape != PARLOUR_SHAPE_CIRCLE) mark_cell(painter, *cell, theme[Role::mark_last]);
    }
    if (!motion_.moving() && style.targets) {
        for (const Touch &step : entry_.touched()) {
            if (const SceneCell *cell = step.is_cell() ? shown.cell(step.id) : nullptr)
                mark_cell(painter, *cell, theme[Role::mark_select]);
        }
    }
}

void BoardView::draw_pieces(ScenePainter &painter) {
    const double now = context().time();
    const bool still = context().reduced_motion;
    const std::uint32_t held = dragging_ && !entry_.touched().empty() && pressed_ ? *pressed_ : PARLOUR_CELL_NONE;
    std::vector<std::pair<Sprite, PieceLook>> on_top;
    for (Sprite &sprite : motion_.sprites()) {
        PieceLook look;
        look.center = fit_.point(sprite.x, sprite.y);
        look.scale = sprite.scale;
        look.alpha = sprite.alpha;
        look.squash = sprite.squash;
        look.angle = sprite.angle;
        look.lifted = sprite.moving && !sprite.pushed && sprite.piece.enter != PARLOUR_ENTER_FROM_TOP;
        if (sprite.piece.cell == held) {
            look.center = ImGui::GetIO().MousePos;
            look.lifted = true;
            look.scale = 1.08f;
            on_top.emplace_back(std::move(sprite), look);
            continue;
        }
        if (sprite.piece.cell == snap_cell_ && snap_since_ >= 0) {
            const auto t = static_cast<float>((now - snap_since_) / snap_seconds);
            if (t >= 1 || still) {
                snap_since_ = -1;
                snap_cell_ = PARLOUR_CELL_NONE;
            } else {
                const float u = 1 - (1 - t) * (1 - t);
                look.center = {snap_from_.x + (look.center.x - snap_from_.x) * u,
                               snap_from_.y + (look.center.y - snap_from_.y) * u};
                look.lifted = true;
                context().request_frame_in(0);
                on_top.emplace_back(std::move(sprite), look);
                continue;
            }
        }
        if (sprite.piece.cell == refused_cell_ && refused_since_ >= 0 && !still) {
            const double t = (now - refused_since_) / refused_seconds;
            if (t < 1) look.center.x += px(4) * static_cast<float>(std::sin(t * 28) * (1 - t));
        }
        painter.piece(sprite.home, sprite.piece, look);
    }
    for (const auto &[sprite, look] : on_top) painter.piece(sprite.home, sprite.piece, look);
}

void BoardView::draw_over(ScenePainter &painter, const BoardStyle &style, bool ring) {
    const Scene &shown = motion_.scene();
    const Theme &theme = context().theme;
    const bool resting = !motion_.moving();
    for (const Touch &step : position_.last_path) {
        const SceneCell *cell = step.is_cell() ? shown.cell(step.id) : nullptr;
        if (!resting || !cell || cell->shape != PARLOUR_SHAPE_CIRCLE) continue;
        const ScenePiece *on_it = shown.highest_on(step.id);
        mark_cell(painter, *cell, theme[Role::mark_last],
                  on_it ? scene_color(theme, on_it->color, on_it->rgba, true, Color{0}) : Color{0});
    }
    if (resting && position_.can_play) {
        const std::vector<Touch> &touched = entry_.touched();
        // What may be touched: along the main paths only, so that helpful alternatives do not clutter the board.
        std::vector<Touch> marks;
        for (const auto &path : main_paths_) {
            if (path.size() <= touched.size() || !std::equal(touched.begin(), touched.end(), path.begin())) continue;
            if (!contains(marks, path[touched.size()])) marks.push_back(path[touched.size()]);
        }
        const bool loud = !touched.empty();
        const std::vector<Touch> drawn = loud ? marks : telling_targets(shown, marks);
        for (const Touch &mark : drawn) {
            const SceneCell *cell = mark.is_cell() ? shown.cell(mark.id) : nullptr;
            if (!cell || !style.targets) continue;
            if (preview_ && preview_cell_ == mark.id && shown.pieces_on(mark.id).empty()) continue;
            mark_target(painter, shown, *cell, theme[Role::mark_target], loud ? 1.0f : 0.25f);
        }
        if (style.targets && !preview_ && preview_cell_) {
            const Touch pointed = Touch::cell(*preview_cell_);
            const SceneCell *cell = shown.cell(pointed.id);
            if (cell && contains(marks, pointed) && !contains(drawn, pointed))
                mark_pointed(painter, shown, *cell, theme[Role::mark_target]);
        }
        if (preview_) {
            for (const ScenePiece &piece : preview_->appears) painter.piece(shown, piece, 0.5f);
            for (const std::uint32_t id : preview_->changes) {
                if (const SceneCell *cell = shown.cell(id); cell && contains(touched, Touch::cell(id)) == false)
                    mark_target(painter, shown, *cell, theme[Role::mark_danger], 0.6f);
            }
        }
    }
    if (resting) {
        painter.marks(shown);
    } else {
        // Numbers and rings stay as they were until the pieces have arrived; a winning row waits for its last piece.
        for (const SceneMark &mark : motion_.left().marks) {
            if (mark.kind != PARLOUR_MARK_LINE) painter.mark(motion_.left(), mark);
        }
    }
    if (!style.hint.empty() && resting) mark_path(painter, shown, style.hint, theme[Role::mark_hint]);
    if (refused_since_ >= 0) {
        const double t = (context().time() - refused_since_) / refused_seconds;
        const SceneCell *cell = shown.cell(refused_cell_);
        if (t >= 1 || !cell) {
            refused_since_ = -1;
        } else {
            mark_outline(painter, *cell, faded(theme[Role::mark_danger], static_cast<float>(1 - t)),
                         std::max(2.0f, px(3)));
            context().request_frame_in(0);
        }
    }
    if (ring && cursor_) {
        if (const SceneCell *cell = shown.cell(*cursor_)) {
            mark_outline(painter, *cell, IM_COL32(0, 0, 0, 120), px(5));
            mark_outline(painter, *cell, theme[Role::focus], px(3));
        }
    }
    if (style.coordinates) draw_coordinates(painter, shown);
}

BoardResult BoardView::draw(Frame &frame, const Rect &area, const BoardStyle &style) {
    BoardResult result;
    if (!has_board() || area.w < 8 || area.h < 8) return result;
    Context &c = context();
    if (style.speed <= 0 || c.reduced_motion) {
        motion_.finish();
    } else if (motion_.moving()) {
        motion_.advance(frame.delta * 1000 * style.speed);
        c.request_frame_in(0);
    }
    Rect inner = area;
    if (style.coordinates && has_outer_coordinates(scene())) {
        inner.cut_bottom(px(20));
        inner = inner.inset(px(20), 0);
    }
    fit_ = BoardFit(scene(), inner, style.turned);

    // The board is one item; arrow keys on it are its own.
    ImGui::SetCursorScreenPos(area.min());
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, Vec2{0, 0});
    ImGui::BeginChild("##board", area.size(), false,
                      ImGuiWindowFlags_NoNavInputs | ImGuiWindowFlags_NoScrollbar |
                          ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoBackground);
    ImGui::PopStyleVar();
    place(area);
    const Interaction board = interact("board", area.size());
    focused_ = board.focused;
    take_pointer(board, result);
    take_keys(frame, board, result);
    update_preview(board.hovered && !c.keyboard_mode ? hovered_ : board.ring ? cursor_ : std::nullopt);

    Canvas canvas;
    ScenePainter painter(canvas, fit_);
    painter.cells(motion_.scene());
    draw_under(painter, style);
    draw_pieces(painter);
    draw_over(painter, style, board.ring);
    ImGui::EndChild();
    return result;
}

bool BoardView::claims(std::int32_t key) const {
    const auto &widgets = scene().widgets;
    return std::any_of(widgets.begin(), widgets.end(), [key](const SceneWidget &widget) {
        return widget.kind == PARLOUR_WIDGET_BUTTON && key_of(widget) == key;
    });
}

BoardResult BoardView::draw_buttons(Frame &frame, const Rect &row) {
    BoardResult result;
    if (!has_buttons()) return result;
    Canvas canvas;
    std::vector<const SceneWidget *> buttons, counters;
    for (const SceneWidget &widget : scene().widgets) {
        if (widget.kind == PARLOUR_WIDGET_BUTTON) buttons.push_back(&widget);
        if (widget.kind == PARLOUR_WIDGET_COUNTER && widget.player < 0) counters.push_back(&widget);
    }
    const float between = px(10), side = px(20);
    const auto key_text = [](const SceneWidget &widget) {
        if (widget.key >= first_arrow && widget.key < first_arrow + arrows.size())
            return std::string(arrows[widget.key - first_arrow].sign);
        return widget.key > 32 && widget.key < 127
                   ? std::string(1, static_cast<char>(std::toupper(static_cast<int>(widget.key))))
                   : std::string();
    };
    const auto button_width = [&](const SceneWidget &widget) {
        return std::max(px(108), canvas.text_size(widget.label, FontRole::medium).x + px(64));
    };
    float width = 0;
    for (const SceneWidget *widget : buttons) width += button_width(*widget) + between;
    for (const SceneWidget *widget : counters) {
        width += canvas.text_size(widget->label, FontRole::body).x + px(8) +
                 canvas.text_size(widget->value, FontRole::strong).x + side;
    }
    float x = row.center().x - (width - between) * 0.5f;
    for (const SceneWidget *widget : counters) {
        x += canvas.text({x, row.center().y}, widget->label, FontRole::body, color(Role::text_dim)) + px(8);
        x += canvas.text({x, row.center().y}, widget->value, FontRole::strong, color(Role::text)) + side;
    }
    const std::vector<Touch> next = entry_.tree().next(entry_.touched());
    for (const SceneWidget *widget : buttons) {
        const Touch step = Touch::button(widget->id);
        const bool enabled = position_.can_play && contains(next, step);
        ButtonStyle style;
        style.enabled = enabled;
        style.kind = enabled ? ButtonKind::primary : ButtonKind::normal;
        const std::string key = key_text(*widget), id = widget->label + "##widget" + std::to_string(widget->id);
        style.badge = key;
        const float w = button_width(*widget);
        place({std::round(x), std::round(row.center().y - px(19)), w, px(38)});
        bool pressed = button(id, style);
        if (enabled && widget->key != 0 && !any_popup_open()) pressed = pressed || frame.pressed(key_of(*widget));
        if (pressed && enabled) touch(step, result);
        x += w + between;
    }
    return result;
}

} // namespace parlour::host::ui
