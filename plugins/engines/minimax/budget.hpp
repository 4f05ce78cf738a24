// What a search may still spend: nodes exactly, time by a look at the clock every so many nodes, and the host's stop
// word at every inner node.
#pragma once

#include <parlour/engine.hpp>

namespace minimax {

class Budget {
public:
    // Starts a new search of at most `extra_limit` nodes. A number of playouts without one of nodes counts as nodes;
    // a soft time without a hard one is both.
    void begin(const parlour::Search &search, std::uint64_t extra_limit) {
        search_ = &search;
        const bool playouts_alone = search.has(PARLOUR_LIMIT_PLAYOUTS) && !search.has(PARLOUR_LIMIT_NODES);
        limit_ = std::min(playouts_alone ? search.limits().playouts : search.limits().nodes, extra_limit);
        deadline_ = search.has(PARLOUR_LIMIT_HARD_TIME) ? search.limits().hard_ns : search.limits().soft_ns;
        interval_ = search.game().has(PARLOUR_GAME_SERIALIZED) ? 16 : 1024;
        nodes_ = check_at_ = 0;
        stopped_ = false;
    }

    // Counts one position; false when it may no longer be looked at.
    bool spend() {
        if (nodes_ == check_at_ && !refill()) [[unlikely]]
            return false;
        ++nodes_;
        return true;
    }
    // Whether the search has to unwind; a relaxed load.
    bool stopped() {
        if (search_->stop_level() != PARLOUR_GO) [[unlikely]]
            stopped_ = true;
        return stopped_;
    }
    // As stopped(), without asking the host again.
    bool has_stopped() const { return stopped_; }

    std::uint64_t nodes() const { return nodes_; }
    std::uint64_t limit() const { return limit_; }

private:
    bool refill() {
        if (nodes_ >= limit_ || stopped() || (deadline_ != UINT64_MAX && search_->elapsed_ns() >= deadline_)) {
            stopped_ = true;
        }
        if (stopped_) return false;
        check_at_ = std::min(limit_, nodes_ + interval_);
        return true;
    }

    const parlour::Search *search_ = nullptr;
    std::uint64_t limit_ = 0, deadline_ = UINT64_MAX, nodes_ = 0, check_at_ = 0, interval_ = 1024;
    bool stopped_ = false;
};

} // namespace minimax
