#include "host/terminal/play_command.hpp"

#include "host/cli/setup.hpp"
#include "host/terminal/game_dialogue.hpp"
#include "host/terminal/keeping.hpp"
#include "host/terminal/seat_words.hpp"

#include <unistd.h>

namespace parlour::host::terminal {

namespace {

std::vector<Seat> seats_of(const cli::CommandLine &line, const Registry &registry, const Game &game, bool person) {
    std::vector<Seat> seats = usual_seats(registry, game, person);
    const auto given = line.texts("seat");
    if (given.size() > seats.size()) {
        throw cli::Refusal(cli::ExitCode::usage, game.name() + " has " + std::to_string(seats.size()) +
                                                     " seats, not " + std::to_string(given.size()));
    }
    for (std::size_t i = 0; i < given.size(); ++i) {
        seats[i] = cli::value_or_refuse(parse_seat(registry, game, given[i]));
    }
    const auto level = line.number("level", lowest_level, highest_level);
    const SeatLimits limits = cli::limits_of(line, "time-per-move");
    for (std::size_t i = 0; i < seats.size(); ++i) {
        if (!seats[i].is_engine()) continue;
        const bool says = i < given.size() && given[i].find('@') != std::string::npos;
        if (level && !says) seats[i].level = static_cast<int>(*level);
        if (limits.any()) seats[i].limits = limits;
    }
    return seats;
}

TimeControl clock_of(const cli::CommandLine &line) {
    const auto text = line.text("clock");
    if (!text) return TimeControl::none();
    auto control = TimeControl::parse(*text);
    if (!control.ok()) throw cli::Refusal(cli::ExitCode::usage, "--clock: " + control.sentence());
    return *control;
}

// Asks whether the person goes on with an unfinished game of the same kind.
std::optional<KeptGame> offer_unfinished(Store &store, const Registry &registry, const Game &game,
                                         const Console &console) {
    const auto offer = unfinished_game(store, game.id());
    if (!offer) return std::nullopt;
    console.out << "A game of " << game.name() << " was not finished (" << offer->words
                << "). Go on with it? y or n> " << std::flush;
    for (;;) {
        const auto event = console.input.wait(std::nullopt);
        if (event == LineReader::Event::end) return std::nullopt;
        if (event != LineReader::Event::line) continue;
        const std::string &answer = console.input.line();
        if (answer.empty() || (answer[0] != 'y' && answer[0] != 'Y')) return std::nullopt;
        return kept_game(store, registry, std::to_string(offer->id));
    }
}

} // namespace

cli::ExitCode play_command(const std::vector<std::string> &words, cli::Streams &streams) {
    cli::CommandLine line(
        {"play",
         "GAME [--seat WHO]... [OPTION]...",
         "Plays a game in the terminal: the board as text, moves typed in, help for everything else. The first seat "
         "is yours, the best engine has the others; --seat says otherwise, once a seat in their order. Where nobody "
         "can type, engines play each other.",
         {{"parlour play reversi", "you against the best engine"},
          {"parlour play draughts --seat mcts@3 --seat person", "an engine of level 3 begins"},
          {"parlour play pig --option players=3 --seat person:Anna --seat person:Ben --seat random",
           "two people and an engine at one keyboard"},
          {"parlour play four_in_a_row --seat minimax --seat mcts --nodes 10k", "watch two engines"},
          {"parlour play --resume", "goes on with the game that was played last and not finished"},
          {"parlour play --load game.txt", "goes on with a game that was saved"}}});
    line.word("GAME", true);
    line.values("seat", "WHO", "person, person:NAME, or ENGINE[@LEVEL][:option=value,...]; once a seat")
        .value("level", "N", "how strong engines play, 1 to 10 (default 6)")
        .value("time-per-move", "TIME", "how long an engine may think, in place of its level's time");
    cli::add_limit_options(line);
    line.value("clock", "TIME", "a clock for each player: 5m+3s, or 30s/move")
        .value("position", "TEXT", "begin here")
        .values("option", "ID=VALUE", "an option of the game; may be repeated")
        .flag("undo-anything", "moves may be taken back even behind dice and secrets")
        .value("load", "FILE", "go on with the last game of a file")
        .flag("resume", "go on with the latest unfinished game; GAME is then its number in \"parlour history\"")
        .value("seed", "N", "of dice, deals and engines (default: from the clock)");
    add_keeping_options(line);
    line.parse(words);
    if (line.wants_help()) {
        line.print_help(streams.out);
        return cli::ExitCode::success;
    }
    const auto registry = cli::open_registry(line);
    const bool typing = isatty(STDIN_FILENO) != 0;
    const auto file = line.text("load");
    const bool resumes = line.has("resume");
    if (!file && !resumes && !line.has("GAME")) {
        throw cli::Refusal(cli::ExitCode::usage,
                           "it needs GAME, --load FILE or --resume; \"parlour list games\" shows the games");
    }
    const std::unique_ptr<Store> store = open_store(line, streams.err);

    std::optional<Match> match;
    std::optional<GameId> stored;
    MatchSetup setup;
    if (resumes) {
        if (!store) throw cli::Refusal(cli::ExitCode::failed, "there are no games kept to go on with");
        KeptGame kept = kept_game(*store, *registry, line.text_or("GAME", ""));
        stored = kept.id;
        match = std::move(kept.match);
        setup.game = match->game_ptr();
    } else if (file) {
        match = cli::value_or_refuse(GameDialogue::load(*registry, *file));
        setup.game = match->game_ptr();
    } else {
        setup.game = cli::open_game(*registry, *line.text("GAME"), line.texts("option"));
        setup.seats = seats_of(line, *registry, *setup.game, typing);
        setup.time = clock_of(line);
        const auto clock = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
        setup.seed = line.number("seed", 0, UINT64_MAX).value_or(clock);
        if (line.has("undo-anything")) setup.undo = UndoPolicy::free;
        if (line.has("position")) setup.start = cli::position_of(*setup.game, line.text("position"), setup.seed);
    }
    const GamePtr game = setup.game;

    LineReader input(STDIN_FILENO);
    const Console console = standard_console(input, streams.out);
    if (typing && store && !match) {
        if (auto offered = offer_unfinished(*store, *registry, *game, console)) {
            stored = offered->id;
            match = std::move(offered->match);
        }
    }
    GameDialogue dialogue(*registry, console);
    if (store) dialogue.keep_in(*store);
    dialogue.set_aside_in(*registry);
    if (typing) streams.out << (match ? match->game().name() : game->name()) << ". Type a move, or help.\n";
    const auto end = match ? dialogue.play(std::move(*match), stored) : dialogue.play(std::move(setup));
    if (!end.ok()) throw cli::Refusal(cli::ExitCode::failed, end.sentence());
    cli::report_layers(*game, streams.err);
    return cli::ExitCode::success;
}

} // namespace parlour::host::terminal
