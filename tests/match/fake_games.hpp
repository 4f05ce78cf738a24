// Small games for the tests of match logic, made with the SDK inside the test program.
#pragma once

#include "host/plugins/game.hpp"

#include <parlour/game.hpp>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>

namespace parlour::host::fake {

// A game object of class G with options.
template <class G>
Result<GamePtr> try_game(const OptionMap &options = {}) {
    std::vector<parlour_kv> given;
    for (const auto &[id, value] : options) given.push_back({id.c_str(), value.c_str()});
    parlour_game raw{};
    parlour_error error{};
    if (GameSlots<G>::row().create(given.data(), static_cast<std::uint32_t>(given.size()), &raw, &error) !=
        PARLOUR_OK)
        return Problem{error.text, error.code};
    return GamePtr(std::make_shared<Game>(raw, options));
}
template <class G>
GamePtr make_game(const OptionMap &options = {}) {
    Result<GamePtr> game = try_game<G>(options);
    if (!game) throw std::runtime_error(game.sentence());
    return *game;
}

inline std::uint32_t read_number(std::string_view &text, std::uint32_t most) {
    std::uint32_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || value > most) throw Failure(PARLOUR_E_PARSE, "a position is numbers with spaces");
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    return value;
}

// Take 1 to 3 from a heap in turn; whoever takes the last wins. Two to four players.
struct Nim {
    static constexpr GameAbout about{.id = "nim",
                                     .name = "Nim",
                                     .players_min = 2,
                                     .players_max = 4,
                                     .max_moves = 3,
                                     .util_min = -1,
                                     .util_max = 3};
    static constexpr std::array options{Option::integer("heap", "Heap", "How many there are.", "10", 1, 200),
                                        Option::integer("players", "Players", "How many play.", "2", 2, 4)};
    struct State {
        std::uint32_t left, mover;
    };
    explicit Nim(const OptionValues &values)
        : heap(static_cast<std::uint32_t>(values.integer("heap"))),
          seats(static_cast<std::uint32_t>(values.integer("players"))) {}
    std::uint32_t heap, seats;

    std::uint32_t players() const { return seats; }
    State initial() const { return {heap, 0}; }
    Turn turn(const State &s) const { return s.left == 0 ? Turn::over() : Turn::of(s.mover); }
    void legal(const State &s, MoveList &moves) const {
        for (std::uint32_t n = 1; n <= std::min(3u, s.left); ++n) moves.add(n);
    }
    Turn apply(State &s, Move move) const {
        s.left -= move;
        s.mover = (s.mover + 1) % seats;
        return turn(s);
    }
    void outcome(const State &s, float *util) const {
        const std::uint32_t winner = (s.mover + seats - 1) % seats;
        for (std::uint32_t p = 0; p < seats; ++p) util[p] = p == winner ? static_cast<float>(seats - 1) : -1;
    }
    std::string move_text(const State &, Move move) const { return "take " + std::to_string(move); }
    std::string state_text(const State &s) const { return std::to_string(s.left) + " " + std::to_string(s.mover); }
    State parse_state(std::string_view text) const {
        const std::uint32_t left = read_number(text, 200);
        return {left, read_number(text, seats - 1)};
    }
    std::string check(const State &s) const {
        return s.left <= 200 && s.mover < seats ? "" : "there are too many in the heap";
    }
    std::string rules() const { return "Take 1 to 3 from the heap in turn. Whoever takes the last wins."; }
    std::string reason(const State &) const { return "by taking the last one"; }
    std::string player_name(std::uint32_t p) const {
        constexpr const char *names[] = {"North", "East", "South", "West"};
        return names[p];
    }
};

