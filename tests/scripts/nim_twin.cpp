// The game of python_plugin/examples/games/nim.py in C++: the same moves, counted for comparison.
#include <parlour/game.hpp>

namespace {

using parlour::Move;
using parlour::MoveList;
using parlour::Turn;

struct NimTwin {
    static constexpr parlour::GameAbout about{
        .id = "nim_twin", .name = "Nim twin", .max_moves = 60, .move_space = 64};
    struct State {
        std::uint8_t heap[3], mover;
    };

    State initial() const { return {{3, 4, 5}, 0}; }
    static bool empty(const State &state) { return state.heap[0] + state.heap[1] + state.heap[2] == 0; }
    Turn turn(const State &state) const { return empty(state) ? Turn::over() : Turn::of(state.mover); }
    // A move is heap * 20 + taken - 1.
    void legal(const State &state, MoveList &moves) const {
        for (Move heap = 0; heap < 3; ++heap) {
            for (Move taken = 0; taken < state.heap[heap]; ++taken) moves.add(heap * 20 + taken);
        }
    }
    Turn apply(State &state, Move move) const {
        state.heap[move / 20 % 3] = static_cast<std::uint8_t>(state.heap[move / 20 % 3] - (move % 20 + 1));
        state.mover ^= 1;
        return turn(state);
    }
    void outcome(const State &state, float *util) const {
        util[state.mover] = -1;
        util[1 - state.mover] = 1;
    }
    std::string move_text(const State &, Move move) const {
        return std::to_string(move % 20 + 1) + " from " + std::string(1, static_cast<char>('a' + move / 20));
    }
    std::string state_text(const State &state) const {
        std::string out;
        for (const std::uint8_t heap : state.heap) out += std::to_string(heap) + " ";
        return out + std::to_string(state.mover);
    }
    State parse_state(std::string_view text) const {
        int heap[3], mover;
        if (std::sscanf(std::string(text).c_str(), "%d %d %d %d", &heap[0], &heap[1], &heap[2], &mover) != 4)
            throw parlour::Failure(PARLOUR_E_PARSE, "three heaps and a player are meant");
        State state{};
        for (int i = 0; i < 3; ++i) state.heap[i] = static_cast<std::uint8_t>(heap[i]);
        state.mover = static_cast<std::uint8_t>(mover);
        return state;
    }
    std::string check(const State &state) const {
        const bool right = state.heap[0] <= 20 && state.heap[1] <= 20 && state.heap[2] <= 20 && state.mover < 2;
        return right ? "" : "heaps hold at most 20";
    }
};

} // namespace

PARLOUR_GAME(NimTwin);
