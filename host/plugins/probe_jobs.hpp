// Files to be probed, several at once, and results of probes that were made ahead of the scan that needs them.
#pragma once

#include "host/plugins/probe_cache.hpp"
#include "host/plugins/search_path.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace parlour::host {

// A file to be probed, and what came out.
struct ProbeJob {
    PluginFile file;
    std::filesystem::path build; // the file that is probed for it; of a script its own
    FileStamp stamp{};           // of `build`
    ProbeResult result;
    bool script = false;
};

// Probes several at once. `program` and `limit` as probe_file() has them; `runner`: the plugin that runs scripts.
// [any] with a program, [main] without.
void probe_all(const std::vector<ProbeJob *> &jobs, const std::filesystem::path &program,
               std::chrono::milliseconds limit, const std::filesystem::path &runner);

// Results from another thread that wait for their scan. All functions are [any].
class PreparedProbes {
public:
    void put(const ProbeJob &job);
    // The result for this very content, which is then no longer there.
    std::optional<ProbeResult> take(const ProbeJob &job);

private:
    std::mutex mutex_;
    std::map<std::filesystem::path, std::pair<FileStamp, ProbeResult>> results_;
};

} // namespace parlour::host
