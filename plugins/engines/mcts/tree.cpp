#include "tree.hpp"

namespace mcts {

using parlour::Move;
using parlour::Search;
using parlour::Turn;

namespace {

constexpr float won = 0.99999f; // the best utility, but for rounding
constexpr std::uint32_t lookup_plies = 4;
constexpr std::uint32_t lookup_budget = 100'000; // positions

} // namespace

Tree::Tree(const parlour::GameRef &game, Playouts &playouts, const TreeSettings &settings)
    : game_(game),
      playouts_(playouts),
      settings_(settings),
      pool_(settings.bytes, std::size_t{game.info().max_moves} * 4 + 64),
      solves_(game.players() == 1 || (game.players() == 2 && game.has(PARLOUR_GAME_ZERO_SUM))),
      capacity_(std::clamp(game.info().max_moves, 1u, most_children)),
      root_state_(game.state_size()),
      state_(game.state_size()),
      lookup_(game.state_size(), lookup_plies + 1),
      moves_(std::max(1u, game.info().max_moves)) {
    if (game.chance() != nullptr) probabilities_.resize(moves_.size());
    path_.reserve(256);
}

void Tree::start(const Search &search, const std::vector<Move> &moves, bool reuse, std::uint32_t depth) {
    most_depth_ = depth;
    deepest_ = 0;
    kept_ = 0;
    const bool whole = moves.size() == game_.legal_moves(search.state()).size();
    if (reuse && whole && !narrowed_ && find_root(search)) {
        kept_ = pool_[root_].visits;
    } else {
        pool_.clear();
        root_ = pool_.allocate(1);
        parlour::Rng rng{{search.limits().seed}};
        fill(pool_[root_], moves, rng);
    }
    narrowed_ = !whole;
    root_player_ = search.player();
    std::memcpy(root_state_.data(), search.state(), game_.state_size());
    root_turn_ = game_.turn(root_state_.data());
    const parlour_root &root = search.root();
    root_way_.assign(root.moves, root.moves + (root.moves != nullptr ? root.n_moves : 0));
}

// ---- the tree of the search before ----

// Makes the node of the new root the root; false when the tree has none that is of use.
bool Tree::find_root(const Search &search) {
    if (pool_.used() == 0) return false;
    const parlour_root &root = search.root();
    bool found = false;
    if (root.moves != nullptr && root.n_moves >= root_way_.size() &&
        std::equal(root_way_.begin(), root_way_.end(), root.moves)) {
        found = follow({root.moves + root_way_.size(), root.n_moves - root_way_.size()}, search.state());
    }
    if (!found) {
        std::uint32_t budget = lookup_budget;
        found = find_below(root_, root_state_.data(), search.state(), lookup_plies, budget);
    }
    return found && pool_[root_].n_children > 0;
}

bool Tree::follow(std::span<const Move> moves, const void *wanted) {
    std::memcpy(lookup_.data(), root_state_.data(), game_.state_size());
    std::uint32_t at = root_;
    for (const Move move : moves) {
        const Node &node = pool_[at];
        std::uint32_t child = node.children;
        while (child < node.children + node.n_children && pool_[child].move != move) ++child;
        if (child == node.children + node.n_children) return false;
        at = child;
        game_.apply(lookup_.data(), move);
    }
    if (std::memcmp(lookup_.data(), wanted, game_.state_size()) != 0) return false;
    root_ = at;
    return true;
}

// Where the host does not tell the way, the root is looked for by its bytes.
bool Tree::find_below(std::uint32_t node, const void *state, const void *wanted, std::uint32_t plies,
                      std::uint32_t &budget) {
    if (std::memcmp(state, wanted, game_.state_size()) == 0) {
        root_ = node;
        return true;
    }
    if (plies == 0) return false;
    void *next = lookup_.at(plies);
    for (std::uint32_t i = 0; i < pool_[node].n_children && budget > 0; ++i, --budget) {
        const std::uint32_t child = pool_[node].children + i;
        if (pool_[child].n_children == 0) continue;
        std::memcpy(next, state, game_.state_size());
        game_.apply(next, pool_[child].move);
        if (find_below(child, next, wanted, plies - 1, budget)) return true;
    }
    return false;
}

// ---- a simulation ----

void Tree::simulate(parlour::Rng &rng) {
    parlour::copy_state(state_.data(), root_state_.data(), state_.stride());
    Turn turn = root_turn_;
    path_.clear();
    path_.push_back({root_, root_player_, not_settled});
    Values values;
    bool proven = false;
    for (;;) {
        const std::uint32_t at = path_.back().node, chooser = path_.back().chooser;
        Node &node = pool_[at];
        if (turn.is_over()) {
            playouts_.outcome(turn, state_.data(), values);
            proven = solves_ && !turn.is_fault() && !node.is_proven();
            if (proven) node.prove(values[chooser]);
            break;
        }
        if (node.is_proven() && at != root_) {
            set_result(values, chooser, node.mean);
            break;
        }
        if (node.n_children == 0) {
            const bool grow = node.visits > 0 && path_.size() <= most_depth_;
            if (!grow || !expand(at, state_.data(), turn, rng)) {
                playouts_.run(state_.data(), turn, rng, values);
                break;
            }
        }
        std::uint32_t next = select(node, rng);
        if (pool_[next].is_proven() && !node.is_chance()) {
            // The best there is here is known: that is the result. The simulation may as well look at the others, so
            // that one day they are known too.
            path_.back().settled = pool_[next].mean;
            next = best_unproven(node);
        }
        prefetch_children(pool_[next]);
        path_.push_back({next, turn.is_chance() ? chooser : turn.player(), not_settled});
        turn = game_.apply(state_.data(), pool_[next].move);
    }
    deepest_ = std::max(deepest_, static_cast<std::uint32_t>(path_.size() - 1));
    back_up(values, proven);
}

// Gives a node its children; false if there is no room, or the rules failed.
bool Tree::expand(std::uint32_t at, const void *state, Turn turn, parlour::Rng &rng) {
    std::uint32_t n;
    if (turn.is_chance()) {
        if (game_.chance() == nullptr) return false;
        n = game_.chance()->outcomes(game_.self(), state, moves_.data(), probabilities_.data(),
                                     static_cast<std::uint32_t>(moves_.size()));
    } else {
        n = game_.legal(state, moves_.data(), static_cast<std::uint32_t>(moves_.size()));
    }
    if (n == 0 || n > moves_.size()) return false;
    n = std::min(n, capacity_);
    if (n > pool_.left()) return false;
    fill(pool_[at], {moves_.data(), n}, rng);
    if (turn.is_chance()) {
        pool_[at].flags |= node_chance;
        for (std::uint32_t i = 0; i < n; ++i) {
            Node &child = pool_[pool_[at].children + i];
            child.flags |= node_outcome;
            child.urgency = probabilities_[i];
        }
    }
    return true;
}

// Children without visits are taken in random order.
void Tree::fill(Node &node, std::span<const Move> moves, parlour::Rng &rng) {
    const std::size_t n = std::min<std::size_t>(moves.size(), capacity_);
    node.children = pool_.allocate(n);
    node.n_children = static_cast<std::uint16_t>(n);
    std::uint64_t random = rng.next();
    for (std::size_t i = 0; i < n; ++i) {
        Node &child = pool_[node.children + i];
        child.move = moves[i];
        child.urgency = never_visited + static_cast<float>(random >> 48) * 0x1p-16f;
        random *= 0xd1342543de82ef95u;
    }
}

// The child to look at next: of a chance node by its probability, otherwise that of the highest upper confidence
// bound.
std::uint32_t Tree::select(const Node &node, parlour::Rng &rng) const {
    const Node *children = &pool_[node.children];
    if (node.is_chance()) {
        auto left = static_cast<float>(rng.unit());
        std::uint32_t i = 0;
        while (i + 1u < node.n_children && (left -= children[i].urgency) >= 0) ++i;
        return node.children + i;
    }
    const float weight = exploration_weight(settings_.exploration, node.visits);
    float best_bound = children[0].mean + weight * children[0].urgency;
    std::uint32_t best = 0;
    for (std::uint32_t i = 1; i < node.n_children; ++i) {
        const float bound = children[i].mean + weight * children[i].urgency;
        best = bound > best_bound ? i : best;
        best_bound = std::max(bound, best_bound);
    }
    return node.children + best;
}

// As select(), among the children that are not proven. There is one, or the node would be proven itself.
std::uint32_t Tree::best_unproven(const Node &node) const {
    const float weight = exploration_weight(settings_.exploration, node.visits);
    float best_bound = -1e30f;
    std::uint32_t best = node.children;
    for (std::uint32_t i = node.children; i < node.children + node.n_children; ++i) {
        const float bound = pool_[i].mean + weight * pool_[i].urgency;
        if (pool_[i].is_proven() || bound <= best_bound) continue;
        best_bound = bound;
        best = i;
    }
    return best;
}

// Proves a node by its children, if they do; `same_player` says whether its chooser is also who moves at it.
bool Tree::prove(Node &node, bool same_player) {
    float best = -2, expected = 0;
    bool all = true;
    for (std::uint32_t i = 0; i < node.n_children; ++i) {
        const Node &child = pool_[node.children + i];
        if (!child.is_proven()) {
            all = false;
            continue;
        }
        best = std::max(best, child.mean);
        expected += child.urgency * child.mean;
    }
    if (node.is_chance()) {
        if (all) node.prove(expected);
        return all;
    }
    if (!all && best < won) return false;
    node.prove(same_player ? best : -best);
    return true;
}

// From the leaf to the root. A proven result goes up as far as it proves the nodes above it, and from there on counts
// as the result of the simulation; so does the value that the best child of a node was known to have.
void Tree::back_up(const Values &result, bool proven) {
    Values values = result;
    pool_[path_.back().node].add(values[path_.back().chooser]);
    for (std::size_t i = path_.size() - 1; i-- > 0;) {
        const Step &step = path_[i];
        const std::uint32_t mover = path_[i + 1].chooser;
        Node &node = pool_[step.node];
        proven = proven && !node.is_proven() && prove(node, mover == step.chooser);
        if (proven) {
            set_result(values, step.chooser, node.mean);
        } else if (step.settled > not_settled) {
            set_result(values, mover, step.settled);
        }
        node.add(values[step.chooser]);
    }
}

// ---- what came out ----

// Whether `a` is rather to be played than `b`, both children of one node.
bool Tree::better(const Node &a, const Node &b) const {
    const auto rank = [](const Node &node) {
        if (!node.is_proven()) return 1;
        return node.mean >= won ? 2 : node.mean <= -won ? 0 : 1;
    };
    if (rank(a) != rank(b)) return rank(a) > rank(b);
    if (a.is_proven() && b.is_proven() && a.mean != b.mean) return a.mean > b.mean;
    if (a.is_proven() != b.is_proven() && (a.is_proven() ? a.mean >= b.mean : b.mean >= a.mean)) return a.is_proven();
    return a.visits > b.visits;
}

const Node *Tree::best_child(const Node &node) const {
    const Node *best = nullptr;
    for (std::uint32_t i = 0; i < node.n_children; ++i) {
        const Node &child = pool_[node.children + i];
        if (child.visits == 0 && !child.is_proven()) continue;
        const bool first = best == nullptr;
        if (first || (node.is_chance() ? child.visits > best->visits : better(child, *best))) best = &child;
    }
    return best;
}

std::vector<RootChild> Tree::ranking(std::uint32_t lines) const {
    const Node &root = pool_[root_];
    std::vector<const Node *> children;
    for (std::uint32_t i = 0; i < root.n_children; ++i) children.push_back(&pool_[root.children + i]);
    // better() compares by value here and by visits there, which is no strict order; so the best are picked one by
    // one.
    std::vector<RootChild> ranked;
    while (!children.empty()) {
        auto best = children.begin();
        for (auto at = best + 1; at != children.end(); ++at) {
            if (better(**at, **best)) best = at;
        }
        const Node *node = *best;
        children.erase(best);
        RootChild child{node->move, node->visits, node->mean + 0.0f, node->is_proven(), {}}; // -0 becomes 0
        if (ranked.size() < lines) {
            for (; node != nullptr && child.line.size() < 64; node = best_child(*node))
                child.line.push_back(node->move);
        }
        ranked.push_back(std::move(child));
    }
    return ranked;
}

} // namespace mcts
