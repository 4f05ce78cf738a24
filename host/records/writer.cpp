#include "host/records/writer.hpp"

#include "host/records/open_database.hpp"

#include <fmt/format.h>

namespace parlour::host::records {

void JournalState::set_wake(std::function<void()> wake) {
    const std::lock_guard lock(wake_mutex_);
    wake_ = std::move(wake);
}

void JournalState::reached(Journal::Ticket ticket) {
    durable_.store(ticket, std::memory_order_release);
    const std::lock_guard lock(wake_mutex_);
    if (wake_) wake_();
}

void JournalState::set_problem(std::string sentence) {
    const std::lock_guard lock(mutex_);
    problem_ = std::move(sentence);
}

void JournalState::set_game(std::optional<GameId> id) {
    const std::lock_guard lock(mutex_);
    game_ = id;
}

std::string JournalState::problem() const {
    const std::lock_guard lock(mutex_);
    return problem_;
}

std::optional<GameId> JournalState::game() const {
    const std::lock_guard lock(mutex_);
    return game_;
}

Writer::Writer(std::filesystem::path path) : path_(std::move(path)), thread_([this] { run(); }) {}

Writer::~Writer() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    came_.notify_one();
    thread_.join();
}

void Writer::append(std::shared_ptr<JournalState> state, Journal::Ticket ticket, Work work, bool opens) {
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back({std::move(state), ticket, std::move(work), opens});
    }
    came_.notify_one();
}

void Writer::wait(const JournalState &state, Journal::Ticket ticket) {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return state.durable() >= ticket; });
}

void Writer::run() {
    for (;;) {
        std::unique_lock lock(mutex_);
        came_.wait(lock, [this] { return ending_ || !queue_.empty(); });
        if (queue_.empty()) return;
        Entry entry = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        write(entry);
        entry.state->reached(entry.ticket);
        // Whoever is about to wait has looked at the ticket before or sees it now.
        lock.lock();
        done_.notify_all();
    }
}

void Writer::write(Entry &entry) {
    JournalState &state = *entry.state;
    if (entry.opens) {
        state.failed = false;
        state.set_problem({});
    }
    if (state.failed) return;
    const auto fail = [&](const std::string &why) {
        state.failed = true;
        if (state.row.id != 0) state.marks.release(state.row.id);
        state.row = {};
        state.set_problem(
            fmt::format("The game is no longer kept, because {}. It goes on, but will not be there "
                        "after the program has ended.",
                        why));
    };
    try {
        if (database_ == nullptr) database_ = connect(path_);
        const Result<void> done = entry.work(*database_, state);
        if (!done) fail(done.sentence());
    } catch (const DatabaseError &error) {
        fail(error.reason());
    } catch (const std::exception &error) {
        fail(error.what());
    }
}

} // namespace parlour::host::records
