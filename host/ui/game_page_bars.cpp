// The bars of the game's screen: the players, and the status below them.
#include <algorithm>
#include <cmath>

#include "host/ui/board/scene_painter.hpp"
#include "host/ui/game_page.hpp"

namespace parlour::host::ui {
namespace {

constexpr float card_height = 58, card_gap = 12; // design pixels

int cards_in_a_row(std::uint32_t players, float width) {
    const int fitting = std::max(1, static_cast<int>(width / px(190)));
    return std::clamp(static_cast<int>(players), 1, std::min(fitting, 4));
}

std::string clock_text(std::chrono::nanoseconds left) {
    const auto seconds = std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::seconds>(left).count());
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    if (seconds >= 3600)
        return std::to_string(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
    return std::to_string(seconds / 60) + ":" + two(seconds % 60);
}

std::string rate_text(std::uint64_t nodes, std::chrono::nanoseconds time) {
    const double seconds = std::chrono::duration<double>(time).count();
    if (seconds < 0.05 || nodes == 0) return {};
    const double rate = static_cast<double>(nodes) / seconds;
    char text[32];
    if (rate >= 1e6) {
        std::snprintf(text, sizeof text, "%.1f Mn/s", rate / 1e6);
    } else if (rate >= 1e3) {
        std::snprintf(text, sizeof text, "%.0f kn/s", rate / 1e3);
    } else {
        std::snprintf(text, sizeof text, "%.0f n/s", rate);
    }
    return text;
}

std::string name_of(const GameView &view, std::uint32_t player) {
    const Match &match = view.match();
    const Seat &seat = match.seats()[player];
    if (!seat.name.empty()) return seat.name;
    if (seat.is_engine()) {
        const EngineEntry *engine = view.shell.registry.find_engine(seat.engine);
        return engine ? engine->name : seat.engine;
    }
    const auto persons =
        std::count_if(match.seats().begin(), match.seats().end(), [](const Seat &each) { return each.is_person(); });
    return persons == 1 ? "You" : match.game().player_name(player);
}

std::string line_of(const GameView &view, std::uint32_t player) {
    const Match &match = view.match();
    const Seat &seat = match.seats()[player];
    const auto &thinking = view.state.thinking;
    if (thinking && thinking->player == player) {
        std::string text = thinking->info.depth > 0 ? "depth " + std::to_string(thinking->info.depth) : "thinking";
        if (const std::string rate = rate_text(thinking->info.nodes, thinking->info.time); !rate.empty())
            text += ", " + rate;
        return text;
    }
    const std::string name = match.game().player_name(player);
    if (seat.is_engine()) {
        const EngineEntry *engine = view.shell.registry.find_engine(seat.engine);
        const bool levels = engine != nullptr && (engine->flags & PARLOUR_ENGINE_LEVELS) != 0;
        return levels ? name + "  ·  level " + std::to_string(seat.level) : name;
    }
    return name == name_of(view, player) ? "Person" : name;
}

/// The kind of a player's pieces on the board, as far as one is there.
std::uint8_t kind_of_player(const Scene *scene, std::uint32_t player) {
    if (scene == nullptr) return PARLOUR_PIECE_DISC;
    for (const ScenePiece &piece : scene->pieces) {
        if (piece.color == PARLOUR_COLOR_PLAYER0 + player) return piece.kind;
    }
    return PARLOUR_PIECE_DISC;
}

void draw_card(const GameView &view, const Scene *scene, std::uint32_t player, const Rect &r) {
    const ControllerState &state = view.state;
    const Match &match = view.match();
    const bool active = !state.over && state.to_move == player;
    const bool won =
        state.outcome && std::count(state.outcome->winners.begin(), state.outcome->winners.end(), player);
    Canvas canvas;
    const float radius = px(12);
    canvas.fill(r, color(active ? Role::card_hover : Role::card), radius);
    if (active) {
        canvas.stroke(r, color(Role::accent), std::max(1.5f, px(2)), radius);
    } else if (!canvas.theme().is_dark()) {
        canvas.stroke(r, color(Role::border), 1, radius);
    }
    const Color seat = seat_color(theme(), match.game(), player);
    const Vec2 disc{r.x + px(30), r.center().y};
    draw_seat(canvas, disc, px(15), seat, player, kind_of_player(scene, player), won);

    // At the right: the clock; else the player's counter in the scene.
    float right = r.right() - px(16);
    const bool has_clock = player < state.clocks.size() && state.clocks[player].has_value();
    if (has_clock) {
        const bool low = player < state.low_time.size() && state.low_time[player];
        const Color ink = low ? color(Role::bad) : active ? color(Role::text) : color(Role::text_dim);
        right -= canvas.text_size(clock_text(*state.clocks[player]), FontRole::number).x;
        canvas.text({right, r.center().y}, clock_text(*state.clocks[player]), FontRole::number, ink);
        right -= px(12);
    }
    std::string extra;
    if (scene != nullptr) {
        for (const SceneWidget &widget : scene->widgets) {
            if (widget.kind != PARLOUR_WIDGET_COUNTER || widget.player != static_cast<std::int32_t>(player)) continue;
            if (!has_clock && extra.empty() && r.w > px(170)) {
                const float value = canvas.text_size(widget.value, FontRole::number).x;
                const float name = r.w > px(230) ? canvas.text_size(widget.label, FontRole::small).x + px(8) : 0;
                canvas.text({right - value, r.center().y}, widget.value, FontRole::number,
                            color(active ? Role::text : Role::text_dim));
                if (name > 0)
                    canvas.text({right - value - name, r.center().y + px(2)}, widget.label, FontRole::small,
                                color(Role::text_faint));
                right -= value + name + px(12);
                extra = " ";
            } else {
                extra = "  ·  " + widget.label + " " + widget.value;
            }
        }
    }
    const float left = r.x + px(56), width = std::max(px(30), right - left);
    canvas.text({left, r.center().y - px(10)}, name_of(view, player), FontRole::strong,
                color(active || won ? Role::text : Role::text_dim), Align::left, width);
    std::string line = line_of(view, player);
    if (extra.size() > 1) line += extra;
    canvas.text({left, r.center().y + px(11)}, line, FontRole::small, color(Role::text_faint), Align::left, width);
    if (state.thinking && state.thinking->player == player)
        status_dot(canvas, {r.x + px(44), r.y + px(14)}, color(Role::accent), true);
}

/// In one line if that is wide enough, else in two.
void draw_sentence(Canvas &canvas, const Rect &r, const std::string &sentence) {
    const Color ink = color(Role::text);
    if (canvas.text_size(sentence, FontRole::strong).x <= r.w) {
        canvas.text({r.x, r.center().y}, sentence, FontRole::strong, ink, Align::left, r.w);
        return;
    }
    std::size_t end = 0; // of the first line
    for (std::size_t at = sentence.find(' '); at != std::string::npos; at = sentence.find(' ', at + 1)) {
        if (end > 0 && canvas.text_size(sentence.substr(0, at), FontRole::small).x > r.w) break;
        end = at;
    }
    if (end == 0) end = sentence.size();
    canvas.text({r.x, r.center().y - px(8)}, sentence.substr(0, end), FontRole::small, ink, Align::left, r.w);
    if (end < sentence.size())
        canvas.text({r.x, r.center().y + px(9)}, sentence.substr(end + 1), FontRole::small, ink, Align::left, r.w);
}

} // namespace

float player_cards_height(std::uint32_t players, float width) {
    const int columns = cards_in_a_row(players, width);
    const int rows = (static_cast<int>(players) + columns - 1) / columns;
    return px(card_height) * static_cast<float>(rows) + px(8) * static_cast<float>(rows - 1);
}

void draw_player_cards(const GameView &view, const Scene *counters, const Rect &row) {
    const std::uint32_t players = view.match().players();
    const int columns = cards_in_a_row(players, row.w);
    const float between = px(card_gap);
    const float w = std::floor((row.w - between * static_cast<float>(columns - 1)) / static_cast<float>(columns));
    for (std::uint32_t player = 0; player < players; ++player) {
        const int column = static_cast<int>(player) % columns, line = static_cast<int>(player) / columns;
        draw_card(view, counters, player,
                  {row.x + static_cast<float>(column) * (w + between),
                   row.y + static_cast<float>(line) * (px(card_height) + px(8)), w, px(card_height)});
    }
}

void draw_status(const GameView &view, bool touched, const Rect &row) {
    const ControllerState &state = view.state;
    const Match &match = view.match();
    Canvas canvas;
    Rect r = row;
    const auto small_button = [&](std::string_view text, float width, ButtonKind kind) {
        place(r.cut_right(px(width), px(8)).inset(0, px(3)));
        return button(text, {.kind = kind});
    };
    std::string text;
    Color ink = color(Role::text_dim);
    if (state.viewing_past) {
        canvas.fill(row, color(Role::panel_inset), px(10));
        r.cut_right(px(6));
        if (small_button("To the end", 112, ButtonKind::primary)) view.controller.jump(match.plies(), view.now);
        if (!state.over || match.cursor() < match.plies()) {
            if (small_button("Play from here", 140, ButtonKind::normal))
                view.attempt(view.controller.play_from_here(view.now));
        }
        text = "Looking back: " + std::to_string(match.cursor()) + " of " + counted(match.plies(), "move");
        r.cut_left(px(14));
    } else if (state.over && state.outcome) {
        const bool person_won = std::any_of(state.outcome->winners.begin(), state.outcome->winners.end(),
                                            [&](std::uint32_t p) { return match.seats()[p].is_person(); });
        const Color tone = state.outcome->is_draw() ? color(Role::info)
                           : person_won             ? color(Role::good)
                                                    : color(Role::warn);
        canvas.fill(row, faded(tone, 0.16f), px(10));
        canvas.fill({row.x, row.y + px(6), px(4), row.h - px(12)}, tone, px(2));
        r.cut_right(px(6));
        if (small_button("Rematch", 104, ButtonKind::primary))
            view.attempt(view.controller.rematch(view.shell.next_seed(), view.now));
        if (!state.outcome->detail.empty() && small_button("Details", 92, ButtonKind::normal))
            view.details_open = true;
        // What else there is to do is in the menu and below the moves too, the sentence is not.
        const float words = canvas.text_size(state.outcome->sentence, FontRole::strong).x + px(16 + 26 + 8);
        const auto fits = [&](float width) { return r.w - px(width + 8) >= words; };
        if (fits(108) && small_button("New game", 108, ButtonKind::normal))
            view.shell.go({Shell::Destination::Page::new_game, match.game().id(), std::nullopt});
        if (fits(92) && match.plies() > 0 && small_button("Review", 92, ButtonKind::normal))
            view.controller.jump(0, view.now);
        r.cut_left(px(16));
        canvas.icon(state.outcome->is_draw() ? Icon::info : Icon::star, {r.x + px(8), r.center().y}, px(18), tone);
        r.cut_left(px(26));
        draw_sentence(canvas, r, state.outcome->sentence);
        return;
    } else if (state.paused) {
        text = "Paused";
        if (small_button("Go on", 96, ButtonKind::primary)) view.controller.resume(view.now);
    } else if (state.trouble) {
        canvas.fill(row, faded(color(Role::bad), 0.16f), px(10));
        canvas.fill({row.x, row.y + px(6), px(4), row.h - px(12)}, color(Role::bad), px(2));
        r.cut_right(px(6));
        if (small_button("Choose…", 110, ButtonKind::primary)) view.trouble.open();
        r.cut_left(px(16));
        text = state.trouble->engine + " has failed; the game waits";
        ink = color(Role::text);
    } else if (state.hint) {
        text = "Hint from " + state.hint->engine + ": " + state.hint->text;
        ink = color(Role::mark_hint);
    } else if (state.person_to_move && state.to_move) {
        const std::string name = name_of(view, *state.to_move);
        text = name == "You" ? "Your turn" : name + " to move";
        if (touched) text += "  ·  choose where to, Escape lets go";
        ink = color(Role::text);
    } else if (state.thinking) {
        text = name_of(view, state.thinking->player) + " is thinking…";
        if (std::chrono::nanoseconds(state.thinking->time) > std::chrono::seconds(3) &&
            small_button("Move now", 108, ButtonKind::normal))
            view.controller.move_now(view.now);
    }
    canvas.text({r.x + px(4), r.center().y}, text, FontRole::medium, ink, Align::left, r.w);
}

} // namespace parlour::host::ui
