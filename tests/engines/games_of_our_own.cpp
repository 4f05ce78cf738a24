#include "games_of_our_own.hpp"

#include <parlour/game.hpp>

namespace parlour::test {

namespace {

struct Heap {
    static constexpr GameAbout about{
        .id = "heap", .name = "Heap", .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_COMPOUND, .max_moves = 3};
    struct State {
        std::uint8_t counters, mover, last;
    };
    State initial() const { return {12, 0, 0}; }
    Turn turn(const State &state) const { return state.counters == 0 ? Turn::over() : Turn::of(state.mover); }
    void legal(const State &state, MoveList &moves) const {
        for (Move n = 1; n <= 3 && n <= state.counters; ++n) moves.add(n);
    }
    Turn apply(State &state, Move move) const {
        state.counters = static_cast<std::uint8_t>(state.counters - move);
        state.last = state.mover;
        if (move != 2) state.mover ^= 1;
        return turn(state);
    }
    void outcome(const State &state, float *util) const {
        util[state.last] = 1;
        util[1 - state.last] = -1;
    }
    std::string move_text(const State &, Move move) const { return std::to_string(move); }
    std::string state_text(const State &state) const { return std::to_string(state.counters); }
    State parse_state(std::string_view text) const {
        State state{0, 0, 1};
        std::from_chars(text.data(), text.data() + text.size(), state.counters);
        return state;
    }
    std::string check(const State &) const { return {}; }
};

struct Ladder {
    static constexpr GameAbout about{.id = "ladder",
                                     .name = "Ladder",
                                     .flags = 0,
                                     .players_min = 1,
                                     .players_max = 1,
                                     .max_moves = 2,
                                     .util_min = 0,
                                     .util_max = 1};
    struct State {
        std::uint16_t number, plies;
    };
    State initial() const { return {1, 0}; }
    Turn turn(const State &state) const { return state.plies == 10 ? Turn::over() : Turn::of(0); }
    void legal(const State &state, MoveList &moves) const {
        if (state.plies == 10) return;
        moves.add(0);
        moves.add(1);
    }
    Turn apply(State &state, Move move) const {
        state.number = static_cast<std::uint16_t>(move == 0 ? state.number + 1 : state.number * 2);
        ++state.plies;
        return turn(state);
    }
    void outcome(const State &state, float *util) const {
        const int miss = state.number < 200 ? 200 - state.number : state.number - 200;
        util[0] = miss >= 200 ? 0.0f : 1 - static_cast<float>(miss) / 200;
    }
    std::string move_text(const State &, Move move) const { return move == 0 ? "add" : "double"; }
    std::string state_text(const State &state) const { return std::to_string(state.number); }
    State parse_state(std::string_view) const { return initial(); }
    std::string check(const State &) const { return {}; }
};

template <class G>
GameRef make() {
    parlour_game raw{};
    parlour_error error{};
    if (GameSlots<G>::row().create(nullptr, 0, &raw, &error) != PARLOUR_OK) throw std::runtime_error(error.text);
    return GameRef(raw);
}

} // namespace

const GameRef &heap_game() {
    static const GameRef game = make<Heap>();
    return game;
}

const GameRef &ladder_game() {
    static const GameRef game = make<Ladder>();
    return game;
}

} // namespace parlour::test
