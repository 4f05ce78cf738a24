#include "host/match/record.hpp"
#include "host/match/record_format.hpp"

#include <fmt/format.h>

namespace parlour::host {

using std::chrono::nanoseconds;

namespace {

std::string place(const RecordPly &ply, std::size_t number) {
    return ply.line > 0 ? fmt::format("Line {}: move {}", ply.line, number) : fmt::format("Move {}", number);
}

std::string listed_utilities(const std::vector<float> &utilities) {
    std::string out;
    for (const float value : utilities) out += (out.empty() ? "" : " ") + record_format::number_text(value);
    return out;
}

// Plays one move of a record; `now` is a clock made of the used times.
Result<void> replay(Match &match, const RecordPly &ply, std::size_t number, nanoseconds &now) {
    const std::string where = place(ply, number);
    if (match.is_over())
        return Problem{fmt::format("{} cannot be: the game is over before it. {}", where, match.outcome()->sentence),
                       PARLOUR_E_ILLEGAL};
    if (ply.chance != match.turn().is_chance())
        return Problem{where + (ply.chance ? " is marked as decided by chance, but a player is to move there."
                                           : " is marked as a player's, but chance decides there."),
                       PARLOUR_E_ILLEGAL};
    const Result<Move> move = match.game().parse_move(match.state(), ply.text);
    if (!move) return Problem{fmt::format("{}: {}", where, move.sentence()), move.problem().code};
    now += ply.used;
    const Result<void> made = ply.chance ? match.play_chance(*move, now) : match.play(*move, now, ply.note);
    if (!made) return Problem{fmt::format("{}: {}", where, made.sentence()), made.problem().code};
    return {};
}

// Ends the match as the record says, where the rules allow it.
Result<void> conclude(Match &match, const Record &record, nanoseconds now) {
    if (!record.ending) {
        if (!match.is_over()) return {};
        return Problem{"The record calls the game unfinished, but it is over. " + match.outcome()->sentence,
                       PARLOUR_E_ILLEGAL};
    }
    const Ending ending = *record.ending;
    const bool by_position = ending == Ending::normal || ending == Ending::too_long;
    if (by_position ? !match.is_over() || match.outcome()->ending != ending
                    : match.is_over() && ending != Ending::rules_failed)
        return Problem{fmt::format("The record says that the game ended by \"{}\", but after its moves it {}.",
                                   ending_text(ending), match.is_over() ? "has ended otherwise" : "still goes on"),
                       PARLOUR_E_ILLEGAL};
    if (record.fault && *record.fault >= match.players())
        return Problem{
            fmt::format("The record blames player {}, but the game has {}.", *record.fault + 1, match.players()),
            PARLOUR_E_ILLEGAL};
    match.finish(ending, record.fault, record.detail, now);
    if (match.outcome()->utilities != record.utilities)
        return Problem{fmt::format("The record gives the result {}, but by the rules it is {}.",
                                   listed_utilities(record.utilities), listed_utilities(match.outcome()->utilities)),
                       PARLOUR_E_ILLEGAL};
    return {};
}

} // namespace

Result<Match> load_record(const Record &record, const GameMaker &create_game) {
    const Result<GamePtr> game = create_game(record.game, record.options);
    if (!game) return game.problem();
    MatchSetup setup{*game, record.seats, record.time, record.seed, record.max_plies, record.undo, {}};
    if (record.position) {
        Result<StateBuffer> start = (*game)->parse_state(*record.position);
        if (!start)
            return Problem{"The record's starting position is refused: " + start.sentence(), start.problem().code};
        setup.start = std::move(*start);
    }
    Result<Match> match = Match::create(std::move(setup));
    if (!match) return match;
    nanoseconds now{0};
    match->start_clock(now);
    for (std::size_t at = 0; at < record.plies.size(); ++at) {
        if (const Result<void> done = replay(*match, record.plies[at], at + 1, now); !done) return done.problem();
    }
    match->stop_clock(now);
    if (const Result<void> done = conclude(*match, record, now); !done) return done.problem();
    return match;
}

} // namespace parlour::host
