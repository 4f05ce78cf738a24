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

/// A setting in words for people: its label, and those of its choices in their order.
struct StartRow {
    std::string_view name, label;
    std::vector<std::string> choices{};
};
const StartRow start_rows[] = {{"isolate", "Own process", {"No engine", "Dropped in", "All"}},
                               {"worker_memory", "Its memory, MiB"},
                               {"scripts_reload", "Changed scripts", {"At once", "Ask", "Next game"}},
                               {"scripts_python", "Python of scripts"}};

OptionSpec row_of_form(const StartRow &words) {
    const SettingRow &setting = *find_setting(words.name);
    OptionSpec row;
    row.id = words.name;
    row.label = words.label;
    row.help = setting.help;
    row.default_text = setting_text(setting, {});
    row.min = setting.least;
    row.max = setting.most;
    row.type = PARLOUR_OPTION_TEXT;
    if (std::holds_alternative<std::int64_t host::Settings::*>(setting.member)) {
        row.type = PARLOUR_OPTION_INT;
        row.step = setting.least;
    }
    for (std::size_t i = 0; i < setting.choices.size(); ++i) {
        row.type = PARLOUR_OPTION_CHOICE;
        row.choices.emplace_back(setting.choices[i], words.choices.at(i));
    }
    return row;
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

const std::vector<OptionSpec> &start_settings() {
    static const std::vector<OptionSpec> rows = [] {
        std::vector<OptionSpec> made;
        for (const StartRow &row : start_rows) made.push_back(row_of_form(row));
        return made;
    }();
    return rows;
}

OptionMap start_values(const SettingsFile &file) {
    OptionMap values;
    for (const OptionSpec &row : start_settings()) {
        const std::string text = setting_text(*find_setting(row.id), file.values());
        if (text != row.default_text) values[row.id] = text;
    }
    return values;
}

Result<void> keep_start_values(SettingsFile &file, const OptionMap &values) {
    host::Settings wanted = file.values();
    for (const OptionSpec &row : start_settings()) {
        const auto found = values.find(row.id);
        const std::string &text = found != values.end() ? found->second : row.default_text;
        if (const auto set = set_setting(*find_setting(row.id), wanted, text); !set) return set;
    }
    if (wanted == file.values()) return {};
    file.change(wanted);
    return file.save();
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
