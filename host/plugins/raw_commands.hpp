// The hidden commands by which the program runs a stranger's code in a child process of its own, or tries out what
// such code could do there:
//
//     PROGRAM probe --raw FILE
//     PROGRAM workers --raw FILE
//     PROGRAM validate --raw-check NAME --seed N [--rounds N] [--with FILE]... FILE
//
// Every program whose path is given as RegistryOptions::probe_program or ValidateOptions::program, or to
// check_sandbox(), asks here first thing in main, before it reads its arguments, opens a window or starts a thread:
//
//     if (const auto code = parlour::host::run_raw_command(argc, argv)) return *code;
#pragma once

#include <optional>

namespace parlour::host {

// Runs such a command and returns the exit code; nullopt if the arguments are something else.
std::optional<int> run_raw_command(int argc, const char *const *argv);

} // namespace parlour::host
