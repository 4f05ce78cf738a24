// Information set Monte Carlo tree search (Cowling, Powley, Whitehouse 2012) for games with hidden information.
//
// Each simulation draws a full position from the view of the root and plays in it. What is learnt is kept a position
// *as its player sees it*: nodes are found by the bytes of the view of the player to move. So every player decides by
// what they know (the multiple-observer form), moves that a player cannot see lead to the same node, and since legal
// moves are a function of the view, all moves of a node are always there to choose from and need no count of their
// availability. Chance is drawn by the game and has no nodes.
#pragma once

#include "playouts.hpp"
#include "root_child.hpp"

#include <parlour/engine.hpp>

namespace mcts {

class InformationSetTree {
public:
    // `game` and `playouts` outlive this object. Memory is bounded by `bytes`; when it is full the tree grows no
    // more.
    InformationSetTree(const parlour::GameRef &game, Playouts &playouts, float exploration, std::size_t bytes);

    // Begins a search from a view with these root moves. Lines in the tree are at most `depth` plies.
    void start(const parlour::Search &search, const std::vector<parlour::Move> &moves, std::uint32_t depth);

    // One simulation. Without a position that fits the view it only counts a visit.
    void simulate(parlour::Rng &rng);

    std::uint32_t deepest() const { return deepest_; }
    // The root moves by visits; each line is the move alone, what follows is hidden.
    std::vector<RootChild> ranking() const;
    std::size_t bytes() const;

private:
    struct Action {
        double sum = 0; // for the player who chooses
        float mean = 0, urgency = never_visited;
        std::uint32_t visits = 0;
        parlour::Move move = 0;
    };
    // What the player to move knows, as a hash, and their actions.
    struct Node {
        std::uint64_t key = 0;
        std::uint32_t visits = 0, actions = 0, n_actions = 0;
    };
    struct Step {
        std::uint32_t node, action, player;
    };

    std::uint32_t &slot(std::uint64_t key);
    std::uint64_t key_of(const void *state, std::uint32_t player);
    std::uint32_t add_node(std::uint64_t key, std::span<const parlour::Move> moves, parlour::Rng &rng);
    std::uint32_t select(const Node &node) const;

    const parlour::GameRef &game_;
    Playouts &playouts_;
    float exploration_;
    std::size_t most_nodes_, most_actions_;
    std::uint32_t most_depth_ = 0, deepest_ = 0, root_player_ = 0;
    parlour::StateBuffer root_view_, state_, view_;
    std::vector<std::uint32_t> slots_; // open addressing: node index + 1, or 0
    std::vector<Node> nodes_;
    std::vector<Action> actions_;
    std::vector<parlour::Move> moves_;
    std::vector<Step> path_;
};

} // namespace mcts
