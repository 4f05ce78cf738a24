#include "host/ui/output_panel.hpp"

namespace parlour::host::ui {
namespace {

Role ink_of(std::int32_t severity) {
    if (severity >= PARLOUR_LOG_ERROR) return Role::bad;
    return severity == PARLOUR_LOG_WARN ? Role::warn : Role::text;
}

} // namespace

void OutputPanel::reset() {
    lines_.clear();
    read_ = 0;
}

std::uint64_t OutputPanel::unread(const Console *console) const {
    return console != nullptr ? console->written() - std::min(read_, console->written()) : 0;
}

void OutputPanel::draw(Shell &shell, const Console &console, const Rect &area) {
    const bool more = unread(&console) > 0;
    if (more) {
        read_ = console.written();
        lines_ = console.lines();
    }
    Rect screen = area;
    const Rect foot = screen.cut_bottom(px(34), px(6));
    panel_begin("output", screen, {.fill = Role::panel_inset, .radius = 10, .padding = 10});
    const bool at_foot = ImGui::GetScrollY() >= ImGui::GetScrollMaxY() - px(4);
    for (const ConsoleLine &line : lines_) paragraph(line.text, 0, FontRole::code, ink_of(line.severity));
    if (more && at_foot) {
        ImGui::SetScrollHereY(1);
        context().request_frame_in(0);
    }
    panel_end();
    place({foot.x, foot.y, px(140), foot.h});
    if (button("Copy output", {.kind = ButtonKind::quiet, .icon = Icon::copy})) {
        std::string text;
        for (const ConsoleLine &line : lines_) text += line.text + "\n";
        ImGui::SetClipboardText(text.c_str());
        shell.say("The output was copied.", Role::good);
    }
}

} // namespace parlour::host::ui
