#include "host/ui/gallery_tile.hpp"

#include <cmath>

#include "host/ui/board/scene_painter.hpp"

namespace parlour::host::ui {

void game_picture(Canvas &canvas, const GameCard &card, const Rect &r, float radius, Corners corners, float grow,
                  const Scene *scene) {
    // Accents are given for dark pages; on light ones they are lifted, so that the page stays one.
    const Color accent = rgba(card.accent) | IM_COL32_A_MASK;
    const bool light = !canvas.theme().is_dark();
    const Color top = light ? lighter(accent, 0.38f) : lighter(accent, 0.10f);
    const Color bottom = light ? lighter(accent, 0.12f) : darker(accent, 0.52f);
    canvas.gradient(r, top, bottom, radius, corners);
    if (!ImGui::IsRectVisible(r.min(), r.max())) return;
    if (scene == nullptr && card.picture) scene = &*card.picture;
    if (scene == nullptr) {
        canvas.icon(card.game ? Icon::list : Icon::warning, r.center(), std::min(r.w, r.h) * 0.3f,
                    faded(rgb(0xffffff), 0.5f));
        return;
    }
    const float margin = std::min(r.w, r.h) * (0.06f - 0.015f * grow);
    canvas.push_clip(r);
    ScenePainter painter(canvas, BoardFit(*scene, r.inset(margin), false));
    painter.whole(*scene);
    canvas.pop_clip();
}

TileResult gallery_tile(const GameCard &card, const Rect &r, TileBadge badge_kind) {
    TileResult result;
    const bool usable = card.game != nullptr;
    ImGui::PushID(card.entry.id.c_str());
    const Rect caption{r.x, r.bottom() - px(82), r.w, px(82)};
    const Rect quick{caption.right() - px(56), caption.y + px(20), px(40), px(40)};
    place(r);
    const Interaction tile = interact(card.entry.id, r.size());
    const Vec2 pointer = ImGui::GetIO().MousePos;
    const bool over_quick = usable && tile.hovered && quick.contains(pointer);

    Canvas canvas;
    const float radius = px(14), lift = std::round(px(3) * tile.hover);
    const Rect face = r.moved(0, -lift);
    canvas.shadow(face, px(16) + px(8) * tile.hover, {0, px(6) + lift});
    canvas.fill(face, mix(color(Role::card), color(Role::card_hover), tile.hover), radius);
    Rect picture = face;
    Rect words = picture.cut_bottom(px(82));
    game_picture(canvas, card, picture, radius, Corners::top, tile.hover);
    if (!canvas.theme().is_dark()) canvas.stroke(face, color(Role::border), 1, radius);

    const float left = words.x + px(18), width = words.w - px(usable ? 84 : 36);
    canvas.text({left, words.y + px(29)}, card.entry.name, FontRole::heading, color(Role::text), Align::left, width);
    std::string line = players_text(card.entry.players_min, card.entry.players_max);
    if (!usable) line += "  ·  cannot be opened";
    if (usable && card.engines) line += "  ·  " + counted(*card.engines, "engine");
    for (const auto &[flag, word] : {std::pair{PARLOUR_GAME_CHANCE, "chance"}, {PARLOUR_GAME_HIDDEN, "hidden"}}) {
        const std::string longer = line + "  ·  " + word;
        if ((card.entry.flags & static_cast<std::uint32_t>(flag)) &&
            canvas.text_size(longer, FontRole::small).x < width)
            line = longer;
    }
    canvas.text({left, words.y + px(56)}, line, FontRole::small, color(Role::text_dim), Align::left, width);

    if (usable) {
        const Vec2 at = quick.moved(0, -lift).center();
        const float show = 0.35f + 0.65f * tile.hover;
        canvas.circle(at, px(19), over_quick ? color(Role::accent) : faded(color(Role::control), show));
        canvas.icon(Icon::play, {at.x + px(1), at.y}, px(17),
                    over_quick ? color(Role::accent_text) : faded(color(Role::text), show));
    }
    const Vec2 corner{face.right() - px(12), face.y + px(12)};
    switch (badge_kind) {
        case TileBadge::in_progress:
            badge(canvas, corner, "Continue", color(Role::good));
            break;
        case TileBadge::is_new:
            badge(canvas, corner, "New", color(Role::info));
            break;
        case TileBadge::broken:
            badge(canvas, corner, "Plugin error", color(Role::bad));
            break;
        case TileBadge::none:
            break;
    }
    if (tile.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (tile.ring) focus_ring(face, radius);
    if (over_quick) {
        tooltip("Play at once with the usual settings");
    } else if (!card.problem.empty()) {
        tooltip(card.problem);
    } else {
        tooltip(card.entry.summary);
    }
    result.started = tile.pressed && over_quick;
    result.opened = tile.pressed && !over_quick;
    result.focused = tile.focused;
    ImGui::PopID();
    return result;
}

} // namespace parlour::host::ui
