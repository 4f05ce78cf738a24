// Matches whose records the tests write, damage and load.
#pragma once

#include "fake_games.hpp"
#include "host/match/record.hpp"

namespace parlour::host::fake {

// A finished game with everything in it: names, engine options, limits, clock, notes with odd characters.
inline Match rich_match() {
    using namespace std::chrono_literals;
    Seat engine = Seat::of_engine("an_engine", 7, {{"memory", "64"}, {"odd", "a=\"b\" {c}\n"}});
    engine.limits.time = 1500ms;
    engine.limits.nodes = 1000;
    engine.limits.playouts = 5;
    engine.limits.depth = 3;
    Match match = *Match::create({.game = make_game<Nim>({{"heap", "5"}}),
                                  .seats = {Seat::person("Anna \"A\" \\ B\xc3\xb6hm "), engine},
                                  .time = TimeControl::total(5min, 3s),
                                  .seed = 42,
                                  .max_plies = 99});
    match.start_clock(0s);
    static_cast<void>(match.play(3, 1250ms, {0.35f, 8, 1234, "so, {\"it\"} goes "}));
    static_cast<void>(match.play(2, 3s, {-0.1f, 0, 0, ""}));
    return match;
}

// A game with chance, not finished.
inline Match dice_match() {
    using namespace std::chrono_literals;
    Match match = *Match::create({.game = make_game<Dice>(), .seed = 7, .undo = UndoPolicy::free});
    for (const Move move : {Dice::roll, Dice::stop, Dice::roll}) {
        static_cast<void>(match.play(move, 0s));
        match.settle(0s);
    }
    return match;
}

// A game that began elsewhere, with moves whose texts need escapes, and was given up.
inline Match odd_match() {
    using namespace std::chrono_literals;
    const GamePtr game = make_game<Patience>();
    Match match = *Match::create({.game = game, .start = *game->parse_state("2")});
    static_cast<void>(match.play(1, 0s));
    match.resign(0, 0s);
    return match;
}

inline std::string rich_text() {
    return write_record(rich_match(), "2024-05-01", {{"Event", "A \"test\""}});
}
inline std::string dice_text() {
    return write_record(dice_match());
}
inline std::string odd_text() {
    return write_record(odd_match());
}

} // namespace parlour::host::fake
