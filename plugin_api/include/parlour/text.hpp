// parlour/text.hpp - reading what people write: moves, positions, options. Header-only, C++20.
#pragma once

#include <parlour/common.hpp>

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parlour {

// A letter from A to Z made small; anything else as it is, so also bytes that are no ASCII. [any]
constexpr char small(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// The text with small letters. [any]
inline std::string small(std::string_view text) {
    std::string out(text);
    for (char &c : out) c = small(c);
    return out;
}

// The text with small letters and without what people put between them or leave out: blanks and ends of lines, or the
// bytes of `dropped`. [any]
inline std::string squeezed(std::string_view text, std::string_view dropped = " \t\r\n") {
    std::string out;
    for (const char c : text)
        if (dropped.find(c) == std::string_view::npos) out += small(c);
    return out;
}

// Takes the number that `text` begins with from it: decimal digits without a sign. Nothing, and `text` as it was,
// where there is none or where it is too large for a Number. [any]
template <std::unsigned_integral Number = unsigned>
std::optional<Number> take_number(std::string_view &text) {
    Number value{};
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{}) return {};
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

// The number that the whole of `text` is; nothing where it is none, or is not one from `least` to `most`. [any]
inline std::optional<unsigned> whole_number(std::string_view text, unsigned least, unsigned most) {
    const std::optional<unsigned> value = take_number(text);
    return value && text.empty() && *value >= least && *value <= most ? value : std::nullopt;
}

// What was written, for a sentence that refuses it: in quotes, at most its first 40 bytes. [any]
inline std::string quote(std::string_view text) {
    return "\"" + std::string(text.substr(0, 40)) + "\"";
}

// The sentence about a text that is not a number from `least` to `most`. [any]
inline std::string not_a_number(std::string_view text, unsigned least, unsigned most) {
    return quote(text) + " is not a number from " + std::to_string(least) + " to " + std::to_string(most);
}

// whole_number(), or a Failure (PARLOUR_E_PARSE) with that sentence. [any]
inline unsigned read_number(std::string_view text, unsigned least, unsigned most) {
    const std::optional<unsigned> value = whole_number(text, least, most);
    if (!value) throw Failure(PARLOUR_E_PARSE, not_a_number(text, least, most));
    return *value;
}

// The parts of `text` between blanks and tabs, none of them empty. They point into it. [any]
inline std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \t", at), text.size());
        if (end > at) words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

} // namespace parlour
