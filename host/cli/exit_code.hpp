// What the program's exit codes mean, for every command; each --help repeats them.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace parlour::host::cli {

enum class ExitCode : int {
    success = 0,
    failed = 1,   // the thing asked for failed or was refused: a damaged file, a plugin that does not pass
    usage = 2,    // the command line is wrong: an unknown command or option, a value out of its range
    not_found = 3 // no such game, engine or file
};

// Ends a command with one sentence for a person and an exit code; run_command_line() prints it to standard error, and
// before it the details: a script's traceback, mostly none.
class Refusal : public std::runtime_error {
public:
    Refusal(ExitCode code, const std::string &sentence, std::string details = {})
        : std::runtime_error(sentence), code_(code), details_(std::move(details)) {}
    ExitCode code() const { return code_; }
    const std::string &details() const { return details_; }

private:
    ExitCode code_;
    std::string details_;
};

} // namespace parlour::host::cli
