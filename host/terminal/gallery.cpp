#include "host/terminal/gallery.hpp"

#include "host/cli/command_line.hpp"
#include "host/cli/setup.hpp"
#include "host/match/plugin_watch.hpp"
#include "host/plugins/reloading_engine.hpp"
#include "host/plugins/text.hpp"
#include "host/terminal/game_dialogue.hpp"
#include "host/terminal/keeping.hpp"
#include "host/terminal/rules_text.hpp"
#include "host/terminal/seat_words.hpp"
#include "host/terminal/text_board.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parlour::host::terminal {

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

// At a question: back to the list.
bool is_leaving(const std::string &answer) {
    const std::string word = lower(answer);
    return word == "menu" || word == "quit" || word == "back";
}

class Gallery {
public:
    Gallery(Registry &registry, Console console, std::uint64_t seed, Store *store)
        : registry_(registry), console_(console), seed_(seed), store_(store), watch_(registry) {}

    void run(std::optional<MatchSetup> first) {
        if (first) {
            GameDialogue dialogue(registry_, console_);
            prepare(dialogue);
            if (!leave(dialogue.play(std::move(*first)))) return;
        } else {
            list_games();
        }
        for (;;) {
            look_at_plugins();
            if (!listed_.empty() && listed_ != ids()) list_games(); // its numbers are others now
            const auto answer = ask("gallery> ");
            if (!answer) return;
            const std::string word = lower(*answer);
            if (word == "quit" || word == "exit" || word == "q") return;
            if (word.empty() || word == "games") {
                list_games();
            } else if (word == "help" || word == "?") {
                help();
            } else if (word == "plugins") {
                list_plugins();
            } else if (word == "rescan") {
                console_.out << (registry_.rescan() ? "Looked again; there is something new.\n"
                                                    : "Looked again; nothing has changed.\n");
                list_games();
            } else if (word.starts_with("rules ")) {
                rules(answer->substr(6));
            } else if (word == "continue") {
                if (!go_on()) return;
            } else if (word.starts_with("load ")) {
                if (!load(answer->substr(5))) return;
            } else if (const GameEntry *game = find(*answer)) {
                if (!begin(*game)) return;
            } else {
                refuse(*answer);
            }
        }
    }

private:
    // Says what became of plugin files and scripts that have changed meanwhile.
    void look_at_plugins() {
        for (const PluginNews &news : watch_.look()) console_.out << news.sentence << "\n";
        registry_.script_versions()->release(); // no game is under way
    }

    std::vector<std::string> ids() const {
        std::vector<std::string> out;
        for (const GameEntry &game : registry_.games()) out.push_back(game.id);
        return out;
    }

    // A line of input without blanks at its ends; nothing when the input has ended.
    std::optional<std::string> ask(const std::string &prompt) {
        look_at_plugins();
        console_.out << prompt << std::flush;
        for (;;) {
            switch (console_.input.wait(std::nullopt)) {
                case LineReader::Event::line: {
                    const std::string text = one_line(console_.input.line(), 1000);
                    if (console_.echo) console_.out << text << "\n";
                    const std::size_t begin = text.find_first_not_of(' ');
                    if (begin == std::string::npos) return "";
                    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
                }
                case LineReader::Event::end:
                    console_.out << "\n";
                    return std::nullopt;
                default:
                    break;
            }
        }
    }

    // A text broken at the console's width, its further lines indented.
    std::string hanging(const std::string &text, std::size_t indent) const {
        const std::size_t room = console_.width > indent + 20 ? console_.width - indent : 20;
        std::string out = rules_text(text, room, ColorDepth::none);
        while (out.ends_with('\n')) out.pop_back();
        for (std::size_t at = 0; (at = out.find('\n', at)) != std::string::npos; at += indent + 1) {
            out.insert(at + 1, indent, ' ');
        }
        return out;
    }

