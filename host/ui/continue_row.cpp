#include "host/ui/continue_row.hpp"

#include <SDL.h>

#include <algorithm>
#include <cmath>

#include "host/ui/gallery_tile.hpp"
#include "host/ui/stored_games.hpp"

namespace parlour::host::ui {
namespace {

constexpr std::size_t most_entries = 6;
constexpr float tile_height = 96, tile_width = 288, tile_gap = 16, heading = 30; // design pixels

} // namespace

ContinueRow::Entry ContinueRow::entry_of(const Match &match, GameId id, std::string when) const {
    const std::string who = opponents_text(shell_.registry, match.seats());
    return {id,
            match.game().id(),
            match.game().name(),
            who,
            counted(match.plies(), "move") + "  ·  " + std::move(when),
            last_picture(match)};
}

void ContinueRow::refresh(const Match *under_way) {
    entries_.clear();
    more_ = 0;
    if (shell_.store == nullptr) return;
    if (under_way != nullptr && under_way->plies() > 0) entries_.push_back(entry_of(*under_way, 0, "paused"));
    const auto games = shell_.store->unfinished();
    if (!games) {
        shell_.say(games.sentence(), Role::warn);
        return;
    }
    for (const StoredGame &game : *games) {
        if (!game.problem.empty() || shell_.registry.find_game(game.record.game) == nullptr) continue;
        if (std::find(dismissed_.begin(), dismissed_.end(), game.id) != dismissed_.end()) continue;
        if (entries_.size() == most_entries) {
            ++more_;
            continue;
        }
        std::string told;
        const auto match = stored_match(shell_, game.id, told);
        if (match && !match->is_over()) entries_.push_back(entry_of(*match, game.id, day_text(game.changed)));
    }
}

float ContinueRow::height() const {
    return px(heading + tile_height + 24);
}

void ContinueRow::draw(const Frame &frame, const Rect &r) {
    Canvas canvas;
    const float between = px(tile_gap);
    const auto fitting = static_cast<std::size_t>(std::max(1.0f, (r.w + between) / (px(tile_width) + between)));
    const std::size_t shown = std::min(fitting, entries_.size());
    canvas.text({r.x, r.y + px(8)}, "Go on playing", FontRole::strong, color(Role::text));
    if (const std::size_t rest = entries_.size() - shown + more_; rest > 0) {
        const std::string text = std::to_string(rest) + " more in the history";
        const float wide = canvas.text_size(text, FontRole::small).x + px(20);
        place({r.right() - wide, r.y - px(6), wide, px(28)});
        const Interaction link = interact("more unfinished", {wide, px(28)});
        canvas.text({r.right() - px(10), r.y + px(8)}, text, FontRole::small,
                    mix(color(Role::text_dim), color(Role::text), link.hover), Align::right);
        if (link.ring) focus_ring({r.right() - wide, r.y - px(6), wide, px(28)}, px(6));
        if (link.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
        if (link.pressed) shell_.go({.page = Shell::Destination::Page::history});
    }
    const float w = std::min(px(tile_width * 1.25f), std::floor((r.w - between * static_cast<float>(fitting - 1)) /
                                                                static_cast<float>(fitting)));
    std::optional<std::size_t> dismissed;
    for (std::size_t i = 0; i < shown; ++i) {
        const Rect tile{r.x + static_cast<float>(i) * (w + between), r.y + px(heading), w, px(tile_height)};
        if (draw_tile(frame, entries_[i], tile)) dismissed = i;
    }
    if (dismissed) {
        dismissed_.push_back(entries_[*dismissed].id);
        shell_.say("It can still be found in the history.");
        entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(*dismissed));
    }
}

bool ContinueRow::draw_tile(const Frame &frame, const Entry &entry, const Rect &r) {
    const GameCard *card = shell_.card(entry.game);
    if (card == nullptr) return false;
    ImGui::PushID(static_cast<int>(entry.id));
    place(r);
    const Interaction tile = interact("continue " + entry.name, r.size(), {});
    Canvas canvas;
    const float radius = px(12);
    canvas.shadow(r, px(12) + px(6) * tile.hover, {0, px(4)});
    canvas.fill(r, mix(color(Role::card), color(Role::card_hover), tile.hover), radius);
    Rect words = r;
    const Rect picture = words.cut_left(r.h);
    game_picture(canvas, *card, picture, radius, Corners::left, tile.hover,
                 entry.picture ? &*entry.picture : nullptr);
    if (!canvas.theme().is_dark()) canvas.stroke(r, color(Role::border), 1, radius);
    const float left = words.x + px(14), width = words.w - px(48);
    canvas.text({left, r.y + px(25)}, entry.name, FontRole::strong, color(Role::text), Align::left, width);
    canvas.text({left, r.y + px(49)}, entry.who, FontRole::small, color(Role::text_dim), Align::left,
                words.w - px(24));
    canvas.text({left, r.y + px(71)}, entry.line, FontRole::small, color(Role::text_faint), Align::left,
                words.w - px(24));
    if (tile.ring) focus_ring(r, radius);
    // The one in the window is let go by ending it.
    const Rect cross{r.right() - px(34), r.y + px(8), px(26), px(26)};
    const bool over_cross = entry.id != 0 && tile.hovered && cross.contains(ImGui::GetIO().MousePos);
    if (entry.id != 0) {
        if (over_cross) canvas.fill(cross, color(Role::control_hover), px(6));
        canvas.icon(Icon::close, cross.center(), px(14), color(over_cross ? Role::text : Role::text_faint));
    }
    if (tile.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (over_cross)
        tooltip("Do not offer it any more");
    else if (tile.hovered)
        tooltip("Go on with this game");
    const bool deleted = tile.focused && context().keyboard_mode && frame.pressed(SDLK_DELETE);
    const bool dismissed = entry.id != 0 && ((tile.pressed && over_cross) || deleted);
    if (tile.pressed && !over_cross)
        shell_.go({.page = Shell::Destination::Page::game, .game = entry.game, .stored = entry.id});
    ImGui::PopID();
    return dismissed;
}

} // namespace parlour::host::ui
