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
    leave_journal(nanoseconds(0));
    if (journal_ != nullptr) journal_->on_progress({});
    // All are asked to stop before the first is waited for.
    const nanoseconds no_time{0};
    for (SeatEngine &seat : seats_) {
        if (seat.runner) seat.runner->discard(no_time);
    }
    if (hint_runner_) hint_runner_->discard(no_time);
    if (evaluation_runner_) evaluation_runner_->discard(no_time);
}

// ---- beginning ----

Result<Controller::Runner> Controller::make_runner(const std::string &id, const OptionMap &options,
                                                   std::shared_ptr<Console> console) const {
    const ConsoleScope scope(console.get());
    Result<EnginePtr> engine = services_.create(id, options);
    if (!engine) return engine.problem();
    auto runner = std::make_unique<EngineRunner>(std::move(*engine), wake_);
    runner->set_console(std::move(console));
    return runner;
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
        seats[player].console = std::make_shared<Console>();
        Result<Runner> runner = make_runner(seat.engine, seat.options, seats[player].console);
        if (!runner) return runner.problem();
        seats[player].runner = std::move(*runner);
    }
    leave_journal(now);
    for (SeatEngine &seat : seats_) retire(std::move(seat.runner), now);
    drop_hint(now);
    retire(std::move(hint_runner_), now);
    seats_ = std::move(seats);
    match_ = std::move(match);
    evaluation_.reset();
    notice_.clear();
    paused_ = false;
    trouble_.reset();
    chance_in_a_row_ = 0;
    match_->resume(now);
    match_->start_clock(now);
    begin_journal();
    match_changed(now);
    tick(now);
    return {};
}

// ---- time passes ----

bool Controller::tick(nanoseconds now) {
    tick_retired(now);
    if (!match_) return false;
    const std::uint64_t revision_before = revision_;
    bool news = tick_journal(now);
    if (!waits() && !match_->is_over()) {
        if (const std::optional<std::uint32_t> late = match_->clock().expired(now))
            end_game(Ending::time, late, {}, now);
    }
    news = tick_seats(now) || news;
    if (match_->is_over()) tell_the_end();
    news = tick_hint(now) || news;
    news = tick_evaluation(now) || news;
    return news || revision_ != revision_before;
}

bool Controller::tick_seats(nanoseconds now) {
    bool news = false;
    for (std::uint32_t player = 0; player < seats_.size(); ++player) {
        if (seats_[player].runner) news = tick_seat(player, now) || news;
    }
    // Answers that are ready are played until somebody has to think; every answer starts the next engine at once.
    while (!waits() && !match_->is_over()) {
        if (match_->turn().is_chance()) {
            draw_chance(now);
            news = true;
            continue;
        }
        const std::optional<std::uint32_t> player = match_->to_move();
        if (!player || match_->seats()[*player].is_person()) break;
        SeatEngine &seat = seats_[*player];
        if (!seat.ready) {
            if (!seat.searching && !(seat.runner && seat.runner->busy())) start_engine(*player, now);
            break;
        }
        if (now - seat.began < least_move_time_) break;
        const Result<SearchResult> answer = std::move(*seat.ready);
        seat.ready.reset();
        take_answer(*player, answer, now);
        news = true;
    }
    return news;
}

// To every engine that has searched in this game. Should the end be taken back, it is another game for them.
void Controller::tell_the_end() {
    for (std::uint32_t player = 0; player < seats_.size(); ++player) {
        SeatEngine &seat = seats_[player];
        if (!seat.runner || seat.fresh || seat.stand_in) continue;
        seat.runner->end_game(
            {match_->game_ptr(), match_->position(match_->plies()), match_->position(0), match_->moves(), player});
        seat.fresh = true;
    }
}

// Nature moves.
void Controller::draw_chance(nanoseconds now) {
    const Result<Ply> drawn = match_->drawn_ply();
    if (!drawn) {
        end_game(Ending::rules_failed, std::nullopt, "a chance move could not be made: " + drawn.sentence(), now);
    } else if (++chance_in_a_row_ > most_chance_in_a_row) {
        end_game(Ending::rules_failed, std::nullopt, "chance decides again and again and nobody moves", now);
    } else {
        make_move(*drawn, now);
    }
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
    if (!seat.runner) { // a stand-in has made the last move
        const Seat &described = match_->seats()[player];
        Result<Runner> runner = make_runner(described.engine, described.options, seat.console);
        if (!runner) return fail(player, runner.problem(), now);
        seat.runner = std::move(*runner);
        seat.fresh = true;
    }
    SearchLimits limits = search_limits(match_->seats()[player], match_->clock(), player, now, match_->search_seed());
    const Result<void> started = seat.runner->start(job_at(match_->plies(), std::move(limits), seat.fresh), now);
    if (!started) return fail(player, started.problem(), now);
    seat.fresh = false;
    seat.searching = true;
    seat.hurried = false;
    seat.began = now;
    seat.info = {};
}

void Controller::take_answer(std::uint32_t player, const Result<SearchResult> &answer, nanoseconds now) {
    if (!answer) return fail(player, answer.problem(), now);
    if (answer->resign) {
        end_game(Ending::resign, player, {}, now);
        return;
    }
    const Result<Ply> ply = match_->ply_of(answer->move, now, {answer->value, answer->depth, answer->nodes, {}});
    if (!ply) {
        if (match_->clock().expired(now))
            end_game(Ending::time, player, {}, now);
        else
            fail(player, {ply.sentence(), PARLOUR_E_ILLEGAL, ply.problem().details}, now);
        return;
    }
    SeatEngine &seat = seats_[player];
    if (seat.stand_in) retire(std::move(seat.runner), now);
    seat.stand_in = false;
    seat.failures = 0;
    make_move(*ply, now);
}

// An engine does not come back: the seat gets another instance; if its move is awaited, it has failed.
void Controller::replace_stalled(std::uint32_t player, nanoseconds now) {
    SeatEngine &seat = seats_[player];
    const std::string sentence = seat.runner->engine_name() + " did not answer in time and was given up.";
    seat.runner->give_up();
    if (std::exchange(seat.searching, false)) {
        fail(player, {sentence, problem_stalled}, now);
    } else {
        notice_ = sentence;
        retire(std::move(seat.runner), now);
    }
}

std::shared_ptr<const Console> Controller::console(std::uint32_t player) const {
    return player < seats_.size() ? seats_[player].console : nullptr;
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
    trouble_.reset(); // it was about another position
    drop_hint(now);
    hold_clocks(now);
}

// Clocks stand while nobody can move.
void Controller::hold_clocks(nanoseconds now) {
    if (waits())
        match_->pause(now);
    else
        match_->resume(now);
}

bool Controller::any_person() const {
    return std::any_of(match_->seats().begin(), match_->seats().end(),
                       [](const Seat &seat) { return seat.is_person(); });
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
    out.person_to_move = match_->person_to_move() && match_->at_end() && !waits();
    out.saving = pending_.has_value();
    out.trouble = trouble_;
    out.to_move = match_->to_move();
    out.viewer = viewer();
    out.outcome = match_->outcome();
    for (std::uint32_t player = 0; player < match_->players(); ++player) {
        out.clocks.push_back(match_->clock().remaining(player, now));
        out.low_time.push_back(match_->clock().low(player, now));
        const SeatEngine &seat = seats_[player];
        if (!seat.runner || (!seat.searching && !seat.ready)) continue;
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
