// The controller's journal: what was accepted is written down first, and done when it is durable.
#include "host/match/controller.hpp"

namespace parlour::host {

using std::chrono::nanoseconds;

void Controller::set_journal(Journal *journal) {
    if (journal_ != nullptr) {
        leave_journal(nanoseconds(0));
        journal_->on_progress({});
    }
    journal_ = journal;
    journal_trouble_told_ = false;
    if (journal_ == nullptr) return;
    journal_->on_progress(wake_);
    if (match_) begin_journal();
}

void Controller::begin_journal() {
    if (journal_ == nullptr) return;
    journal_->begin(*match_);
    journal_knows_over_ = false;
    tell_outcome();
}

// What is on its way to the disk belongs to the game, though nobody will see it any more.
void Controller::leave_journal(nanoseconds now) {
    if (!match_) return;
    if (pending_) apply_pending(now);
    if (journal_ != nullptr) journal_->leave(*match_);
}

// Endings by the rules, and those that a taking back has undone.
void Controller::tell_outcome() {
    if (journal_ == nullptr || journal_knows_over_ == match_->is_over()) return;
    journal_->outcome(*match_);
    journal_knows_over_ = match_->is_over();
}

void Controller::accept(Journal::Ticket ticket, std::function<void(nanoseconds)> apply, nanoseconds now) {
    pending_ = Pending{ticket, std::move(apply)};
    if (journal_ == nullptr || journal_->durable() >= ticket)
        apply_pending(now);
    else
        hold_clocks(now);
}

void Controller::apply_pending(nanoseconds now) {
    const Pending pending = std::move(*pending_);
    pending_.reset();
    match_->resume(now); // the turn's time is still what it was at the decision
    pending.apply(now);
    tell_outcome();
    hold_clocks(now);
}

bool Controller::tick_journal(nanoseconds now) {
    if (journal_ == nullptr) return false;
    bool news = false;
    if (pending_ && journal_->durable() >= pending_->ticket) {
        apply_pending(now);
        news = true;
    }
    if (!journal_trouble_told_) {
        if (const std::string problem = journal_->problem(); !problem.empty()) {
            journal_trouble_told_ = news = true;
            notice_ = problem;
        }
    }
    return news;
}

// ---- what can be accepted ----

// `ply` as the match has checked it.
void Controller::make_move(Ply ply, nanoseconds now) {
    const Journal::Ticket ticket = journal_ != nullptr ? journal_->play(*match_, ply) : 0;
    accept(
        ticket,
        [this, ply = std::move(ply)](nanoseconds at) {
            if (ply.player) chance_in_a_row_ = 0;
            const Result<void> made =
                ply.player ? match_->play(ply.move, at, ply.note) : match_->play_chance(ply.move, at);
            if (!made) // rules that take the same move back that they have just allowed
                match_->finish(Ending::rules_failed, std::nullopt, made.sentence(), at);
            match_changed(at);
        },
        now);
}

// Whether there was anything to end.
bool Controller::end_game(Ending ending, std::optional<std::uint32_t> fault, std::string detail, nanoseconds now) {
    if (match_->is_over()) return false;
    stop_seats(now);
    Journal::Ticket ticket = 0;
    if (journal_ != nullptr) {
        Match after = *match_;
        after.finish(ending, fault, detail, now);
        ticket = journal_->outcome(after);
        journal_knows_over_ = true;
    }
    accept(
        ticket,
        [this, ending, fault, detail = std::move(detail)](nanoseconds at) {
            match_->finish(ending, fault, detail, at);
            match_changed(at);
        },
        now);
    return true;
}

// Takes back to `plies`, which the match has allowed; `then` comes right after.
void Controller::cut_back(std::size_t plies, nanoseconds now, std::function<void()> then) {
    stop_seats(now);
    Journal::Ticket ticket = 0;
    if (journal_ != nullptr) ticket = journal_->cut(*match_, plies);
    accept(
        ticket,
        [this, plies, then = std::move(then)](nanoseconds at) {
            // The policy was asked before; only an ending's own undo goes to the same number of plies.
            if (const Result<void> done = match_->undo_to(plies, at); !done) notice_ = done.sentence();
            chance_in_a_row_ = 0;
            if (then) then();
            match_changed(at);
        },
        now);
}

} // namespace parlour::host
