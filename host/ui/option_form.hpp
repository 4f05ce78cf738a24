#pragma once
// A form made of the options that a game or an engine declares.
#include <span>
#include <string_view>

#include "host/plugins/registry.hpp"

namespace parlour::host::ui {

/// Draws one row for each option at the cursor and keeps what was chosen in `values` (only what differs from the
/// defaults). Options for those who ask for more are shown when `advanced`. True when something changed.
bool option_form(std::string_view id, std::span<const OptionSpec> options, OptionMap &values, bool advanced);

/// The first thing wrong with `values`, in a sentence; empty when all is well.
[[nodiscard]] std::string option_problem(std::span<const OptionSpec> options, const OptionMap &values);

/// Whether some options are only for those who ask for more.
[[nodiscard]] bool has_advanced(std::span<const OptionSpec> options);

} // namespace parlour::host::ui
