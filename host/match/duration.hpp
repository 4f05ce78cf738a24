// Lengths of time as people write them: "2s", "100ms", "5m", "1h", "1.5s", in command lines and records.
#pragma once

#include "host/base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace parlour::host {

// A length of time as text that parse_duration reads back exactly: a decimal number and one of ns, us, ms, s, m, h;
// "1.25s", "100ms", "5m", "0s". Negative ones begin with '-'. [any]
std::string duration_text(std::chrono::nanoseconds duration);

// Reads a length of time of 0 to 10,000 hours; a number without a unit is seconds. PARLOUR_E_PARSE with a sentence
// for anything else. [any]
Result<std::chrono::nanoseconds> parse_duration(std::string_view text);

} // namespace parlour::host
