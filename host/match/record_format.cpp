#include "host/match/record_format.hpp"

#include "host/plugins/text.hpp"

#include <parlour/common.hpp>

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace parlour::host::record_format {

std::string escape(std::string_view text) {
    const bool ascii_only = !valid_utf8(text);
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const bool outer_space = byte == ' ' && (at == 0 || at + 1 == text.size());
        if (byte == '\\' || byte == '"') {
            out += '\\';
            out += text[at];
        } else if (byte == '\n') {
            out += "\\n";
        } else if (byte < 0x20 || byte == 0x7f || byte == '{' || outer_space || (ascii_only && byte >= 0x80)) {
            out += fmt::format("\\x{:02x}", byte);
        } else {
            out += text[at];
        }
    }
    return out;
}

std::optional<std::string> unescape(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\') {
            out += text[at];
            continue;
        }
        if (++at == text.size()) return std::nullopt;
        if (text[at] == '\\' || text[at] == '"') {
            out += text[at];
        } else if (text[at] == 'n') {
            out += '\n';
        } else if (text[at] == 'x' && at + 2 < text.size()) {
            unsigned value = 0;
            const char *begin = text.data() + at + 1;
            const auto [end, code] = std::from_chars(begin, begin + 2, value, 16);
            if (code != std::errc{} || end != begin + 2) return std::nullopt;
            out += static_cast<char>(value);
            at += 2;
        } else {
            return std::nullopt;
        }
    }
    return out;
}

std::string check_of(std::string_view lines) {
    return fmt::format("{:016x}", hash_bytes(lines.data(), lines.size()));
}

std::string number_text(float value) {
    char text[40];
    const auto [end, code] = std::to_chars(text, text + sizeof text, value);
    return code == std::errc{} ? std::string(text, end) : "0";
}

std::optional<float> parse_number(std::string_view text) {
    float value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

} // namespace parlour::host::record_format
