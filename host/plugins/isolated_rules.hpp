// What a game tells the host beside the interface when its rules run in a process of their own: an extension that
// only the host's own games have. Lives as long as the game; its functions are [any].
#pragma once

#include "host/base/result.hpp"

namespace parlour::host {

struct IsolatedRules {
    const void *rules;
    // Why the rules failed the last time: which script or plugin, at what, and how. An empty sentence if they never
    // did.
    Problem (*trouble)(const void *rules);
};
constexpr const char *isolated_rules_id = "parlour.host.isolated/1";

} // namespace parlour::host
