// The lines of the history and of the statistics.
#include <algorithm>
#include <cmath>

#include "host/ui/gallery_tile.hpp"
#include "host/ui/history_page.hpp"
#include "host/ui/stored_games.hpp"
#include "host/ui/trouble_dialog.hpp"

namespace parlour::host::ui {
namespace {

constexpr float row_height = 60; // design pixels

/// "minimax (level 5)" with the engine's own name.
std::string opponent_name(const Registry &registry, const std::string &opponent) {
    const std::size_t end = opponent.find(" (");
    return engine_name(registry, opponent.substr(0, end)) +
           (end == std::string::npos ? std::string() : opponent.substr(end));
}

} // namespace

HistoryAction history_row(Shell &shell, const StoredGame &game, bool want_focus, bool deletes) {
    HistoryAction action = HistoryAction::none;
    Canvas canvas;
    const Rect line = content_rect();
    const Rect r{line.x, line.y, line.w, px(row_height)};
    if (want_focus) context().request_default_focus();
    place(r);
    const Interaction it = interact("game", r.size());
    canvas.fill(r, faded(color(Role::control_hover), 0.6f * it.hover), px(10));
    const GameCard *card = shell.card(game.record.game);
    const Rect picture{r.x + px(10), r.y + px(8), px(row_height - 16), px(row_height - 16)};
    if (card != nullptr) {
        game_picture(canvas, *card, picture, px(8), Corners::all);
    } else {
        canvas.fill(picture, color(Role::control), px(8));
        canvas.icon(Icon::warning, picture.center(), px(18), color(Role::text_faint));
    }
    const bool narrow = line.w < px(700);
    const Rect tools{r.right() - px(92), r.y, px(84), r.h};
    const float date_width = px(96), plies_width = narrow ? 0 : px(90);
    float right = tools.x - px(12);
    canvas.text({right, r.center().y}, day_text(game.changed), FontRole::small, color(Role::text_faint),
                Align::right);
    right -= date_width;
    if (plies_width > 0) {
        canvas.text({right, r.center().y}, counted(game.plies, "move"), FontRole::small, color(Role::text_dim),
                    Align::right);
        right -= plies_width;
    }
    const float left = picture.right() + px(14), words = right - left;
    const float name_width = words * 0.62f;
    const std::string name = card != nullptr ? card->entry.name : game.record.game;
    canvas.text({left, r.y + px(21)}, name, FontRole::strong, color(Role::text), Align::left, name_width);
    const std::string who = game.problem.empty() ? opponents_text(shell.registry, game.record.seats) : game.problem;
    canvas.text({left, r.y + px(42)}, who, FontRole::small, color(game.problem.empty() ? Role::text_dim : Role::bad),
                Align::left, name_width);
    if (game.problem.empty()) {
        const ResultText result = result_text(shell, game.record);
        canvas.text({left + name_width + px(10), r.center().y}, result.text, FontRole::medium, color(result.role),
                    Align::left, words * 0.38f - px(10));
    }
    tooltip(!game.problem.empty()            ? std::string_view(game.problem)
            : game.record.ending.has_value() ? std::string_view("See how it was played")
                                             : std::string_view("Go on with this game"));
    if (it.ring) focus_ring(r, px(10));
    if (it.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    // The tools lie on the row: a press on them is theirs.
    const auto tool = [&](float x, Icon icon) {
        const Rect at{x, r.center().y - px(18), px(36), px(36)};
        const bool over = it.hovered && at.contains(ImGui::GetIO().MousePos);
        if (over) canvas.fill(at, color(Role::control), px(8));
        canvas.icon(icon, at.center(), px(17), color(over ? Role::text : Role::text_faint));
        return over;
    };
    const bool over_save = tool(tools.x, Icon::save), over_remove = tool(tools.x + px(44), Icon::trash);
    if (over_save) tooltip("Write it to a file");
    if (over_remove) tooltip("Delete it");
    if (it.pressed)
        action = over_save ? HistoryAction::save : over_remove ? HistoryAction::remove : HistoryAction::open;
    if (it.focused && deletes) action = HistoryAction::remove;

    ImGui::SetCursorScreenPos({line.x, r.bottom()});
    gap(2);
    return action;
}

void statistics_row(Shell &shell, const Statistics &row) {
    Canvas canvas;
    const Rect line = content_rect();
    const Rect r{line.x, line.y, line.w, px(44)};
    const float bar_width = std::min(px(300), r.w * 0.3f);
    const float name_width = r.w - bar_width - px(250);
    const std::string who = row.opponent.empty()        ? "alone"
                            : row.opponent == "persons" ? "between persons"
                                                        : "against " + opponent_name(shell.registry, row.opponent);
    canvas.text({r.x, r.center().y}, who, FontRole::body, color(Role::text), Align::left, name_width);
    const Rect bar{r.x + name_width + px(10), r.center().y - px(6), bar_width, px(12)};
    const std::size_t judged = row.won + row.drawn + row.lost;
    std::string text = counted(row.played, "game");
    if (judged > 0) {
        const auto share = [&](std::size_t n) { return bar.w * static_cast<float>(n) / static_cast<float>(judged); };
        canvas.fill(bar, color(Role::bad), px(6));
        const float won = share(row.won), drawn = share(row.drawn);
        if (row.drawn > 0)
            canvas.fill({bar.x, bar.y, won + drawn, bar.h}, color(Role::text_faint), px(6),
                        row.lost > 0 ? Corners::left : Corners::all);
        if (row.won > 0)
            canvas.fill({bar.x, bar.y, won, bar.h}, color(Role::good), px(6),
                        row.won < judged ? Corners::left : Corners::all);
        text = std::to_string(row.won) + " won, " + std::to_string(row.drawn) + " drawn, " +
               std::to_string(row.lost) + " lost";
    } else {
        canvas.fill(bar, color(Role::panel_inset), px(6));
    }
    canvas.text({bar.right() + px(18), r.center().y}, text, FontRole::small, color(Role::text_dim), Align::left,
                r.right() - bar.right() - px(18));
    ImGui::SetCursorScreenPos({r.x, r.bottom()});
    ImGui::Dummy({1, px(1)});
}

} // namespace parlour::host::ui
