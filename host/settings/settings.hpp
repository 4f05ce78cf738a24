// What a person can choose for good, by name: one row a setting says what it takes and what it is for. The rows are
// what the file, the command and the documentation know; a new setting is a member and a row. All functions are
// [any].
#pragma once

#include "host/base/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace parlour::host {

// Defaults are what holds where a person has said nothing.
struct Settings {
    std::string theme = "dark";       // dark, light, high-contrast
    double scale = 0;                 // real pixels per design pixel, 0.5..4; 0: from the system
    std::string motion = "normal";    // off, fast, normal, slow
    bool coordinates = true;          // around boards
    bool targets = true;              // marks on what can be moved
    double least_move_time = 0.45;    // seconds until an engine's move is shown, 0..10
    std::string render = "auto";      // auto, gpu, software
    std::int64_t window_width = 1280; // real pixels, 640..16384
    std::int64_t window_height = 800; // real pixels, 480..16384
    bool fullscreen = false;
    std::string isolate = "dropped";  // whose engines run in a process of their own: none, dropped, all
    std::int64_t worker_memory = 512; // MiB that such a process may take, 64..65536
    // Whether a game under way goes on with the new version of a script: automatic, ask, never.
    std::string scripts_reload = "automatic";
    std::string scripts_python; // the Python of scripts, a program or an environment's folder; "": the system's

    bool operator==(const Settings &) const = default;
};

struct SettingRow {
    using Member =
        std::variant<bool Settings::*, std::int64_t Settings::*, double Settings::*, std::string Settings::*>;

    std::string_view name; // lower_snake; the key in the file
    std::string_view help; // half a sentence
    Member member;
    std::vector<std::string_view> choices{}; // of a text; empty: any text on one line
    double least = 0, most = 0;              // of a number
    bool or_zero = false;                    // 0 is taken too although it is below `least`
};

// In the order in which people see them.
std::span<const SettingRow> setting_rows();
// Null if there is none of that name.
const SettingRow *find_setting(std::string_view name);

// "true or false", "a number from 0.5 to 4, or 0", "dark, light or high-contrast".
std::string setting_takes(const SettingRow &row);

// The value as a person writes it, and `parlour settings set` takes it: dark, 1.5, true.
std::string setting_text(const SettingRow &row, const Settings &settings);
// The value as TOML has it: "dark" in quotation marks, the others as in setting_text.
std::string setting_toml(const SettingRow &row, const Settings &settings);

// Sets one value from a person's text; PARLOUR_E_ARG with what it takes otherwise, and nothing has changed.
Result<void> set_setting(const SettingRow &row, Settings &settings, std::string_view text);

} // namespace parlour::host
