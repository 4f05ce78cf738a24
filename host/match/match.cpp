#include "host/match/match.hpp"

#include "host/plugins/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace parlour::host {

using std::chrono::nanoseconds;

namespace {

constexpr std::uint64_t golden = 0x9e3779b97f4a7c15u; // the step of splitmix64

bool same_bytes(const StateBuffer &a, const StateBuffer &b) {
    return a.stride() == b.stride() && std::memcmp(a.data(), b.data(), a.stride()) == 0;
}

} // namespace

Result<Match> Match::create(MatchSetup setup) {
    if (setup.game == nullptr) return Problem{"a match needs a game", PARLOUR_E_ARG};
    const Game &game = *setup.game;
    if (setup.seats.size() > game.players())
        return Problem{fmt::format("{} has seats for {} player{}, not for {}", game.name(), game.players(),
                                   game.players() == 1 ? "" : "s", setup.seats.size()),
                       PARLOUR_E_ARG};
    setup.seats.resize(game.players());
    if (setup.start) {
        if (const Result<void> fit = game.check(*setup.start); !fit) return fit.problem();
    }
    Match match(std::move(setup));
    Position first{match.setup_.start ? *match.setup_.start : game.initial(match.setup_.seed), {}, {}, 0};
    first.turn = game.turn(first.state);
    first.times = match.clock_.times();
    if (first.turn.is_fault())
        return Problem{"the rules of " + game.name() + " failed to set up the game", PARLOUR_E_FAIL};
    if (first.turn.is_simultaneous())
        return Problem{game.name() + " has simultaneous moves, which have to be put in a sequence first",
                       PARLOUR_E_UNSUPPORTED};
    match.positions_.push_back(std::move(first));
    match.judge(nanoseconds(0));
    return match;
}

// ---- where the game stands ----

std::vector<Move> Match::legal_moves() const {
    return to_move() ? game().legal_moves(state()) : std::vector<Move>{};
}

std::optional<std::uint32_t> Match::to_move() const {
    if (is_over() || turn().is_chance() || turn().is_over()) return std::nullopt;
    const std::uint32_t player = turn().player();
    return player < players() ? std::optional(player) : std::nullopt;
}

bool Match::person_to_move() const {
    const std::optional<std::uint32_t> player = to_move();
    return player && is_person(*player);
}

bool Match::engine_to_move() const {
    const std::optional<std::uint32_t> player = to_move();
    return player && !is_person(*player);
}

bool Match::any_person() const {
    return std::any_of(seats().begin(), seats().end(), [](const Seat &seat) { return seat.is_person(); });
}

// ---- making moves ----

Problem Match::no_move_now() const {
    if (is_over()) return {"The game is over: " + outcome_->sentence, PARLOUR_E_ILLEGAL};
    if (turn().is_chance()) return {"Nobody can move now: chance decides first.", PARLOUR_E_ILLEGAL};
    return {game().player_name(turn().player()) + " is to move now; chance has nothing to decide.",
            PARLOUR_E_ILLEGAL};
}

Result<void> Match::make(Move move, std::optional<std::uint32_t> player, nanoseconds now, PlyNote note) {
    Position next{state(), {}, {}, positions_[end_].chance_moves + (player ? 0u : 1u)};
    const Result<Turn> turn_after = game().play(next.state, move);
    if (!turn_after) {
        if (turn_after.problem().code == PARLOUR_E_FAIL)
            finish(Ending::rules_failed, std::nullopt, turn_after.sentence(), now);
        return turn_after.problem();
    }
    next.turn = *turn_after;
    Ply ply{move, player, one_line(game().move_text(state(), move)), {}, std::move(note)};
    if (player) ply.used = clock_.finish_move(now);
    next.times = clock_.times();

    const bool follows = at_end();
    plies_.resize(end_);
    positions_.erase(positions_.begin() + static_cast<std::ptrdiff_t>(end_) + 1, positions_.end());
    plies_.push_back(std::move(ply));
    positions_.push_back(std::move(next));
    ++end_;
    if (follows) cursor_ = end_;
    judge(now);
    if (clock_started_) start_clock(now);
    return {};
}

// Why the rules failed, as far as they tell.
std::string Match::rules_failure() const {
    const std::string why = game().trouble().sentence;
    return "the rules of " + game().name() + " failed" + (why.empty() ? "" : ": " + why);
}

