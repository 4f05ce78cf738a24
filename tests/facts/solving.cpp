// Values under best play, by exhaustive search of small games; with chance, by value iteration.
#include "facts/kinds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
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

    // The value of a position; all values are known to lie in lowest..highest, so that the highest ends a search.
    double solve(const void *state, double lowest = -infinity, double highest = infinity) {
        return search(state, lowest, highest);
    }

private:
    static constexpr double infinity = std::numeric_limits<double>::infinity();
    struct Bounds {
        double low = -infinity, high = infinity;
    };

    // The value if it is inside alpha..beta, otherwise a bound on that side of it.
    double search(const void *state, double alpha, double beta) {
        const Turn turn = game_.turn(state);
        if (turn.is_over()) return leaf_(state);
        const std::uint64_t key = canonical_hash(game_, state);
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
    std::unordered_map<std::uint64_t, Bounds> memory_;
};

// Expected utility of the first player when that player does best for itself and the others do worst for it. All
// positions that can arise are listed and valued again and again until nothing moves any more (Bellman 1957), so
// games may also come back to a position.
class Expectation {
public:
    explicit Expectation(const GameRef &game) : game_(game) {
        if (game.players() > 2 || (game.info().flags & (PARLOUR_GAME_HIDDEN | PARLOUR_GAME_SIMULTANEOUS)) != 0) {
            throw std::runtime_error("expectations are had of open games of one or two players who move in turn");
        }
    }

    double of(const void *start) {
        add(start);
        for (std::size_t at = 0; at < positions_.size(); ++at) expand(at);
        for (double change = 1; change > 1e-13;) {
            change = 0;
            // Later positions first: they were listed as successors of the earlier ones.
            for (std::size_t at = positions_.size(); at-- > 0;) {
                const double value = value_of(positions_[at]);
                change = std::max(change, std::abs(value - positions_[at].value));
                positions_[at].value = value;
            }
        }
        return positions_.front().value;
    }

private:
    enum class Kind : std::uint8_t { over, chance, best, worst };
    struct Successor {
        std::size_t at;
        double probability; // 1 where a player chooses
    };
    struct Position {
        std::string bytes;
        Kind kind = Kind::over;
        double value = 0;
        std::vector<Successor> successors{};
    };

    std::size_t add(const void *state) {
        const auto [known, is_new] = index_.try_emplace(canonical_hash(game_, state), positions_.size());
        if (is_new) positions_.push_back({bytes_of(game_, state)});
        return known->second;
    }

    void expand(std::size_t at) {
        StateBuffer state(game_.state_size()), child(game_.state_size());
        std::memcpy(state.data(), positions_[at].bytes.data(), game_.state_size());
        positions_[at].bytes = {};
        const Turn turn = game_.turn(state.data());
        if (turn.is_over()) {
            float util[PARLOUR_MAX_PLAYERS];
            game_.outcome(state.data(), util);
            positions_[at].value = static_cast<double>(util[0]);
            return;
        }
        std::vector<Move> moves = game_.legal_moves(state.data());
        std::vector<float> probabilities(moves.size(), 1.0f);
        if (turn.is_chance()) {
            game_.chance()->outcomes(game_.self(), state.data(), moves.data(), probabilities.data(),
                                     static_cast<std::uint32_t>(moves.size()));
        }
        std::vector<Successor> successors;
        for (std::size_t i = 0; i < moves.size(); ++i) {
            std::memcpy(child.data(), state.data(), game_.state_size());
            game_.apply(child.data(), moves[i]);
            successors.push_back({add(child.data()), static_cast<double>(probabilities[i])});
        }
        positions_[at].kind = turn.is_chance() ? Kind::chance : turn.player() == 0 ? Kind::best : Kind::worst;
        positions_[at].successors = std::move(successors);
    }

    double value_of(const Position &position) const {
        if (position.kind == Kind::over) return position.value;
        const bool chance = position.kind == Kind::chance, best = position.kind == Kind::best;
        double value = chance ? 0 : best ? -infinity : infinity;
        for (const auto &[at, probability] : position.successors) {
            const double next = positions_[at].value;
            value = chance ? value + probability * next : best ? std::max(value, next) : std::min(value, next);
        }
        return value;
    }

    static constexpr double infinity = std::numeric_limits<double>::infinity();
    const GameRef &game_;
    std::vector<Position> positions_;
    std::unordered_map<std::uint64_t, std::size_t> index_;
};

// How many of several positions, which the one player cannot tell apart, the best plan wins. Moves cost nothing here,
// and what is known can only help, so that a move which loses none of the positions is played at once.
class UnseenWins {
public:
    using Worlds = std::vector<StateBuffer>;

