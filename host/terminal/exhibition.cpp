#include "host/terminal/exhibition.hpp"

#include "host/terminal/game_dialogue.hpp"
#include "host/terminal/seat_words.hpp"

namespace parlour::host::terminal {

namespace {

// The game with the lowest bound on its length among those without secrets; one without a bound only if there is no
// other.
GamePtr shortest_game(const Registry &registry) {
    GamePtr best;
    const auto length = [](const Game &game) {
        const std::uint32_t plies = game.info().max_plies;
        return plies == 0 ? UINT32_MAX : plies;
    };
    for (const GameEntry &entry : registry.games()) {
        if (entry.players_min < 2 || (entry.flags & PARLOUR_GAME_HIDDEN) != 0) continue;
        const auto game = registry.create_game(entry.id, {});
        if (!game.ok() || engines_for(registry, **game).empty()) continue;
        if (!best || length(**game) < length(*best)) best = *game;
    }
    return best;
}

} // namespace

Result<void> show_exhibition(const Registry &registry, GamePtr game, std::uint64_t seed, std::ostream &out) {
    if (!game) game = shortest_game(registry);
    if (!game || engines_for(registry, *game).empty()) {
        return Problem{
            game ? "no engine plays " + game->name()
                 : "there is no game that an engine could show; set PARLOUR_PLUGIN_PATH or use --plugins DIR",
            PARLOUR_E_NOTFOUND};
    }
    MatchSetup setup;
    setup.game = game;
    setup.seats = usual_seats(registry, *game, false);
    for (Seat &seat : setup.seats) {
        seat.limits.nodes = 20000;
        seat.limits.time = std::chrono::milliseconds(500);
    }
    setup.seed = seed;
    setup.max_plies = 500;
    out << game->name() << ", between engines:\n\n";
    LineReader nobody(-1);
    GameDialogue dialogue(registry, Console{.input = nobody, .out = out});
    const auto end = dialogue.play(std::move(setup));
    return end.ok() ? Result<void>() : Result<void>(end.problem());
}

} // namespace parlour::host::terminal
