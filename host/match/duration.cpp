#include "host/match/duration.hpp"

#include "host/plugins/text.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdint>

namespace parlour::host {

namespace {

struct Unit {
    std::string_view text;
    std::int64_t nanoseconds;
};
constexpr std::array units{Unit{"ns", 1},
                           Unit{"us", 1'000},
                           Unit{"ms", 1'000'000},
                           Unit{"s", 1'000'000'000},
                           Unit{"m", 60'000'000'000},
                           Unit{"h", 3'600'000'000'000}};
constexpr std::int64_t longest = 10'000 * units.back().nanoseconds;

Problem no_duration(std::string_view text) {
    return {
        fmt::format("\"{}\" is not a length of time; write one like 100ms, 2s, 1.5s, 5m or 1h", one_line(text, 40)),
        PARLOUR_E_PARSE};
}

} // namespace

std::string duration_text(std::chrono::nanoseconds duration) {
    const std::int64_t count = duration.count();
    if (count < 0) return "-" + duration_text(-duration);
    if (count == 0) return "0s";
    for (std::size_t at = units.size(); at-- > 3;) {
        if (count % units[at].nanoseconds == 0)
            return fmt::format("{}{}", count / units[at].nanoseconds, units[at].text);
    }
    const Unit &unit = count >= units[3].nanoseconds   ? units[3]
                       : count >= units[2].nanoseconds ? units[2]
                       : count >= units[1].nanoseconds ? units[1]
                                                       : units[0];
    std::string text = std::to_string(count / unit.nanoseconds);
    std::string fraction;
    for (std::int64_t rest = count % unit.nanoseconds, place = unit.nanoseconds / 10; rest > 0; place /= 10) {
        fraction += static_cast<char>('0' + rest / place);
        rest %= place;
    }
    if (!fraction.empty()) text += "." + fraction;
    return text + std::string(unit.text);
}

Result<std::chrono::nanoseconds> parse_duration(std::string_view text) {
    std::size_t at = 0;
    std::int64_t whole = 0, fraction = 0, scale = 1;
    const auto digit = [&] { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    std::size_t digits = 0;
    for (; digit(); ++at, ++digits) {
        whole = whole * 10 + (text[at] - '0');
        if (whole > longest) return no_duration(text);
    }
    if (at < text.size() && text[at] == '.') {
        ++at;
        for (; digit(); ++at, ++digits) {
            if (scale >= 1'000'000'000) return no_duration(text);
            fraction = fraction * 10 + (text[at] - '0');
            scale *= 10;
        }
    }
    if (digits == 0) return no_duration(text);
    const std::string_view name = at == text.size() ? "s" : text.substr(at);
    for (const Unit &unit : units) {
        if (name != unit.text) continue;
        if (whole > longest / unit.nanoseconds) return no_duration(text);
        // Hours times a fraction of nine digits still fit in 64 bits only in two steps.
        const std::int64_t part =
            fraction * (unit.nanoseconds / scale) + fraction * (unit.nanoseconds % scale) / scale;
        return std::chrono::nanoseconds(whole * unit.nanoseconds + part);
    }
    return no_duration(text);
}

} // namespace parlour::host