// Two players roll a die in turn, or stop for good with what they have; above 12 they lose it all.
struct Dice {
    static constexpr GameAbout about{
        .id = "dice", .name = "Dice", .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_CHANCE, .max_moves = 6};
    struct State {
        std::uint32_t sum[2], mover, rolling;
    };
    static constexpr Move roll = 0, stop = 1;
    State initial() const { return {}; }
    Turn turn(const State &s) const {
        if (s.rolling) return Turn::chance();
        return s.mover == 2 ? Turn::over() : Turn::of(s.mover);
    }
    void legal(const State &s, MoveList &moves) const {
        if (s.rolling)
            for (Move pips = 1; pips <= 6; ++pips) moves.add(pips);
        else if (s.mover < 2)
            for (const Move move : {roll, stop}) moves.add(move);
    }
    void outcomes(const State &, OutcomeList &list) const {
        for (Move pips = 1; pips <= 6; ++pips) list.add(pips, 1.0f / 6);
    }
    Turn apply(State &s, Move move) const {
        if (s.rolling) {
            s.rolling = 0;
            s.sum[s.mover] += move;
            if (s.sum[s.mover] > 12) s.sum[s.mover++] = 0;
        } else if (move == roll) {
            s.rolling = 1;
        } else {
            ++s.mover;
        }
        return turn(s);
    }
    void outcome(const State &s, float *util) const {
        util[0] = s.sum[0] > s.sum[1] ? 1 : s.sum[0] < s.sum[1] ? -1 : 0;
        util[1] = -util[0];
    }
    std::string move_text(const State &s, Move move) const {
        return s.rolling ? std::to_string(move) : move == roll ? "roll" : "stop";
    }
    std::string state_text(const State &s) const {
        std::string out;
        for (const std::uint32_t n : {s.sum[0], s.sum[1], s.mover, s.rolling}) out += std::to_string(n) + " ";
        return out.substr(0, out.size() - 1);
    }
    State parse_state(std::string_view text) const {
        State s{};
        for (std::uint32_t *n : {&s.sum[0], &s.sum[1], &s.mover, &s.rolling}) *n = read_number(text, 12);
        return s;
    }
    std::string check(const State &s) const {
        const bool fits = s.sum[0] <= 12 && s.sum[1] <= 12 && s.mover <= 2 && s.rolling <= (s.mover < 2 ? 1u : 0u);
        return fits ? "" : "no such scores";
    }
};

// Chance deals each of two players a card 1..3; in turn they stay or fold; the higher card of who stayed wins.
struct Cards {
    static constexpr GameAbout about{.id = "cards",
                                     .name = "Cards",
                                     .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_CHANCE | PARLOUR_GAME_HIDDEN,
                                     .max_moves = 3};
    struct State {
        std::uint8_t card[2], folded[2], moves, ply; // card 9: not known
    };
    static constexpr std::uint8_t unknown = 9;
    State initial() const { return {}; }
    Turn turn(const State &s) const {
        if (s.ply < 2) return Turn::chance();
        return s.moves == 2 ? Turn::over() : Turn::of(s.moves);
    }
    void legal(const State &s, MoveList &moves) const {
        if (s.ply < 2)
            for (Move card = 1; card <= 3; ++card) moves.add(card);
        else if (s.moves < 2)
            for (const Move move : {0u, 1u}) moves.add(move);
    }
    void outcomes(const State &, OutcomeList &list) const {
        for (Move card = 1; card <= 3; ++card) list.add(card, 1.0f / 3);
    }
    Turn apply(State &s, Move move) const {
        if (s.ply < 2)
            s.card[s.ply] = static_cast<std::uint8_t>(move);
        else
            s.folded[s.moves++] = static_cast<std::uint8_t>(move);
        ++s.ply;
        return turn(s);
    }
    void outcome(const State &s, float *util) const {
        const int first = s.folded[0] ? 0 : s.card[0], second = s.folded[1] ? 0 : s.card[1];
        util[0] = first > second ? 1 : first < second ? -1 : 0;
        util[1] = -util[0];
    }
    State view(const State &s, std::uint32_t player) const {
        State seen = s;
        if (s.ply > 1 - player && s.card[1 - player]) seen.card[1 - player] = unknown;
        return seen;
    }
    State determinize(const State &view, std::uint32_t, Rng &rng) const {
        State full = view;
        for (std::uint8_t &card : full.card) {
            if (card == unknown) card = static_cast<std::uint8_t>(1 + rng.below(3));
        }
        return full;
    }
    std::string move_text(const State &s, Move move) const {
        if (s.ply < 2) return "deal " + std::to_string(move);
        return move == 0 ? "stay" : "fold";
    }
    std::string state_text(const State &s) const {
        std::string out;
        for (const unsigned n : {+s.card[0], +s.card[1], +s.folded[0], +s.folded[1], +s.moves, +s.ply})
            out += std::to_string(n) + " ";
        return out.substr(0, out.size() - 1);
    }
    State parse_state(std::string_view text) const {
        State s{};
        for (std::uint8_t *n : {&s.card[0], &s.card[1], &s.folded[0], &s.folded[1], &s.moves, &s.ply})
            *n = static_cast<std::uint8_t>(read_number(text, 9));
        return s;
    }
    std::string check(const State &s) const { return s.ply <= 4 && s.moves <= 2 ? "" : "no such deal"; }
};

