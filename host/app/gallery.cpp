#include "host/app/gallery.hpp"

#include "host/app/program.hpp"
#include "host/cli/setup.hpp"
#include "host/terminal/exhibition.hpp"
#include "host/terminal/gallery.hpp"
#include "host/terminal/keeping.hpp"
#include "host/terminal/seat_words.hpp"
#ifdef PARLOUR_HAS_WINDOW
#include "host/ui/gallery_app.hpp"
#endif

#include "host/settings/settings_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <sstream>

namespace parlour::host::app {

namespace {

using cli::CommandLine;
using cli::ExitCode;
using cli::Refusal;

bool is_set(const char *variable) {
    const char *value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

// Whether a window can be tried: a display, or a driver of SDL's that was named.
bool has_display() {
    return is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") || is_set("SDL_VIDEODRIVER");
}

std::uint64_t seed_or_clock(const CommandLine &line) {
    const auto clock = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
    return line.number("seed", 0, UINT64_MAX).value_or(clock);
}

std::vector<Seat> seats_of(const CommandLine &line, const Registry &registry, const Game &game) {
    std::vector<Seat> seats;
    for (const std::string &words : line.texts("seat")) {
        seats.push_back(cli::value_or_refuse(terminal::parse_seat(registry, game, words)));
    }
    return seats;
}

TimeControl clock_of(const CommandLine &line) {
    const auto text = line.text("clock");
    if (!text) return TimeControl::none();
    auto control = TimeControl::parse(*text);
    if (!control.ok()) throw Refusal(ExitCode::usage, "--clock: " + control.sentence());
    return *control;
}

#ifdef PARLOUR_HAS_WINDOW

// "m1 m2" or, where moves have blanks in them, "m1, m2".
std::vector<std::string> moves_of(const std::string &text) {
    std::vector<std::string> moves;
    if (text.find(',') == std::string::npos) {
        std::istringstream stream(text);
        for (std::string word; stream >> word;) moves.push_back(word);
        return moves;
    }
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');) {
        const std::size_t begin = part.find_first_not_of(' ');
        if (begin != std::string::npos) moves.push_back(part.substr(begin, part.find_last_not_of(' ') - begin + 1));
    }
    return moves;
}

ui::StartScreen::Page page_of(const std::string &name) {
    using Page = ui::StartScreen::Page;
    static const std::vector<std::pair<std::string, Page>> pages{
        {"gallery", Page::gallery},      {"new-game", Page::new_game}, {"game", Page::game},
        {"rules", Page::rules},          {"plugins", Page::plugins},   {"history", Page::history},
        {"statistics", Page::statistics}};
    std::vector<std::string> known;
    for (const auto &[word, page] : pages) {
        if (word == name) return page;
        known.push_back(word);
    }
    const std::string near = cli::suggestion(name, known);
    throw Refusal(
        ExitCode::usage,
        "there is no page \"" + name + "\"" +
            (near.empty() ? "; there are gallery, new-game, game, rules, plugins, history and statistics" : near));
}

void read_size(const std::string &text, ui::GalleryOptions &options) {
    const std::size_t x = text.find('x');
    const auto width = cli::parse_number(text.substr(0, x));
    const auto height = x == std::string::npos ? std::nullopt : cli::parse_number(text.substr(x + 1));
    if (!width || !height || *width < 640 || *width > 16384 || *height < 480 || *height > 16384) {
        throw Refusal(ExitCode::usage, "--size takes a width and a height like 1280x800, at least 640x480, not \"" +
                                           text.substr(0, 40) + "\"");
    }
    options.width = static_cast<int>(*width);
    options.height = static_cast<int>(*height);
}

float scale_of(const std::string &text) {
    float scale = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), scale);
    if (code != std::errc{} || end != text.data() + text.size() || !(scale >= 0.5f && scale <= 4.0f)) {
        throw Refusal(ExitCode::usage, "--scale takes a number from 0.5 to 4, not \"" + text.substr(0, 40) + "\"");
    }
    return scale;
}

ui::GalleryOptions window_options(const CommandLine &line, const Registry &registry) {
    ui::GalleryOptions options;
    options.theme = line.text_or("theme", "");
    options.render = line.text_or("render", "");
    if (const auto scale = line.text("scale")) options.scale = scale_of(*scale);
    if (const auto size = line.text("size")) read_size(*size, options);
    options.fullscreen = line.has("fullscreen");
    options.reduced_motion = line.has("reduced-motion");
    options.seed = line.number("seed", 0, UINT64_MAX).value_or(0);
    options.screenshot = line.text_or("screenshot", "");
    ui::StartScreen &start = options.start;
    start.game = line.text_or("game", "");
    start.page = page_of(line.text_or("page", start.game.empty() ? "gallery" : "game"));
    start.options = cli::parse_options(line.texts("option"));
    start.time = clock_of(line);
    if (line.has("seat")) {
        if (start.game.empty()) throw Refusal(ExitCode::usage, "--seat needs --game");
        start.seats = seats_of(line, registry, *cli::open_game(registry, start.game, line.texts("option")));
    }
    start.position = line.text_or("position", "");
    start.moves = moves_of(line.text_or("moves", ""));
    start.random_moves = line.number("random-moves", 0, 100000).value_or(0);
    start.back = line.number("back", 0, 100000).value_or(0);
    start.hint = line.has("hint");
    start.evaluation = line.has("evaluation");
    return options;
}

#endif