// Sees whether the live position ends the match.
void Match::judge(nanoseconds now) {
    outcome_.reset();
    const std::size_t most =
        setup_.max_plies > 0 ? std::min<std::size_t>(setup_.max_plies, longest_match) : longest_match;
    Move any = PARLOUR_MOVE_NONE;
    if (turn().is_fault()) {
        finish(Ending::rules_failed, std::nullopt, rules_failure(), now);
    } else if (turn().is_over()) {
        outcome_ = normal_outcome(game(), state());
        clock_.halt(now);
    } else if (!turn().is_chance() && turn().player() >= players()) {
        finish(Ending::rules_failed, std::nullopt, "the rules name a player who does not exist", now);
    } else if (const std::uint32_t n = game().ref().legal(state().data(), &any, 1); n == PARLOUR_COUNT_FAULT) {
        finish(Ending::rules_failed, std::nullopt, rules_failure(), now);
    } else if (n == 0) {
        finish(Ending::rules_failed, std::nullopt, "the game goes on, but there is no legal move", now);
    } else if (end_ >= most) {
        finish(Ending::too_long, std::nullopt, {}, now);
    }
}

Result<void> Match::play(Move move, nanoseconds now, PlyNote note) {
    const std::optional<std::uint32_t> player = to_move();
    if (!player) return no_move_now();
    if (clock_.expired(now)) return Problem{game().player_name(*player) + "'s time is over.", PARLOUR_E_ILLEGAL};
    return make(move, player, now, std::move(note));
}

Result<Ply> Match::checked(Move move, std::optional<std::uint32_t> player) const {
    StateBuffer after = state();
    if (const Result<Turn> turn_after = game().play(after, move); !turn_after) return turn_after.problem();
    return Ply{move, player, one_line(game().move_text(state(), move)), {}, {}};
}

Result<Ply> Match::ply_of(Move move, nanoseconds now, PlyNote note) const {
    const std::optional<std::uint32_t> player = to_move();
    if (!player) return no_move_now();
    if (clock_.expired(now)) return Problem{game().player_name(*player) + "'s time is over.", PARLOUR_E_ILLEGAL};
    Result<Ply> ply = checked(move, player);
    if (!ply) return ply;
    ply->used = clock_.turn_time(now);
    ply->note = std::move(note);
    return ply;
}

Result<Ply> Match::drawn_ply() const {
    if (is_over() || !turn().is_chance()) return no_move_now();
    return checked(draw(), std::nullopt);
}

// Every chance result has a generator of its own, by its number: it stays the same after any undo.
Move Match::draw() const {
    Rng rng{{mix64(setup_.seed + golden * (positions_[end_].chance_moves + 1))}};
    return game().sample_chance(state(), rng);
}

Result<void> Match::play_text(const std::string &text, nanoseconds now, PlyNote note) {
    if (!to_move()) return no_move_now();
    const Result<Move> move = game().parse_move(state(), text);
    if (!move) return move.problem();
    return play(*move, now, std::move(note));
}

std::size_t Match::settle(nanoseconds now) {
    std::size_t count = 0;
    while (!is_over() && turn().is_chance()) {
        if (++count > most_chance_in_a_row) {
            finish(Ending::rules_failed, std::nullopt, "chance decides again and again and nobody moves", now);
            break;
        }
        if (const Result<void> done = make(draw(), std::nullopt, now, {}); !done) {
            finish(Ending::rules_failed, std::nullopt, "a chance move could not be made: " + done.sentence(), now);
        }
    }
    return count;
}

Result<void> Match::play_chance(Move move, nanoseconds now) {
    if (is_over() || !turn().is_chance()) return no_move_now();
    return make(move, std::nullopt, now, {});
}

bool Match::finish(Ending ending, std::optional<std::uint32_t> fault, std::string detail, nanoseconds now) {
    if (is_over()) return false;
    outcome_ = ending == Ending::normal && turn().is_over() ? normal_outcome(game(), state())
                                                            : other_outcome(game(), ending, fault, std::move(detail));
    clock_.halt(now);
    return true;
}

bool Match::check_time(nanoseconds now) {
    if (is_over()) return false;
    const std::optional<std::uint32_t> late = clock_.expired(now);
    return late && finish(Ending::time, late, {}, now);
}

void Match::start_clock(nanoseconds now) {
    clock_started_ = true;
    if (const std::optional<std::uint32_t> player = to_move()) clock_.start(*player, now);
}

void Match::stop_clock(nanoseconds now) {
    clock_started_ = false;
    clock_.halt(now);
}

