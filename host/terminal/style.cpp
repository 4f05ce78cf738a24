#include "host/terminal/style.hpp"

#include <parlour/game_board.h>

#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace parlour::host::terminal {

namespace {

// Palette entries of players, told apart by eyes with any colour vision (after Okabe and Ito): orange, blue, green,
// pink, yellow, sky.
constexpr int player_many[] = {208, 39, 36, 175, 220, 117};
constexpr int player_basic[] = {33, 34, 32, 35, 93, 36};
constexpr int n_players = 6;

int foreground(std::uint8_t color, ColorDepth depth) {
    const bool many = depth == ColorDepth::many;
    if (color >= PARLOUR_COLOR_PLAYER0 && color < PARLOUR_COLOR_PLAYER0 + 16) {
        const int player = (color - PARLOUR_COLOR_PLAYER0) % n_players;
        return many ? player_many[player] : player_basic[player];
    }
    switch (color) {
        case PARLOUR_COLOR_LIGHT:
            return many ? 231 : 97;
        case PARLOUR_COLOR_DARK:
            return many ? 248 : 37;
        case PARLOUR_COLOR_ACCENT:
            return many ? 221 : 93;
        case PARLOUR_COLOR_WARN:
            return many ? 203 : 91;
        default:
            return -1;
    }
}

int background(std::uint8_t color, ColorDepth depth) {
    const bool many = depth == ColorDepth::many;
    switch (color) {
        case PARLOUR_COLOR_LIGHT:
            return many ? 240 : -1;
        case PARLOUR_COLOR_DARK:
        case PARLOUR_COLOR_NEUTRAL:
            return many ? 236 : -1;
        case PARLOUR_COLOR_ACCENT:
            return many ? 58 : 43;
        default:
            return -1;
    }
}

} // namespace

ColorDepth color_depth_of(int descriptor) {
    if (const char *refused = std::getenv("NO_COLOR"); refused != nullptr && *refused != '\0')
        return ColorDepth::none;
    const char *term = std::getenv("TERM");
    if (isatty(descriptor) == 0 || term == nullptr || std::strcmp(term, "dumb") == 0) return ColorDepth::none;
    return std::strstr(term, "256") != nullptr || std::getenv("COLORTERM") != nullptr ? ColorDepth::many
                                                                                      : ColorDepth::basic;
}

std::string styled(const std::string &text, const Style &style, ColorDepth depth) {
    if (depth == ColorDepth::none || text.empty()) return text;
    std::string codes;
    const auto add = [&](const std::string &code) { codes += (codes.empty() ? "" : ";") + code; };
    if (style.bold) add("1");
    if (style.dim) add("2");
    const bool many = depth == ColorDepth::many;
    if (const int code = foreground(style.color, depth); code >= 0) {
        add(many ? "38;5;" + std::to_string(code) : std::to_string(code));
    }
    if (const int code = background(style.background, depth); code >= 0) {
        add(many ? "48;5;" + std::to_string(code) : std::to_string(code));
    }
    return codes.empty() ? text : "\x1b[" + codes + "m" + text + "\x1b[0m";
}

} // namespace parlour::host::terminal
