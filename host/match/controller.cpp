#include "host/match/controller.hpp"

#include <algorithm>

namespace parlour::host {

using std::chrono::nanoseconds;

namespace {

constexpr nanoseconds a_second = std::chrono::seconds(1);
constexpr nanoseconds between_looks = std::chrono::milliseconds(100); // at progress, while an engine thinks

void earliest(std::optional<nanoseconds> &at, std::optional<nanoseconds> candidate) {
    if (candidate && (!at || *candidate < *at)) at = candidate;
}

} // namespace

Controller::Controller(EngineServices services, std::function<void()> wake)
    : services_(std::move(services)), wake_(std::move(wake)) {}

Controller::~Controller() {
    // All are asked to stop before the first is waited for.
    const nanoseconds no_time{0};
    for (SeatEngine &seat : seats_) {
        if (seat.runner) seat.runner->discard(no_time);
    }
    if (hint_runner_) hint_runner_->discard(no_time);
    if (evaluation_runner_) evaluation_runner_->discard(no_time);
}

// ---- beginning ----

Result<Controller::Runner> Controller::make_runner(const std::string &id, const OptionMap &options) const {
    Result<EnginePtr> engine = services_.create(id, options);
    if (!engine) return engine.problem();
    return std::make_unique<EngineRunner>(std::move(*engine), wake_);
}

Result<void> Controller::new_game(MatchSetup setup, nanoseconds now) {
    Result<Match> match = Match::create(std::move(setup));
    if (!match) return match.problem();
    return adopt(std::move(*match), now);
}

Result<void> Controller::rematch(std::uint64_t seed, nanoseconds now) {
    if (!match_) return Problem{"There is no game to play again.", PARLOUR_E_NOTFOUND};
    MatchSetup setup = match_->setup();
    setup.seed = seed;
    return new_game(std::move(setup), now);
}

Result<void> Controller::adopt(Match match, nanoseconds now) {
    std::vector<SeatEngine> seats(match.players());
    for (std::uint32_t player = 0; player < match.players(); ++player) {
        const Seat &seat = match.seats()[player];
        if (seat.is_person()) continue;
        Result<Runner> runner = make_runner(seat.engine, seat.options);
        if (!runner) return runner.problem();
        seats[player].runner = std::move(*runner);
    }
    for (SeatEngine &seat : seats_) retire(std::move(seat.runner), now);
    drop_hint(now);
    retire(std::move(hint_runner_), now);
    seats_ = std::move(seats);
    match_ = std::move(match);
    evaluation_.reset();
    notice_.clear();
    paused_ = false;
    match_->resume(now);
    match_->start_clock(now);
    match_changed(now);
    tick(now);
    return {};
}

// ---- time passes ----

bool Controller::tick(nanoseconds now) {
    tick_retired(now);
    if (!match_) return false;
    const std::uint64_t revision_before = revision_;
    bool news = false;
    if (!paused_) {
        if (match_->check_time(now)) {
            stop_seats(now);
            match_changed(now);
        }
        if (match_->settle(now) > 0) match_changed(now);
    }
    news = tick_seats(now) || news;
    news = tick_hint(now) || news;
    news = tick_evaluation(now) || news;
    return news || revision_ != revision_before;
}

bool Controller::tick_seats(nanoseconds now) {
    bool news = false;
    for (std::uint32_t player = 0; player < seats_.size(); ++player) {
        if (seats_[player].runner) news = tick_seat(player, now) || news;
    }
    if (paused_) return news;
    // Answers that are ready are played until somebody has to think; every answer starts the next engine at once.
    while (const std::optional<std::uint32_t> player = match_->to_move()) {
        SeatEngine &seat = seats_[*player];
        if (!seat.runner) break;
        if (!seat.ready) {
            if (!seat.searching && !seat.runner->busy()) start_engine(*player, now);
            break;
        }
        if (now - seat.began < least_move_time_) break;
        const Result<SearchResult> answer = std::move(*seat.ready);
        seat.ready.reset();
        take_answer(*player, answer, now);
        news = true;
        if (match_->settle(now) > 0) match_changed(now);
    }
    return news;
}

// Collects what one seat's engine has to say.
bool Controller::tick_seat(std::uint32_t player, nanoseconds now) {
    SeatEngine &seat = seats_[player];
    bool news = false;
    if (seat.searching) {
        for (SearchInfo &info : seat.runner->take_progress()) {
            if (info.rank == 1) seat.info = std::move(info);
            news = true;
        }
        if (std::optional<Result<SearchResult>> result = seat.runner->take_result()) {
            seat.searching = false;
            // An engine that was hurried and had nothing yet thinks again.
            if (*result || result->problem().code != PARLOUR_E_STOPPED || !seat.hurried)
                seat.ready = std::move(result);
            news = true;
        }
    }
    if (seat.runner->overdue(now)) {
        replace_stalled(player, now);
        news = true;
    }
    return news;
}

SearchJob Controller::job_at(std::size_t ply, SearchLimits limits, bool new_game) const {
    SearchJob job{match_->game_ptr(), match_->position(ply), match_->position(0),
                  match_->moves(),    std::move(limits),     new_game};
    job.moves.resize(ply);
    return job;
}

void Controller::start_engine(std::uint32_t player, nanoseconds now) {
    SeatEngine &seat = seats_[player];
    SearchLimits limits = search_limits(match_->seats()[player], match_->clock(), player, now, match_->search_seed());
    const Result<void> started = seat.runner->start(job_at(match_->plies(), std::move(limits), seat.fresh), now);
    if (!started) {
        notice_ = started.sentence();
        return;
    }
    seat.fresh = false;
    seat.searching = true;
    seat.hurried = false;
    seat.began = now;
    seat.info = {};
}

void Controller::take_answer(std::uint32_t player, const Result<SearchResult> &answer, nanoseconds now) {
    if (!answer) {
        const bool illegal = answer.problem().code == PARLOUR_E_ILLEGAL;
        match_->finish(illegal ? Ending::illegal_move : Ending::crash, player, answer.sentence(), now);
        notice_ = answer.sentence();
    } else if (answer->resign) {
        match_->resign(player, now);
    } else if (const Result<void> played =
                   match_->play(answer->move, now, {answer->value, answer->depth, answer->nodes, {}});
               !played && !match_->check_time(now)) {
        match_->finish(Ending::illegal_move, player, played.sentence(), now);
        notice_ = played.sentence();
    }
    match_changed(now);
}

// An engine does not come back: if its move is awaited, the game ends; in any case the seat gets another instance.
void Controller::replace_stalled(std::uint32_t player, nanoseconds now) {
    SeatEngine &seat = seats_[player];
    const bool awaited = seat.searching;
    notice_ = seat.runner->engine_name() + " did not answer in time and was given up.";
    seat.runner->give_up();
    seat = {};
    const Seat &described = match_->seats()[player];
    Result<Runner> runner = make_runner(described.engine, described.options);
    if (runner) seat.runner = std::move(*runner);
    if (awaited || !runner) {
        match_->finish(Ending::stall, player, runner ? notice_ : notice_ + " " + runner.sentence(), now);
        match_changed(now);
    }
}

std::optional<nanoseconds> Controller::next_tick(nanoseconds now) const {
    std::optional<nanoseconds> at;
    const auto watch = [&](const Runner &runner) {
        if (!runner || !runner->busy()) return;
        earliest(at, now + between_looks);
        earliest(at, runner->overdue_at());
    };
    for (const Runner &runner : retired_) watch(runner);
    for (const SeatEngine &seat : seats_) {
        watch(seat.runner);
        if (seat.ready) earliest(at, seat.began + least_move_time_);
    }
    watch(hint_runner_);
    watch(evaluation_runner_);
    if (match_ && match_->clock().deadline()) {
        earliest(at, match_->clock().deadline());
        const std::optional<nanoseconds> left = match_->clock().remaining(*match_->clock().running(), now);
        if (left && left->count() > 0) earliest(at, now + *left % a_second + nanoseconds(1));
    }
    return at;
}

// ---- bookkeeping ----

void Controller::match_changed(nanoseconds now) {
    ++revision_;
    drop_hint(now);
}

void Controller::stop_seats(nanoseconds now) {
    for (SeatEngine &seat : seats_) {
        seat.ready.reset();
        seat.searching = seat.hurried = false;
        if (seat.runner) seat.runner->discard(now);
    }
}

void Controller::retire(Runner runner, nanoseconds now) {
    if (!runner) return;
    runner->discard(now);
    if (runner->busy()) retired_.push_back(std::move(runner));
}

void Controller::tick_retired(nanoseconds now) {
    for (Runner &runner : retired_) {
        if (runner->overdue(now)) runner->give_up();
    }
    std::erase_if(retired_, [](const Runner &runner) { return !runner->busy(); });
}

// ---- what a person does ----

Result<void> Controller::refuse_now() const {
    if (!match_) return Problem{"There is no game yet.", PARLOUR_E_NOTFOUND};
    if (paused_) return Problem{"The game is paused; go on with it first.", PARLOUR_E_ILLEGAL};
    return {};
}

Result<void> Controller::person_plays(Move move, nanoseconds now) {
    if (const Result<void> may = refuse_now(); !may) return may;
    if (!match_->at_end())
        return Problem{"You are looking at an earlier position; go to the last one, or choose to play from here.",
                       PARLOUR_E_ILLEGAL};
    if (match_->engine_to_move())
        return Problem{"It is " + match_->game().player_name(*match_->to_move()) + "'s turn.", PARLOUR_E_ILLEGAL};
    if (match_->check_time(now)) match_changed(now);
    const Result<void> played = match_->play(move, now);
    if (!played) return played;
    notice_.clear();
    match_changed(now);
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
    if (const Result<std::size_t> target = match_->undo_target(); !target) return target.problem();
    stop_seats(now);
    const Result<void> done = match_->undo(now);
    const bool persons = std::any_of(match_->seats().begin(), match_->seats().end(),
                                     [](const Seat &seat) { return seat.is_person(); });
    if (!persons) pause(now);
    notice_.clear();
    match_changed(now);
    tick(now);
    return done;
}

Result<void> Controller::redo(nanoseconds now) {
    if (const Result<void> may = refuse_now(); !may) return may;
    if (!match_->can_redo()) return match_->redo(now);
    stop_seats(now);
    const Result<void> done = match_->redo(now);
    match_changed(now);
    tick(now);
    return done;
}

void Controller::jump(std::size_t ply, nanoseconds now) {
    if (!match_) return;
    match_->jump(ply);
    tick(now);
}

Result<void> Controller::play_from_here(nanoseconds now) {
    if (const Result<void> may = refuse_now(); !may) return may;
    const Result<void> done = match_->play_from_here(now);
    if (!done) return done;
    stop_seats(now);
    notice_.clear();
    match_changed(now);
    tick(now);
    return {};
}

Result<void> Controller::resign(nanoseconds now) {
    if (const Result<void> may = refuse_now(); !may) return may;
    const std::uint32_t player = match_->person_to_move() ? *match_->to_move() : viewer();
    if (!match_->seats()[player].is_person()) return Problem{"Only a person can resign.", PARLOUR_E_ILLEGAL};
    if (!match_->resign(player, now)) return Problem{"The game is over already.", PARLOUR_E_ILLEGAL};
    stop_seats(now);
    match_changed(now);
    return {};
}

Result<void> Controller::agree_draw(nanoseconds now) {
    if (const Result<void> may = refuse_now(); !may) return may;
    const bool all_persons = std::all_of(match_->seats().begin(), match_->seats().end(),
                                         [](const Seat &seat) { return seat.is_person(); });
    if (!all_persons || match_->players() < 2)
        return Problem{"Only persons who play each other can agree on a draw.", PARLOUR_E_ILLEGAL};
    if (!match_->finish(Ending::agreed_draw, std::nullopt, {}, now))
        return Problem{"The game is over already.", PARLOUR_E_ILLEGAL};
    match_changed(now);
    return {};
}

void Controller::pause(nanoseconds now) {
    if (!match_ || paused_) return;
    paused_ = true;
    match_->pause(now);
    stop_seats(now);
    drop_hint(now);
    tick(now);
}

void Controller::resume(nanoseconds now) {
    if (!match_ || !paused_) return;
    paused_ = false;
    match_->resume(now);
    tick(now);
}

void Controller::move_now(nanoseconds now) {
    for (SeatEngine &seat : seats_) {
        if (!seat.searching) continue;
        seat.hurried = true;
        seat.runner->stop(PARLOUR_STOP_SOON, now);
    }
}

// ---- what a screen shows ----

std::uint32_t Controller::viewer() const {
    if (!match_) return 0;
    std::vector<std::uint32_t> persons;
    for (std::uint32_t player = 0; player < match_->players(); ++player) {
        if (match_->seats()[player].is_person()) persons.push_back(player);
    }
    if (persons.size() == 1) return persons[0];
    const std::optional<std::uint32_t> to_move = match_->to_move();
    if (persons.empty()) return to_move.value_or(0);
    if (match_->person_to_move()) return *to_move;
    for (std::size_t at = match_->plies(); at-- > 0;) {
        const std::optional<std::uint32_t> player = match_->ply(at).player;
        if (player && match_->seats()[*player].is_person()) return *player;
    }
    return persons[0];
}

ControllerState Controller::state(nanoseconds now) const {
    ControllerState out;
    out.revision = revision_;
    out.notice = notice_;
    out.paused = paused_;
    if (!match_) return out;
    out.over = match_->is_over();
    out.viewing_past = !match_->at_end();
    out.person_to_move = match_->person_to_move() && match_->at_end() && !paused_;
    out.to_move = match_->to_move();
    out.viewer = viewer();
    out.outcome = match_->outcome();
    for (std::uint32_t player = 0; player < match_->players(); ++player) {
        out.clocks.push_back(match_->clock().remaining(player, now));
        out.low_time.push_back(match_->clock().low(player, now));
        const SeatEngine &seat = seats_[player];
        if (!seat.searching && !seat.ready) continue;
        out.thinking = Thinking{player, seat.runner->engine_name(), now - seat.began, seat.info,
                                line_text(match_->plies(), seat.info.line)};
        if (match_->game().ref().hidden() != nullptr) { // what an engine thinks of its cards is its secret
            out.thinking->info = {};
            out.thinking->info.depth = seat.info.depth;
            out.thinking->info.nodes = seat.info.nodes;
        }
    }
    const Result<std::size_t> target = match_->undo_target();
    out.can_undo = target.ok() && !paused_;
    if (!target) out.why_no_undo = target.sentence();
    out.can_redo = match_->can_redo() && !paused_;
    out.hint_running = hint_running_;
    out.hint = hint_;
    out.evaluation_on = evaluation_on_;
    out.evaluation = evaluation_;
    return out;
}

} // namespace parlour::host
