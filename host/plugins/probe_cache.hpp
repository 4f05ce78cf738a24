// Results of probes from earlier runs, kept by path, size and time of change in a JSON file.
#pragma once

#include "host/plugins/probe.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace parlour::host {

// What tells one content of a file from another.
struct FileStamp {
    std::uint64_t size = 0;
    std::int64_t changed = 0; // nanoseconds since 1970
    bool operator==(const FileStamp &) const = default;
};
// nullopt if there is no such file.
std::optional<FileStamp> stamp_of(const std::filesystem::path &file);

class ProbeCache {
public:
    // Reads `file`; a missing one is an empty cache, a damaged one or one of another version of this program too,
    // with a line in the log. An empty path makes a cache that remembers nothing.
    explicit ProbeCache(std::filesystem::path file);

    // The result of a probe of this very content, if it is worth believing: results that another try may change are
    // not kept, and that of a time-out only for a day.
    std::optional<ProbeResult> find(const std::filesystem::path &plugin, const FileStamp &stamp) const;
    void forget(const std::filesystem::path &plugin);
    void remember(const std::filesystem::path &plugin, const FileStamp &stamp, const ProbeResult &result);

    // Writes the file anew if anything was remembered, whole or not at all; entries of files that are gone are left
    // out. Failure is a line in the log.
    void save();

private:
    struct Entry {
        FileStamp stamp;
        std::int64_t probed = 0; // seconds since 1970
        ProbeResult result;
    };
    std::filesystem::path file_;
    std::map<std::string, Entry> entries_;
    bool changed_ = false;
};

} // namespace parlour::host
