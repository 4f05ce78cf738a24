// A worker that only says which games an engine plays.
#pragma once

#include "host/worker/messages.hpp"
#include "host/worker/program/wire.hpp"

namespace parlour::host::worker {

// Answers `survey`, the message of frame `request`, once the worker is locked down. [main]
void answer_survey(Wire &wire, const Survey &survey, std::uint64_t request);

} // namespace parlour::host::worker
