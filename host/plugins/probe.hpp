// Looks at a strange plugin file without letting it near this process: symbols first, then loaded, described and
// exercised in a child process with a time limit.
#pragma once

#include "host/plugins/library.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace parlour::host {

// What a probe found.
struct ProbeResult {
    bool fine = false;
    std::string sentence;                           // why not
    std::string details;                            // more than a sentence: a script's traceback; often ""
    std::string id, name, version, vendor, summary; // of the plugin, as far as it came
    std::uint16_t abi_major = 0, abi_minor = 0;
    Description description; // what it offers; empty unless fine
    bool may_heal = false;   // another try may end otherwise although the file is the same
    bool timed_out = false;  // likewise, but dear to try
};

// Runs `program probe --raw file` and reads its answer; an empty `program` loads and exercises the file in this very
// process, which is for tests. The child is locked down before the file's first instruction runs. Never longer than
// `limit` and a little. [any] with a program, [main] without.
//
// With a `script` the plugin sees nothing but that one (scripts.hpp), and the result is the script's.
ProbeResult probe_file(const std::filesystem::path &program, const std::filesystem::path &file,
                       std::chrono::milliseconds limit, const std::filesystem::path &script = {});

// The other side: what `parlour probe --raw FILE [SCRIPT]` does. Locks this process down, loads, describes and
// exercises the file, prints one JSON object with everything or the reason (and before it, lines that begin with '#'
// and name the stage), and returns the exit code, 0 whenever it got to print. The first and only thing that its
// process does.
int run_raw_probe(const std::filesystem::path &file, const std::filesystem::path &script = {});

// Changes whenever the checks of a probe do, so that cached results of older ones are not believed.
constexpr int probe_revision = 2;

} // namespace parlour::host
