// Text that comes out of plugins, made fit for people: checked, shortened, on one line. All functions are [any].
#pragma once

#include <parlour/abi.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace parlour::host {

// Whether the bytes are well-formed UTF-8 (no overlong forms, surrogates or code points above 0x10ffff).
bool valid_utf8(std::string_view text);

// Whether it can be the id of a game, an engine or an option: lower-case letters, digits, '_' and ':', not empty.
bool valid_id(std::string_view text);

// The text on one line: control characters become spaces, bytes that are not UTF-8 become "?", and what is longer
// than `limit` bytes is cut at a character with "..." behind it.
std::string one_line(std::string_view text, std::size_t limit = 400);

// The sentence in an error that a plugin filled, or `fallback` if it left it empty. Never reads past the struct.
std::string sentence_of(const parlour_error &error, std::string_view fallback);

// The known word closest to `word` by edit distance, if it is close enough to be a slip of the keyboard; else "".
std::string nearest_word(std::string_view word, std::span<const std::string> known);

// "a, b and c"; "" for none.
std::string listed(std::span<const std::string> words);

} // namespace parlour::host
