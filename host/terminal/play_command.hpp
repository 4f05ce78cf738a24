// `parlour play`: one game in the terminal.
#pragma once

#include "host/cli/command.hpp"

namespace parlour::host::terminal {

cli::ExitCode play_command(const std::vector<std::string> &words, cli::Streams &streams);

} // namespace parlour::host::terminal
