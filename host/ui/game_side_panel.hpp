#pragma once
// Beside the board: who stands better, the expected line, its history, the moves, and the buttons for all of it.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "host/ui/move_list.hpp"
#include "host/ui/output_panel.hpp"
#include "host/ui/shell.hpp"
#include "host/ui/trouble_dialog.hpp"

namespace parlour::host::ui {

/// What the screen is drawn from, gathered once a frame.
struct GameView {
    Shell &shell;
    Controller &controller;
    const ControllerState &state;
    std::chrono::nanoseconds now;
    std::uint32_t reader; ///< whose eyes texts are meant for; PARLOUR_VIEWER_ALL: nothing is hidden

    TroubleDialog &trouble;
    bool &details_open; ///< the dialog with what ended the game

    [[nodiscard]] const Match &match() const { return controller.match(); }
    /// Tells the person when something was refused.
    void attempt(const Result<void> &result) const {
        if (!result) shell.say(result.sentence(), Role::warn);
    }
};

class GameSidePanel {
public:
    void draw(Frame &frame, GameView &view, const Rect &area);
    /// Forgets the values of the game before, and what was printed in it.
    void reset();
    /// Plays the recorded moves one after the other, or stops doing so.
    void toggle_replay(GameView &view);
    [[nodiscard]] bool replaying() const { return replaying_; }
    /// Undo, hint and the like may be asked for by keys too.
    static void hint(GameView &view);
    static void step(GameView &view, int by);

private:
    void draw_analysis(GameView &view, Rect &rest);
    void draw_buttons(GameView &view, Rect &rest);
    void draw_moves_or_output(GameView &view, Rect rest);
    [[nodiscard]] std::vector<float> history(const GameView &view, bool &known) const;
    void run_replay(Frame &frame, GameView &view);

    MoveList moves_;
    std::map<std::uint32_t, OutputPanel> outputs_; ///< by seat: those whose engines have printed something
    int tab_ = 0;                                  ///< 0: the moves, then the outputs
    std::map<std::size_t, float> values_;          ///< by ply, for player 0
    std::uint64_t revision_ = 0;
    bool replaying_ = false;
    double replay_at_ = 0;
};

} // namespace parlour::host::ui
