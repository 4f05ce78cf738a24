#include "host/scene/touch_tree.hpp"

#include <algorithm>
#include <array>

namespace parlour::host {

namespace {

// A game that never runs out of alternatives is cut off here.
constexpr std::uint32_t max_alternatives = 64;
constexpr std::uint32_t max_path_length = 4096;

void add_once(std::vector<Touch> &list, Touch touch) {
    if (std::find(list.begin(), list.end(), touch) == list.end()) list.push_back(touch);
}
void add_once(std::vector<Move> &list, Move move) {
    if (std::find(list.begin(), list.end(), move) == list.end()) list.push_back(move);
}

} // namespace

std::vector<Touch> move_path(const Game &game, const StateBuffer &state, Move move, std::uint32_t alternative) {
    const parlour_game_board *board = game.ref().board();
    if (board == nullptr) return {};
    std::array<parlour_step, 64> small{};
    std::vector<parlour_step> big;
    const parlour_step *steps = small.data();
    std::uint32_t n = board->path(game.ref().self(), state.data(), move, alternative, small.data(),
                                  static_cast<std::uint32_t>(small.size()));
    if (n > max_path_length) return {};
    if (n > small.size()) {
        big.resize(n);
        n = std::min(n, board->path(game.ref().self(), state.data(), move, alternative, big.data(), n));
        steps = big.data();
    }
    std::vector<Touch> path;
    for (std::uint32_t i = 0; i < n; ++i) path.push_back({steps[i].kind, steps[i].id});
    return path;
}

std::vector<Swipe> move_swipes(const Game &game, const StateBuffer &state, Move move) {
    std::vector<Swipe> swipes;
    const std::vector<Touch> main = move_path(game, state, move);
    if (std::any_of(main.begin(), main.end(), [](const Touch &touch) { return touch.is_cell(); })) return swipes;
    for (std::uint32_t alternative = 1; alternative < max_alternatives; ++alternative) {
        const std::vector<Touch> path = move_path(game, state, move, alternative);
        if (path.empty()) break;
        if (path.size() == 2 && path[0].is_cell() && path[1].is_cell()) swipes.push_back({path[0].id, path[1].id});
    }
    return swipes;
}

TouchTree::TouchTree(const Game &game, const StateBuffer &state, std::span<const Move> moves) {
    for (const Move move : moves) {
        for (std::uint32_t alternative = 0; alternative < max_alternatives; ++alternative) {
            const std::vector<Touch> path = move_path(game, state, move, alternative);
            if (path.empty()) break;
            add(path, move);
        }
    }
}

TouchTree TouchTree::of(const Game &game, const StateBuffer &state) {
    const Turn turn = game.turn(state);
    if (turn.is_over() || turn.is_chance() || game.ref().board() == nullptr) return {};
    return TouchTree(game, state, game.legal_moves(state));
}

TouchTree::TouchTree(std::span<const std::pair<std::vector<Touch>, Move>> paths) {
    for (const auto &[path, move] : paths) add(path, move);
}

void TouchTree::add(std::span<const Touch> path, Move move) {
    if (path.empty()) return;
    if (nodes_.empty()) nodes_.emplace_back();
    std::uint32_t at = 0;
    for (const Touch touch : path) {
        const auto &children = nodes_[at].children;
        const auto known =
            std::find_if(children.begin(), children.end(), [&](const auto &child) { return child.first == touch; });
        if (known != children.end()) {
            at = known->second;
            continue;
        }
        const auto fresh = static_cast<std::uint32_t>(nodes_.size());
        nodes_[at].children.emplace_back(touch, fresh);
        nodes_.emplace_back();
        at = fresh;
    }
    add_once(nodes_[at].moves, move);
}

const TouchTree::Node *TouchTree::find(std::span<const Touch> touched) const {
    if (nodes_.empty()) return nullptr;
    const Node *node = &nodes_.front();
    for (const Touch touch : touched) {
        const auto child = std::find_if(node->children.begin(), node->children.end(),
                                        [&](const auto &pair) { return pair.first == touch; });
        if (child == node->children.end()) return nullptr;
        node = &nodes_[child->second];
    }
    return node;
}

bool TouchTree::is_prefix(std::span<const Touch> touched) const {
    return touched.empty() || find(touched) != nullptr;
}

std::vector<Touch> TouchTree::next(std::span<const Touch> touched) const {
    std::vector<Touch> out;
    if (const Node *node = find(touched)) {
        for (const auto &[touch, index] : node->children) out.push_back(touch);
    }
    return out;
}

std::vector<Move> TouchTree::complete(std::span<const Touch> touched) const {
    const Node *node = find(touched);
    return node == nullptr ? std::vector<Move>{} : node->moves;
}

void TouchTree::collect(const Node &node, std::vector<Move> &moves, std::vector<Touch> *ends, Touch last) const {
    for (const Move move : node.moves) add_once(moves, move);
    if (ends != nullptr && !node.moves.empty()) add_once(*ends, last);
    for (const auto &[touch, index] : node.children) collect(nodes_[index], moves, ends, touch);
}

std::vector<Move> TouchTree::candidates(std::span<const Touch> touched) const {
    std::vector<Move> moves;
    if (const Node *node = find(touched)) collect(*node, moves, nullptr, {});
    return moves;
}

std::vector<Touch> TouchTree::targets(std::span<const Touch> touched) const {
    std::vector<Move> moves;
    std::vector<Touch> ends;
    if (const Node *node = find(touched)) {
        for (const auto &[touch, index] : node->children) collect(nodes_[index], moves, &ends, touch);
    }
    return ends;
}

MoveEntry::Outcome MoveEntry::judge() {
    moves_ = tree_.complete(touched_);
    if (moves_.empty()) return Outcome::going_on;
    if (!tree_.next(touched_).empty()) return Outcome::may_end;
    return moves_.size() == 1 ? Outcome::complete : Outcome::ask;
}

MoveEntry::Outcome MoveEntry::touch(Touch touch) {
    std::vector<Touch> longer = touched_;
    longer.push_back(touch);
    if (tree_.is_prefix(longer)) {
        touched_ = std::move(longer);
        return judge();
    }
    if (!touched_.empty() && touched_.back() == touch) {
        if (!moves_.empty()) return moves_.size() == 1 ? Outcome::complete : Outcome::ask;
        if (touched_.size() == 1) {
            clear();
            return Outcome::cancelled;
        }
    }
    const std::array fresh{touch};
    if (tree_.is_prefix(fresh)) {
        touched_.assign(1, touch);
        return judge();
    }
    return Outcome::refused;
}

void MoveEntry::clear() {
    touched_.clear();
    moves_.clear();
}

} // namespace parlour::host
