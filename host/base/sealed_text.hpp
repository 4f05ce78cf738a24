// Text with a check behind it, for files that only the program itself writes: what a failing disk or a torn copy did
// to them is noticed, whatever it is. All functions are [any].
#pragma once

#include "host/base/result.hpp"

#include <string>
#include <string_view>

namespace parlour::host {

// The text, ending with a newline, and a last line with a hash of it.
std::string seal(std::string_view text);

// The text without its last line, a part of `sealed`; PARLOUR_E_PARSE, to stand after the file's name, when the hash
// is missing or another one.
Result<std::string_view> unseal(std::string_view sealed);

} // namespace parlour::host
