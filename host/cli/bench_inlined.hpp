// Put before a game's source by the compiler (-include), this makes a benchmark module of it in place of a plugin:
// the same file, its rules inlined into a loop that plays random games. See host/plugins/bench_table.hpp.
#pragma once

#include "host/plugins/bench_table.hpp"

// The registration of the game's source expands to the module's table; plugin.hpp leaves a macro that is there alone.
#define PARLOUR_GAME(Type) PARLOUR_BENCH_MODULE(Type)

#include <parlour/game.hpp>

namespace parlour::host {

// A game with its default options.
template <class G>
G bench_game() {
    const OptionValues values(parlour::detail::options_of<G>(), {});
    if constexpr (std::is_constructible_v<G, const OptionValues &>) {
        return G(values);
    } else {
        return G{};
    }
}

template <class G>
typename G::State bench_start(const G &game) {
    if constexpr (parlour::detail::Has<G>::seeded_initial) {
        return game.initial(1);
    } else {
        return game.initial();
    }
}

template <class G>
void bench_list_playouts(std::uint64_t count, std::uint64_t seed, BenchWork *work) {
    const G game = bench_game<G>();
    const typename G::State start = bench_start(game);
    std::array<Move, G::about.max_moves> buffer;
    float util[PARLOUR_MAX_PLAYERS] = {};
    Rng rng{{seed}};
    *work = {0, 0};
    for (std::uint64_t i = 0; i < count; ++i) {
        typename G::State state = start;
        Turn turn = game.turn(state);
        while (!turn.is_over()) {
            Move move;
            if (turn.is_chance()) {
                move = sample_chance(game, state, rng);
            } else {
                MoveList moves(buffer.data());
                game.legal(state, moves);
                move = moves[rng.below(moves.size())];
            }
            turn = game.apply(state, move);
            ++work->plies;
        }
        game.outcome(state, util);
        work->score += static_cast<double>(util[0]);
    }
}

template <class G>
void bench_playouts(std::uint64_t count, std::uint64_t seed, BenchWork *work) {
    const G game = bench_game<G>();
    const typename G::State start = bench_start(game);
    float util[PARLOUR_MAX_PLAYERS] = {};
    Rng rng{{seed}};
    *work = {0, 0};
    for (std::uint64_t i = 0; i < count; ++i) {
        typename G::State state = start;
        if constexpr (parlour::detail::Has<G>::playout) {
            work->plies += game.playout(state, rng, UINT32_MAX, util);
        } else {
            work->plies += random_playout(game, state, rng, UINT32_MAX, util);
        }
        work->score += static_cast<double>(util[0]);
    }
}

} // namespace parlour::host

#define PARLOUR_BENCH_MODULE(Type)                                                                      \
    extern "C" PARLOUR_EXPORT const parlour::host::BenchTable parlour_bench;                            \
    constinit const parlour::host::BenchTable parlour_bench {                                           \
        sizeof(parlour::host::BenchTable), 0, Type::about.id, parlour::host::bench_list_playouts<Type>, \
            parlour::host::bench_playouts<Type>                                                         \
    }
