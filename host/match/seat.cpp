#include "host/match/seat.hpp"

#include <algorithm>

namespace parlour::host {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

std::string seat_text(const Seat &seat) {
    if (!seat.name.empty()) return seat.name;
    if (seat.is_person()) return "person";
    return seat.level < highest_level ? seat.engine + " (level " + std::to_string(seat.level) + ")" : seat.engine;
}

std::uint32_t strength_of_level(int level) {
    const int steps = std::clamp(level, lowest_level, highest_level) - lowest_level;
    return static_cast<std::uint32_t>(1000 * steps / (highest_level - lowest_level));
}

nanoseconds time_of_level(int level) {
    constexpr nanoseconds shortest = milliseconds(100), longest = milliseconds(2000);
    const int steps = std::clamp(level, lowest_level, highest_level) - lowest_level;
    return shortest + (longest - shortest) * steps / (highest_level - lowest_level);
}

namespace {

// What is kept back of a time so that an engine's answer still arrives in it: a twentieth, 5 to 50 ms, but never more
// than half.
nanoseconds safe(nanoseconds time) {
    const nanoseconds margin = std::clamp<nanoseconds>(time / 20, milliseconds(5), milliseconds(50));
    return std::max(nanoseconds(1), std::max(time - margin, time / 2));
}

// A share of a total: games are taken to need another 30 moves, and one move may take four times its share.
constexpr int moves_to_come = 30;
constexpr int most_shares = 4;

} // namespace

SearchLimits search_limits(const Seat &seat, const Clock &clock, std::uint32_t player, nanoseconds now,
                           std::uint64_t seed) {
    SearchLimits out;
    out.seed = seed;
    out.strength = strength_of_level(seat.level);
    out.nodes = seat.limits.nodes;
    out.playouts = seat.limits.playouts;
    out.depth = seat.limits.depth;
    if (seat.limits.time) out.soft_time = out.hard_time = *seat.limits.time;

    if (const std::optional<nanoseconds> left = clock.remaining(player, now)) {
        const nanoseconds most = safe(*left);
        nanoseconds share = most;
        if (clock.control().kind == TimeControl::Kind::total) {
            share = std::min(most, *left / moves_to_come + clock.control().increment * 4 / 5);
        }
        const nanoseconds hard =
            clock.control().kind == TimeControl::Kind::total ? std::min(most, share * most_shares) : most;
        out.hard_time = std::min(out.hard_time.value_or(hard), hard);
        if (!seat.limits.any()) share = std::min(share, std::max(time_of_level(seat.level), share * seat.level / 10));
        out.soft_time = std::min(out.soft_time.value_or(share), share);
    } else if (!seat.limits.any()) {
        out.soft_time = time_of_level(seat.level);
        out.hard_time = 2 * time_of_level(seat.level);
    }
    return out;
}

} // namespace parlour::host
