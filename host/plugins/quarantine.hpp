// Files that did harm, kept from one start to the next in a JSON file, each with what it did. An entry counts as long
// as the file has the content that it had then. Several processes may use the same file. Main thread only.
#pragma once

#include "host/base/result.hpp"
#include "host/plugins/search_path.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace parlour::host {

struct QuarantineEntry {
    std::filesystem::path file; // as the plugin is named: DIR/NAME.so
    std::string content;        // content_of() what did the harm
    std::string reason;         // a sentence to stand after the file's name
    std::string details;        // a trace, last words; often ""
    std::int64_t when = 0;      // seconds since 1970
};

// What tells the contents of all builds of a plugin from others, as text. [any]
std::string content_of(const PluginFile &file);

class Quarantine {
public:
    // Reads `file`; a missing one is an empty quarantine. A damaged one is set aside beside it under another name,
    // with a line in the log, and the quarantine is empty; one that cannot be read is a line in the log as well. An
    // empty path makes one that lasts as long as this object.
    explicit Quarantine(std::filesystem::path file);

    // The entry of this plugin, if its content still is what it was. The pointer lasts until the next call. An entry
    // whose file changed is dropped.
    const QuarantineEntry *find(const PluginFile &plugin);
    // Adds an entry or replaces the one of the same file. The entry counts even when writing it down fails.
    Result<void> add(QuarantineEntry entry);
    // Takes the entry of a file out; PARLOUR_E_NOTFOUND if there is none.
    Result<void> lift(const std::filesystem::path &file);
    // Reads again what other processes wrote meanwhile. A failure leaves the entries as they are.
    Result<void> refresh();

    const std::vector<QuarantineEntry> &entries() const { return entries_; }

private:
    Result<void> change(const QuarantineEntry *added, const std::filesystem::path *lifted);

    std::filesystem::path file_;
    std::vector<QuarantineEntry> entries_;
};

// DIR/quarantine.json; empty for an empty DIR.
std::filesystem::path quarantine_file(const std::filesystem::path &state_folder);

} // namespace parlour::host
