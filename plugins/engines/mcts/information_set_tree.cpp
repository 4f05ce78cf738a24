#include "information_set_tree.hpp"

#include <bit>

namespace mcts {

using parlour::Move;
using parlour::Search;
using parlour::Turn;

InformationSetTree::InformationSetTree(const parlour::GameRef &game, Playouts &playouts, float exploration,
                                       std::size_t bytes)
    : game_(game),
      playouts_(playouts),
      exploration_(exploration),
      // Half for actions, an eighth for nodes; the slots, two to eight a node, take a sixth at most. Pages are taken
      // from the system only when they are used.
      most_nodes_(std::clamp<std::size_t>(bytes / 8 / sizeof(Node), 64, std::size_t{1} << 30)),
      most_actions_(
          std::clamp<std::size_t>(bytes / 2 / sizeof(Action), std::size_t{game.info().max_moves} + 64, UINT32_MAX)),
      root_view_(game.state_size()),
      state_(game.state_size()),
      view_(game.state_size()),
      moves_(std::max(1u, game.info().max_moves)) {
    nodes_.reserve(most_nodes_);
    actions_.reserve(most_actions_);
}

void InformationSetTree::start(const Search &search, const std::vector<Move> &moves, std::uint32_t depth) {
    most_depth_ = depth;
    deepest_ = 0;
    root_player_ = search.player();
    std::memcpy(root_view_.data(), search.state(), game_.state_size());
    nodes_.clear();
    actions_.clear();
    slots_.assign(1024, 0);
    parlour::Rng rng{{search.limits().seed}};
    add_node(parlour::hash_bytes(root_view_.data(), game_.state_size()) + root_player_, moves, rng);
}

// Where a key is, or would be put. At most half of the slots are in use, so there is an end.
std::uint32_t &InformationSetTree::slot(std::uint64_t key) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = key & mask;
    while (slots_[at] != 0 && nodes_[slots_[at] - 1].key != key) at = (at + 1) & mask;
    return slots_[at];
}

std::uint64_t InformationSetTree::key_of(const void *state, std::uint32_t player) {
    game_.hidden()->view(game_.self(), state, player, view_.data());
    return parlour::hash_bytes(view_.data(), game_.state_size()) + player;
}

std::uint32_t InformationSetTree::add_node(std::uint64_t key, std::span<const Move> moves, parlour::Rng &rng) {
    if (nodes_.size() * 2 >= slots_.size()) {
        slots_.assign(slots_.size() * 4, 0);
        for (std::uint32_t i = 0; i < nodes_.size(); ++i) slot(nodes_[i].key) = i + 1;
    }
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back({key, 0, static_cast<std::uint32_t>(actions_.size()), static_cast<std::uint32_t>(moves.size())});
    for (const Move move : moves) {
        Action action;
        action.move = move;
        action.urgency += static_cast<float>(rng.unit()); // those without visits in random order
        actions_.push_back(action);
    }
    slot(key) = index + 1;
    return index;
}

std::uint32_t InformationSetTree::select(const Node &node) const {
    const float weight = exploration_weight(exploration_, node.visits);
    std::uint32_t best = node.actions;
    float best_bound = -1e30f;
    for (std::uint32_t i = node.actions; i < node.actions + node.n_actions; ++i) {
        const float bound = actions_[i].mean + weight * actions_[i].urgency;
        best = bound > best_bound ? i : best;
        best_bound = std::max(bound, best_bound);
    }
    return best;
}

void InformationSetTree::simulate(parlour::Rng &rng) {
    path_.clear();
    Values values{};
    const bool drawn = game_.hidden()->determinize(game_.self(), root_view_.data(), root_player_, &rng.raw,
                                                   state_.data()) == PARLOUR_OK;
    Turn turn = game_.turn(root_view_.data());
    std::uint32_t at = 0; // the root is node 0, whatever its moves
    bool judged = !drawn, fresh = false;
    for (std::uint32_t ply = 0; !judged && !turn.is_over(); ++ply) {
        if (turn.is_chance()) {
            turn = game_.apply(state_.data(), game_.chance()->sample(game_.self(), state_.data(), &rng.raw));
            continue;
        }
        const std::uint32_t player = turn.player();
        if (ply > 0) {
            const std::uint64_t key = key_of(state_.data(), player);
            const std::uint32_t known = slot(key);
            if (known != 0) {
                at = known - 1;
            } else {
                const auto capacity = static_cast<std::uint32_t>(moves_.size());
                const std::uint32_t n = game_.legal(state_.data(), moves_.data(), capacity);
                // One new node a simulation; from there on it is a playout.
                const bool room = nodes_.size() < most_nodes_ && n <= most_actions_ - actions_.size();
                if (fresh || n == 0 || n > capacity || !room || path_.size() >= most_depth_) {
                    playouts_.run(state_.data(), turn, rng, values);
                    judged = true;
                    break;
                }
                at = add_node(key, {moves_.data(), n}, rng);
                fresh = true;
            }
        }
        const std::uint32_t action = select(nodes_[at]);
        path_.push_back({at, action, player});
        turn = game_.apply(state_.data(), actions_[action].move);
        if (path_.size() > 4096) break; // a game that goes in circles
    }
    if (!judged && turn.is_over()) playouts_.outcome(turn, state_.data(), values);
    deepest_ = std::max(deepest_, static_cast<std::uint32_t>(path_.size()));
    for (const Step &step : path_) {
        Action &action = actions_[step.action];
        ++nodes_[step.node].visits;
        ++action.visits;
        action.sum += static_cast<double>(values[step.player]);
        action.mean = static_cast<float>(action.sum / action.visits);
        action.urgency = 1.0f / std::sqrt(static_cast<float>(action.visits));
    }
}

std::vector<RootChild> InformationSetTree::ranking() const {
    std::vector<RootChild> ranked;
    const Node &root = nodes_[0];
    for (std::uint32_t i = root.actions; i < root.actions + root.n_actions; ++i) {
        const Action &action = actions_[i];
        ranked.push_back({action.move, action.visits, action.mean, false, {action.move}});
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const RootChild &a, const RootChild &b) { return a.visits > b.visits; });
    return ranked;
}

std::size_t InformationSetTree::bytes() const {
    return slots_.size() * sizeof(std::uint32_t) + nodes_.size() * sizeof(Node) + actions_.size() * sizeof(Action);
}

} // namespace mcts
