// What a lock-down is worth on this machine: found out by a child that locks itself down and tries what is forbidden.
#pragma once

#include "host/base/result.hpp"
#include "host/sandbox/attempts.hpp"
#include "host/sandbox/sandbox.hpp"

#include <filesystem>
#include <vector>

namespace parlour::host {

struct SandboxCheck {
    SandboxReport report;
    std::vector<SandboxAttempt> attempts;
};

// Runs `program workers --raw FILE` with a file of its own in the folder for temporary files; a few milliseconds.
// [any]
Result<SandboxCheck> check_sandbox(const std::filesystem::path &program);

} // namespace parlour::host
