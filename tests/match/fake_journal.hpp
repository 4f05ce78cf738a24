// A journal that tests hold in their hands: entries become durable when the test says so, or fail.
#pragma once

#include "host/match/journal.hpp"

#include <mutex>
#include <string>
#include <vector>

namespace parlour::host::fake {

class FakeJournal : public Journal {
public:
    explicit FakeJournal(bool at_once = false) : at_once_(at_once) {}

    void on_progress(std::function<void()> wake) override {
        const std::lock_guard lock(mutex_);
        wake_ = std::move(wake);
    }
    Ticket begin(const Match &match) override { return add("begin " + std::to_string(match.plies())); }
    Ticket play(const Match &match, const Ply &ply) override {
        return add("play " + std::to_string(match.plies()) + (ply.is_chance() ? "~ " : " ") + ply.text);
    }
    Ticket cut(const Match &, std::size_t plies) override { return add("cut " + std::to_string(plies)); }
    Ticket outcome(const Match &match) override {
        return add(match.is_over() ? "outcome " + std::string(ending_text(match.outcome()->ending)) : "going on");
    }
    Ticket seats(const Match &match) override {
        std::string text = "seats";
        for (const Seat &seat : match.seats()) text += " " + (seat.is_person() ? "person" : seat.engine);
        return add(text);
    }
    Ticket leave(const Match &match) override { return add("leave " + std::to_string(match.plies())); }
    Ticket durable() const override {
        const std::lock_guard lock(mutex_);
        return at_once_ || !problem_.empty() ? entries_.size() : durable_;
    }
    std::string problem() const override {
        const std::lock_guard lock(mutex_);
        return problem_;
    }

    // Any thread: everything so far is safe.
    void catch_up() {
        progress([this] { durable_ = entries_.size(); });
    }
    void break_down(const std::string &why) {
        progress([this, &why] { problem_ = why; });
    }
    std::vector<std::string> entries() const {
        const std::lock_guard lock(mutex_);
        return entries_;
    }

private:
    Ticket add(std::string entry) {
        const std::lock_guard lock(mutex_);
        entries_.push_back(std::move(entry));
        return entries_.size();
    }
    template <class Change>
    void progress(Change change) {
        const std::lock_guard lock(mutex_);
        change();
        if (wake_) wake_();
    }

    const bool at_once_;
    mutable std::mutex mutex_;
    std::function<void()> wake_;
    std::vector<std::string> entries_;
    Ticket durable_ = 0;
    std::string problem_;
};

} // namespace parlour::host::fake
