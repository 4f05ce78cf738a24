// What a benchmark module exports: the rules of one game compiled together with a loop that plays random games, so
// that nothing stands between them. `parlour bench playouts` compares the same rules behind the interface with it.
#pragma once

#include <cstdint>

namespace parlour::host {

// The work that was done, so that two ways of doing it can be seen to have done the same.
struct BenchWork {
    std::uint64_t plies; // of all games
    double score;        // the sum of the first player's utilities
};

// The symbol `parlour_bench` of a module. Both functions play `count` games from the starting position with one
// generator, seeded once; chance is drawn by its probabilities. [any]
struct BenchTable {
    std::uint32_t size;
    std::uint32_t reserved0;
    const char *id;                                                                  // of the game
    void (*list_playouts)(std::uint64_t count, std::uint64_t seed, BenchWork *work); // legal(), pick one, apply()
    void (*playouts)(std::uint64_t count, std::uint64_t seed,
                     BenchWork *work); // the game's own playout where it has one
};

inline constexpr const char *bench_symbol = "parlour_bench";

} // namespace parlour::host
