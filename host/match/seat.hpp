// Who sits at a game's seats: a person, or an engine with its options, level and limits.
#pragma once

#include "host/match/clock.hpp"
#include "host/plugins/engine.hpp"

#include <optional>
#include <string>

namespace parlour::host {

// Limits of an engine's search that a person set by hand; they replace what the level would give.
struct SeatLimits {
    std::optional<std::chrono::nanoseconds> time{}; // a move
    std::optional<std::uint64_t> nodes{}, playouts{};
    std::optional<std::uint32_t> depth{};
    bool any() const { return time || nodes || playouts || depth; }
    bool operator==(const SeatLimits &) const = default;
};

inline constexpr int lowest_level = 1, highest_level = 10;

struct Seat {
    enum class Kind { person, engine };
    Kind kind = Kind::person;
    std::string name{};   // what this opponent is called; "" : the seat has no name of its own
    std::string engine{}; // id; "" for persons
    OptionMap options{};  // of the engine
    int level = highest_level;
    SeatLimits limits{};

    static Seat person(std::string name = {}) { return {Kind::person, std::move(name), {}, {}, highest_level, {}}; }
    static Seat of_engine(std::string id, int level = highest_level, OptionMap options = {}, SeatLimits limits = {}) {
        return {Kind::engine, {}, std::move(id), std::move(options), level, limits};
    }
    bool is_person() const { return kind == Kind::person; }
    bool is_engine() const { return kind == Kind::engine; }
    bool operator==(const Seat &) const = default;
};

// "Anna", "an_engine (level 7)", "person": for lists and sentences.
std::string seat_text(const Seat &seat);

// PARLOUR_LIMIT_STRENGTH for a level: 0 at level 1, 1000 at level 10, even steps between. Clamps.
std::uint32_t strength_of_level(int level);
// How long an engine of a level thinks about a move when nothing else says so: 0.1 s at level 1 to 2 s at level 10.
std::chrono::nanoseconds time_of_level(int level);

// What a search for `player`'s next move is limited to: the seat's own limits; else what its clock allows (a share of
// what is left, never more than is left); else the time of its level. Strength always comes from the level.
SearchLimits search_limits(const Seat &seat, const Clock &clock, std::uint32_t player, std::chrono::nanoseconds now,
                           std::uint64_t seed);

} // namespace parlour::host