    explicit UnseenWins(const GameRef &game) : game_(game) {
        if (game.players() != 1 || game.hidden() == nullptr) {
            throw std::runtime_error("this is had of games with one player and something hidden");
        }
    }

    // Of positions that look alike.
    std::uint64_t best(const Worlds &worlds) {
        const std::uint64_t view = view_of(worlds.front());
        if (const auto known = memory_.find(view); known != memory_.end()) return known->second;
        std::vector<std::pair<std::uint64_t, Move>> moves; // with the number of positions in which they lose
        for (const Move move : game_.legal_moves(worlds.front().data())) {
            moves.emplace_back(losses(worlds, move), move);
        }
        std::sort(moves.begin(), moves.end());
        std::uint64_t most = 0;
        for (const auto &[n_lost, move] : moves) {
            if (worlds.size() - n_lost <= most) break;
            most = std::max(most, after_move(worlds, move));
            if (n_lost == 0) break;
        }
        return memory_[view] = most;
    }

    std::uint64_t after_move(const Worlds &worlds, Move move) {
        std::uint64_t wins = 0;
        std::unordered_map<std::uint64_t, Worlds> looks;
        for (StateBuffer world : worlds) {
            if (!game_.apply(world.data(), move).is_over()) {
                looks[view_of(world)].push_back(std::move(world));
            } else {
                wins += is_won(game_, world.data());
            }
        }
        for (const auto &[view, alike] : looks) wins += best(alike);
        return wins;
    }

    bool is_view(const StateBuffer &state) const {
        StateBuffer view(game_.state_size());
        game_.hidden()->view(game_.self(), state.data(), 0, view.data());
        return bytes_of(game_, view.data()) == bytes_of(game_, state.data());
    }

private:
    std::uint64_t view_of(const StateBuffer &state) const {
        StateBuffer view(game_.state_size());
        game_.hidden()->view(game_.self(), state.data(), 0, view.data());
        return hash_bytes(view.data(), game_.state_size());
    }

    std::uint64_t losses(const Worlds &worlds, Move move) const {
        std::uint64_t n_lost = 0;
        for (StateBuffer world : worlds) {
            n_lost += game_.apply(world.data(), move).is_over() && !is_won(game_, world.data());
        }
        return n_lost;
    }

    const GameRef &game_;
    std::unordered_map<std::uint64_t, std::uint64_t> memory_;
};

} // namespace

void check_value(const Subject &subject) {
    const GameRef &game = subject.game;
    Solver solver(game, [&](const void *state) {
        float util[PARLOUR_MAX_PLAYERS];
        game.outcome(state, util);
        return static_cast<double>(game.scaled(util[0]));
    });
    double value = solver.solve(subject.start.data(), -1, 1);
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

void check_expected_value(const Subject &subject) {
    const double tolerance = to_number(value_of(subject.row.results, "within"));
    EXPECT_NEAR(Expectation(subject.game).of(subject.start.data()), to_number(subject.row.results.at(0)), tolerance);
}

void check_most_wins(const Subject &subject) {
    const GameRef &game = subject.game;
    const std::vector<std::string> &arguments = subject.row.arguments;
    UnseenWins solver(game);
    std::uint64_t wins = 0, positions = 0;
    if (subject.row.position) {
        UnseenWins::Worlds worlds;
        for_each_position(game, *subject.row.position, arguments.at(0), [&](const StateBuffer &state) {
            if (!solver.is_view(state)) worlds.push_back(state);
        });
        positions = worlds.size();
        if (positions > 0) wins = solver.best(worlds);
    } else {
        // What is laid by the seed is there after the first move: starts count once for each position they come to.
        const std::uint64_t seeds = to_count(value_of(arguments, "seeds"));
        std::unordered_map<std::string, StateBuffer> starts;
        StateBuffer start(game.state_size());
        for (std::uint64_t seed = 0; seed < seeds; ++seed) {
            game.initial(start.data(), seed);
            StateBuffer state = start;
            play_texts(game, state.data(), {arguments.at(2)});
            starts.try_emplace(bytes_of(game, state.data()), start);
        }
        UnseenWins::Worlds worlds;
        for (const auto &[after, before] : starts) worlds.push_back(before);
        positions = worlds.size();
        Move move = PARLOUR_MOVE_NONE;
        game.parse_move(start.data(), arguments.at(2).c_str(), &move, nullptr);
        wins = solver.after_move(worlds, move);
    }
    EXPECT_EQ(wins, to_count(subject.row.results.at(0)));
    EXPECT_EQ(positions, to_count(value_of(subject.row.results, "of")));
}

} // namespace parlour::facts
