// Which games an engine of an isolated file plays, asked in a worker.
#pragma once

#include "host/plugins/engine_launch.hpp"
#include "host/worker/worker_setup.hpp"

namespace parlour::host {

// The function that RegistryOptions wants: one worker, run as `setup` says, is asked about all the games. If it ends
// or hangs over one, that game's answer is a Problem and another worker is asked about the rest, once; each answer
// may take WorkerSetup::start_limit. [any]
RemoteSupportAsker remote_support_asker(WorkerSetup setup);

} // namespace parlour::host
