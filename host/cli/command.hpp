// The commands of the program: `parlour NAME WORD...`. Main thread only.
#pragma once

#include "host/cli/command_line.hpp"

#include <ostream>
#include <span>
#include <string>
#include <vector>

namespace parlour::host::cli {

// Where a command writes: results to `out`, messages and progress to `err`.
struct Streams {
    std::ostream &out;
    std::ostream &err;
};

struct Command {
    std::string name;
    std::string summary; // a few words, for the list of commands
    // Runs with the words after the name. May throw Refusal.
    ExitCode (*run)(const std::vector<std::string> &words, Streams &streams);
};

ExitCode list_command(const std::vector<std::string> &words, Streams &streams);
ExitCode perft_command(const std::vector<std::string> &words, Streams &streams);
ExitCode analyse_command(const std::vector<std::string> &words, Streams &streams);
ExitCode match_command(const std::vector<std::string> &words, Streams &streams);
ExitCode history_command(const std::vector<std::string> &words, Streams &streams);
ExitCode bench_command(const std::vector<std::string> &words, Streams &streams);
ExitCode validate_command(const std::vector<std::string> &words, Streams &streams);
ExitCode probe_command(const std::vector<std::string> &words, Streams &streams);
ExitCode workers_command(const std::vector<std::string> &words, Streams &streams);
ExitCode new_command(const std::vector<std::string> &words, Streams &streams);
ExitCode settings_command(const std::vector<std::string> &words, Streams &streams);

// The commands above, in the order of the help.
std::vector<Command> basic_commands();

// Runs a command and turns what it throws into a sentence on `err`; returns the process's exit code. An unknown name
// is refused with the nearest known one.
int run_command(std::span<const Command> commands, const std::string &name, const std::vector<std::string> &words,
                Streams &streams);

} // namespace parlour::host::cli
