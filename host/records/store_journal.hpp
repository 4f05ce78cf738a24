// The journal of one Controller, kept in a Store: one transaction an entry, made by the store's writer thread.
#pragma once

#include "host/match/journal.hpp"

#include <memory>
#include <optional>

namespace parlour::host {

using GameId = std::int64_t; // grows; never given twice by one store

namespace records {
class Database;
class GameMarks;
class JournalState;
class Writer;
} // namespace records

// [main], but for durable(), problem() and what `wake` is called on. A game appears in the store with its first move.
// While it is told of, it counts as being played, and no other process is offered it.
class StoreJournal : public Journal {
public:
    // Made by Store::journal().
    StoreJournal(std::shared_ptr<records::Writer> writer, std::shared_ptr<records::JournalState> state);
    // Leaves the game and waits until everything told is written, or has failed.
    ~StoreJournal() override;

    // The next begin() goes on with this stored game, which becomes what the match then is, in place of making a new
    // one. Refused while somebody else plays it; nothing has changed then.
    Result<void> continue_next(GameId id);
    // The game being told of; empty before its first move is durable.
    std::optional<GameId> game() const;
    // Waits until everything told so far is written, or has failed.
    void flush();

    void on_progress(std::function<void()> wake) override;
    Ticket begin(const Match &match) override;
    Ticket play(const Match &match, const Ply &ply) override;
    Ticket cut(const Match &match, std::size_t plies) override;
    Ticket outcome(const Match &match) override;
    Ticket seats(const Match &match) override;
    Ticket leave(const Match &match) override;
    Ticket durable() const override;
    std::string problem() const override;

private:
    std::shared_ptr<records::Writer> writer_;
    std::shared_ptr<records::JournalState> state_;
    Ticket last_ = 0;
    std::optional<GameId> next_; // what continue_next() chose
    bool begun_ = false;         // and not left
};

} // namespace parlour::host
