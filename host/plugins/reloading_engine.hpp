// An engine that is a script, in a process of its own, and goes on with the script's new version as soon as there is
// one that works: at the next search, in the middle of a game.
#pragma once

#include "host/plugins/engine_launch.hpp"
#include "host/plugins/kept_scripts.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace parlour::host {

struct ScriptVersion {
    std::int64_t number = 0; // tells it from others
    ScriptFile file{};       // with the copy of this version
    bool operator==(const ScriptVersion &other) const { return number == other.number; }
};

// The newest version of each script that works, by its engine's id. [any]
class ScriptVersions {
public:
    void set(const std::string &id, ScriptVersion version);
    // Whether new versions wait until they are released; the first of an id never waits. Default: they do not.
    void hold(bool on);
    // The ids of engines whose new version waits.
    std::vector<std::string> waiting() const;
    // Lets them play, or leaves engines that play with the versions that they have.
    void release();
    void decline();
    // With the number 0 for an unknown one.
    ScriptVersion of(const std::string &id) const;

private:
    mutable std::mutex mutex_;
    std::map<std::string, ScriptVersion> versions_, waiting_;
    bool hold_ = false;
};

// Makes the engine. A new version that does not take on the game leaves the old one playing, with a line in the log.
// [main]
Result<EnginePtr> make_reloading_engine(const EngineLaunch &launch, RemoteEngineMaker maker,
                                        std::shared_ptr<const ScriptVersions> versions);

} // namespace parlour::host
