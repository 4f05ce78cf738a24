// Remembers, outside this process, which files of a person are loaded into it, so that the next start knows whom to
// suspect if it dies. A marker is a file in a folder, locked by its process for as long as that lives: locks end with
// their process however it ends. Main thread only.
#pragma once

#include "host/plugins/search_path.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace parlour::host {

class CrashMarker {
public:
    // `folder` is made when the first file is noted; an empty one makes a marker that notes nothing.
    explicit CrashMarker(std::filesystem::path folder);
    // A clean end: the marker is removed.
    ~CrashMarker();
    CrashMarker(const CrashMarker &) = delete;
    CrashMarker &operator=(const CrashMarker &) = delete;

    // To be called right before a file is loaded. From the first time on, signals that would end the process note
    // themselves in the marker (crashes) or remove it (being asked to end); handlers that are there already stay.
    // A folder that cannot be written is a line in the log.
    void note(const PluginFile &plugin);

private:
    bool open();

    std::filesystem::path folder_, file_;
    std::vector<std::filesystem::path> noted_;
    int descriptor_ = -1;
};

// A file that was loaded when a process died.
struct Suspect {
    std::filesystem::path file;
    std::string content; // content_of() it, then
    std::string signal;  // "SIGSEGV"; "" where the process could not say
};

// The files that were loaded in processes that did not come to a clean end since this system started; their markers
// are removed. Those of living processes, and of processes that went down with the whole system, say nothing.
std::vector<Suspect> collect_suspects(const std::filesystem::path &folder);

// DIR/running; empty for an empty DIR.
std::filesystem::path marker_folder(const std::filesystem::path &state_folder);

} // namespace parlour::host
