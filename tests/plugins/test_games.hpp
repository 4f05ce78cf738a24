// Games made in the test program itself, without a plugin file.
#pragma once

#include "host/plugins/game.hpp"

#include <parlour/game.hpp>

namespace parlour::tests {

// The first player hides a number from 1 to 3, the second one guesses it; both choose openly named options of theirs.
struct HideAndGuess {
    static constexpr GameAbout about{.id = "hide_and_guess",
                                     .name = "Hide and Guess",
                                     .summary = "Guess the number.",
                                     .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_HIDDEN,
                                     .max_moves = 3,
                                     .move_space = 4,
                                     .max_plies = 2};
    static constexpr std::uint8_t unknown = 9;
    struct State {
        std::uint8_t hidden, guess;
    };
    State initial() const { return {}; }
    Turn turn(const State &s) const {
        return s.hidden == 0 ? Turn::of(0) : s.guess == 0 ? Turn::of(1) : Turn::over();
    }
    void legal(const State &s, MoveList &moves) const {
        for (Move move = 1; move <= 3 && s.guess == 0; ++move) moves.add(move);
    }
    Turn apply(State &s, Move move) const {
        if (move == 0 || move > 3) return Turn::fault();
        (s.hidden == 0 ? s.hidden : s.guess) = static_cast<std::uint8_t>(move);
        return turn(s);
    }
    void outcome(const State &s, float *util) const {
        util[1] = s.hidden == s.guess ? 1.0f : -1.0f;
        util[0] = -util[1];
    }
    State view(const State &s, std::uint32_t player) const {
        State seen = s;
        if (player == 1 && s.hidden != 0 && s.guess == 0) seen.hidden = unknown;
        return seen;
    }
    State determinize(const State &seen, std::uint32_t, Rng &rng) const {
        State full = seen;
        if (full.hidden == unknown) full.hidden = static_cast<std::uint8_t>(1 + rng.below(3));
        return full;
    }
    std::string move_text(const State &, Move move) const { return std::to_string(move); }
    std::string state_text(const State &s) const { return std::to_string(s.hidden) + "/" + std::to_string(s.guess); }
    State parse_state(std::string_view text) const {
        if (text.size() != 3 || text[1] != '/') throw Failure(PARLOUR_E_PARSE, "a position is like \"2/0\"");
        return {static_cast<std::uint8_t>(text[0] - '0'), static_cast<std::uint8_t>(text[2] - '0')};
    }
    std::string check(const State &s) const {
        const bool fits = (s.hidden <= 3 || s.hidden == unknown) && s.guess <= 3 && (s.guess == 0 || s.hidden != 0);
        return fits ? "" : "numbers are 1 to 3";
    }
};

// A fresh C object of a game class; the caller's to destroy.
template <class G>
parlour_game make_raw() {
    parlour_game raw{};
    parlour_error error{};
    GameSlots<G>::row().create(nullptr, 0, &raw, &error);
    return raw;
}

template <class G>
host::GamePtr make_game() {
    return std::make_shared<host::Game>(make_raw<G>(), host::OptionMap{});
}

} // namespace parlour::tests
