// The controller's advisers: the hint, and the evaluation of the position being looked at.
#include "host/match/controller.hpp"

namespace parlour::host {

using std::chrono::nanoseconds;

namespace {
constexpr std::size_t longest_line = 12; // moves of a principal variation that are shown
constexpr std::uint32_t shown_lines = 3;
} // namespace

// ---- hint ----

Result<void> Controller::request_hint(nanoseconds now) {
    if (const Result<void> may = refuse_now(); !may) return may;
    if (!match_->person_to_move()) return Problem{"A hint is given when it is your turn.", PARLOUR_E_ILLEGAL};
    if (!match_->at_end())
        return Problem{"A hint is given for the last position; go to it first.", PARLOUR_E_ILLEGAL};
    if (hint_running_) return {};
    const Result<std::string> best = services_.best(match_->game());
    if (!best) return best.problem();
    if (hint_runner_ && (hint_runner_->busy() || hint_runner_->engine_id() != *best))
        retire(std::move(hint_runner_), now);
    if (!hint_runner_) {
        Result<Runner> runner = make_runner(*best, {});
        if (!runner) return runner.problem();
        hint_runner_ = std::move(*runner);
    }
    SearchLimits limits;
    limits.soft_time = limits.hard_time = hint_time_;
    limits.seed = match_->search_seed();
    if (const Result<void> started = hint_runner_->start(job_at(match_->plies(), std::move(limits), false), now);
        !started)
        return started;
    hint_.reset();
    hint_running_ = true;
    return {};
}

void Controller::drop_hint(nanoseconds now) {
    hint_.reset();
    hint_running_ = false;
    if (hint_runner_) hint_runner_->discard(now);
}

bool Controller::tick_hint(nanoseconds now) {
    if (!hint_runner_) return false;
    if (hint_runner_->overdue(now)) {
        if (hint_running_) notice_ = hint_runner_->engine_name() + " did not answer in time, so there is no hint.";
        hint_runner_->give_up();
        hint_runner_.reset();
        return std::exchange(hint_running_, false);
    }
    if (!hint_running_) return false;
    const std::optional<Result<SearchResult>> result = hint_runner_->take_result();
    if (!result) return false;
    hint_running_ = false;
    if (*result) {
        const SearchResult &found = **result;
        hint_ = Hint{found.move, match_->game().move_text(match_->state(), found.move), found.value,
                     hint_runner_->engine_name()};
    } else {
        notice_ = "There is no hint: " + result->sentence();
    }
    return true;
}

// ---- evaluation ----

Result<void> Controller::set_evaluation(bool on, nanoseconds now, const std::string &engine) {
    if (!on) {
        evaluation_on_ = evaluation_searching_ = false;
        evaluation_.reset();
        retire(std::move(evaluation_runner_), now);
        return {};
    }
    if (const Result<void> may = refuse_now(); !may) return may;
    std::string id = engine;
    if (id.empty()) {
        const Result<std::string> best = services_.best(match_->game());
        if (!best) return best.problem();
        id = *best;
    }
    if (!evaluation_runner_ || evaluation_runner_->engine_id() != id) {
        Result<Runner> runner = make_runner(id, {});
        if (!runner) return runner.problem();
        retire(std::move(evaluation_runner_), now);
        evaluation_runner_ = std::move(*runner);
        evaluation_searching_ = false;
    }
    evaluation_on_ = true;
    evaluation_of_ = {match_->cursor(), revision_ - 1}; // of nothing that is: the next tick begins
    tick(now);
    return {};
}

// Whether the viewed position may be evaluated without telling a secret.
bool Controller::may_evaluate() const {
    const Turn turn = match_->turn_at(match_->cursor());
    if (turn.is_chance() || turn.is_over()) return false;
    return match_->game().ref().hidden() == nullptr || match_->is_over() || turn.player() == viewer();
}

bool Controller::tick_evaluation(nanoseconds now) {
    if (!evaluation_on_ || !evaluation_runner_) return false;
    if (evaluation_runner_->overdue(now)) {
        notice_ = evaluation_runner_->engine_name() + " did not stop, so the evaluation is switched off.";
        evaluation_runner_->give_up();
        evaluation_runner_.reset();
        evaluation_on_ = evaluation_searching_ = false;
        evaluation_.reset();
        return true;
    }
    const std::pair<std::size_t, std::uint64_t> here{match_->cursor(), revision_};
    bool news = false;
    if (here != evaluation_of_ || paused_) {
        evaluation_runner_->discard(now);
        evaluation_searching_ = false;
    }
    if (evaluation_searching_) {
        for (const SearchInfo &info : evaluation_runner_->take_progress()) {
            if (info.rank > shown_lines) continue;
            evaluate(info);
            news = true;
        }
        if (const std::optional<Result<SearchResult>> result = evaluation_runner_->take_result()) {
            evaluation_searching_ = false;
            if (!*result) {
                notice_ = "There is no evaluation: " + result->sentence();
            } else if (!evaluation_ || evaluation_->ply != evaluation_of_.first) { // it never reported
                SearchInfo end;
                end.value = (*result)->value;
                end.depth = (*result)->depth;
                end.nodes = (*result)->nodes;
                end.proven = (*result)->proven;
                end.line = {(*result)->move};
                evaluate(end);
            }
            news = true;
        }
    }
    if (here == evaluation_of_ || paused_ || evaluation_runner_->busy()) return news;

    evaluation_of_ = here;
    if (evaluation_) evaluation_->others.clear();
    const Turn turn = match_->turn_at(here.first);
    if (turn.is_over()) {
        const GameRef &game = match_->game().ref();
        Evaluation known;
        known.ply = here.first;
        known.value = game.scaled(match_->game().outcome(match_->viewed())[0]);
        known.first = known.value;
        known.proven = true;
        evaluation_ = std::move(known);
        return true;
    }
    if (!may_evaluate()) {
        evaluation_.reset();
        return true;
    }
    SearchLimits limits;
    limits.soft_time = limits.hard_time = evaluation_time_;
    limits.lines = shown_lines;
    limits.seed = match_->search_seed();
    const Result<void> started = evaluation_runner_->start(job_at(here.first, std::move(limits), false), now);
    evaluation_searching_ = started.ok();
    if (!started) notice_ = started.sentence();
    return news;
}

// What a value for `player` is for the first one; empty when that cannot be known.
std::optional<float> Controller::value_for_first(float value, std::uint32_t player) const {
    if (player == 0) return value;
    if (match_->players() == 2 && match_->game().has(PARLOUR_GAME_ZERO_SUM)) return -value;
    return std::nullopt;
}

// Turns progress of the evaluating engine into what a screen shows.
void Controller::evaluate(const SearchInfo &info) {
    if (!info.value) return;
    const std::size_t ply = evaluation_of_.first;
    const std::uint32_t player = match_->turn_at(ply).player();
    const bool of_this = evaluation_ && evaluation_->ply == ply;
    if (info.rank > 1) {
        if (!of_this) return; // the best line comes first
        const std::size_t at = info.rank - 2;
        if (evaluation_->others.size() <= at) evaluation_->others.resize(at + 1);
        evaluation_->others[at] = {value_for_first(*info.value, player), *info.value, line_text(ply, info.line)};
        return;
    }
    Evaluation out;
    if (of_this) out.others = std::move(evaluation_->others);
    out.ply = ply;
    out.player = player;
    out.value = *info.value;
    out.first = value_for_first(out.value, player);
    out.depth = info.depth;
    out.nodes = info.nodes;
    out.proven = info.proven;
    out.moves = info.line;
    out.line = line_text(ply, info.line);
    out.engine = evaluation_runner_->engine_name();
    evaluation_ = std::move(out);
}

std::vector<std::string> Controller::line_text(std::size_t ply, const std::vector<Move> &line) const {
    std::vector<std::string> out;
    if (match_->game().ref().hidden() != nullptr) return out;
    StateBuffer state = match_->position(ply);
    for (const Move move : line) {
        if (out.size() == longest_line) break;
        StateBuffer next = state;
        if (!match_->game().play(next, move)) break;
        out.push_back(match_->game().move_text(state, move));
        state = std::move(next);
    }
    return out;
}

} // namespace parlour::host
