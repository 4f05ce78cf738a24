#include "host/cli/wording.hpp"

#include <fmt/format.h>

#include <cmath>

namespace parlour::host::cli {

std::string value_words(const Game &game, std::uint32_t player, float value, bool proven) {
    constexpr float smallest = 0.005f; // what would be printed as 0.00
    const bool two = game.players() == 2 && game.has(PARLOUR_GAME_ZERO_SUM);
    const bool certain = proven && !game.has(PARLOUR_GAME_CHANCE) && !game.has(PARLOUR_GAME_HIDDEN);
    const char *suffix = proven ? ", proven" : "";
    if (two && certain && std::fabs(value) < 1e-4f) return std::string("draw") + suffix;
    if (two && std::fabs(value) < (proven ? 1e-4f : smallest)) return std::string("even") + suffix;
    if (two && value < 0) {
        player = 1 - player;
        value = -value;
    }
    if (certain && value > 0.9999f) return game.player_name(player) + " wins" + suffix;
    if (certain && value < -0.9999f) return game.player_name(player) + " loses" + suffix;
    return fmt::format("{:+.2f} for {}{}", value, game.player_name(player), suffix);
}

std::vector<std::string> line_texts(const Game &game, const StateBuffer &state, std::span<const Move> line) {
    std::vector<std::string> out;
    StateBuffer at = state;
    for (const Move move : line) {
        std::string text = game.move_text(at, move);
        if (!game.play(at, move).ok()) break;
        out.push_back(std::move(text));
        if (game.has(PARLOUR_GAME_HIDDEN)) break;
    }
    return out;
}

std::string short_count(double amount) {
    if (amount < 1000) return fmt::format("{:.0f}", amount);
    if (amount < 1e6) return fmt::format("{:.1f}k", amount / 1e3);
    if (amount < 1e9) return fmt::format("{:.2f}M", amount / 1e6);
    return fmt::format("{:.2f}G", amount / 1e9);
}

std::string time_words(std::chrono::nanoseconds time) {
    const double seconds = std::chrono::duration<double>(time).count();
    if (seconds < 1) return fmt::format("{:.2f} s", seconds);
    if (seconds < 60) return fmt::format("{:.1f} s", seconds);
    const auto whole = static_cast<std::int64_t>(seconds);
    return fmt::format("{} min {} s", whole / 60, whole % 60);
}

} // namespace parlour::host::cli
