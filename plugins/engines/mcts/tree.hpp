// UCT (Kocsis, Szepesvari 2006) for games without hidden information: any number of players, chance nodes in the
// tree.
//
// For one player, and for two whose utilities add up to zero, results are proven where they can be (MCTS-Solver:
// Winands, Bjoernsson, Saito 2008): a position is decided when one move reaches the best utility of the game, or when
// all moves are decided; of a chance node when all outcomes are. That holds for games with a memory as well: the tree
// is no graph, and every node has one history.
#pragma once

#include "node.hpp"
#include "playouts.hpp"
#include "root_child.hpp"

#include <parlour/engine.hpp>

namespace mcts {

struct TreeSettings {
    float exploration = 1.0f;
    std::size_t bytes = 0;
};

class Tree {
public:
    // `game` and `playouts` outlive this object.
    Tree(const parlour::GameRef &game, Playouts &playouts, const TreeSettings &settings);

    // Begins a search with these root moves. With `reuse` the part of the last tree that hangs on this root is kept
    // where there is one. Lines in the tree are at most `depth` plies.
    void start(const parlour::Search &search, const std::vector<parlour::Move> &moves, bool reuse,
               std::uint32_t depth);

    // One simulation: down the tree, a playout from its leaf, and the result back up.
    void simulate(parlour::Rng &rng);

    // Whether the value of the root is exact.
    bool proven() const { return pool_.used() > 0 && pool_[root_].is_proven(); }
    // Whether nothing is left to find out, or to count.
    bool finished() const { return proven() || pool_[root_].visits == UINT32_MAX; }
    // The most plies that a simulation went down the tree.
    std::uint32_t deepest() const { return deepest_; }
    // Simulations that were there from before.
    std::uint64_t kept() const { return kept_; }

    // The root moves, best first: won ones, then by visits, lost ones last. The first `lines` have a line.
    std::vector<RootChild> ranking(std::uint32_t lines) const;

    // Whether the pool is nearly full; then make_room() is due, or the tree does not grow any more.
    bool crowded() const { return pool_.left() < capacity_; }
    // False when `keep_going()` says so: then the tree is gone.
    template <class KeepGoing>
    bool make_room(KeepGoing keep_going) {
        const bool done = pool_.make_room(root_, keep_going);
        root_ = 0;
        if (!done) pool_.clear();
        return done;
    }
    std::size_t bytes() const { return pool_.used() * sizeof(Node); }

private:
    static constexpr float not_settled = -2;

    // A node on the way of a simulation, with its chooser; and what the player to move is sure of there, if that is
    // the best they have.
    struct Step {
        std::uint32_t node, chooser;
        float settled;
    };

    bool find_root(const parlour::Search &search);
    bool find_below(std::uint32_t node, const void *state, const void *wanted, std::uint32_t plies,
                    std::uint32_t &budget);
    bool follow(std::span<const parlour::Move> moves, const void *wanted);
    bool expand(std::uint32_t node, const void *state, parlour::Turn turn, parlour::Rng &rng);
    void fill(Node &node, std::span<const parlour::Move> moves, parlour::Rng &rng);
    std::uint32_t select(const Node &node, parlour::Rng &rng) const;
    // The children are on their way from memory while the move is played.
    void prefetch_children(const Node &node) const {
        const Node *child = &pool_[node.children];
        for (std::uint32_t i = 0; i < std::min<std::uint32_t>(node.n_children, 16); i += 2)
            __builtin_prefetch(child + i);
    }
    std::uint32_t best_unproven(const Node &node) const;
    void set_result(Values &values, std::uint32_t player, float value) const {
        values[player] = value;
        if (game_.players() == 2) values[1 - player] = -value;
    }
    bool prove(Node &node, bool same_player);
    void back_up(const Values &values, bool proven);
    bool better(const Node &a, const Node &b) const;
    const Node *best_child(const Node &node) const;

    const parlour::GameRef &game_;
    Playouts &playouts_;
    TreeSettings settings_;
    NodePool pool_;
    bool solves_;
    std::uint32_t capacity_; // of moves_
    std::uint32_t most_depth_ = 0, deepest_ = 0;
    std::uint64_t kept_ = 0;

    std::uint32_t root_ = 0, root_player_ = 0;
    bool narrowed_ = false;               // the root has not all its moves
    std::vector<parlour::Move> root_way_; // the moves from the start of the game, if the host said them
    parlour::StateBuffer root_state_, state_, lookup_;
    parlour::Turn root_turn_;
    std::vector<parlour::Move> moves_;
    std::vector<float> probabilities_;
    std::vector<Step> path_;
};

} // namespace mcts
