// The optimal win probability of Pig, by value iteration over every position that the plugin's moves reach.
#include "support/open_plugin.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <unordered_map>

namespace parlour {
namespace {

// A two-player zero-sum game of chance with cycles, as a graph: positions are told apart by their hashes.
class Graph {
public:
    explicit Graph(const GameRef &game) : game_(game), stride_(StateBuffer(game.state_size()).stride()) {
        StateBuffer start(game.state_size());
        game.initial(start.data(), 0);
        find(start.data());
        for (std::size_t node = 0; node < nodes_.size(); ++node) expand(node);
    }

    std::size_t size() const { return nodes_.size(); }

    // The first player's utility at the start with best play of both: sweeps from the last position found to the
    // first until nothing changes by more than `tolerance`.
    double value(double tolerance) {
        std::vector<double> value(nodes_.size(), 0.0);
        for (double change = 1; change > tolerance;) {
            change = 0;
            for (std::size_t i = nodes_.size(); i-- > 0;) {
                const double fresh = evaluate(nodes_[i], value);
                change = std::max(change, std::abs(fresh - value[i]));
                value[i] = fresh;
            }
        }
        return value[0];
    }

private:
    struct Node {
        Turn turn;
        float outcome = 0;
        std::uint32_t first = 0, n = 0; // of edges_
    };
    struct Edge {
        std::uint32_t to;
        float probability;
    };

    double evaluate(const Node &node, const std::vector<double> &value) const {
        if (node.turn.is_over()) return static_cast<double>(node.outcome);
        double best = node.turn.player() == 0 ? -2 : 2, mean = 0;
        for (std::uint32_t i = node.first; i < node.first + node.n; ++i) {
            const double next = value[edges_[i].to];
            mean += static_cast<double>(edges_[i].probability) * next;
            best = node.turn.player() == 0 ? std::max(best, next) : std::min(best, next);
        }
        return node.turn.is_chance() ? mean : best;
    }

    std::uint32_t find(const void *state) {
        const auto [at, is_new] = index_.try_emplace(game_.hash(state), static_cast<std::uint32_t>(nodes_.size()));
        if (is_new) {
            nodes_.push_back({game_.turn(state)});
            const auto *bytes = static_cast<const std::byte *>(state);
            states_.insert(states_.end(), bytes, bytes + stride_);
        }
        return at->second;
    }

    void expand(std::size_t node) {
        StateBuffer here(game_.state_size()), next(game_.state_size());
        std::memcpy(here.data(), states_.data() + node * stride_, stride_);
        const Turn turn = nodes_[node].turn;
        if (turn.is_over()) {
            float util[PARLOUR_MAX_PLAYERS];
            game_.outcome(here.data(), util);
            nodes_[node].outcome = util[0];
            return;
        }
        std::vector<Move> moves = game_.legal_moves(here.data());
        std::vector<float> probabilities(moves.size(), 0.0f);
        if (turn.is_chance()) {
            game_.chance()->outcomes(game_.self(), here.data(), moves.data(), probabilities.data(),
                                     static_cast<std::uint32_t>(moves.size()));
        }
        nodes_[node].first = static_cast<std::uint32_t>(edges_.size());
        nodes_[node].n = static_cast<std::uint32_t>(moves.size());
        for (std::size_t i = 0; i < moves.size(); ++i) {
            next = here;
            game_.apply(next.data(), moves[i]);
            edges_.push_back({find(next.data()), probabilities[i]});
        }
    }

    const GameRef &game_;
    std::size_t stride_;
    std::vector<std::byte> states_;
    std::vector<Node> nodes_;
    std::vector<Edge> edges_;
    std::unordered_map<std::uint64_t, std::uint32_t> index_;
};

double win_probability(const test::Options &options) {
    const test::OpenGame game("pig", options);
    Graph graph(*game);
    return (graph.value(1e-9) + 1) / 2;
}

// Neller and Presser, Optimal Play of the Dice Game Pig (2004): 0.5306; 0.530593 by recounts of their iteration.
TEST(Pig, FirstPlayerWinsAsPublished) {
    EXPECT_NEAR(win_probability({}), 0.530593, 1e-6);
}

// A race to ten has the first player further ahead, and not so far that a single turn decides it.
TEST(Pig, ShorterRaceFavoursTheFirstPlayerMore) {
    const double ten = win_probability({{"target", "10"}});
    EXPECT_GT(ten, 0.60);
    EXPECT_LT(ten, 0.75);
}

} // namespace
} // namespace parlour
