// How workers are run: which program, and within which bounds.
#pragma once

#include "host/sandbox/sandbox.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace parlour::host {

struct WorkerSetup {
    std::filesystem::path program;                 // parlour-worker; see find_worker_program()
    std::uint64_t memory_bytes = 512ull << 20;     // of one worker; 0: no limit
    std::uint32_t cpu_seconds = 8 * 3600;          // of one worker in its whole life: a backstop. 0: no limit
    std::uint32_t layers = all_layers;             // SandboxLayer bits that are wanted
    std::chrono::milliseconds start_limit{5000};   // to load and to take on a game, each
    std::chrono::milliseconds least_patience{200}; // a worker is killed so long after its hard time, or a fifth of
                                                   // that time if that is more; and so long after a stop
    std::chrono::milliseconds call_limit{1000};    // for one question about the rules of a game
    std::chrono::milliseconds farewell_limit{500}; // to hear that a game is over
    std::uint32_t most_restarts = 2;               // in one game
    std::vector<std::string> environment{};        // "NAME=value", beside what every worker finds in it
};

// The worker's program: beside the program `own`, or where an installation of it has it; empty if there is none.
// [any]
std::filesystem::path find_worker_program(const std::filesystem::path &own);

} // namespace parlour::host
