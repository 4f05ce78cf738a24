// The settings: look, size and motion, and those of engines and scripts.
#include <cmath>

#include "host/ui/option_form.hpp"
#include "host/ui/settings_store.hpp"

namespace parlour::host::ui {
namespace {

constexpr float scales[] = {0, 1, 1.25f, 1.5f, 2};

/// A label at the left, and the rest of the line for what is chosen.
Rect row(std::string_view text) {
    const Rect line = content_rect();
    const Rect whole{line.x, line.y, line.w, px(38)};
    Canvas().text({whole.x, whole.center().y}, text, FontRole::body, color(Role::text_dim));
    return {whole.x + px(120), whole.y, whole.w - px(120), whole.h};
}

template <class Enum>
bool choose(std::string_view text, std::string_view id, Enum &value, std::span<const std::string> names) {
    int index = static_cast<int>(value);
    place(row(text));
    const bool changed = segmented(id, index, names);
    value = static_cast<Enum>(index);
    gap(10);
    return changed;
}

// What holds from the next start on; kept when the dialog closes.
void engines_and_scripts(Shell &shell) {
    if (!shell.edited_start_settings) return;
    gap(6);
    divider();
    gap(10);
    option_form("engines and scripts", start_settings(), *shell.edited_start_settings, true);
    paragraph("Engines and scripts: from the next start of Parlour on.", 0, FontRole::small, Role::text_faint);
}

} // namespace

void settings_button(Shell &shell, const Rect &at) {
    static constexpr std::string_view title = "Settings";
    place(at);
    const ImGuiID key = ImGui::GetID("settings open");
    ImGuiStorage &storage = *ImGui::GetStateStorage();
    if (icon_button("settings", Icon::gear, {.tip = title})) {
        storage.SetBool(key, true);
        shell.edited_start_settings = shell.start_settings();
    }
    bool open = storage.GetBool(key);
    if (!open) return;
    if (modal_begin(title, open, {.width = 520})) {
        static const std::string themes[] = {"Dark", "Light", "High contrast"};
        static const std::string sizes[] = {"Auto", "1x", "1.25x", "1.5x", "2x"};
        static const std::string motions[] = {"Off", "Fast", "Normal", "Slow"};
        Settings &settings = shell.settings;
        bool changed = choose("Theme", "theme", settings.theme, themes);
        int size = 0;
        for (int i = 0; i < static_cast<int>(std::size(scales)); ++i) {
            if (std::abs(scales[i] - settings.scale) < 0.01f) size = i;
        }
        if (choose("Size", "size", size, sizes)) {
            settings.scale = scales[size];
            changed = true;
        }
        changed = choose("Animation", "animation", settings.motion, motions) || changed;
        gap(4);
        changed = toggle("Coordinates around boards", settings.coordinates) || changed;
        changed = toggle("Mark what can be moved", settings.targets) || changed;
        gap(8);
        paragraph(
            "Keys: arrows and Enter play, Tab goes on to buttons, Escape goes back, : types a move, H hints, "
            "U takes back, F turns the board, F11 fills the screen.",
            0, FontRole::small, Role::text_faint);
        if (changed) shell.apply_settings();
        engines_and_scripts(shell);
        modal_end();
    }
    if (!open && shell.edited_start_settings)
        shell.keep_start_settings(*std::exchange(shell.edited_start_settings, std::nullopt));
    storage.SetBool(key, open);
}

} // namespace parlour::host::ui
