// One game in the terminal, from its first position to its end and over again: boards as text, typed moves and a few
// words of command. Works on a terminal and on pipes alike. Main thread only.
#pragma once

#include "host/match/controller.hpp"
#include "host/match/record.hpp"
#include "host/records/store.hpp"
#include "host/terminal/console.hpp"

#include <chrono>
#include <string>

namespace parlour::host::terminal {

// The time that controllers are told.
inline std::chrono::nanoseconds now() {
    return std::chrono::steady_clock::now().time_since_epoch();
}

class GameDialogue {
public:
    enum class End {
        quit,    // the person wants to leave the program
        menu,    // the person wants another game
        finished // nobody plays by hand and the game is over, or the input has ended
    };

    GameDialogue(const Registry &registry, Console console);

    // Games are written down there from now on; the store outlives the dialogue.
    void keep_in(Store &store);
    // An engine that fails again and again is set aside there.
    void set_aside_in(Registry &registry);

    // Plays a new game; a Problem when it cannot be set up.
    Result<End> play(MatchSetup setup);
    // Goes on with a game that exists, and with its place in the store where it has one.
    Result<End> play(Match match, std::optional<GameId> stored = {});
    // Reads a record from a file and makes a match of it. Throws nothing; a Problem names the file.
    static Result<Match> load(const Registry &registry, const std::string &file);

    // How the last game ended; empty while it has not.
    const std::optional<Outcome> &outcome() const { return outcome_; }

private:
    End run();
    std::optional<End> obey(const std::string &line);
    static bool is_word(const std::string &text);
    std::optional<End> obey_word(const std::string &word, const std::string &rest);
    void play_text(const std::string &text);
    void wait_until_saved();
    static std::string trouble_words(const Trouble &trouble);
    void show_trouble(const Trouble &trouble);
    bool obey_trouble(const std::string &word);
    void show_news();
    void show_ply(std::size_t index);
    void show_board();
    void show_progress(const Thinking &thinking);
    void show_outcome();
    void clear_progress();
    void prompt();
    bool hide_from_others();
    void say(const std::string &sentence);
    void say_result(const Result<void> &result);
    std::string seat_name(std::uint32_t player) const;
    std::string value_text(float value, std::uint32_t player) const;

    void help();
    void rules();
    void moves();
    void history();
    void hint();
    void save(const std::string &file, bool overwrite);

    const Registry &registry_;
    Console console_;
    std::unique_ptr<StoreJournal> journal_; // null: games are not kept
    Controller controller_;
    std::optional<Outcome> outcome_;
    std::size_t shown_plies_ = 0;
    bool flipped_ = false, labels_ = false;
    bool board_due_ = true, prompt_due_ = true, progress_shown_ = false, outcome_shown_ = false,
         trouble_shown_ = false;
    std::optional<std::uint32_t> eyes_; // whose secrets may be on the screen
    std::string notice_;
};

} // namespace parlour::host::terminal
