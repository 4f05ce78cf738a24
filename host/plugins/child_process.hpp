// Runs a program that may crash, hang or write without end, and comes back with what it did.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace parlour::host {

struct ChildResult {
    enum class End { exited, signalled, timed_out, flooded, not_started };
    End end = End::not_started;
    int code = 0;         // exit code or signal number
    std::string out, err; // as far as they were read
    // What became of it, to stand after "the program": "crashed (SIGSEGV)", "ended with code 3", "did not answer
    // within 5 s", "wrote more than 1 MB". Empty for a normal end with code 0.
    std::string ending;

    bool fine() const { return end == End::exited && code == 0; }
};

// Runs arguments[0] with the rest as its arguments, in a process group of its own, with stdin from /dev/null. After
// `limit`, or when stdout grows beyond `most_output` bytes, the whole group is killed; it is always reaped, and what
// it left running in its group is killed. stderr is read too and kept up to 64 kB. [any]
ChildResult run_child(const std::vector<std::string> &arguments, std::chrono::milliseconds limit,
                      std::size_t most_output = 4u << 20);

// To be called first thing by a program that runs a stranger's code for run_child: the default actions for signals,
// and locked down (host/sandbox) as far as this kernel can, with the surroundings of `plugins` and of scripts
// (scripts.hpp) to read and `memory_bytes` of memory. Everything that the process writes to descriptor 1 from now on
// goes to stderr; returns a descriptor of the real stdout, or -1. [main]
int become_expendable(const std::vector<std::filesystem::path> &plugins, std::uint64_t memory_bytes);

// "SIGSEGV"; "signal 40" where there is no name.
std::string signal_name(int signal);

} // namespace parlour::host
