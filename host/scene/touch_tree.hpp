// How moves are entered by touch: the prefix tree of the paths of all legal moves of one position. Clicks, drags,
// keys, typed cells and buttons all walk this tree, for every game alike. A TouchTree is a value; making one is
// [any].
#pragma once

#include "host/plugins/game.hpp"

#include <compare>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace parlour::host {

// One touch of a cell or a button.
struct Touch {
    std::uint8_t kind = PARLOUR_STEP_CELL;
    std::uint32_t id = PARLOUR_CELL_NONE;

    static Touch cell(std::uint32_t id) { return {PARLOUR_STEP_CELL, id}; }
    static Touch button(std::uint32_t id) { return {PARLOUR_STEP_BUTTON, id}; }
    bool is_cell() const { return kind == PARLOUR_STEP_CELL; }
    auto operator<=>(const Touch &) const = default;
};

// The touches of a legal move, by its alternative-th path; empty when there are no more alternatives or no board.
// Alternative 0 is the one along which its piece is animated.
std::vector<Touch> move_path(const Game &game, const StateBuffer &state, Move move, std::uint32_t alternative = 0);

// A swipe: the first cell is pushed towards the second.
struct Swipe {
    std::uint32_t from = PARLOUR_CELL_NONE, to = PARLOUR_CELL_NONE;
};

// The swipes by which a move may be entered in place of its button: they tell which way it pushes what lies on the
// board. None for a move whose main path touches cells.
std::vector<Swipe> move_swipes(const Game &game, const StateBuffer &state, Move move);

class TouchTree {
public:
    // A tree without moves.
    TouchTree() = default;
    // All alternatives of the paths of `moves`, which are legal in `state`.
    TouchTree(const Game &game, const StateBuffer &state, std::span<const Move> moves);
    // The tree of all legal moves; empty when the game is over, at chance nodes, and for games without a board.
    static TouchTree of(const Game &game, const StateBuffer &state);
    // From paths given outright, each with its move.
    explicit TouchTree(std::span<const std::pair<std::vector<Touch>, Move>> paths);

    bool empty() const { return nodes_.empty() || nodes_.front().children.empty(); }
    // Whether some legal path begins with these touches; the empty sequence always does.
    bool is_prefix(std::span<const Touch> touched) const;
    // What may be touched next, in the order of the moves; after nothing: the legal first touches.
    std::vector<Touch> next(std::span<const Touch> touched = {}) const;
    // The moves whose path is exactly these touches: one is that move, several have to be asked for.
    std::vector<Move> complete(std::span<const Touch> touched) const;
    // All moves with a path that begins with these touches, in order, without repetition.
    std::vector<Move> candidates(std::span<const Touch> touched = {}) const;
    // Where the moves that begin with these touches may end: the last touches of their whole paths, for highlighting
    // the targets of a piece that was picked up.
    std::vector<Touch> targets(std::span<const Touch> touched) const;

private:
    struct Node {
        std::vector<std::pair<Touch, std::uint32_t>> children;
        std::vector<Move> moves; // whose paths end here
    };
    const Node *find(std::span<const Touch> touched) const;
    void add(std::span<const Touch> path, Move move);
    void collect(const Node &node, std::vector<Move> &moves, std::vector<Touch> *ends, Touch last) const;

    std::vector<Node> nodes_;
};

// Entering one move, touch by touch.
class MoveEntry {
public:
    enum class Outcome {
        refused,   // no legal path goes on like this, none begins with it: everything is as before
        cancelled, // the first touch again: nothing is touched any more
        going_on,  // a beginning; see TouchTree::next
        complete,  // moves() has the one move meant
        ask,       // moves() has several that are touched alike
        may_end    // moves() may be played now, by the same touch again, or the path may go on
    };

    MoveEntry() = default;
    explicit MoveEntry(TouchTree tree) : tree_(std::move(tree)) {}

    // One more touch. One that does not go on begins anew where it can.
    Outcome touch(Touch touch);
    // Forgets what was touched.
    void clear();

    const TouchTree &tree() const { return tree_; }
    const std::vector<Touch> &touched() const { return touched_; }
    // After complete, ask and may_end: the moves that the touches name; else none.
    const std::vector<Move> &moves() const { return moves_; }

private:
    Outcome judge();

    TouchTree tree_;
    std::vector<Touch> touched_;
    std::vector<Move> moves_;
};

} // namespace parlour::host