    void list_games() {
        look_at_plugins();
        const auto &games = registry_.games();
        listed_ = ids();
        console_.out << styled(fmt::format("Parlour: {} game{}", games.size(), games.size() == 1 ? "" : "s"),
                               {.bold = true}, console_.colors)
                     << "\n";
        std::size_t width = 0;
        for (const GameEntry &game : games) width = std::max(width, text_width(game.name));
        for (std::size_t i = 0; i < games.size(); ++i) {
            const std::string gap(width - text_width(games[i].name) + 2, ' ');
            console_.out << fmt::format("  {:>2}  ", i + 1)
                         << styled(games[i].name, {.color = PARLOUR_COLOR_ACCENT}, console_.colors) << gap
                         << hanging(games[i].summary, 6 + width + 2) << "\n";
        }
        if (games.empty()) {
            console_.out << "  No games were found; set PARLOUR_PLUGIN_PATH or start with --plugins DIR.\n";
        }
        if (store_ != nullptr) {
            if (const auto left = store_->unfinished(); left.ok() && !left->empty())
                console_.out << fmt::format("  {} game{} not finished: continue goes on with the latest.\n",
                                            left->size(), left->size() == 1 ? " was" : "s were");
        }
        const auto refused = std::count_if(registry_.plugins().begin(), registry_.plugins().end(),
                                           [](const PluginRow &row) { return !row.loaded; });
        if (refused > 0) {
            console_.out << fmt::format("  {} plugin{} refused: plugins says why.\n", refused,
                                        refused == 1 ? " was" : "s were");
        }
        console_.out << "Type a number or a name; help, plugins, quit.\n";
    }

    void help() {
        console_.out << "  a number or a name   plays that game\n"
                        "  rules NAME           how a game is played\n"
                        "  load FILE            goes on with a game that was saved\n"
                        "  continue             goes on with the game that was not finished\n"
                        "  games                the list again\n"
                        "  plugins              every plugin file, and why one was refused\n"
                        "  rescan               looks for new plugins\n"
                        "  quit                 leaves\n";
    }

    void list_plugins() {
        for (const PluginRow &row : registry_.plugins()) {
            console_.out << (row.loaded ? "  loaded   " : "  refused  ") << row.file.filename().string() << "  "
                         << row.name << (row.sentence.empty() ? "" : ": ") << row.sentence << "\n";
        }
        if (registry_.plugins().empty()) console_.out << "  There are no plugins.\n";
    }

    // The game with this number, name or id, or the only one whose name begins so.
    const GameEntry *find(const std::string &text) const {
        const auto &games = registry_.games();
        if (const auto number = cli::parse_number(text); number && *number >= 1 && *number <= games.size()) {
            return &games[*number - 1];
        }
        const std::string word = lower(text);
        const GameEntry *found = nullptr;
        int close = 0;
        for (const GameEntry &game : games) {
            if (lower(game.name) == word || game.id == word) return &game;
            if (lower(game.name).starts_with(word) || game.id.starts_with(word)) found = &game, ++close;
        }
        return close == 1 ? found : nullptr;
    }

    void refuse(const std::string &text) {
        std::vector<std::string> known;
        for (const GameEntry &game : registry_.games()) known.push_back(game.id);
        console_.out << "There is no game \"" << one_line(text, 40) << "\"" << cli::suggestion(lower(text), known)
                     << "\n";
    }

    void rules(const std::string &name) {
        const GameEntry *entry = find(name);
        if (entry == nullptr) return refuse(name);
        const auto game = registry_.create_game(entry->id, {});
        const std::string text = game.ok() ? (*game)->rules() : "";
        console_.out << (text.empty() ? "The game has no rules text.\n"
                                      : rules_text(text, console_.width, console_.colors));
    }

    // The game with the options that the person wants; nothing when they leave.
    std::optional<GamePtr> ask_game(const GameEntry &entry) {
        OptionMap options;
        for (;;) {
            auto game = registry_.create_game(entry.id, options);
            if (!game.ok()) {
                console_.out << game.sentence() << "\n";
                options.clear();
                game = registry_.create_game(entry.id, options);
                if (!game.ok()) {
                    console_.out << game.sentence() << "\n";
                    return std::nullopt;
                }
            }
            if (entry.options.empty()) return *game;
            std::string shown;
            for (const OptionSpec &option : entry.options) {
                const auto given = options.find(option.id);
                shown += (shown.empty() ? "" : ", ") + option.id + "=" +
                         (given == options.end() ? option.default_text : given->second);
            }
            const auto answer = ask("Options: " + shown + ". Enter keeps them, id=value changes one> ");
            if (!answer || is_leaving(*answer)) return std::nullopt;
            if (answer->empty()) return *game;
            set_option(entry, *answer, options);
        }
    }

