#include "host/ui/trouble_dialog.hpp"

#include <algorithm>
#include <utility>

namespace parlour::host::ui {
namespace {

std::string heading(const Trouble &trouble) {
    switch (trouble.ending) {
        case Ending::illegal_move:
            return trouble.engine + " broke the rules";
        case Ending::stall:
            return trouble.engine + " does not answer";
        default:
            return trouble.engine + " failed";
    }
}

/// What a person gets by giving the game to the offender's opponents.
std::string forfeit_label(const Match &match, const Trouble &trouble) {
    const Outcome outcome = other_outcome(match.game(), trouble.ending, trouble.player, {});
    const bool person_wins = std::any_of(outcome.winners.begin(), outcome.winners.end(),
                                         [&](std::uint32_t player) { return match.seats()[player].is_person(); });
    return person_wins ? "End the game: you win" : "End the game";
}

} // namespace

std::string engine_name(const Registry &registry, const std::string &id) {
    const EngineEntry *entry = registry.find_engine(id);
    return entry != nullptr ? entry->name : id;
}

void TroubleDialog::open() {
    open_ = focus_ = true;
    details_ = false;
}

void TroubleDialog::reset() {
    asked_ = open_ = details_ = false;
}

std::optional<Remedy> TroubleDialog::draw(const Trouble &trouble, const Match &match) {
    if (!std::exchange(asked_, true)) open();
    std::optional<Remedy> chosen;
    if (!open_ || !modal_begin(heading(trouble), open_, {.width = 520})) return chosen;
    notice(trouble.sentence, Role::bad, Icon::warning);
    gap(4);
    paragraph("The game is safe and the clocks stand still. What shall happen?");
    if (!trouble.details.empty()) {
        gap(4);
        if (button(details_ ? "Hide details" : "Show details",
                   {.kind = ButtonKind::quiet, .icon = details_ ? Icon::chevron_down : Icon::chevron_right}))
            details_ = !details_;
        if (details_) {
            const Rect line = content_rect();
            const Rect box{line.x, line.y, line.w, px(132)};
            if (panel_begin("details", box, {.fill = Role::panel_inset, .radius = 8, .padding = 10}))
                paragraph(trouble.details, 0, FontRole::code, Role::text);
            panel_end();
            ImGui::SetCursorScreenPos({line.x, box.bottom() + px(6)});
            if (button("Copy details", {.kind = ButtonKind::quiet, .icon = Icon::copy})) {
                ImGui::SetClipboardText((trouble.sentence + "\n" + trouble.details).c_str());
                shell_.say("The details were copied.", Role::good);
            }
        }
    }
    gap(10);
    const std::string stand_in = engine_name(shell_.registry, trouble.stand_in);
    const bool has_stand_in = !trouble.stand_in.empty();
    const auto offer = [&](Remedy remedy, const std::string &label, ButtonStyle style) {
        style.size = {-1, px(40)};
        if (focus_ && style.kind == ButtonKind::primary) context().request_default_focus();
        if (button(label, style)) chosen = remedy;
        gap(6);
    };
    if (trouble.can_retry)
        offer(Remedy::retry, "Try again with " + trouble.engine,
              {.kind = ButtonKind::primary, .icon = Icon::refresh});
    if (has_stand_in) {
        const ButtonKind first = trouble.can_retry ? ButtonKind::normal : ButtonKind::primary;
        offer(Remedy::stand_in_once, "Let " + stand_in + " make this move", {.kind = first, .icon = Icon::engine});
        offer(Remedy::stand_in, "Let " + stand_in + " play on", {.icon = Icon::engine});
    }
    const bool only = !trouble.can_retry && !has_stand_in;
    offer(Remedy::take_over, "Play on yourself for " + match.game().player_name(trouble.player),
          {.kind = only ? ButtonKind::primary : ButtonKind::normal, .icon = Icon::person});
    offer(Remedy::forfeit, forfeit_label(match, trouble), {.icon = Icon::flag});
    focus_ = false;
    modal_end();
    // Another trouble may come before a frame without any was drawn: it is asked about, too.
    if (chosen) open_ = asked_ = false;
    return chosen;
}

} // namespace parlour::host::ui
