// `parlour` without a command: the gallery in a window, in the terminal, or one game shown as text.
#pragma once

#include "host/cli/command.hpp"

namespace parlour::host::app {

// Runs with the words of the command line. Throws cli::Refusal.
cli::ExitCode gallery_command(const std::vector<std::string> &words, cli::Streams &streams);

} // namespace parlour::host::app
