#pragma once
// The screen on which a game is played: players, board, status, and the panel beside it.
#include <map>
#include <memory>
#include <string>

#include "host/records/store.hpp"
#include "host/ui/board/board_view.hpp"
#include "host/ui/chooser.hpp"
#include "host/ui/game_side_panel.hpp"
#include "host/ui/record_file.hpp"
#include "host/ui/shell.hpp"
#include "host/ui/trouble_dialog.hpp"

namespace parlour::host::ui {

class GamePage {
public:
    explicit GamePage(Shell &shell);

    /// Begins a game; on a Problem the one before goes on.
    Result<void> begin(MatchSetup setup);
    /// Goes on with a match that exists.
    Result<void> adopt(Match match);
    /// Opens a game of the store: goes on with it, or shows how it was played.
    Result<void> open(GameId id);
    /// The page is shown, or left: engines and clocks rest meanwhile.
    void enter();
    void leave();
    void draw(Frame &frame);

    /// Whether there is a game that is not over.
    [[nodiscard]] bool under_way() const;
    [[nodiscard]] bool has_game() const { return controller_.has_match(); }
    [[nodiscard]] std::string game_id() const;
    [[nodiscard]] Controller &controller() { return controller_; }
    [[nodiscard]] BoardView &board() { return board_; }
    [[nodiscard]] ControllerState state() const { return controller_.state(shell_.now()); }
    /// Opens the dialog with the rules.
    void show_rules() { rules_open_ = true; }

private:
    void started();
    void say_left(bool left);
    void follow(const ControllerState &state);
    [[nodiscard]] BoardPosition position_at(std::size_t index, std::uint32_t viewer) const;
    [[nodiscard]] std::uint32_t viewer(const ControllerState &state) const;
    void take_result(const BoardResult &result);
    void take_keys(Frame &frame, GameView &view);
    [[nodiscard]] bool claimed(std::int32_t key) const;
    void draw_board(Frame &frame, GameView &view, Rect area);
    void draw_header(Frame &frame, GameView &view, Rect row);
    void draw_dialogs(GameView &view);
    void draw_details(GameView &view);
    void copy_position();

    Shell &shell_;
    std::unique_ptr<StoreJournal> journal_; ///< null: games are not kept
    Controller controller_;
    BoardView board_;
    GameSidePanel side_;
    MoveChooser chooser_;
    RecordDialog records_;
    TroubleDialog trouble_;
    bool turned_ = false, panel_open_ = false, rules_open_ = false, details_open_ = false, focus_board_ = true;
    bool covered_ = false; ///< hidden from the next person until they say that they are there
    std::uint32_t covered_for_ = 0;
    bool paused_by_leaving_ = false;
    std::string told_; ///< the controller's notice that was already shown

    // What the board shows.
    bool fresh_ = true;
    std::vector<Move> shown_moves_;
    std::uint32_t shown_viewer_ = PARLOUR_VIEWER_ALL;
    std::vector<Touch> hint_path_;
    std::optional<Move> hint_move_;
};

/// The cards of the players in `row`. `counters`: the scene whose counters they show, or null.
void draw_player_cards(const GameView &view, const Scene *counters, const Rect &row);
/// How high draw_player_cards() wants its row, in pixels.
[[nodiscard]] float player_cards_height(std::uint32_t players, float width);
/// The line below the players: whose turn it is, or how the game ended, with what can be done about it. `touched`:
/// a move is half entered.
void draw_status(const GameView &view, bool touched, const Rect &row);

} // namespace parlour::host::ui
