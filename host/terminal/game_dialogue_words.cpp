// The words that a person types in a game, beside moves.
#include "host/base/atomic_file.hpp"
#include "host/cli/wording.hpp"
#include "host/terminal/game_dialogue.hpp"
#include "host/terminal/rules_text.hpp"
#include "host/terminal/text_board.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <filesystem>

namespace parlour::host::terminal {

namespace {

struct Word {
    const char *name, *help;
};
constexpr std::array<Word, 18> known_words{{{"help", "these words"},
                                            {"rules", "how the game is played"},
                                            {"moves", "all moves that are possible now"},
                                            {"hint", "what an engine would play"},
                                            {"undo", "takes your last move back"},
                                            {"redo", "plays it again"},
                                            {"board", "shows the board"},
                                            {"labels", "shows the cells' names, or what lies on them"},
                                            {"flip", "turns the board round"},
                                            {"history", "the moves so far"},
                                            {"now", "makes the engine move at once"},
                                            {"resign", "gives up"},
                                            {"again", "the same game once more"},
                                            {"save", "save FILE: writes the game to a file"},
                                            {"save!", "save! FILE: the same, over a file that is there"},
                                            {"load", "load FILE: goes on with a game from a file"},
                                            {"menu", "another game"},
                                            {"quit", "leaves"}}};

std::string today() {
    const std::time_t at = std::time(nullptr);
    std::tm parts{};
    localtime_r(&at, &parts);
    return fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

} // namespace

bool GameDialogue::is_word(const std::string &text) {
    return std::any_of(known_words.begin(), known_words.end(), [&](const Word &each) { return text == each.name; });
}

void GameDialogue::help() {
    std::string example;
    const Match &match = controller_.match();
    if (const auto legal = match.legal_moves(); !legal.empty()) {
        example = ", like " + match.game().move_text(match.state(), legal.front());
    }
    console_.out << "Type a move" << example
                 << ", the beginning of one, the cells to touch one after the other,\nor a button's name or letter. "
                    "Besides:\n";
    for (const Word &word : known_words) console_.out << fmt::format("  {:<8} {}\n", word.name, word.help);
}

void GameDialogue::rules() {
    const std::string text = controller_.match().game().rules();
    if (text.empty()) {
        say("The game has no rules text.");
    } else {
        console_.out << rules_text(text, console_.width, console_.colors) << "\n";
    }
}

void GameDialogue::moves() {
    const Match &match = controller_.match();
    const auto legal = match.legal_moves();
    if (legal.empty()) {
        say("There are no moves now.");
        return;
    }
    std::string line = " ";
    for (const Move move : legal) {
        const std::string text = match.game().move_text(match.state(), move);
        if (text_width(line) + 2 + text_width(text) > console_.width) {
            console_.out << line << "\n";
            line = " ";
        }
        line += " " + text;
    }
    console_.out << line << "\n";
}

void GameDialogue::history() {
    const Match &match = controller_.match();
    if (match.plies() == 0) say("No move was made yet.");
    for (std::size_t i = 0; i < match.plies(); ++i) {
        const Ply &ply = match.ply(i);
        console_.out << fmt::format("  {:>3}  {:<16} {}\n", i + 1,
                                    ply.is_chance() ? std::string("-") : match.game().player_name(*ply.player),
                                    match.text_for(controller_.viewer(), i));
    }
}

void GameDialogue::hint() {
    if (const auto asked = controller_.request_hint(now()); !asked.ok()) {
        say(asked.sentence());
        return;
    }
    if (console_.live) {
        console_.out << "  thinking about it ..." << std::flush;
        progress_shown_ = true;
    }
    while (controller_.state(now()).hint_running) {
        const auto due = controller_.next_tick(now());
        auto at_most = std::chrono::nanoseconds(std::chrono::milliseconds(200));
        if (due) at_most = std::clamp(*due - now(), std::chrono::nanoseconds(0), at_most);
        console_.input.wait(at_most, false);
        controller_.tick(now());
    }
    const ControllerState state = controller_.state(now());
    if (!state.hint) return;
    std::string text = "Hint: " + styled(state.hint->text, {.bold = true}, console_.colors);
    if (state.hint->value && state.to_move) text += ", " + value_text(*state.hint->value, *state.to_move);
    say(text + " (" + state.hint->engine + ")");
}

void GameDialogue::save(const std::string &file, bool overwrite) {
    if (file.empty()) {
        say("Say where: save FILE.");
        return;
    }
    std::error_code error;
    if (!overwrite && std::filesystem::exists(file, error)) {
        say(file + " is there already; save! " + file + " writes over it.");
        return;
    }
    const auto written = write_file_atomically(file, write_record(controller_.match(), today()));
    say(written ? "Saved to " + file + "." : written.sentence() + ".");
}

// ---- an engine has failed ----

std::string GameDialogue::trouble_words(const Trouble &trouble) {
    std::string text;
    if (trouble.can_retry) text += "retry, ";
    if (!trouble.stand_in.empty()) text += "other, replace, ";
    return text + "take or forfeit";
}

void GameDialogue::show_trouble(const Trouble &trouble) {
    say(styled(trouble.sentence, {.bold = true}, console_.colors));
    console_.out << "The game is safe and the clocks stand still. What shall happen?\n";
    const auto offer = [&](const char *word, const std::string &does) {
        console_.out << fmt::format("  {:<8} {}\n", word, does);
    };
    const Match &match = controller_.match();
    if (trouble.can_retry) offer("retry", trouble.engine + " tries again");
    if (!trouble.stand_in.empty()) {
        offer("other", trouble.stand_in + " makes this move");
        offer("replace", trouble.stand_in + " plays on");
    }
    offer("take", "you play on for " + match.game().player_name(trouble.player));
    offer("forfeit", "the game ends: " + other_outcome(match.game(), trouble.ending, trouble.player, {}).sentence);
    if (!trouble.details.empty()) offer("details", "what it left behind");
    prompt_due_ = true;
}

bool GameDialogue::obey_trouble(const std::string &word) {
    const std::optional<Trouble> trouble = controller_.state(now()).trouble;
    if (!trouble) return false;
    if (word == "details") {
        say(trouble->details.empty() ? "There are no details." : trouble->details);
        return true;
    }
    constexpr std::array<std::pair<const char *, Remedy>, 5> choices{{{"retry", Remedy::retry},
                                                                      {"other", Remedy::stand_in_once},
                                                                      {"replace", Remedy::stand_in},
                                                                      {"take", Remedy::take_over},
                                                                      {"forfeit", Remedy::forfeit}}};
    for (const auto &[name, remedy] : choices) {
        if (word != name) continue;
        say_result(controller_.remedy(remedy, now()));
        wait_until_saved();
        board_due_ = true;
        return true;
    }
    return false;
}

} // namespace parlour::host::terminal
