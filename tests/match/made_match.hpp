// A match or an exception with its reason.
#pragma once

#include "host/match/match.hpp"

#include <stdexcept>

namespace parlour::host::fake {

inline Match make_match(MatchSetup setup) {
    Result<Match> match = Match::create(std::move(setup));
    if (!match) throw std::runtime_error(match.sentence());
    return std::move(*match);
}

} // namespace parlour::host::fake
