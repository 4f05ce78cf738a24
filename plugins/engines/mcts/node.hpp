// A node of the search tree, and the pool that all nodes of a tree come from.
#pragma once

#include <parlour/common.hpp>

#include <array>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <new>

namespace mcts {

// Node.flags
enum : std::uint8_t {
    node_chance = 1,  // nature moves here
    node_outcome = 2, // the parent is a chance node: `urgency` is this outcome's probability
    node_proven = 4   // `mean` is the exact value
};

// 32 bytes; the children of a node lie one behind the other. The position is not kept: it is played again from the
// root. Values are those of the node's chooser, the player whose move leads to it (of an outcome of chance: the
// chooser of the chance node), so that a player compares the children by their own values.
struct Node {
    double sum = 0;             // of the results of all simulations that came by
    float mean = 0;             // sum / visits, or the exact value
    float urgency = 0;          // 1 / sqrt(visits): what selection multiplies; big while there was no visit
    std::uint32_t visits = 0;   // simulations
    parlour::Move move = 0;     // that leads here
    std::uint32_t children = 0; // index of the first
    std::uint16_t n_children = 0;
    std::uint8_t flags = 0;
    std::uint8_t reserved = 0;

    bool is_chance() const { return (flags & node_chance) != 0; }
    bool is_proven() const { return (flags & node_proven) != 0; }

    // One more simulation that ended in `value`.
    void add(float value) {
        sum += static_cast<double>(value);
        ++visits;
        if ((flags & node_proven) != 0) return;
        mean = static_cast<float>(sum / visits);
        if ((flags & node_outcome) == 0) urgency = 1.0f / std::sqrt(static_cast<float>(visits));
    }
    // Further visits bring nothing: selection takes a proven node only for its value.
    void prove(float value) {
        flags |= node_proven;
        mean = value;
        if ((flags & node_outcome) == 0) urgency = 0;
    }
};
static_assert(sizeof(Node) == 32);

constexpr std::uint32_t most_children = 65535; // further legal moves are not looked at

// Memory for nodes, bounded. Children are always allocated after their parent, so their index is the higher one;
// make_room() keeps that order.
class NodePool {
public:
    // `bytes` bounds nodes and what make_room() needs beside them, but there is always room for `least` nodes. Pages
    // are taken from the system only when they are used.
    NodePool(std::size_t bytes, std::size_t least)
        : capacity_(std::clamp<std::size_t>(bytes * 16 / (sizeof(Node) * 16 + 3), least, UINT32_MAX)),
          nodes_(static_cast<Node *>(std::malloc(capacity_ * sizeof(Node)))) {
        if (nodes_ == nullptr) throw std::bad_alloc();
    }

    Node &operator[](std::size_t index) { return nodes_.get()[index]; }
    const Node &operator[](std::size_t index) const { return nodes_.get()[index]; }
    std::size_t used() const { return used_; }
    std::size_t capacity() const { return capacity_; }
    std::size_t left() const { return capacity_ - used_; }
    void clear() { used_ = 0; }

    // The index of `n` new nodes; n <= left().
    std::uint32_t allocate(std::size_t n) {
        const auto first = static_cast<std::uint32_t>(used_);
        used_ += n;
        for (std::size_t i = first; i < used_; ++i) new (nodes_.get() + i) Node;
        return first;
    }

    // Keeps what is below `root`, which becomes node 0, and moves it together; if that is more than half of the pool,
    // nodes with few visits lose their children. `keep_going()` is asked now and then; when it says false, the pool
    // is left in ruins and has to be cleared.
    template <class KeepGoing>
    bool make_room(std::uint32_t root, KeepGoing keep_going);

private:
    struct Free {
        void operator()(Node *nodes) const { std::free(nodes); }
    };
    class Marks;

    // How many children hang on nodes with so many bits in their visits.
    using Histogram = std::array<std::size_t, 33>;

    // Marks what is to stay when nodes with fewer visits than `least` have no children; returns how many that are.
    template <class KeepGoing>
    std::size_t mark(Marks &marks, std::uint32_t root, std::uint32_t least, Histogram &histogram,
                     KeepGoing keep_going) const;

    std::size_t capacity_, used_ = 0;
    std::unique_ptr<Node, Free> nodes_;
};

// A bit a node, and how many bits are set before each word.
class NodePool::Marks {
public:
    explicit Marks(std::size_t n) : words_(n / 64 + 2), before_(n / 64 + 2) {}
    void clear() { std::fill(words_.begin(), words_.end(), 0); }
    bool has(std::size_t i) const { return (words_[i / 64] >> (i % 64) & 1) != 0; }
    void set(std::size_t begin, std::size_t n) {
        for (std::size_t i = begin; i < begin + n; ++i) words_[i / 64] |= std::uint64_t{1} << (i % 64);
    }
    void count() {
        std::uint32_t sum = 0;
        for (std::size_t w = 0; w < words_.size(); ++w) {
            before_[w] = sum;
            sum += static_cast<std::uint32_t>(__builtin_popcountll(words_[w]));
        }
    }
    std::uint32_t rank(std::size_t i) const {
        const std::uint64_t below = words_[i / 64] & ((std::uint64_t{1} << (i % 64)) - 1);
        return before_[i / 64] + static_cast<std::uint32_t>(__builtin_popcountll(below));
    }

private:
    std::vector<std::uint64_t> words_;
    std::vector<std::uint32_t> before_;
};

template <class KeepGoing>
std::size_t NodePool::mark(Marks &marks, std::uint32_t root, std::uint32_t least, Histogram &histogram,
                           KeepGoing keep_going) const {
    marks.clear();
    marks.set(root, 1);
    histogram.fill(0);
    std::size_t total = 1;
    for (std::size_t i = root; i < used_; ++i) {
        if (i % 65536 == 65535 && !keep_going()) return 0;
        const Node &node = (*this)[i];
        if (!marks.has(i) || node.n_children == 0 || (node.visits < least && i != root)) continue;
        marks.set(node.children, node.n_children);
        total += node.n_children;
        histogram[static_cast<std::size_t>(std::bit_width(node.visits))] += node.n_children;
    }
    return total;
}

template <class KeepGoing>
bool NodePool::make_room(std::uint32_t root, KeepGoing keep_going) {
    Marks marks(used_);
    Histogram histogram;
    std::size_t kept = mark(marks, root, 0, histogram, keep_going);
    if (kept > capacity_ / 2) {
        std::size_t bits = histogram.size(), sum = 0;
        while (bits > 0 && (sum += histogram[bits - 1]) < capacity_ / 2) --bits;
        kept = mark(marks, root, static_cast<std::uint32_t>((std::uint64_t{1} << bits) / 2), histogram, keep_going);
    }
    if (kept == 0) return false;
    marks.count();
    for (std::size_t i = root; i < used_; ++i) {
        if (i % 65536 == 65535 && !keep_going()) return false;
        if (!marks.has(i)) continue;
        Node node = (*this)[i];
        if (node.n_children > 0) {
            const bool stay = marks.has(node.children);
            node.children = stay ? marks.rank(node.children) : 0;
            if (!stay) node.n_children = 0;
        }
        (*this)[marks.rank(i)] = node;
    }
    used_ = kept;
    return true;
}

} // namespace mcts