    void set_option(const GameEntry &entry, const std::string &answer, OptionMap &options) {
        const std::size_t at = answer.find('=');
        const std::string id = answer.substr(0, at);
        const auto known = std::find_if(entry.options.begin(), entry.options.end(),
                                        [&](const OptionSpec &option) { return option.id == id; });
        if (at == std::string::npos || known == entry.options.end()) {
            for (const OptionSpec &option : entry.options) {
                std::string values;
                for (const auto &[choice, label] : option.choices) values += (values.empty() ? " " : ", ") + choice;
                if (option.type == PARLOUR_OPTION_INT || option.type == PARLOUR_OPTION_FLOAT) {
                    values = fmt::format(" {:g} to {:g}", option.min, option.max);
                }
                console_.out << "  " << option.id << ":" << values << (values.empty() ? " " : ". ") << option.help
                             << "\n";
            }
            return;
        }
        const std::string problem = known->problem(answer.substr(at + 1));
        if (problem.empty()) {
            options[id] = answer.substr(at + 1);
        } else {
            console_.out << problem << "\n";
        }
    }

    // Who plays; nothing when the person leaves.
    std::optional<std::vector<Seat>> ask_seats(const Game &game) {
        std::vector<Seat> seats = usual_seats(registry_, game, true);
        std::string engines;
        for (const std::string &id : engines_for(registry_, game)) engines += (engines.empty() ? "" : ", ") + id;
        if (engines.empty()) {
            console_.out << "No engine plays it; people take all seats.\n";
            return seats;
        }
        console_.out << hanging("Who plays? person, or an engine (" + engines + ") with a level from 1 to 10, like " +
                                    engines_for(registry_, game).front() + "@3. Enter takes what is proposed.",
                                0)
                     << "\n";
        for (std::uint32_t player = 0; player < game.players(); ++player) {
            const std::string proposed = seats[player].is_person()
                                             ? std::string("person")
                                             : fmt::format("{}@{}", seats[player].engine, seats[player].level);
            for (;;) {
                const auto answer = ask(fmt::format("{} [{}]> ", game.player_name(player), proposed));
                if (!answer || is_leaving(*answer)) return std::nullopt;
                if (answer->empty()) break;
                auto seat = parse_seat(registry_, game, *answer);
                if (seat.ok()) {
                    seats[player] = *seat;
                    break;
                }
                console_.out << seat.sentence() << "\n";
            }
        }
        return seats;
    }

    // Plays a game of the list; false when the person leaves the gallery.
    bool begin(GameEntry entry) { // a copy: the registry may be scanned meanwhile
        const auto game = ask_game(entry);
        if (!game) return true;
        const auto seats = ask_seats(**game);
        if (!seats) return true;
        MatchSetup setup;
        setup.game = *game;
        setup.seats = *seats;
        setup.seed = seed_++;
        GameDialogue dialogue(registry_, console_);
        prepare(dialogue);
        return leave(dialogue.play(std::move(setup)));
    }

    void prepare(GameDialogue &dialogue) {
        if (store_ != nullptr) dialogue.keep_in(*store_);
        dialogue.set_aside_in(registry_);
    }

    // The game that was played last and not finished.
    bool go_on() {
        if (store_ == nullptr) {
            console_.out << "Games are not being kept, so there is none to go on with.\n";
            return true;
        }
        std::optional<KeptGame> kept;
        try {
            kept = kept_game(*store_, registry_, "");
        } catch (const cli::Refusal &refusal) {
            console_.out << refusal.what() << "\n";
            return true;
        }
        GameDialogue dialogue(registry_, console_);
        prepare(dialogue);
        return leave(dialogue.play(std::move(kept->match), kept->id));
    }

    bool load(const std::string &file) {
        auto match = GameDialogue::load(registry_, file);
        if (!match.ok()) {
            console_.out << match.sentence() << "\n";
            return true;
        }
        GameDialogue dialogue(registry_, console_);
        prepare(dialogue);
        return leave(dialogue.play(std::move(match).value()));
    }

    bool leave(const Result<GameDialogue::End> &end) {
        if (!end.ok()) {
            console_.out << end.sentence() << "\n";
            return true;
        }
        if (*end == GameDialogue::End::menu) list_games();
        return *end != GameDialogue::End::quit;
    }

    Registry &registry_;
    Console console_;
    std::uint64_t seed_;
    Store *store_; // null: games are not kept
    PluginWatch watch_;
    std::vector<std::string> listed_; // ids, as the list shown last numbers them
};

} // namespace

void run_text_gallery(Registry &registry, Console console, std::uint64_t seed, std::optional<MatchSetup> first,
                      Store *store) {
    Gallery(registry, console, seed, store).run(std::move(first));
}

} // namespace parlour::host::terminal
