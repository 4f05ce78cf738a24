// What writing and reading records share: the format's version, escapes in texts, the check at the end. Not for
// other folders.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parlour::host::record_format {

inline constexpr std::uint32_t version = 1;
inline constexpr std::string_view no_check = "none";

// Makes a text fit for one line: no control characters, quotes, braces or bytes that are not UTF-8, and no space at
// its ends, unescaped.
std::string escape(std::string_view text);
// Undoes escape; empty for an escape that does not exist.
std::optional<std::string> unescape(std::string_view text);

// The hash of a record's lines as 16 hexadecimal digits; `lines` have '\n' between and after them.
std::string check_of(std::string_view lines);

// The shortest decimal that reads back as the same number.
std::string number_text(float value);
std::optional<float> parse_number(std::string_view text);
// A whole number without sign or surroundings.
std::optional<std::uint64_t> parse_count(std::string_view text);

} // namespace parlour::host::record_format
