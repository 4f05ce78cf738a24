#pragma once
// The window's settings in the person's settings file.
#include "host/settings/settings_file.hpp"
#include "host/ui/shell.hpp"

namespace parlour::host::ui {

/// The window's settings as the file has them.
[[nodiscard]] Settings settings_from(const host::Settings &chosen);

/// Writes what differs between `before` and `now` into `file`; the other settings stay as the file has them.
Result<void> keep_settings(SettingsFile &file, const Settings &before, const Settings &now);

} // namespace parlour::host::ui
