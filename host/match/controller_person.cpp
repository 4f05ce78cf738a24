// What a person does to the controller's game.
#include "host/match/controller.hpp"

#include <algorithm>

namespace parlour::host {

using std::chrono::nanoseconds;

Result<void> Controller::refuse_now() const {
    if (!match_) return Problem{"There is no game yet.", PARLOUR_E_NOTFOUND};
    if (paused_) return Problem{"The game is paused; go on with it first.", PARLOUR_E_ILLEGAL};
    if (pending_)
        return Problem{"The last move is still being written down; try again in a moment.", PARLOUR_E_ILLEGAL};
    return {};
}

Result<void> Controller::person_plays(Move move, nanoseconds now) {
    if (const Result<void> may = refuse_now(); !may) return may;
    if (!match_->at_end())
        return Problem{"You are looking at an earlier position; go to the last one, or choose to play from here.",
                       PARLOUR_E_ILLEGAL};
    if (match_->engine_to_move())
        return Problem{"It is " + match_->game().player_name(*match_->to_move()) + "'s turn.", PARLOUR_E_ILLEGAL};
    if (const std::optional<std::uint32_t> late = match_->clock().expired(now))
        end_game(Ending::time, *late, {}, now);
    Result<Ply> ply = match_->ply_of(move, now);
    if (!ply) {
        if (ply.problem().code == PARLOUR_E_FAIL) end_game(Ending::rules_failed, std::nullopt, ply.sentence(), now);
        return ply.problem();
    }
    notice_.clear();
    make_move(std::move(*ply), now);
    tick(now);
    return {};
}

Result<void> Controller::person_plays(const std::string &text, nanoseconds now) {
    if (const Result<void> may = refuse_now(); !may) return may;
    if (!match_->person_to_move()) return person_plays(PARLOUR_MOVE_NONE, now); // says why nobody may move
    const Result<Move> move = match_->game().parse_move(match_->state(), text);
    if (!move) return move.problem();
    return person_plays(*move, now);
}

Result<void> Controller::undo(nanoseconds now) {
    if (const Result<void> may = refuse_now(); !may) return may;
    const Result<std::size_t> target = match_->undo_target();
    if (!target) return target.problem();
    const bool persons = any_person();
    notice_.clear();
    // Engines among themselves would play the same again at once.
    cut_back(*target, now, [this, persons] { paused_ = paused_ || !persons; });
    tick(now);
    return {};
}

Result<void> Controller::redo(nanoseconds now) {
    if (const Result<void> may = refuse_now(); !may) return may;
    if (!match_->can_redo()) return match_->redo(now);
    stop_seats(now);
    Journal::Ticket ticket = 0;
    if (journal_ != nullptr) {
        Match after = *match_, before = *match_;
        if (const Result<void> done = after.redo(now); !done) return done;
        for (std::size_t at = match_->plies(); at < after.plies(); ++at) {
            const Ply &ply = after.ply(at);
            ticket = journal_->play(before, ply);
            if (const Result<void> made =
                    ply.player ? before.play(ply.move, now, ply.note) : before.play_chance(ply.move, now);
                !made)
                return made;
        }
    }
    accept(
        ticket,
        [this](nanoseconds at) {
            if (const Result<void> done = match_->redo(at); !done) notice_ = done.sentence();
            match_changed(at);
        },
        now);
    tick(now);
    return {};
}

void Controller::jump(std::size_t ply, nanoseconds now) {
    if (!match_) return;
    match_->jump(ply);
    tick(now);
}

Result<void> Controller::play_from_here(nanoseconds now) {
    if (const Result<void> may = refuse_now(); !may) return may;
    Match after = *match_;
    if (const Result<void> may = after.play_from_here(now); !may) return may;
    notice_.clear();
    cut_back(match_->cursor(), now);
    tick(now);
    return {};
}

Result<void> Controller::resign(nanoseconds now) {
    if (const Result<void> may = refuse_now(); !may) return may;
    const std::uint32_t player = match_->person_to_move() ? *match_->to_move() : viewer();
    if (!match_->seats()[player].is_person()) return Problem{"Only a person can resign.", PARLOUR_E_ILLEGAL};
    if (!end_game(Ending::resign, player, {}, now)) return Problem{"The game is over already.", PARLOUR_E_ILLEGAL};
    return {};
}

Result<void> Controller::agree_draw(nanoseconds now) {
    if (const Result<void> may = refuse_now(); !may) return may;
    const bool all_persons = std::all_of(match_->seats().begin(), match_->seats().end(),
                                         [](const Seat &seat) { return seat.is_person(); });
    if (!all_persons || match_->players() < 2)
        return Problem{"Only persons who play each other can agree on a draw.", PARLOUR_E_ILLEGAL};
    if (!end_game(Ending::agreed_draw, std::nullopt, {}, now))
        return Problem{"The game is over already.", PARLOUR_E_ILLEGAL};
    return {};
}

void Controller::pause(nanoseconds now) {
    if (!match_ || paused_) return;
    paused_ = true;
    hold_clocks(now);
    stop_seats(now);
    drop_hint(now);
    tick(now);
}

void Controller::resume(nanoseconds now) {
    if (!match_ || !paused_) return;
    paused_ = false;
    hold_clocks(now);
    tick(now);
}

void Controller::move_now(nanoseconds now) {
    for (SeatEngine &seat : seats_) {
        if (!seat.searching) continue;
        seat.hurried = true;
        seat.runner->stop(PARLOUR_STOP_SOON, now);
    }
}

} // namespace parlour::host
