#include "host/ui/settings_store.hpp"

namespace parlour::host::ui {
namespace {

std::string theme_text(ThemeName theme) {
    switch (theme) {
        case ThemeName::light:
            return "light";
        case ThemeName::high_contrast:
            return "high-contrast";
        default:
            return "dark";
    }
}

constexpr const char *motions[] = {"off", "fast", "normal", "slow"};

} // namespace

Settings settings_from(const host::Settings &chosen) {
    Settings out;
    out.theme = parse_theme_name(chosen.theme).value_or(out.theme);
    out.scale = static_cast<float>(chosen.scale);
    for (std::size_t i = 0; i < std::size(motions); ++i) {
        if (chosen.motion == motions[i]) out.motion = static_cast<Motion>(i);
    }
    out.coordinates = chosen.coordinates;
    out.targets = chosen.targets;
    out.least_move_time =
        std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(chosen.least_move_time));
    return out;
}

Result<void> keep_settings(SettingsFile &file, const Settings &before, const Settings &now) {
    host::Settings wanted = file.values();
    if (now.theme != before.theme) wanted.theme = theme_text(now.theme);
    if (now.scale != before.scale) wanted.scale = static_cast<double>(now.scale);
    if (now.motion != before.motion) wanted.motion = motions[static_cast<std::size_t>(now.motion)];
    if (now.coordinates != before.coordinates) wanted.coordinates = now.coordinates;
    if (now.targets != before.targets) wanted.targets = now.targets;
    if (wanted == file.values()) return {};
    file.change(wanted);
    return file.save();
}

} // namespace parlour::host::ui
