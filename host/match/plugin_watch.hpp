// What becomes of plugin files and scripts while the program runs, in sentences for a person.
#pragma once

#include "host/plugins/probe_cache.hpp"
#include "host/plugins/registry.hpp"

#include <map>
#include <string>
#include <vector>

namespace parlour::host {

// What came of one file that is new, changed or gone.
struct PluginNews {
    std::string sentence;
    bool good = true; // false: it was refused, or has an error
};

// Looks at a registry's files again whenever they have changed. [main]
class PluginWatch {
public:
    // `registry` outlives the watch and was scanned.
    explicit PluginWatch(Registry &registry);

    // Whether there is something to look at; cheap enough for every second.
    bool due() const { return registry_.changed(); }

    // What look() would otherwise spend its time on, to be called once on another thread before it; empty when that
    // is nothing.
    std::function<void()> prepare() const { return registry_.prepare_rescan(); }

    // Scans the registry again if something has changed; a sentence for each file of which there is news. Not empty
    // only if the registry's entries may have changed: what was made of them before is to be made anew.
    std::vector<PluginNews> look();

private:
    std::map<std::filesystem::path, FileStamp> stamps() const;

    Registry &registry_;
    std::map<std::filesystem::path, FileStamp> stamps_; // of scripts
};

} // namespace parlour::host
