#pragma once
// Before a game: what it is, who plays, how long they may think, its options; one press starts it.
#include <string>
#include <vector>

#include "host/ui/seat_form.hpp"
#include "host/ui/shell.hpp"

namespace parlour::host::ui {

class NewGamePage {
public:
    explicit NewGamePage(Shell &shell) : shell_(shell) {}

    /// Prepares the page for a game with its usual settings; those of its last visit are kept.
    void enter(const std::string &game_id);
    void draw(Frame &frame);
    /// The registry has changed: there may be other opponents, and other rules.
    void look_again();

    [[nodiscard]] const std::string &game_id() const { return game_id_; }
    [[nodiscard]] const std::vector<Seat> &seats() const { return seats_; }
    [[nodiscard]] const OptionMap &options() const { return options_; }

private:
    enum class TimeKind { none, per_move, total };

    void remake_game();
    void draw_about(const Rect &area);
    void draw_form(const Rect &area);
    void draw_seats();
    void draw_time();
    void draw_rest();
    void start();

    Shell &shell_;
    std::string game_id_;
    GamePtr game_;        // with the options chosen
    std::string problem_; // why it cannot be started as it stands
    OptionMap options_;
    bool advanced_ = false;
    std::vector<Seat> seats_;
    std::vector<SeatForm> forms_;
    SeatChoices choices_;
    std::optional<Scene> picture_;
    int time_kind_ = 0;
    int seconds_per_move_ = 15, minutes_ = 5, increment_ = 3;
    std::string seed_text_;
    bool focus_start_ = false;
};

} // namespace parlour::host::ui
