// The controller's engines that fail: whose choice it is, and what the choices do.
#include "host/match/controller.hpp"

#include <algorithm>

namespace parlour::host {

using std::chrono::nanoseconds;

namespace {

constexpr unsigned most_failures = 2; // of the same move
constexpr unsigned most_retries = 2;  // in a game

Ending ending_of(parlour_status code) {
    if (code == PARLOUR_E_ILLEGAL) return Ending::illegal_move;
    return code == problem_stalled ? Ending::stall : Ending::crash;
}

} // namespace

// The engine that was to move for `player` has given no move.
void Controller::fail(std::uint32_t player, const Problem &problem, nanoseconds now) {
    SeatEngine &seat = seats_[player];
    const std::string id = seat.runner ? seat.runner->engine_id() : match_->seats()[player].engine;
    const std::string name = seat.runner ? seat.runner->engine_name() : id;
    retire(std::move(seat.runner), now);
    seat.stand_in = seat.searching = false;
    seat.ready.reset();
    seat.failures = seat.failed_ply == match_->plies() ? seat.failures + 1 : 1;
    seat.failed_ply = match_->plies();
    const Ending ending = ending_of(problem.code);
    if (seat.failures == most_failures && offence_) offence_(id, problem);
    if (trouble_policy_ == TroublePolicy::forfeit || !any_person()) {
        notice_ = problem.sentence;
        end_game(ending, player, problem.sentence, now);
        return;
    }
    const bool can_retry = seat.failures < most_failures && seat.retries < most_retries;
    trouble_ = Trouble{player, id, name, problem.sentence, problem.details, ending, can_retry, {}};
    trouble_->stand_in = stand_in_for(player);
    ++revision_;
    hold_clocks(now);
}

// The best engine that has not just failed; "" when there is none.
std::string Controller::stand_in_for(std::uint32_t player) const {
    const std::string &own = match_->seats()[player].engine;
    const auto fits = [&](const std::string &id) { return id != own && id != trouble_->engine_id; };
    if (services_.ranked) {
        const std::vector<std::string> ids = services_.ranked(match_->game());
        const auto found = std::find_if(ids.begin(), ids.end(), fits);
        return found == ids.end() ? std::string() : *found;
    }
    const Result<std::string> best = services_.best(match_->game());
    return best && fits(*best) ? *best : std::string();
}

Result<void> Controller::remedy(Remedy choice, nanoseconds now, const std::string &engine) {
    if (!trouble_ || pending_)
        return Problem{"No engine has failed, so there is nothing to choose.", PARLOUR_E_NOTFOUND};
    const std::uint32_t player = trouble_->player;
    SeatEngine &seat = seats_[player];
    Seat described = match_->seats()[player];
    const std::string id = engine.empty() ? trouble_->stand_in : engine;
    const bool stands_in = choice == Remedy::stand_in || choice == Remedy::stand_in_once;
    if (choice == Remedy::retry && !trouble_->can_retry)
        return Problem{trouble_->engine + " has failed too often to be tried again; choose something else.",
                       PARLOUR_E_ILLEGAL};
    if (stands_in && id.empty())
        return Problem{"There is no other engine that plays " + match_->game().name() + "; choose something else.",
                       PARLOUR_E_NOTFOUND};
    if (stands_in) {
        Result<Runner> runner = make_runner(id, {});
        if (!runner) return runner.problem();
        seat.runner = std::move(*runner);
        seat.fresh = true;
        seat.stand_in = choice == Remedy::stand_in_once;
    }
    if (choice == Remedy::forfeit) {
        const Trouble given_up = *std::exchange(trouble_, std::nullopt);
        end_game(given_up.ending, player, given_up.sentence, now);
        tick(now);
        return {};
    }
    if (choice == Remedy::retry) ++seat.retries;
    if (choice == Remedy::stand_in || choice == Remedy::take_over) {
        if (choice == Remedy::stand_in)
            described = Seat::of_engine(id, described.level, {}, described.limits);
        else
            described = Seat::person();
        match_->set_seat(player, std::move(described));
        if (journal_ != nullptr) journal_->seats(*match_);
    }
    trouble_.reset();
    ++revision_;
    hold_clocks(now);
    tick(now);
    return {};
}

} // namespace parlour::host
