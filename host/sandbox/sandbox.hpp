// A process that is about to run a stranger's code locks itself down with this: nothing but what it needs is open,
// memory is bounded, nothing can be written, only system files and the plugin's own folder can be read, and there
// are no other processes and no network. It needs no root and no set-up; whatever this kernel or container lacks is
// left out and said in the report, never an error. There is no way back.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace parlour::host {

// The layers of a lock-down, as bits; each holds without the others.
enum SandboxLayer : std::uint32_t {
    layer_descriptors = 1u << 0, // what the program had open is closed
    layer_limits = 1u << 1,      // memory, processor time, no core file, no file contents, 64 descriptors
    layer_parent = 1u << 2,      // ends when the thread that started it does
    layer_privileges = 1u << 3,  // no rights are gained by running another program
    layer_files = 1u << 4,       // Landlock: which files can be read; none can be written
    layer_calls = 1u << 5,       // seccomp: which system calls there are
    all_layers = (1u << 6) - 1
};

struct SandboxRules {
    // Folders and files that may be read and executed beside /usr, /lib*, the loader's cache and the time zone;
    // a folder with all below it. What does not exist is passed over. See readable_for_plugin().
    std::vector<std::filesystem::path> read_only;
    std::uint64_t memory_bytes = 512ull << 20; // of the process's own; addresses in all: a GiB more. 0: no limit
    std::uint32_t cpu_seconds = 0;             // of all threads, in the whole life of the process. 0: no limit
    int last_kept_descriptor = 3;              // every higher one is closed
    pid_t parent = 0; // who started this process: if it is gone already, the report says so. 0: not known
    std::uint32_t layers = all_layers; // those wanted
};

// One layer: whether it holds, and a sentence about it either way (what it does, or what was missing).
struct LayerReport {
    SandboxLayer layer{};
    std::string id; // "descriptors", "limits", "parent", "privileges", "files", "calls"
    bool in_force = false;
    std::string sentence;
};

struct SandboxReport {
    std::vector<LayerReport> layers; // those that were wanted, in the order above
    int landlock_version = 0;        // of this kernel's Landlock; 0 if there is none
    bool orphaned = false;           // SandboxRules::parent was gone: the process had better end

    bool in_force(SandboxLayer layer) const;
    // Whether all of `wanted` is in force.
    bool all_in_force(std::uint32_t wanted = all_layers) const;
};

// Locks this process down, layer by layer. To be called while there is one thread only (files and calls bind the
// calling thread and what it starts later), before any of the stranger's code runs. Never fails. [main]
SandboxReport lock_down(const SandboxRules &rules);

// {"layers": [{"id", "in_force", "sentence"}...], "landlock": N}. [any]
std::string report_json(const SandboxReport &report);

// What a plugin's code may read of its own surroundings: its folder (and the one above an x86-64-v3 folder); only
// the file itself where the folder holds more than plugins: the root, a home folder or one above it, /tmp. [any]
std::vector<std::filesystem::path> readable_for_plugin(const std::filesystem::path &file);

// Whether this build runs under a sanitizer, which reserves terabytes of addresses: memory limits are then left out.
constexpr bool sanitized_build =
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    true;
#else
    false;
#endif

} // namespace parlour::host