// ---- taking back ----

Result<void> Match::may_return_to(std::size_t target) const {
    if (setup_.undo == UndoPolicy::free) return {};
    const bool hidden = game().ref().hidden() != nullptr;
    if (hidden && is_over())
        return Problem{"The game is over and its secrets are open, so nothing can be taken back.", PARLOUR_E_ILLEGAL};
    for (std::size_t at = target; at < end_; ++at) {
        if (plies_[at].is_chance())
            return Problem{"What chance has decided (" + plies_[at].text + ") cannot be taken back.",
                           PARLOUR_E_ILLEGAL};
        if (hidden && plies_[at].player != plies_[target].player)
            return Problem{"A move that others have answered cannot be taken back in a game with secrets.",
                           PARLOUR_E_ILLEGAL};
    }
    return {};
}

Result<std::size_t> Match::undo_target() const {
    if (is_over() && outcome_->ending != Ending::normal) {
        if (const Result<void> may = may_return_to(end_); !may) return may.problem();
        if (outcome_->ending == Ending::too_long || outcome_->ending == Ending::rules_failed) {
            if (end_ == 0) return Problem{"There is nothing to take back.", PARLOUR_E_NOTFOUND};
        } else {
            return end_;
        }
    }
    const bool persons = any_person();
    for (std::size_t at = end_; at-- > 0;) {
        const std::optional<std::uint32_t> player = plies_[at].player;
        if (!player || (persons && !is_person(*player))) continue;
        if (const Result<void> may = may_return_to(at); !may) return may.problem();
        return at;
    }
    return Problem{persons && end_ > 0 ? "You have not moved yet, so there is nothing to take back."
                                       : "There is nothing to take back.",
                   PARLOUR_E_NOTFOUND};
}

void Match::move_end(std::size_t target, nanoseconds now) {
    end_ = target;
    cursor_ = target;
    clock_.restore(positions_[end_].times);
    judge(now);
    if (clock_started_) start_clock(now);
}

Result<void> Match::undo(nanoseconds now) {
    const Result<std::size_t> target = undo_target();
    if (!target) return target.problem();
    move_end(*target, now);
    return {};
}

Result<void> Match::undo_to(std::size_t target, nanoseconds now) {
    if (target > end_)
        return Problem{fmt::format("only {} moves were made, so move {} cannot be gone back to", end_, target),
                       PARLOUR_E_ARG};
    if (const Result<void> may = may_return_to(target); !may) return may.problem();
    move_end(target, now);
    return {};
}

Result<void> Match::redo(nanoseconds now) {
    if (!can_redo()) return Problem{"There is nothing to play again.", PARLOUR_E_NOTFOUND};
    const bool persons = any_person();
    std::size_t target = end_;
    do {
        ++target;
        const Turn next = positions_[target].turn;
        if (next.is_over()) break;
        if (next.is_chance()) continue;
        if (!persons || is_person(next.player())) break;
    } while (target < plies_.size());
    move_end(target, now);
    return {};
}

// ---- looking ----

void Match::jump(std::size_t index) {
    cursor_ = std::min(index, end_);
}

StateBuffer Match::view_for(std::uint32_t player, std::size_t index) const {
    return is_over() ? position(index) : game().view(position(index), player);
}

std::string Match::text_for(std::uint32_t player, std::size_t ply_index) const {
    return is_secret(player, ply_index) ? "?" : plies_[ply_index].text;
}

// A move is a secret if another one would have looked the same to this player.
bool Match::is_secret(std::uint32_t player, std::size_t ply_index) const {
    const Ply &ply = plies_[ply_index];
    if (is_over() || game().ref().hidden() == nullptr || player >= players() || ply.player == player) return false;
    const StateBuffer &before = positions_[ply_index].state;
    const StateBuffer seen = game().view(positions_[ply_index + 1].state, player);
    for (const Move other : game().legal_moves(before)) {
        if (other == ply.move) continue;
        StateBuffer after = before;
        game().ref().apply(after.data(), other);
        if (same_bytes(game().view(after, player), seen)) return true;
    }
    return false;
}

std::vector<Move> Match::moves() const {
    std::vector<Move> out;
    out.reserve(end_);
    for (std::size_t at = 0; at < end_; ++at) out.push_back(plies_[at].move);
    return out;
}

std::uint64_t Match::search_seed() const {
    return mix64(mix64(setup_.seed ^ golden) + end_);
}

} // namespace parlour::host
