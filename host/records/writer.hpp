// The thread that writes what journals tell, one transaction an entry, in the order it was told.
#pragma once

#include "host/records/game_marks.hpp"
#include "host/records/rows.hpp"
#include "host/records/store_journal.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace parlour::host::records {

// What a journal and the writer share.
class JournalState {
public:
    explicit JournalState(const std::filesystem::path &database) : marks(database) {}

    void set_wake(std::function<void()> wake);
    // All plies and the game's end up to this ticket are written, or given up.
    void reached(Journal::Ticket ticket);
    void set_problem(std::string sentence);
    void set_game(std::optional<GameId> id);
    Journal::Ticket durable() const { return durable_.load(std::memory_order_acquire); }
    std::string problem() const;
    std::optional<GameId> game() const;

    GameMarks marks; // [any]

    // ---- of the writer thread only ----
    GameRow row;                    // row.id is 0 before the first move
    std::vector<RecordPly> waiting; // moves that a game began with, until it is written
    bool failed = false;            // until the next game begins

private:
    std::atomic<Journal::Ticket> durable_{0};
    mutable std::mutex mutex_; // guards the two below
    std::string problem_;
    std::optional<GameId> game_;
    std::mutex wake_mutex_; // held while wake_ is called
    std::function<void()> wake_;
};

class Writer {
public:
    // Does one entry in a transaction that it commits itself; a Problem or a DatabaseError ends the keeping of the
    // game.
    using Work = std::function<Result<void>(Database &, JournalState &)>;

    explicit Writer(std::filesystem::path path);
    // Writes what is left first.
    ~Writer();
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;

    // Never waits. `opens`: a game begins, so that an earlier failure is forgotten.
    void append(std::shared_ptr<JournalState> state, Journal::Ticket ticket, Work work, bool opens = false);
    // Until the state has reached the ticket.
    void wait(const JournalState &state, Journal::Ticket ticket);
    const std::filesystem::path &path() const { return path_; }

private:
    struct Entry {
        std::shared_ptr<JournalState> state;
        Journal::Ticket ticket;
        Work work;
        bool opens;
    };
    void run();
    void write(Entry &entry);

    std::filesystem::path path_;
    std::unique_ptr<Database> database_; // of the thread
    std::mutex mutex_;                   // guards the two below
    std::deque<Entry> queue_;
    bool ending_ = false;
    std::condition_variable came_, done_;
    std::thread thread_;
};

} // namespace parlour::host::records
