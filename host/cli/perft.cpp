#include "host/cli/perft.hpp"

#include <cstring>

namespace parlour::host::cli {

namespace {

// Counts below a position. All memory is taken at the start: one state and one move list a ply. `bytes` is the size
// of a state when it is known at compile time, so that copying one is a few instructions; 0 when it is not.
template <std::size_t bytes>
class Counter {
public:
    Counter(const GameRef &game, std::uint32_t depth)
        : game_(game),
          capacity_(game.info().max_moves),
          states_(game.state_size(), depth + 1),
          moves_(std::size_t{capacity_} * depth) {}

    // The sequences of `depth` plies from the state of this ply; depth >= 1.
    void count(std::uint32_t ply, std::uint32_t depth) {
        Move *moves = moves_.data() + std::size_t{capacity_} * ply;
        const void *state = states_.at(ply);
        const std::uint32_t n = game_.legal(state, moves, capacity_);
        if (n > capacity_) {
            fault_ = true;
            return;
        }
        // The last ply is counted without playing it.
        if (depth == 1) {
            count_.leaves += n;
            return;
        }
        void *next = states_.at(ply + 1);
        for (std::uint32_t i = 0; i < n; ++i) {
            copy(next, state);
            const Turn turn = game_.apply(next, moves[i]);
            if (turn.is_over()) [[unlikely]] {
                fault_ |= turn.is_fault();
                ++count_.ended;
            } else {
                count(ply + 1, depth - 1);
            }
        }
    }

    void start(const void *state) { copy(states_.at(0), state); }
    void *root() { return states_.at(0); }
    bool fault() const { return fault_; }
    PerftCount take() { return std::exchange(count_, {}); }

private:
    void copy(void *to, const void *from) const {
        if constexpr (bytes > 0) {
            std::memcpy(__builtin_assume_aligned(to, 16), __builtin_assume_aligned(from, 16), bytes);
        } else {
            std::memcpy(to, from, game_.state_size());
        }
    }

    const GameRef &game_;
    std::uint32_t capacity_;
    StateBuffer states_;
    std::vector<Move> moves_;
    PerftCount count_;
    bool fault_ = false;
};

Problem faulty(const Game &game) {
    const Problem why = game.trouble();
    const std::string sentence = "the rules of " + game.name() + " reported a fault while its games were counted";
    if (why.sentence.empty()) return {sentence + "; parlour validate tells more", PARLOUR_E_FAIL};
    return {sentence + ": " + why.sentence, PARLOUR_E_FAIL, why.details};
}

template <std::size_t bytes>
Result<PerftResult> perft_of(const Game &game, const StateBuffer &state, std::uint32_t depth) {
    PerftResult result;
    Counter<bytes> counter(game.ref(), depth);
    for (const Move move : game.legal_moves(state)) {
        counter.start(state.data());
        const Turn turn = game.ref().apply(counter.root(), move);
        if (turn.is_fault()) return faulty(game);
        PerftCount count;
        if (depth == 1) {
            count.leaves = 1;
        } else if (turn.is_over()) {
            count.ended = 1;
        } else {
            counter.count(0, depth - 1);
            count = counter.take();
        }
        if (counter.fault()) return faulty(game);
        result.moves.push_back({move, count});
        result.total.leaves += count.leaves;
        result.total.ended += count.ended;
    }
    return result;
}

} // namespace

Result<PerftResult> perft(const Game &game, const StateBuffer &state, std::uint32_t depth) {
    if (depth > 1000) return Problem{"a perft goes at most 1000 plies deep", PARLOUR_E_ARG};
    if (depth == 0) return PerftResult{{1, 0}, {}};
    if (game.turn(state).is_over()) return PerftResult{{0, 1}, {}};
    // States stand 16 bytes apart and their padding is theirs: a whole stride may be copied.
    switch (state.stride()) {
        case 16:
            return perft_of<16>(game, state, depth);
        case 32:
            return perft_of<32>(game, state, depth);
        case 48:
            return perft_of<48>(game, state, depth);
        case 64:
            return perft_of<64>(game, state, depth);
        default:
            return perft_of<0>(game, state, depth);
    }
}

} // namespace parlour::host::cli
