// Null game: a game in one file, for you to make your own. Replace the rules below; each part says what belongs
// there.
//
// It is playable as it stands: there is a heap of counters, each player takes one or two, and whoever takes the last
// one wins. Build it, put the .so into ~/.local/share/parlour/plugins (or a folder named in PARLOUR_PLUGIN_PATH), and
// it appears in the gallery; every engine can play it. `parlour validate FILE` tells in sentences what is still
// wrong.
#include <parlour/game.hpp>

namespace {

using parlour::Move;
using parlour::MoveList;
using parlour::Turn;

struct NullGame {
    // ---- 1. What it is. `max_moves` is a bound that no position may exceed. --------------------------------------
    static constexpr parlour::GameAbout about{.id = "null_game",
                                              .name = "Null game",
                                              .family = "puzzle",
                                              .summary = "Take one or two counters; whoever takes the last one wins.",
                                              .author = "",
                                              .flags = PARLOUR_GAME_ZERO_SUM,
                                              .max_moves = 2,
                                              .move_space = 3,
                                              .max_plies = 20,
                                              .accent = 0x3B4A63FF};

    // ---- 2. Options, shown as a form. Delete both lines and the constructor if there are none. -------------------
    static constexpr std::array options{
        parlour::Option::integer("counters", "Counters", "How many counters there are at the start.", "10", 3, 20)};
    explicit NullGame(const parlour::OptionValues &values) : counters(values.integer("counters")) {}
    int counters;

    // ---- 3. The state: plain bytes without padding or pointers. What undo has to restore belongs here. -----------
    struct State {
        std::uint8_t left;  // counters on the table
        std::uint8_t mover; // 0 or 1
    };

    // ---- 4. The rules. A move is any number; here: how many counters are taken. ----------------------------------
    State initial() const { return {static_cast<std::uint8_t>(counters), 0}; }
    Turn turn(const State &state) const { return state.left == 0 ? Turn::over() : Turn::of(state.mover); }
    void legal(const State &state, MoveList &moves) const {
        for (Move take = 1; take <= 2 && take <= state.left; ++take) moves.add(take);
    }
    Turn apply(State &state, Move take) const {
        state.left = static_cast<std::uint8_t>(state.left - take);
        state.mover ^= 1;
        return turn(state);
    }
    // One utility a player, from util_min (-1) to util_max (1), when the game is over.
    void outcome(const State &state, float *util) const {
        util[state.mover] = -1;
        util[1 - state.mover] = 1;
    }

    // ---- 5. Texts. Different moves have different texts; parse_state reads what state_text writes. ---------------
    std::string move_text(const State &, Move take) const { return std::to_string(take); }
    std::string state_text(const State &state) const {
        return std::to_string(state.left) + (state.mover == 0 ? " first" : " second");
    }
    State parse_state(std::string_view text) const {
        for (int left = 0; left <= counters; ++left) {
            for (std::uint8_t mover = 0; mover < 2; ++mover) {
                const State state{static_cast<std::uint8_t>(left), mover};
                if (state_text(state) == text) return state;
            }
        }
        throw parlour::Failure(PARLOUR_E_PARSE,
                               "a position is the number of counters and who moves, like \"7 first\"");
    }
    // What is wrong with bytes from outside, in a sentence; empty when they are a position. Must survive any bytes.
    std::string check(const State &state) const {
        if (state.left > counters) return "there are more counters than the game has";
        if (state.mover > 1) return "there are two players";
        return {};
    }

    // ---- 6. Optional: what helps engines. Delete what you do not need. -------------------------------------------
    // How good an unfinished position looks to `player`: 0 even, 1000 about won.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const int for_mover = state.left % 3 == 0 ? -500 : 500;
        return player == state.mover ? for_mover : -for_mover;
    }

    // ---- 7. Optional: what helps people. --------------------------------------------------------------------------
    std::string rules() const {
        return "# Null game\n\nThere is a heap of counters. The players take turns; each takes **one or two**. "
               "Whoever "
               "takes the last counter wins.\n";
    }
    std::string reason(const State &) const { return "by taking the last counter"; }
    std::string why_not(const State &state, std::uint32_t cell, std::uint32_t) const {
        return cell >= state.left ? "There is no counter any more." : "Take one of the last two counters.";
    }

    // ---- 8. Optional: the board. Without it, the game is played from a list of move texts. -----------------------
    // Cells are numbered as you like. Units are free: the host fits the extent into its window.
    void layout(parlour::Board &board) const {
        board.extent(-0.2f, -0.2f, static_cast<float>(counters) + 0.2f, 1.2f);
        for (int i = 0; i < counters; ++i) {
            board.cell({.id = static_cast<std::uint32_t>(i),
                        .shape = PARLOUR_SHAPE_CIRCLE,
                        .flags = PARLOUR_CELL_HOLE,
                        .x = static_cast<float>(i) + 0.5f,
                        .y = 0.5f,
                        .w = 0.9f,
                        .h = 0.9f});
        }
    }
    void scene(const State &state, std::uint32_t, parlour::Board &board) const {
        for (std::uint32_t i = 0; i < state.left; ++i) {
            board.piece({.cell = i, .color = PARLOUR_COLOR_ACCENT, .label = "counter"});
        }
    }
    // The touches that enter a move: here, the counter that will be the first to go.
    void path(const State &state, Move take, std::uint32_t alternative, parlour::Path &path) const {
        if (alternative == 0) path.cell(state.left - take);
    }
};

} // namespace

PARLOUR_GAME(NullGame);
