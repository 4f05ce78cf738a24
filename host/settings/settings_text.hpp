// Settings as TOML text that belongs to a person: read key by key, and changed in place, so that comments, order,
// spaces and keys of other versions stay as they are. All functions are [any].
#pragma once

#include "host/settings/settings.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parlour::host {

struct SettingsReading {
    Settings values;
    // Values that are not what their setting takes, one sentence each, with the line first: the default is used.
    std::vector<std::string> problems;
    // Keys that are none of this program's, as they are written, with their lines.
    std::vector<std::pair<std::string, std::size_t>> unknown;
};

// Reads a whole text. PARLOUR_E_PARSE with the line and the reason for one that is no TOML.
Result<SettingsReading> read_settings(std::string_view text);

// The text with one setting as it is in `settings`: its value in place where it is there, else a line after the other
// top-level keys. Everything else is the same, byte by byte. PARLOUR_E_PARSE for a text that is no TOML, or that has
// something at the key which cannot be changed in place.
Result<std::string> with_setting(std::string_view text, const SettingRow &row, const Settings &settings);

} // namespace parlour::host
