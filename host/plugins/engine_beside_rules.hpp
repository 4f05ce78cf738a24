// An engine that searches in this process, but beside the rules where those run in a process of their own: a search
// asks them far more often than answers could travel.
#pragma once

#include "host/plugins/engine_launch.hpp"

namespace parlour::host {

// `here` plays games whose rules are in this process; for the others `maker` makes the same engine, when the first
// one is bound, from `launch`. [main]
EnginePtr make_engine_beside_rules(EnginePtr here, EngineLaunch launch, RemoteEngineMaker maker);

} // namespace parlour::host
