#include "host/base/sealed_text.hpp"

#include <cstdint>

namespace parlour::host {

namespace {

constexpr std::string_view before_check = "# check ";
constexpr std::size_t digits = 16;

// FNV-1a, 64 bits: every step is one to one, so a single changed byte always shows.
std::string check_of(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    std::string out(digits, '0');
    for (std::size_t i = digits; i-- > 0; hash >>= 4) out[i] = "0123456789abcdef"[hash & 15];
    return out;
}

} // namespace

std::string seal(std::string_view text) {
    std::string out(text);
    if (!out.ends_with('\n')) out += '\n';
    const std::string check = check_of(out);
    return out.append(before_check).append(check).append("\n");
}

Result<std::string_view> unseal(std::string_view sealed) {
    constexpr std::size_t last_line = before_check.size() + digits + 1;
    const Problem cut{"is cut short", PARLOUR_E_PARSE};
    if (sealed.size() < last_line) return cut;
    const std::string_view text = sealed.substr(0, sealed.size() - last_line), end = sealed.substr(text.size());
    if (!text.ends_with('\n') || !end.starts_with(before_check) || !end.ends_with('\n')) return cut;
    if (end.substr(before_check.size(), digits) != check_of(text)) {
        return Problem{"is damaged: its check does not fit", PARLOUR_E_PARSE};
    }
    return text;
}

} // namespace parlour::host
