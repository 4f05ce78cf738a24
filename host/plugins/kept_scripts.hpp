// Copies of scripts as they were when they last worked, in the cache folder. Processes run the copy, so that one that
// is started again in the middle of a game, or begins one after a save that broke the script, runs what was tried.
// All functions are [any].
#pragma once

#include "host/plugins/probe_cache.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace parlour::host {

// A script that a process is to see, and the copy that it runs in its place; without one it runs the file.
struct ScriptFile {
    std::filesystem::path script, kept{};
};

class KeptScripts {
public:
    // With an empty folder nothing is kept.
    explicit KeptScripts(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // Copies a script, of a package all its *.py files, and returns the copy's path; empty where it cannot be copied
    // or is no longer what `stamp` (script_stamp() with this runner) tells of. The last few copies of each are left.
    std::filesystem::path keep(const std::filesystem::path &script, const FileStamp &stamp,
                               const std::filesystem::path &runner) const;

    // The newest copy of a script; empty without one.
    std::filesystem::path newest(const std::filesystem::path &script) const;

private:
    std::filesystem::path folder_of(const std::filesystem::path &script) const;

    std::filesystem::path folder_;
};

} // namespace parlour::host
