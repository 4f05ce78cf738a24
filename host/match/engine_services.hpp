// How match logic comes by engines: functions, so that tests can do without plugins.
#pragma once

#include "host/plugins/registry.hpp"

#include <functional>

namespace parlour::host {

// Makes an engine of its id and options. [main]
using EngineMaker = std::function<Result<EnginePtr>(const std::string &id, const OptionMap &options)>;

struct EngineServices {
    EngineMaker create;
    // The id of the engine that plays a game best; a Problem when none plays it. [main]
    std::function<Result<std::string>(const Game &game)> best;
};

// Services that stand on a registry, which has to outlive them.
EngineServices services_of(const Registry &registry);

} // namespace parlour::host
