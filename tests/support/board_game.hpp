// A little game whose board has all that a board can have: two pieces on four squares in a row.
//
//     a1 b1 c1 d1      The mover's piece steps to a free square, or hops over the other's with a stop on the way; a
//     x  .  o  .       button passes. Two moves lead from a1 to b1 (a step and a "dash"), so that touching asks.
#pragma once

#include <parlour/game.hpp>

namespace parlour::tests {

struct BoardGame {
    static constexpr GameAbout about{.id = "board_game", .name = "Board game", .max_moves = 8, .move_space = 32};
    struct State {
        std::uint8_t square[2];
        std::uint8_t mover, plies;
    };

    // Moves: 0..3 steps to that square; 4 dashes to b1; 5 passes; 6 walks b1, then d1.
    static constexpr Move dash = 4, pass = 5, walk = 6;
    static constexpr const char *names[] = {"a1", "b1", "c1", "d1"};

    State initial() const { return {{0, 2}, 0, 0}; }
    Turn turn(const State &state) const { return state.plies >= 4 ? Turn::over() : Turn::of(state.mover); }
    void legal(const State &state, MoveList &moves) const {
        if (state.plies >= 4) return;
        for (Move to = 0; to < 4; ++to) {
            if (to != state.square[0] && to != state.square[1]) moves.add(to);
        }
        if (state.square[0] != 1 && state.square[1] != 1) moves.add(dash);
        moves.add(pass);
        if (state.square[0] == 0 && state.square[1] == 2 && state.mover == 0) moves.add(walk);
    }
    Turn apply(State &state, Move move) const {
        if (move < 4) state.square[state.mover] = static_cast<std::uint8_t>(move);
        if (move == dash) state.square[state.mover] = 1;
        if (move == walk) state.square[state.mover] = 3;
        state.mover ^= 1;
        ++state.plies;
        return turn(state);
    }
    void outcome(const State &, float *util) const { util[0] = util[1] = 0; }
    std::string move_text(const State &, Move move) const {
        if (move < 4) return std::string("to ") + names[move];
        return move == dash ? "dash b1" : move == pass ? "pass" : "walk b1 d1";
    }
    std::string state_text(const State &state) const {
        std::string text = "....";
        text[state.square[0]] = 'x';
        text[state.square[1]] = 'o';
        return text + (state.mover == 0 ? " x " : " o ") + std::to_string(state.plies);
    }
    State parse_state(std::string_view) const { throw Failure(PARLOUR_E_PARSE, "not here"); }
    std::string check(const State &) const { return {}; }
    std::string player_name(std::uint32_t player) const { return player == 0 ? "Cross" : "Nought"; }
    std::string rules() const { return "# Board game\n\nMove **about** on four squares.\n\n- step\n- dash\n"; }
    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (from != state.square[state.mover]) return "Your piece is not there.";
        return to == PARLOUR_CELL_NONE ? "" : "That square is taken.";
    }

    void layout(Board &board) const {
        board.extent(0, 0, 4, 1);
        board.cell({.shape = PARLOUR_SHAPE_ROUND, .flags = PARLOUR_CELL_DECOR, .x = 2, .y = 0.5f, .w = 4});
        for (std::uint32_t i = 0; i < 4; ++i) {
            board.cell({.id = i,
                        .color = i % 2 == 0 ? std::uint8_t{PARLOUR_COLOR_LIGHT} : std::uint8_t{PARLOUR_COLOR_DARK},
                        .x = static_cast<float>(i) + 0.5f,
                        .y = 0.5f,
                        .label = names[i]});
        }
    }
    void scene(const State &state, std::uint32_t, Board &board) const {
        board.cell({.id = 3, .color = PARLOUR_COLOR_ACCENT, .x = 3.5f, .y = 0.5f});
        board.piece({.cell = state.square[0], .kind = PARLOUR_PIECE_CROSS, .color = 16, .label = "cross"});
        board.piece({.cell = state.square[1], .kind = PARLOUR_PIECE_RING, .color = 17, .label = "nought"});
        board.mark({.cell_a = 0, .cell_b = 1});
        const std::string plies = std::to_string(state.plies);
        board.widget(
            {.id = 8, .kind = PARLOUR_WIDGET_COUNTER, .player = 0, .label = "Plies", .value = plies.c_str()});
        board.widget({.id = 7, .key = 'p', .label = "Pass"});
    }
    void path(const State &state, Move move, std::uint32_t alternative, Path &path) const {
        if (move == pass) {
            if (alternative == 0) path.button(7);
            return;
        }
        if (alternative > (move == walk ? 1u : 0u)) return;
        path.cell(state.square[state.mover]);
        if (move < 4) path.cell(move);
        if (move == dash) path.cell(1);
        if (move == walk && alternative == 0) path.cell(1);
        if (move == walk) path.cell(3);
    }
};

} // namespace parlour::tests
