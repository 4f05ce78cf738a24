#include "host/ui/game_side_panel.hpp"

#include <algorithm>
#include <cmath>

#include "host/ui/board/scene_painter.hpp"

namespace parlour::host::ui {
namespace {

constexpr double replay_seconds = 0.9;

bool two_sided(const Match &match) {
    return match.players() == 2 && match.game().has(PARLOUR_GAME_ZERO_SUM);
}

std::string percent(float value) {
    return std::to_string(static_cast<int>(std::lround((value + 1) * 50))) + "%";
}

std::string signed_text(float value) {
    const int hundredths = static_cast<int>(std::lround(value * 100));
    const int whole = std::abs(hundredths) / 100, rest = std::abs(hundredths) % 100;
    return std::string(hundredths < 0 ? "-" : "+") + std::to_string(whole) + "." + (rest < 10 ? "0" : "") +
           std::to_string(rest);
}

std::string large_number(std::uint64_t number) {
    const auto tenth = [](std::uint64_t n, std::uint64_t unit) {
        return std::to_string(n / unit) + "." + std::to_string(n % unit * 10 / unit);
    };
    if (number >= 1'000'000) return tenth(number, 1'000'000) + " M";
    if (number >= 10'000) return std::to_string(number / 1000) + " k";
    return std::to_string(number);
}

/// A value and the moves that lead to it, in one line.
void draw_line(const Rect &r, float value, bool proven, const std::vector<std::string> &line, Role ink) {
    Canvas canvas;
    const Color tone = color(proven ? Role::info : value >= 0 ? Role::good : Role::bad);
    const float wide =
        canvas.text({r.x, r.center().y}, (proven ? "proven " : "") + signed_text(value), FontRole::small, tone) +
        px(12);
    std::string moves;
    for (const std::string &move : line) moves += (moves.empty() ? "" : " ") + move;
    canvas.text({r.x + wide, r.center().y}, moves, FontRole::small, color(ink), Align::left,
                std::max(px(20), r.w - wide));
}

} // namespace

void GameSidePanel::reset() {
    values_.clear();
    outputs_.clear();
    tab_ = 0;
    moves_ = MoveList{};
    replaying_ = false;
}

void GameSidePanel::hint(GameView &view) {
    view.attempt(view.controller.request_hint(view.now));
}

void GameSidePanel::step(GameView &view, int by) {
    const auto at = static_cast<std::ptrdiff_t>(view.match().cursor()) + by;
    view.controller.jump(static_cast<std::size_t>(
                             std::clamp<std::ptrdiff_t>(at, 0, static_cast<std::ptrdiff_t>(view.match().plies()))),
                         view.now);
}

void GameSidePanel::toggle_replay(GameView &view) {
    replaying_ = !replaying_ && view.match().plies() > 0;
    if (!replaying_) return;
    if (view.match().at_end()) view.controller.jump(0, view.now);
    replay_at_ = context().time() + replay_seconds * 0.5;
}

void GameSidePanel::run_replay(Frame &frame, GameView &view) {
    if (!replaying_) return;
    if (view.match().at_end()) {
        replaying_ = false;
        return;
    }
    if (frame.time >= replay_at_) {
        step(view, 1);
        replay_at_ = frame.time + replay_seconds;
    }
    context().request_frame_in(std::max(1.0, (replay_at_ - frame.time) * 1000));
}

std::vector<float> GameSidePanel::history(const GameView &view, bool &known) const {
    const Match &match = view.match();
    std::vector<float> values(match.plies() + 1, 0.0f);
    std::size_t judged = 0;
    float last = 0;
    for (std::size_t i = 0; i <= match.plies(); ++i) {
        if (const auto found = values_.find(i); found != values_.end()) {
            last = found->second;
            ++judged;
        } else if (i > 0 && match.ply(i - 1).note.value && match.ply(i - 1).player) {
            last = *match.ply(i - 1).player == 0 ? *match.ply(i - 1).note.value : -*match.ply(i - 1).note.value;
            ++judged;
        }
        values[i] = last;
    }
    if (match.is_over() && !match.outcome()->utilities.empty()) {
        values.back() = match.game().ref().scaled(match.outcome()->utilities.front());
        ++judged;
    }
    known = judged > 1;
    return values;
}

void GameSidePanel::draw(Frame &frame, GameView &view, const Rect &area) {
    const ControllerState &state = view.state;
    // What was thought of moves that are no longer there is forgotten.
    if (state.revision != revision_) {
        revision_ = state.revision;
        values_.erase(values_.upper_bound(view.match().plies()), values_.end());
        if (!values_.empty() && !view.match().can_redo()) values_.erase(view.match().plies());
    }
    if (state.evaluation && state.evaluation->first) values_[state.evaluation->ply] = *state.evaluation->first;
    run_replay(frame, view);

    Canvas canvas;
    canvas.fill(area, color(Role::panel));
    canvas.fill({area.x, area.y, 1, area.h}, color(Role::divider));
    Rect rest = area.inset(px(16), px(14));
    draw_analysis(view, rest);
    Rect foot = rest.cut_bottom(px(38 + 10 + 40), px(12));
    draw_buttons(view, foot);
    draw_moves_or_output(view, rest);
}

// The choice between them is there only where something was printed.
void GameSidePanel::draw_moves_or_output(GameView &view, Rect rest) {
    const Match &match = view.match();
    std::vector<std::pair<std::shared_ptr<const Console>, OutputPanel *>> printed;
    std::vector<std::string> tabs{"Moves"};
    for (std::uint32_t player = 0; player < match.players(); ++player) {
        const auto console = view.controller.console(player);
        if (!console || console->written() == 0) continue;
        OutputPanel &panel = outputs_[player];
        printed.emplace_back(console, &panel);
        const bool more = tab_ != static_cast<int>(tabs.size()) && panel.unread(console.get()) > 0;
        tabs.push_back(match.game().player_name(player) + " prints" + (more ? " •" : ""));
    }
    if (printed.size() == 1) tabs[1] = tabs[1].ends_with("•") ? "Output •" : "Output";
    if (tab_ >= static_cast<int>(tabs.size())) tab_ = 0;
    if (!printed.empty()) {
        place(rest.cut_top(px(36), px(8)));
        segmented("moves or output", tab_, tabs);
        // Lines have no way of their own to wake the window.
        if (view.state.thinking) context().request_frame_in(100);
    }
    if (tab_ > 0) {
        const auto &[console, panel] = printed[static_cast<std::size_t>(tab_ - 1)];
        panel->draw(view.shell, *console, rest);
    } else if (const auto wanted = moves_.draw(match, view.reader, view.state.revision, rest)) {
        replaying_ = false;
        view.controller.jump(*wanted, view.now);
    }
}

void GameSidePanel::draw_analysis(GameView &view, Rect &rest) {
    const ControllerState &state = view.state;
    const Match &match = view.match();
    Canvas canvas;
    Rect head = rest.cut_top(px(32), px(8));
    canvas.text({head.x, head.center().y}, "Analysis", FontRole::strong, color(Role::text));
    bool on = state.evaluation_on;
    place(head.cut_right(px(46)));
    if (toggle("##analysis", on)) view.attempt(view.controller.set_evaluation(on, view.now));
    tooltip("Let an engine judge the position on the board");
    const bool sides = two_sided(match);
    const Color first = seat_color(theme(), match.game(), 0);
    const Color second = match.players() > 1 ? seat_color(theme(), match.game(), 1) : color(Role::control);
    const bool low = rest.h < px(430);

    if (on) {
        const auto &evaluation = state.evaluation;
        const Rect bar = rest.cut_top(px(14), px(6));
        const Rect words = rest.cut_top(px(20), px(4));
        if (evaluation && (evaluation->first || sides)) {
            const float value = evaluation->first
                                    ? *evaluation->first
                                    : (evaluation->player == 0 ? evaluation->value : -evaluation->value);
            eval_bar("evaluation", bar, value, first, second);
            canvas.text({words.x, words.center().y}, match.game().player_name(0) + " " + percent(value),
                        FontRole::small, color(Role::text));
            if (sides)
                canvas.text({words.right(), words.center().y}, match.game().player_name(1) + " " + percent(-value),
                            FontRole::small, color(Role::text_dim), Align::right);
        } else if (evaluation) {
            eval_bar("evaluation", bar, evaluation->value, seat_color(theme(), match.game(), evaluation->player),
                     color(Role::control));
            canvas.text({words.x, words.center().y},
                        match.game().player_name(evaluation->player) + " " + percent(evaluation->value),
                        FontRole::small, color(Role::text));
        } else {
            canvas.fill(bar, color(Role::panel_inset), px(7));
            const bool over = match.is_over() && match.at_end();
            canvas.text({words.x, words.center().y}, over ? "The game is over here." : "Nothing known yet.",
                        FontRole::small, color(Role::text_faint));
        }
        const Rect line = rest.cut_top(px(22), px(low ? 6 : 2));
        if (evaluation) {
            std::string facts = "d " + std::to_string(evaluation->depth) + "  " + large_number(evaluation->nodes);
            const float facts_width = canvas.text_size(facts, FontRole::small).x;
            canvas.text({line.right(), line.center().y}, facts, FontRole::small, color(Role::text_faint),
                        Align::right);
            draw_line({line.x, line.y, line.w - facts_width - px(12), line.h}, evaluation->value, evaluation->proven,
                      evaluation->line, Role::text);
            for (std::size_t i = 0; !low && i < evaluation->others.size(); ++i) {
                const EvaluationLine &other = evaluation->others[i];
                if (!other.line.empty())
                    draw_line(rest.cut_top(px(20), px(2)), other.value, false, other.line, Role::text_dim);
            }
            if (!low) rest.cut_top(px(4));
        }
    }
    bool known = false;
    const std::vector<float> values = history(view, known);
    if ((on || match.is_over()) && known && sides && values.size() > 2 && !low) {
        const Rect graph = rest.cut_top(px(84), px(12));
        canvas.fill(graph, color(Role::panel_inset), px(10));
        SparklineStyle style;
        style.positive = first;
        style.negative = second;
        style.selected = static_cast<int>(match.cursor());
        const int pressed = sparkline("values", graph.inset(px(10), px(8)), values, style);
        if (pressed >= 0) {
            replaying_ = false;
            view.controller.jump(static_cast<std::size_t>(pressed), view.now);
        }
    } else if (!on && !match.is_over()) {
        rest.y -= px(4);
        rest.h += px(4);
    }
}

void GameSidePanel::draw_buttons(GameView &view, Rect &foot) {
    const ControllerState &state = view.state;
    const Match &match = view.match();
    Rect row = foot.cut_top(px(38), px(10));
    const float between = px(8);
    const float w = std::floor((row.w - 4 * between) / 5);
    const bool any = match.plies() > 0, back = match.cursor() > 0, forth = !match.at_end();
    const auto at = [&](int i) { return Rect{row.x + static_cast<float>(i) * (w + between), row.y, w, row.h}; };
    const auto press = [&](int i, std::string_view id, Icon icon, bool enabled, std::string_view tip) {
        place(at(i));
        return icon_button(id, icon, {.enabled = enabled, .tip = tip});
    };
    const auto jump = [&](std::size_t ply) {
        replaying_ = false;
        view.controller.jump(ply, view.now);
    };
    if (press(0, "first", Icon::first, back, "To the start (Home)")) jump(0);
    if (press(1, "previous", Icon::previous, back, "One move back (Page Up)")) jump(match.cursor() - 1);
    if (press(2, "replay", replaying_ ? Icon::pause : Icon::play, any, "Play the moves again")) toggle_replay(view);
    if (press(3, "next", Icon::next, forth, "One move on (Page Down)")) jump(match.cursor() + 1);
    if (press(4, "last", Icon::last, forth, "To the end (End)")) jump(match.plies());

    const bool persons =
        std::any_of(match.seats().begin(), match.seats().end(), [](const Seat &s) { return s.is_person(); });
    row = foot.cut_top(px(40));
    const float redo_width = px(40);
    const float third = std::floor((row.w - redo_width - 3 * between) / 3);
    place(row.cut_left(third, between));
    if (button("Undo", {.icon = Icon::undo,
                        .enabled = state.can_undo,
                        .tip = state.can_undo ? "Take back (U)" : state.why_no_undo}))
        view.attempt(view.controller.undo(view.now));
    place(row.cut_left(redo_width, between));
    if (icon_button("redo", Icon::redo, {.enabled = state.can_redo, .tip = "Redo (R)"}))
        view.attempt(view.controller.redo(view.now));
    place(row.cut_left(third, between));
    ButtonStyle style;
    style.kind = ButtonKind::primary;
    style.icon = Icon::bulb;
    style.enabled = state.person_to_move && !state.hint_running;
    style.tip = "Show a good move (H)";
    if (button(state.hint_running ? "Hint…##hint" : "Hint##hint", style)) hint(view);
    place(row);
    if (persons) {
        if (button("Resign", {.icon = Icon::flag, .enabled = !state.over, .tip = "Give this game up"}))
            view.attempt(view.controller.resign(view.now));
    } else if (button(state.paused ? "Go on##pause" : "Pause##pause",
                      {.icon = state.paused ? Icon::play : Icon::pause, .enabled = !state.over})) {
        state.paused ? view.controller.resume(view.now) : view.controller.pause(view.now);
    }
}

} // namespace parlour::host::ui
