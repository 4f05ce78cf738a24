// The conformance checks of any plugin: what the interface promises, tried with random games, random bytes and
// impatient searches. Each check runs in a child process of its own; the same seed finds the same things.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace parlour::host {

// One thing that a check has to say.
struct Finding {
    enum class Severity { note, warning, error };
    Severity severity = Severity::error;
    std::string check;    // the check's name: "texts"
    std::string subject;  // the game's or engine's id, or the file's name
    std::string sentence; // "the text of move 3 does not parse back"
};

struct ValidateOptions {
    std::filesystem::path program;                 // this program: see raw_commands.hpp
    std::vector<std::filesystem::path> companions; // plugins whose games engines are tried on, beside their own
    std::uint32_t rounds = 100;                    // random games a check and a set of options
    std::chrono::milliseconds limit{60'000};       // a check
    std::function<void(const std::string &check, std::size_t index, std::size_t count)> on_check; // progress
};

// The names of the checks, in the order in which they run, and what each looks at in a sentence.
struct CheckName {
    const char *name, *summary;
};
const std::vector<CheckName> &validation_checks();

// Runs every check on a file; empty when there is nothing to say. A check that crashes, hangs or ends its process is
// an error like any other. [any]
std::vector<Finding> validate_file(const std::filesystem::path &file, std::uint64_t seed,
                                   const ValidateOptions &options);

// The child's side: runs one check here, prints one JSON object a finding and {"done": true} at the end, and returns
// the exit code, 0 whenever it got to the end. The first and only thing that its process does.
int run_raw_check(const std::string &name, std::uint64_t seed, std::uint32_t rounds,
                  const std::vector<std::filesystem::path> &companions, const std::filesystem::path &file);

} // namespace parlour::host
