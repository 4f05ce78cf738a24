// Values under best play, by exhaustive search of small games.
#include "facts/kinds.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <numeric>
#include <unordered_map>

namespace parlour::facts {
namespace {

// Alpha-beta with a memory of bounds for two players without chance or hidden information. Values are those of the
// first player; who maximises is asked of the game, so that a player may move several times in a row.
class Solver {
public:
    using Leaf = std::function<double(const void *)>;

    Solver(const GameRef &game, Leaf leaf) : game_(game), leaf_(std::move(leaf)) {
        if (game.players() != 2 || (game.info().flags & (PARLOUR_GAME_CHANCE | PARLOUR_GAME_HIDDEN)) != 0) {
            throw std::runtime_error("only two-player games without chance and hidden information are solved here");
        }
    }

    double solve(const void *state) { return search(state, -infinity, infinity); }

private:
    static constexpr double infinity = std::numeric_limits<double>::infinity();
    struct Bounds {
        double low = -infinity, high = infinity;
    };

    // The value if it is inside alpha..beta, otherwise a bound on that side of it.
    double search(const void *state, double alpha, double beta) {
        const Turn turn = game_.turn(state);
        if (turn.is_over()) return leaf_(state);
        const std::string key = canonical_bytes(game_, state);
        if (const auto known = memory_.find(key); known != memory_.end()) {
            const auto [low, high] = known->second;
            if (low >= beta || low == high) return low;
            if (high <= alpha) return high;
            alpha = std::max(alpha, low);
            beta = std::min(beta, high);
        }
        const double lowest = alpha, highest = beta;
        const bool maximises = turn.player() == 0;
        double best = maximises ? -infinity : infinity;
        StateBuffer child(game_.state_size());
        for (const Move move : ordered_moves(state)) {
            std::memcpy(child.data(), state, game_.state_size());
            game_.apply(child.data(), move);
            const double value = search(child.data(), alpha, beta);
            best = maximises ? std::max(best, value) : std::min(best, value);
            (maximises ? alpha : beta) = maximises ? std::max(alpha, best) : std::min(beta, best);
            if (alpha >= beta) break;
        }
        Bounds &bounds = memory_[key];
        if (best > lowest) bounds.low = std::max(bounds.low, best);
        if (best < highest) bounds.high = std::min(bounds.high, best);
        return best;
    }

    std::vector<Move> ordered_moves(const void *state) const {
        std::vector<Move> moves = game_.legal_moves(state);
        const parlour_game_hints *hints = game_.hints();
        if (hints == nullptr) return moves;
        std::vector<std::int16_t> scores(moves.size());
        hints->order(game_.self(), state, moves.data(), static_cast<std::uint32_t>(moves.size()), scores.data());
        std::vector<std::size_t> order(moves.size());
        std::iota(order.begin(), order.end(), 0u);
        std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return scores[a] > scores[b]; });
        std::vector<Move> sorted;
        for (const std::size_t at : order) sorted.push_back(moves[at]);
        return sorted;
    }

    const GameRef &game_;
    const Leaf leaf_;
    std::unordered_map<std::string, Bounds> memory_;
};

} // namespace

void check_value(const Subject &subject) {
    const GameRef &game = subject.game;
    Solver solver(game, [&](const void *state) {
        float util[PARLOUR_MAX_PLAYERS];
        game.outcome(state, util);
        return static_cast<double>(game.scaled(util[0]));
    });
    double value = solver.solve(subject.start.data());
    if (game.turn(subject.start.data()).player() == 1) value = -value;
    EXPECT_EQ(value > 0 ? "win" : value < 0 ? "loss" : "draw", subject.row.result);
}

void check_score_value(const Subject &subject) {
    const GameRef &game = subject.game;
    const parlour_game_score *score = game.score();
    ASSERT_NE(score, nullptr) << "the game has no score";
    Solver solver(game, [&](const void *state) {
        return static_cast<double>(score->score(game.self(), state, 0) - score->score(game.self(), state, 1));
    });
    EXPECT_EQ(solver.solve(subject.start.data()), to_number(subject.row.results.at(0)));
}

} // namespace parlour::facts
