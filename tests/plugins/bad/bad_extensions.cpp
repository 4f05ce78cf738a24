// Games whose rules are right and whose extensions are not: views that leak, dice that lie, playouts that cheat.
#include <parlour/game.hpp>

#include <array>

namespace {

using namespace parlour;

// Nature deals a card from 1 to 4 to the first player, the second one guesses it. What is wrong comes from Fault.
enum class Fault { none, view_is_state, scene_leaks, probabilities, sample, playout, path };

template <Fault fault>
constexpr GameAbout guess_about(const char *id) {
    return {.id = id,
            .name = "Guess",
            .summary = "Guess the card.",
            .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_CHANCE | PARLOUR_GAME_HIDDEN,
            .max_moves = 4,
            .move_space = 5,
            .max_plies = 2};
}

template <Fault fault>
struct Guess {
    static constexpr std::uint8_t unknown = 9;
    struct State {
        std::uint8_t card, guess;
    };

    State initial() const { return {0, 0}; }
    Turn turn(const State &s) const {
        return s.card == 0 ? Turn::chance() : s.guess == 0 ? Turn::of(1) : Turn::over();
    }
    void legal(const State &s, MoveList &moves) const {
        for (Move move = 1; move <= 4 && s.guess == 0; ++move) moves.add(move);
    }
    Turn apply(State &s, Move move) const {
        (s.card == 0 ? s.card : s.guess) = static_cast<std::uint8_t>(move);
        return turn(s);
    }
    void outcomes(const State &, OutcomeList &list) const {
        for (Move move = 1; move <= 4; ++move) list.add(move, fault == Fault::probabilities ? 0.3f : 0.25f);
    }
    Move sample(const State &, Rng &rng) const { return 1 + rng.below(fault == Fault::sample ? 3 : 4); }
    Move random_move(const State &s, Rng &rng) const { return fault == Fault::playout ? s.card : 1 + rng.below(4); }
    void outcome(const State &s, float *util) const {
        util[1] = s.card == s.guess ? 1.0f : -1.0f;
        util[0] = -util[1];
    }
    State view(const State &s, std::uint32_t player) const {
        State seen = s;
        if (fault != Fault::view_is_state && player == 1 && s.card != 0 && s.guess == 0) seen.card = unknown;
        return seen;
    }
    State determinize(const State &seen, std::uint32_t, Rng &rng) const {
        State full = seen;
        if (full.card == unknown) full.card = static_cast<std::uint8_t>(1 + rng.below(4));
        return full;
    }
    std::string move_text(const State &s, Move move) const {
        return (s.card == 0 ? "deal " : "guess ") + digit(move);
    }
    std::string state_text(const State &s) const { return digit(s.card) + digit(s.guess); }
    State parse_state(std::string_view text) const {
        if (text.size() != 2) throw Failure(PARLOUR_E_PARSE, "a position is two digits");
        return {static_cast<std::uint8_t>(text[0] - '0'), static_cast<std::uint8_t>(text[1] - '0')};
    }
    std::string check(const State &s) const {
        const bool fits =
            (s.card <= 4 || (s.card == unknown && s.guess == 0)) && s.guess <= 4 && (s.guess == 0 || s.card != 0);
        return fits ? "" : "cards are 1 to 4";
    }
    void layout(Board &board) const {
        board.extent(0, 0, 4, 1);
        for (std::uint32_t cell = 0; cell < 4; ++cell)
            board.cell({.id = cell, .x = 0.5f + static_cast<float>(cell), .y = 0.5f});
    }
    void scene(const State &s, std::uint32_t viewer, Board &board) const {
        const bool sees = viewer != 1 || s.guess != 0 || fault == Fault::scene_leaks;
        if (s.card != 0 && sees) board.piece({.cell = 0, .count = s.card});
    }
    void path(const State &, Move move, std::uint32_t alternative, Path &path) const {
        if (alternative == 0) path.cell(fault == Fault::path ? move : move - 1);
    }

private:
    static std::string digit(Move value) { return std::string(1, static_cast<char>('0' + value)); }
};

struct GoodGuess : Guess<Fault::none> {
    static constexpr GameAbout about = guess_about<Fault::none>("guess");
};
struct ViewIsState : Guess<Fault::view_is_state> {
    static constexpr GameAbout about = guess_about<Fault::view_is_state>("view_is_state");
};
struct SceneLeaks : Guess<Fault::scene_leaks> {
    static constexpr GameAbout about = guess_about<Fault::scene_leaks>("scene_leaks");
};
struct Probabilities : Guess<Fault::probabilities> {
    static constexpr GameAbout about = guess_about<Fault::probabilities>("probabilities");
};
struct Sample : Guess<Fault::sample> {
    static constexpr GameAbout about = guess_about<Fault::sample>("sample");
};
struct Playout : Guess<Fault::playout> {
    static constexpr GameAbout about = guess_about<Fault::playout>("playout");
};
struct WrongPath : Guess<Fault::path> {
    static constexpr GameAbout about = guess_about<Fault::path>("path");
};

// Two cells; players fill one each. Its mirror forgets to mirror the moves.
struct Mirror {
    static constexpr GameAbout about{.id = "symmetry",
                                     .name = "Mirror",
                                     .summary = "Fill the cells.",
                                     .max_moves = 3,
                                     .move_space = 3,
                                     .max_plies = 3};
    struct State {
        std::uint8_t cell[3];
    };
    State initial() const { return {}; }
    Turn turn(const State &s) const {
        const int filled = (s.cell[0] != 0) + (s.cell[1] != 0) + (s.cell[2] != 0);
        return filled == 3 ? Turn::over() : Turn::of(static_cast<std::uint32_t>(filled % 2));
    }
    void legal(const State &s, MoveList &moves) const {
        for (Move move = 0; move < 3; ++move) {
            if (s.cell[move] == 0) moves.add(move);
        }
    }
    Turn apply(State &s, Move move) const {
        if (move < 3) s.cell[move] = static_cast<std::uint8_t>(1 + turn(s).player());
        return turn(s);
    }
    void outcome(const State &s, float *util) const {
        util[0] = s.cell[1] == 1 ? 1.0f : -1.0f;
        util[1] = -util[0];
    }
    std::uint32_t symmetries() const { return 2; }
    State map_state(std::uint32_t symmetry, const State &s) const {
        return symmetry == 0 ? s : State{{s.cell[2], s.cell[1], s.cell[0]}};
    }
    Move map_move(std::uint32_t, const State &, Move move) const { return move; }
    std::string move_text(const State &, Move move) const { return std::string(1, static_cast<char>('a' + move)); }
    std::string state_text(const State &s) const {
        std::string out;
        for (const std::uint8_t cell : s.cell) out += static_cast<char>('0' + cell);
        return out;
    }
    State parse_state(std::string_view text) const {
        if (text.size() != 3) throw Failure(PARLOUR_E_PARSE, "a position is three digits");
        State s{};
        for (std::size_t i = 0; i < 3; ++i) s.cell[i] = static_cast<std::uint8_t>(text[i] - '0');
        return s;
    }
    std::string check(const State &s) const {
        int count[3] = {};
        for (const std::uint8_t cell : s.cell) {
            if (cell > 2) return "cells hold 0, 1 or 2";
            ++count[cell];
        }
        return count[1] == count[2] || count[1] == count[2] + 1 ? "" : "players take turns";
    }
};

constexpr PluginAbout about{.id = "bad_extensions", .name = "Bad extensions"};

} // namespace

PARLOUR_PLUGIN(
    about, (parlour::games<GoodGuess, ViewIsState, SceneLeaks, Probabilities, Sample, Playout, WrongPath, Mirror>()),
    (parlour::engines<>()));