// The gallery where there is no window: a dialogue, or one game shown where nobody can type.
ExitCode run_without_window(const CommandLine &line, Registry &registry, cli::Streams &streams) {
    GamePtr game;
    if (line.has("game")) game = cli::open_game(registry, *line.text("game"), line.texts("option"));
    if (isatty(STDIN_FILENO) == 0 && !line.has("terminal") && !line.has("text")) {
        const auto shown = terminal::show_exhibition(registry, game, cli::seed_of(line), streams.out);
        if (!shown.ok()) throw Refusal(ExitCode::failed, shown.sentence());
        return ExitCode::success;
    }
    std::optional<MatchSetup> first;
    if (game) {
        first.emplace();
        first->game = game;
        first->seats = terminal::usual_seats(registry, *game, true);
        const std::vector<Seat> given = seats_of(line, registry, *game);
        if (given.size() > first->seats.size()) throw Refusal(ExitCode::usage, "there are more --seat than seats");
        std::copy(given.begin(), given.end(), first->seats.begin());
        first->time = clock_of(line);
        first->seed = seed_or_clock(line);
        if (line.has("position")) first->start = cli::position_of(*game, line.text("position"), first->seed);
    }
    const std::unique_ptr<Store> store = terminal::open_store(line, streams.err);
    terminal::LineReader input(STDIN_FILENO);
    terminal::run_text_gallery(registry, terminal::standard_console(input, streams.out), seed_or_clock(line),
                               std::move(first), store.get());
    return ExitCode::success;
}

void describe(CommandLine &line) {
    line.flag("terminal", "the gallery in the terminal")
        .flag("text", "the same")
        .value("theme", "NAME", "dark, light or high-contrast")
        .value("render", "WHAT", "auto, gpu or software")
        .value("scale", "X", "size of everything, 0.5 to 4 (default: from the system)")
        .value("size", "WxH", "size of the window or picture in pixels (default 1280x800)")
        .flag("fullscreen", "fill the screen")
        .flag("reduced-motion", "pieces jump instead of moving")
        .value("game", "ID", "begin with this game")
        .value("page", "PAGE", "begin with gallery, new-game, game, rules, plugins, history or statistics")
        .values("option", "ID=VALUE", "an option of that game; may be repeated")
        .values("seat", "WHO", "who plays it: person, or ENGINE[@LEVEL][:option=value,...]; once a seat")
        .value("clock", "TIME", "a clock for each player: 5m+3s, or 30s/move")
        .value("position", "TEXT", "begin from this position")
        .value("moves", "TEXT", "play these moves first, with blanks or commas between them")
        .value("random-moves", "N", "then so many more, drawn from the seed")
        .value("back", "N", "look so many moves back")
        .flag("hint", "show a hint")
        .flag("evaluation", "show the evaluation")
        .value("screenshot", "FILE", "draw it into a PNG file, without any window, and end")
        .value("seed", "N", "of the first game (default: from the clock)")
        .flag("version", "print the version");
    terminal::add_keeping_options(line);
}

} // namespace

ExitCode gallery_command(const std::vector<std::string> &words, cli::Streams &streams) {
    CommandLine line({"",
                      "[OPTION]... | COMMAND [WORD]...",
                      "Opens the gallery of games in a window. Without a display it is the same gallery in the "
                      "terminal, and where nobody can type, one short game between two engines.",
                      {{"parlour", "opens the gallery"},
                       {"parlour --game reversi --seat person --seat minimax@4", "begins with a game"},
                       {"parlour --terminal", "the gallery as text"},
                       {"parlour --screenshot shot.png --game draughts --random-moves 12", "a picture of a board"},
                       {"parlour perft reversi 6", "a command; each has a --help of its own"}}});
    describe(line);
    line.parse(words);
    if (line.wants_help()) {
        line.print_help(streams.out);
        streams.out << "\nCommands:\n";
        for (const cli::Command &command : all_commands()) {
            streams.out << fmt::format("  {:<9} {}\n", command.name, command.summary);
        }
        return ExitCode::success;
    }
    if (line.has("version")) {
        streams.out << fmt::format("parlour {}, interface {}.{}\n", PARLOUR_VERSION, PARLOUR_ABI_MAJOR,
                                   PARLOUR_ABI_MINOR);
        return ExitCode::success;
    }
    const auto registry = cli::open_registry(line);
    const bool text = line.has("terminal") || line.has("text");
#ifdef PARLOUR_HAS_WINDOW
    if (line.has("screenshot") || (!text && has_display())) {
        // A picture shows games that are kept only when it is asked to.
        const bool keeps = !line.has("screenshot") || line.has("records");
        const std::unique_ptr<Store> store = keeps ? terminal::open_store(line, streams.err) : nullptr;
        SettingsFile settings;
        ui::GalleryOptions options = window_options(line, *registry);
        options.store = store.get();
        options.program = cli::own_program();
        if (!line.has("screenshot")) options.settings = &settings;
        const int code = ui::run_gallery(*registry, options);
        if (code != ui::no_window) return static_cast<ExitCode>(code);
    }
#else
    if (line.has("screenshot")) throw Refusal(ExitCode::failed, "this program was built without its window");
#endif
    if (!text) {
        streams.err << (has_display() ? "parlour: no window could be opened" : "parlour: there is no display")
                    << "; this is the gallery as text\n";
    }
    return run_without_window(line, *registry, streams);
}

} // namespace parlour::host::app
