// Where a running game is written down before it goes on: what a Controller tells, and how it learns that it is safe.
// Appending never waits. Every entry gets a ticket; once durable() has reached it, the entry outlives a crash, a kill
// and a power failure. A journal that fails says why in problem() and counts every later entry as reached, so that
// the game goes on, unsaved.
#pragma once

#include "host/match/match.hpp"

#include <functional>

namespace parlour::host {

class Journal {
public:
    using Ticket = std::uint64_t; // grows with every entry; 0 is always durable

    virtual ~Journal() = default;

    // Called on any thread when durable() or problem() has changed. Set once, before the first entry; after the
    // journal's end, or when set to empty, it is called no more.
    virtual void on_progress(std::function<void()> wake) = 0;

    // A game begins, with whatever was already played in it. Entries after this one are about it. What was under way
    // before stays as it was written.
    virtual Ticket begin(const Match &match) = 0;
    // The match, still as it was before, is going to have this move made at its live end. `ply.text` is set.
    virtual Ticket play(const Match &match, const Ply &ply) = 0;
    // It is going to be taken back to so many plies.
    virtual Ticket cut(const Match &match, std::size_t plies) = 0;
    // It has ended (match.outcome() is set), or an ending was taken back (it is not).
    virtual Ticket outcome(const Match &match) = 0;
    // Others sit at the game from now on (match.seats()). A journal that does not keep this is done at once.
    virtual Ticket seats(const Match &match) {
        (void)match;
        return 0;
    }
    // Nothing more will be told of the game; an unfinished one may be gone on with at another time.
    virtual Ticket leave(const Match &match) = 0;

    virtual Ticket durable() const = 0;
    // Why entries are no longer kept, in a sentence; "" while all is well.
    virtual std::string problem() const = 0;
};

} // namespace parlour::host
