#pragma once
// The window's settings in the person's settings file.
#include "host/settings/settings_file.hpp"
#include "host/ui/shell.hpp"

namespace parlour::host::ui {

/// The window's settings as the file has them.
[[nodiscard]] Settings settings_from(const host::Settings &chosen);

/// The settings of engines and scripts as the rows of a form; they hold from the next start on.
[[nodiscard]] const std::vector<OptionSpec> &start_settings();
/// Those of them that differ from their defaults, as the file has them.
[[nodiscard]] OptionMap start_values(const SettingsFile &file);
/// Writes those that differ from the file's. PARLOUR_E_ARG for a value that a setting does not take, and nothing is
/// written.
Result<void> keep_start_values(SettingsFile &file, const OptionMap &values);

/// Writes what differs between `before` and `now` into `file`; the other settings stay as the file has them.
Result<void> keep_settings(SettingsFile &file, const Settings &before, const Settings &now);

} // namespace parlour::host::ui
