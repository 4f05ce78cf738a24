// The whole program: a command line becomes a command, the gallery's window, or the gallery in the terminal.
#pragma once

#include "host/cli/command.hpp"

#include <vector>

namespace parlour::host::app {

// Every command, in the order of the help.
std::vector<cli::Command> all_commands();

// Runs the program and returns its exit code (host/cli/exit_code.hpp). Does not return normally while an engine that
// was given up still runs on a thread of its own: the process then ends at once, with the same code.
int run_program(int argc, char **argv);

} // namespace parlour::host::app
