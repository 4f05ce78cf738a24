#include "host/plugins/validation_games.hpp"

#include <parlour/game.hpp>

namespace parlour::host {

namespace {

// Two players take 1 to 3 counters from a heap of 13 in turn; whoever takes the last one wins.
struct Countdown {
    static constexpr GameAbout about{.id = "validation_countdown",
                                     .name = "Countdown",
                                     .summary = "Take one to three; the last one wins.",
                                     .max_moves = 3,
                                     .move_space = 4,
                                     .max_plies = 13};
    struct State {
        std::uint8_t left, mover;
    };
    State initial() const { return {13, 0}; }
    Turn turn(const State &s) const { return s.left == 0 ? Turn::over() : Turn::of(s.mover); }
    void legal(const State &s, MoveList &moves) const {
        for (Move take = 1; take <= 3 && take <= s.left; ++take) moves.add(take);
    }
    Turn apply(State &s, Move move) const {
        s.left = static_cast<std::uint8_t>(s.left - move);
        s.mover ^= 1;
        return turn(s);
    }
    void outcome(const State &s, float *util) const {
        util[s.mover] = -1;
        util[1 - s.mover] = 1;
    }
    std::string move_text(const State &, Move move) const { return std::to_string(move); }
    std::string state_text(const State &s) const { return std::to_string(s.left) + (s.mover == 0 ? "a" : "b"); }
    State parse_state(std::string_view text) const {
        int left = 0;
        const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), left);
        const std::string_view rest(end, text.data() + text.size());
        if (code != std::errc{} || left < 0 || left > 13 || (rest != "a" && rest != "b"))
            throw Failure(PARLOUR_E_PARSE, "a position is a number and a or b");
        return {static_cast<std::uint8_t>(left), static_cast<std::uint8_t>(rest == "b")};
    }
    std::string check(const State &s) const { return s.left <= 13 && s.mover <= 1 ? "" : "no such position"; }
};

// Nature draws 1 to 6 for the first player, who says "low" or "high"; the second one guesses which it was.
struct Signal {
    static constexpr GameAbout about{.id = "validation_signal",
                                     .name = "Signal",
                                     .summary = "Guess what the other one drew.",
                                     .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_CHANCE | PARLOUR_GAME_HIDDEN,
                                     .max_moves = 6,
                                     .move_space = 7,
                                     .max_plies = 3};
    static constexpr std::uint8_t unknown = 255;
    struct State {
        std::uint8_t drawn, said, guessed; // 0: not yet; said and guessed: 1 low, 2 high
    };
    State initial() const { return {}; }
    Turn turn(const State &s) const {
        if (s.drawn == 0) return Turn::chance();
        return s.guessed != 0 ? Turn::over() : Turn::of(s.said != 0);
    }
    void legal(const State &s, MoveList &moves) const {
        if (s.guessed != 0) return;
        for (Move move = 1; move <= (s.drawn == 0 ? 6u : 2u); ++move) moves.add(move);
    }
    void outcomes(const State &, OutcomeList &list) const {
        for (Move move = 1; move <= 6; ++move) list.add(move, 1.0f / 6);
    }
    Turn apply(State &s, Move move) const {
        (s.drawn == 0 ? s.drawn : s.said == 0 ? s.said : s.guessed) = static_cast<std::uint8_t>(move);
        return turn(s);
    }
    void outcome(const State &s, float *util) const {
        util[1] = (s.drawn > 3) == (s.guessed == 2) ? 1.0f : -1.0f;
        util[0] = -util[1];
    }
    State view(const State &s, std::uint32_t player) const {
        State seen = s;
        if (player == 1 && s.drawn != 0 && s.guessed == 0) seen.drawn = unknown;
        return seen;
    }
    State determinize(const State &seen, std::uint32_t, Rng &rng) const {
        State full = seen;
        if (full.drawn == unknown) full.drawn = static_cast<std::uint8_t>(1 + rng.below(6));
        return full;
    }
    std::string move_text(const State &s, Move move) const {
        if (s.drawn == 0) return std::to_string(move);
        return move == 1 ? "low" : "high";
    }
    std::string state_text(const State &s) const {
        std::string out = s.drawn == unknown ? "?" : std::to_string(s.drawn);
        return out + " " + std::to_string(s.said) + " " + std::to_string(s.guessed);
    }
    State parse_state(std::string_view text) const {
        if (text.size() != 5 || text[1] != ' ' || text[3] != ' ')
            throw Failure(PARLOUR_E_PARSE, "a position is three numbers");
        const auto digit = [](char c) { return static_cast<std::uint8_t>(c - '0'); };
        return {text[0] == '?' ? unknown : digit(text[0]), digit(text[2]), digit(text[4])};
    }
    std::string check(const State &s) const {
        const bool fits = (s.drawn <= 6 || (s.drawn == unknown && s.guessed == 0)) && s.said <= 2 && s.guessed <= 2 &&
                          (s.said == 0 || s.drawn != 0) && (s.guessed == 0 || s.said != 0);
        return fits ? "" : "no such position";
    }
};

} // namespace

std::vector<parlour_game> make_validation_games() {
    std::vector<parlour_game> out(2);
    parlour_error error{};
    GameSlots<Countdown>::row().create(nullptr, 0, &out[0], &error);
    GameSlots<Signal>::row().create(nullptr, 0, &out[1], &error);
    return out;
}

} // namespace parlour::host
