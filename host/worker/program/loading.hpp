// How a worker loads what it was told to. All functions are [main].
#pragma once

#include "host/plugins/library.hpp"
#include "host/worker/messages.hpp"

namespace parlour::host::worker {

// The file's library, or why it cannot be used.
Result<LibraryPtr> library_of(const PluginChoice &choice);

// The game as the host has it, but for the layers that only look on.
Result<GamePtr> game_of(const PluginChoice &choice, const LibraryPtr &library);

} // namespace parlour::host::worker