// One player counts to five by ones and twos: five wins, six loses. The first player is called Counter.
struct Patience {
    static constexpr GameAbout about{.id = "patience",
                                     .name = "Patience",
                                     .flags = 0,
                                     .players_min = 1,
                                     .players_max = 1,
                                     .max_moves = 2,
                                     .util_min = 0};
    struct State {
        std::uint32_t sum;
    };
    State initial() const { return {0}; }
    Turn turn(const State &s) const { return s.sum >= 5 ? Turn::over() : Turn::of(0); }
    void legal(const State &s, MoveList &moves) const {
        if (s.sum < 5)
            for (const Move move : {1u, 2u}) moves.add(move);
    }
    Turn apply(State &s, Move move) const {
        s.sum += move;
        return turn(s);
    }
    void outcome(const State &s, float *util) const { util[0] = s.sum == 5 ? 1 : 0; }
    std::string move_text(const State &, Move move) const {
        return "put {" + std::to_string(move) + "} ";
    } // odd text
    std::string state_text(const State &s) const { return std::to_string(s.sum); }
    State parse_state(std::string_view text) const { return {read_number(text, 6)}; }
    std::string check(const State &s) const { return s.sum <= 6 ? "" : "too much"; }
};

// Rules that fail on demand: move 0 goes on for ever, 1 throws, 2 leaves no legal move, 3 lets chance decide for
// ever, 4 names a player who is not there.
struct Broken {
    static constexpr GameAbout about{.id = "broken", .name = "Broken", .flags = PARLOUR_GAME_CHANCE, .max_moves = 5};
    struct State {
        std::uint32_t mood;
    };
    State initial() const { return {0}; }
    Turn turn(const State &s) const { return s.mood == 3 ? Turn::chance() : s.mood == 4 ? Turn::of(7) : Turn::of(0); }
    void legal(const State &s, MoveList &moves) const {
        if (s.mood == 3) moves.add(0);
        if (s.mood == 0)
            for (Move move = 0; move < 5; ++move) moves.add(move);
    }
    void outcomes(const State &, OutcomeList &list) const { list.add(0, 1); }
    Turn apply(State &s, Move move) const {
        if (move == 1) throw std::runtime_error("broken rules");
        if (s.mood == 0) s.mood = move;
        return turn(s);
    }
    void outcome(const State &, float *) const {}
    std::string move_text(const State &, Move move) const { return "m" + std::to_string(move); }
    std::string state_text(const State &s) const { return std::to_string(s.mood); }
    State parse_state(std::string_view text) const { return {read_number(text, 4)}; }
    std::string check(const State &s) const { return s.mood <= 4 ? "" : "no such mood"; }
};

// The games by id, as a registry would make them.
inline Result<GamePtr> game_by_id(const std::string &id, const OptionMap &options) {
    if (id == "nim") return try_game<Nim>(options);
    if (id == "dice") return try_game<Dice>(options);
    if (id == "cards") return try_game<Cards>(options);
    if (id == "patience") return try_game<Patience>(options);
    return Problem{"There is no game \"" + id + "\".", PARLOUR_E_NOTFOUND};
}

} // namespace parlour::host::fake
