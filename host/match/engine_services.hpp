// How match logic comes by engines: functions, so that tests can do without plugins.
#pragma once

#include "host/plugins/registry.hpp"

#include <functional>
#include <vector>

namespace parlour::host {

// Makes an engine of its id and options. [main]
using EngineMaker = std::function<Result<EnginePtr>(const std::string &id, const OptionMap &options)>;

struct EngineServices {
    EngineMaker create;
    // The id of the engine that plays a game best; a Problem when none plays it. [main]
    std::function<Result<std::string>(const Game &game)> best;
    // The ids of all engines that play it, best first; the function may be empty. [main]
    std::function<std::vector<std::string>(const Game &game)> ranked{};
};

// Services that stand on a registry, which has to outlive them.
EngineServices services_of(const Registry &registry);

// Sets the plugin of an engine aside that has failed twice at the same move; returns a sentence for the person, ""
// when there is no such engine any more. [main]
std::string set_aside(Registry &registry, const std::string &engine_id, const Problem &problem);

} // namespace parlour::host
