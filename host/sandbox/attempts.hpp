// Tries what a stranger's code must not be able to do, to see whether it is refused: by the lock-down, or by the
// system anyway. For a child process that locked itself down.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace parlour::host {

struct SandboxAttempt {
    std::string id;   // "read", "fork"...
    std::string what; // "reading a person's file"
    bool refused = false;
    std::string answer; // what the system said: "Permission denied", "it was allowed"
};

// Makes every attempt but the deadly one. `file` is a private file of this user, made for this outside what the
// rules let it read; nothing that succeeds does lasting harm beyond that file. [main]
std::vector<SandboxAttempt> try_forbidden(const std::filesystem::path &file);

// Tries ptrace, which ends the process where system calls are filtered; returns only if it does not. [main]
SandboxAttempt try_deadly();

// What `PROGRAM workers --raw FILE` does: locks this process down with the rules of a worker that has no plugin,
// makes the attempts, prints a line of JSON with "layers", "landlock" and "attempts", tries the deadly one last and
// prints that attempt as a second line if it still can. Returns the exit code.
int run_sandbox_check(const std::filesystem::path &file);

} // namespace parlour::host
