#include "host/ui/seat_form.hpp"

#include <algorithm>

#include "host/ui/board/scene_painter.hpp"
#include "host/ui/option_form.hpp"

namespace parlour::host::ui {
namespace {

/// The drop-down of who plays; refused engines are there, greyed, with their sentence.
bool choose_player(const SeatChoices &choices, Seat &seat, float width) {
    const std::string current = [&] {
        for (const auto &choice : choices.choices) {
            if (choice.engine == seat.engine) return choice.name;
        }
        return seat.engine;
    }();
    const std::string id = "who";
    ButtonStyle style;
    style.icon = seat.is_person() ? Icon::person : Icon::engine;
    style.size = {width, px(38)};
    if (button(current + "##who", style)) open_menu(id);
    bool changed = false;
    if (menu_begin(id)) {
        for (const auto &choice : choices.choices) {
            const bool can = choice.why.empty();
            if (menu_item(choice.name, choice.engine.empty() ? Icon::person : Icon::engine, can)) {
                const int level = seat.is_engine() ? seat.level : 5;
                seat = choice.engine.empty() ? Seat::person() : Seat::of_engine(choice.engine, level);
                changed = true;
            }
            if (!can) tooltip(choice.why);
        }
        menu_end();
    }
    return changed;
}

} // namespace

SeatChoices seat_choices(const Registry &registry, const Game &game) {
    SeatChoices result;
    result.choices.push_back({"", "Person", "", false});
    for (const EngineEntry &engine : registry.engines()) {
        const auto support = registry.supports(engine.id, game);
        std::string why = support.score > 0 ? "" : support.why;
        if (support.score <= 0 && why.empty()) why = engine.name + " does not play this game.";
        result.choices.push_back(
            {engine.id, engine.name, std::move(why), (engine.flags & PARLOUR_ENGINE_LEVELS) != 0});
    }
    return result;
}

bool seat_form(Shell &shell, std::uint32_t player, const Game &game, const SeatChoices &choices, Seat &seat,
               SeatForm &form) {
    bool changed = false;
    ImGui::PushID(static_cast<int>(player));
    const Rect line = content_rect();
    Rect row{line.x, line.y, line.w, px(38)};
    Canvas canvas;
    const Vec2 dot{row.x + px(14), row.center().y};
    draw_seat(canvas, dot, px(13), seat_color(theme(), game, player), player);
    canvas.text({row.x + px(38), row.center().y}, game.player_name(player), FontRole::strong, color(Role::text),
                Align::left, px(108));
    row.cut_left(px(150));
    const EngineEntry *engine = seat.is_engine() ? shell.registry.find_engine(seat.engine) : nullptr;
    const bool options = engine != nullptr && !engine->options.empty();
    const Rect who = row;
    Rect more = options ? row.cut_right(px(38), px(8)) : Rect{};
    place({who.x, who.y, row.w, who.h});
    changed = choose_player(choices, seat, row.w);
    if (options) {
        place(more);
        if (icon_button("options", form.folded_out ? Icon::chevron_down : Icon::gear,
                        {.selected = form.folded_out, .tip = "Options of this engine"}))
            form.folded_out = !form.folded_out;
    }
    ImGui::SetCursorScreenPos({line.x, who.bottom()});
    if (seat.is_engine()) {
        gap(6);
        const Rect under = content_rect();
        const auto choice = std::find_if(choices.choices.begin(), choices.choices.end(),
                                         [&](const auto &each) { return each.engine == seat.engine; });
        const bool levels = choice != choices.choices.end() && choice->levels;
        Rect control{under.x + px(150), under.y, under.w - px(150), px(36)};
        canvas.text({under.x + px(38), control.center().y}, "Level", FontRole::body, color(Role::text_dim));
        if (levels) {
            SliderStyle style;
            style.step = 1;
            style.text = [](float level) { return std::to_string(static_cast<int>(level + 0.5f)); };
            place(control);
            changed = slider_int("level", seat.level, lowest_level, highest_level, style) || changed;
        } else {
            canvas.text({control.x + px(2), control.center().y}, "This engine plays the same at every level.",
                        FontRole::small, color(Role::text_faint), Align::left, control.w);
        }
        ImGui::SetCursorScreenPos({under.x, control.bottom()});
    }
    engine = seat.is_engine() ? shell.registry.find_engine(seat.engine) : nullptr;
    if (form.folded_out && engine != nullptr && !engine->options.empty()) {
        gap(8);
        ImGui::Indent(px(38));
        changed = option_form(engine->id, engine->options, seat.options, form.advanced) || changed;
        if (has_advanced(engine->options)) checkbox("Show all options", form.advanced);
        ImGui::Unindent(px(38));
    }
    ImGui::PopID();
    return changed;
}

} // namespace parlour::host::ui
