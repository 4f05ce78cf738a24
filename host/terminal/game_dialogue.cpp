#include "host/terminal/game_dialogue.hpp"

#include "host/base/atomic_file.hpp"
#include "host/cli/wording.hpp"
#include "host/plugins/text.hpp"
#include "host/scene/touch_tree.hpp"
#include "host/terminal/move_input.hpp"
#include "host/terminal/rules_text.hpp"
#include "host/terminal/text_board.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <filesystem>
#include <sstream>

namespace parlour::host::terminal {

GameDialogue::GameDialogue(const Registry &registry, Console console)
    : registry_(registry),
      console_(console),
      controller_(services_of(registry), [&input = console.input] { input.wake(); }) {}

void GameDialogue::keep_in(Store &store) {
    journal_ = store.journal();
    controller_.set_journal(journal_.get());
}

void GameDialogue::set_aside_in(Registry &registry) {
    controller_.on_offence([this, &registry](const std::string &engine, const Problem &problem) {
        say(set_aside(registry, engine, problem));
    });
}

Result<GameDialogue::End> GameDialogue::play(MatchSetup setup) {
    if (const auto begun = controller_.new_game(std::move(setup), now()); !begun.ok()) return begun.problem();
    return run();
}

Result<GameDialogue::End> GameDialogue::play(Match match, std::optional<GameId> stored) {
    if (stored && journal_) {
        if (const auto taken = journal_->continue_next(*stored); !taken.ok()) return taken.problem();
    }
    if (const auto begun = controller_.adopt(std::move(match), now()); !begun.ok()) return begun.problem();
    shown_plies_ = controller_.match().plies();
    return run();
}

Result<Match> GameDialogue::load(const Registry &registry, const std::string &file) {
    constexpr std::size_t largest = 64 << 20;
    const auto text = read_file(file, largest);
    if (!text) {
        if (text.problem().code == PARLOUR_E_NOTFOUND) {
            return Problem{"there is no file " + one_line(file, 200), PARLOUR_E_NOTFOUND};
        }
        return text.problem();
    }
    const auto make = [&](const std::string &id, const OptionMap &options) {
        return registry.create_game(id, options);
    };
    auto records = parse_records(*text);
    if (!records.ok()) return Problem{one_line(file, 200) + ": " + records.sentence(), records.problem().code};
    if (records->empty()) return Problem{one_line(file, 200) + " holds no game", PARLOUR_E_PARSE};
    auto match = load_record(records->back(), make);
    if (!match.ok()) return Problem{one_line(file, 200) + ": " + match.sentence(), match.problem().code};
    return match;
}

// ---- the loop ----

GameDialogue::End GameDialogue::run() {
    board_due_ = prompt_due_ = true;
    outcome_shown_ = false;
    for (;;) {
        const bool by_hand = std::any_of(controller_.match().seats().begin(), controller_.match().seats().end(),
                                         [](const Seat &seat) { return seat.is_person(); });
        const bool watched = console_.live && !by_hand;
        controller_.set_least_move_time(watched ? std::chrono::milliseconds(600) : std::chrono::milliseconds(0));
        controller_.tick(now());
        show_news();
        const ControllerState state = controller_.state(now());
        if (state.over && !outcome_shown_) {
            show_board();
            show_outcome();
            if (!by_hand && !console_.live) return End::finished;
        }
        if (!state.trouble) trouble_shown_ = false;
        const bool listens = !state.saving && (state.over || state.person_to_move || state.trouble || console_.live);
        if (state.trouble) {
            if (!std::exchange(trouble_shown_, true)) show_trouble(*state.trouble);
            if (prompt_due_) prompt();
        } else if (state.over || state.person_to_move) {
            if (!state.over && hide_from_others()) continue;
            if (board_due_ && !state.over) show_board();
            if (prompt_due_) prompt();
        } else {
            // Those who watch see every move on the board.
            if (board_due_ && watched) show_board();
            if (state.thinking) show_progress(*state.thinking);
        }
        const auto due = controller_.next_tick(now());
        std::optional<std::chrono::nanoseconds> at_most;
        if (due) at_most = std::max(std::chrono::nanoseconds(0), *due - now());
        switch (console_.input.wait(at_most, listens)) {
            case LineReader::Event::line:
                clear_progress();
                if (console_.echo) console_.out << one_line(console_.input.line()) << "\n";
                prompt_due_ = true;
                if (const auto end = obey(console_.input.line())) return *end;
                break;
            case LineReader::Event::end:
                clear_progress();
                if (!state.over) console_.out << "\nThe input has ended; the game stays unfinished.\n";
                return End::finished;
            default:
                break;
        }
    }
}

std::optional<GameDialogue::End> GameDialogue::obey(const std::string &line) {
    const std::string text = one_line(line, 1000);
    std::istringstream stream(text);
    std::string word, rest;
    stream >> word;
    std::getline(stream >> std::ws, rest);
    if (word.empty()) return std::nullopt;
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    // A legal move goes before a word of command that is written alike.
    const bool can_move = controller_.state(now()).person_to_move;
    if (can_move && controller_.match().game().parse_move(controller_.match().state(), text).ok()) {
        play_text(text);
        return std::nullopt;
    }
    if (word == "?") word = "help";
    if (word == "exit" || word == "q") word = "quit";
    if (obey_trouble(word)) return std::nullopt;
    if (is_word(word)) return obey_word(word, rest);
    if (can_move) {
        play_text(text);
    } else {
        say(controller_.state(now()).over ? "The game is over; again plays another, help lists what else there is."
                                          : "It is not your turn; now makes the engine move at once.");
    }
    return std::nullopt;
}

std::optional<GameDialogue::End> GameDialogue::obey_word(const std::string &word, const std::string &rest) {
    if (word == "quit") return End::quit;
    if (word == "menu") return End::menu;
    if (word == "help") help();
    if (word == "rules") rules();
    if (word == "moves") moves();
    if (word == "history") history();
    if (word == "hint") hint();
    if (word == "board") board_due_ = true;
    if (word == "now") controller_.move_now(now());
    if (word == "save" || word == "save!") save(rest, word == "save!");
    if (word == "labels" || word == "flip") {
        bool &turned = word == "flip" ? flipped_ : labels_;
        turned = !turned;
        board_due_ = true;
    }
    if (word == "undo" || word == "redo") {
        const auto done = word == "undo" ? controller_.undo(now()) : controller_.redo(now());
        wait_until_saved();
        say_result(done);
        if (done.ok()) {
            say(word == "undo" ? "Taken back." : "Played again.");
            shown_plies_ = controller_.match().plies();
            board_due_ = true;
            outcome_shown_ = false;
            outcome_.reset();
        }
    }
    if (word == "resign") {
        say_result(controller_.resign(now()));
        wait_until_saved();
    }
    if (word == "again") {
        const auto done = controller_.rematch(controller_.match().setup().seed + 1, now());
        say_result(done);
        if (done.ok()) {
            shown_plies_ = 0;
            board_due_ = true;
            outcome_shown_ = false;
            outcome_.reset();
        }
    }
    if (word == "load") {
        auto match = load(registry_, rest);
        if (!match.ok()) {
            say("Nothing was loaded: " + match.sentence() + ".");
        } else if (const auto done = controller_.adopt(std::move(match).value(), now()); !done.ok()) {
            say("Nothing was loaded: " + done.sentence() + ".");
        } else {
            say("Loaded " + rest + ": " + controller_.match().game().name() + ", " +
                std::to_string(controller_.match().plies()) + " moves.");
            shown_plies_ = controller_.match().plies();
            board_due_ = true;
            outcome_shown_ = false;
            outcome_.reset();
        }
    }
    return std::nullopt;
}

// What was accepted is on its way to the disk: nothing else is done before it is there.
void GameDialogue::wait_until_saved() {
    while (controller_.state(now()).saving) {
        console_.input.wait(std::chrono::milliseconds(200), false);
        controller_.tick(now());
    }
}

void GameDialogue::play_text(const std::string &text) {
    const Match &match = controller_.match();
    const MoveInput input = read_move(match.game(), match.state(), text);
    if (input.move) {
        const auto played = controller_.person_plays(*input.move, now());
        wait_until_saved();
        say_result(played);
        if (played.ok()) board_due_ = true;
        return;
    }
    if (input.choices.empty()) {
        say(input.sentence);
        return;
    }
    constexpr std::size_t most = 24;
    std::string list;
    for (std::size_t i = 0; i < std::min(most, input.choices.size()); ++i) {
        list += (i == 0 ? "" : ", ") + match.game().move_text(match.state(), input.choices[i]);
    }
    say("That can be " + list + (input.choices.size() > most ? ", ..." : "") + ": type more of it.");
}

// ---- what is shown ----

std::string GameDialogue::seat_name(std::uint32_t player) const {
    const Match &match = controller_.match();
    const Seat &seat = match.seats()[player];
    const std::string name = match.game().player_name(player);
    if (seat.is_person()) return seat.name.empty() ? name : seat.name + " (" + name + ")";
    return name + " (" + (seat.name.empty() ? seat.engine : seat.name) + ")";
}

std::string GameDialogue::value_text(float value, std::uint32_t player) const {
    return cli::value_words(controller_.match().game(), player, value, false);
}

void GameDialogue::say(const std::string &sentence) {
    clear_progress();
    console_.out << sentence << "\n";
}

void GameDialogue::say_result(const Result<void> &result) {
    if (!result.ok()) say(result.sentence());
}

void GameDialogue::show_news() {
    const Match &match = controller_.match();
    shown_plies_ = std::min(shown_plies_, match.plies());
    for (; shown_plies_ < match.plies(); ++shown_plies_) {
        show_ply(shown_plies_);
        board_due_ = prompt_due_ = true;
    }
    const std::string notice = controller_.state(now()).notice;
    if (notice != notice_) {
        notice_ = notice;
        if (!notice.empty()) say(notice);
    }
    const auto hint = controller_.state(now()).hint;
    if (hint && progress_shown_) clear_progress();
}

void GameDialogue::show_ply(std::size_t index) {
    clear_progress();
    const Match &match = controller_.match();
    const Ply &ply = match.ply(index);
    const std::string text = match.text_for(controller_.viewer(), index);
    if (ply.is_chance()) {
        console_.out << "Chance: " << text << "\n";
        return;
    }
    const bool engine = match.seats()[*ply.player].is_engine();
    std::string line = seat_name(*ply.player) + ": " + styled(text, {.bold = true}, console_.colors);
    if (engine && console_.live && ply.note.value && !match.game().has(PARLOUR_GAME_HIDDEN)) {
        std::string note = value_text(*ply.note.value, *ply.player);
        if (ply.note.depth > 0) note += fmt::format(", depth {}", ply.note.depth);
        if (ply.note.nodes > 0) {
            note += fmt::format(", {} nodes", cli::short_count(static_cast<double>(ply.note.nodes)));
        }
        line += "   " + styled(note, {.dim = true}, console_.colors);
    }
    console_.out << line << "\n";
}

void GameDialogue::show_board() {
    clear_progress();
    board_due_ = false;
    const Match &match = controller_.match();
    const Game &game = match.game();
    const std::uint32_t viewer = match.is_over() ? std::uint32_t{PARLOUR_VIEWER_ALL} : controller_.viewer();
    const auto scene = Scene::of(game, match.state(), viewer);
    if (!scene) {
        const StateBuffer seen = viewer < game.players() ? match.view_for(viewer, match.plies()) : match.state();
        console_.out << "\n  " << game.state_text(seen) << "\n\n";
        return;
    }
    BoardOptions options{.colors = console_.colors,
                         .flipped = flipped_,
                         .labels = labels_,
                         .changed = {},
                         .players = {},
                         .buttons = {}};
    auto &buttons = options.buttons.emplace();
    if (controller_.state(now()).person_to_move) {
        for (const Touch touch : TouchTree::of(game, match.state()).next()) {
            if (!touch.is_cell()) buttons.push_back(touch.id);
        }
    }
    for (std::uint32_t player = 0; player < game.players(); ++player) {
        options.players.push_back(game.player_name(player));
    }
    const std::size_t last = match.plies() - std::min<std::size_t>(match.plies(), 1);
    if (match.plies() > 0 && !match.is_secret(controller_.viewer(), last)) {
        for (const Touch touch : move_path(game, match.position(last), match.ply(last).move)) {
            if (touch.is_cell()) options.changed.push_back(touch.id);
        }
    }
    console_.out << "\n" << board_text(*scene, options) << "\n";
}

void GameDialogue::show_progress(const Thinking &thinking) {
    if (!console_.live) return;
    std::string text = "  " + thinking.engine + " thinks, " + cli::time_words(thinking.time);
    const bool hidden = controller_.match().game().has(PARLOUR_GAME_HIDDEN);
    if (thinking.info.depth > 0) text += fmt::format(", depth {}", thinking.info.depth);
    if (thinking.info.nodes > 0) {
        text += fmt::format(", {} nodes", cli::short_count(static_cast<double>(thinking.info.nodes)));
    }
    if (thinking.info.value && !hidden) text += ", " + value_text(*thinking.info.value, thinking.player);
    for (std::size_t i = 0; i < std::min<std::size_t>(4, thinking.line.size()); ++i) text += " " + thinking.line[i];
    if (text_width(text) > console_.width) text = one_line(text, console_.width - 3);
    console_.out << "\r\x1b[K" << styled(text, {.dim = true}, console_.colors) << std::flush;
    progress_shown_ = true;
}

void GameDialogue::clear_progress() {
    if (std::exchange(progress_shown_, false)) console_.out << "\r\x1b[K" << std::flush;
}

void GameDialogue::show_outcome() {
    outcome_ = controller_.match().outcome();
    outcome_shown_ = true;
    prompt_due_ = true;
    console_.out << styled(outcome_->sentence, {.bold = true}, console_.colors) << "\n";
    if (!outcome_->detail.empty()) console_.out << outcome_->detail << "\n";
    const std::string trace = controller_.match().game().trouble().details;
    if (outcome_->ending == Ending::rules_failed && !trace.empty()) console_.out << trace << "\n";
}

void GameDialogue::prompt() {
    clear_progress();
    prompt_due_ = false;
    if (const auto trouble = controller_.state(now()).trouble) {
        console_.out << trouble_words(*trouble) << "> " << std::flush;
        return;
    }
    const auto player = controller_.match().to_move();
    if (player) {
        const auto clocks = controller_.state(now()).clocks;
        std::string clock;
        if (*player < clocks.size() && clocks[*player]) clock = " (" + cli::time_words(*clocks[*player]) + ")";
        console_.out << controller_.match().game().player_name(*player) << clock << "> " << std::flush;
    } else {
        console_.out << "again, undo, save FILE, menu or quit> " << std::flush;
    }
}

bool GameDialogue::hide_from_others() {
    const Match &match = controller_.match();
    const std::uint32_t viewer = controller_.viewer();
    const auto persons =
        std::count_if(match.seats().begin(), match.seats().end(), [](const Seat &seat) { return seat.is_person(); });
    if (!match.game().has(PARLOUR_GAME_HIDDEN) || persons < 2 || eyes_ == viewer) return false;
    if (console_.live) console_.out << "\x1b[2J\x1b[H";
    console_.out << "What follows is for " << seat_name(viewer) << " only: press Enter." << std::flush;
    for (;;) {
        const auto event = console_.input.wait(std::nullopt);
        if (event == LineReader::Event::end) return false;
        if (event != LineReader::Event::line) continue;
        if (console_.echo) console_.out << "\n";
        break;
    }
    eyes_ = viewer;
    board_due_ = prompt_due_ = true;
    return true;
}

} // namespace parlour::host::terminal
