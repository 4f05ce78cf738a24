#pragma once
// The generic board: draws any game's scene and lets a person enter moves by click, drag, key or button. Everything
// it knows of a game are its scene and the touch paths of its legal moves.
#include <optional>
#include <string>
#include <vector>

#include "host/scene/touch_tree.hpp"
#include "host/ui/base/widgets.hpp"
#include "host/ui/base/window.hpp"
#include "host/ui/board/board_motion.hpp"
#include "host/ui/board/move_preview.hpp"
#include "host/ui/board/scene_painter.hpp"

namespace parlour::host::ui {

/// A position to be shown.
struct BoardPosition {
    GamePtr game;
    StateBuffer state;
    std::uint32_t viewer = PARLOUR_VIEWER_ALL;
    bool can_play = false;        ///< a person may enter a move now
    std::vector<Touch> last_path; ///< how the move that led here was entered; may be empty
};

struct BoardStyle {
    bool turned = false; ///< seen from the other side
    bool coordinates = true;
    bool targets = true;     ///< mark what may be touched
    float speed = 1;         ///< of animations; 0: none
    std::vector<Touch> hint; ///< a move to point out
};

/// What the person did this frame.
struct BoardResult {
    std::optional<Move> move;  ///< entered a move
    std::vector<Move> choices; ///< touched what several moves share: ask which
    std::string refusal;       ///< touched in vain: a sentence
};

/// The key that presses a button of the board, as SDL has it; 0: none.
[[nodiscard]] std::int32_t key_of(const SceneWidget &widget);

class BoardView {
public:
    /// Shows a position at once.
    void show(BoardPosition position);
    /// Goes on to a position, animated along `path` or the way the move's `swipes` push, after what is on its way
    /// already.
    void go(BoardPosition position, std::vector<Touch> path, std::vector<Swipe> swipes = {});
    /// Whether a person may enter a move; a half-entered one is forgotten when it changes.
    void set_can_play(bool can_play);

    /// Draws the board in `area` and takes the input on it.
    BoardResult draw(Frame &frame, const Rect &area, const BoardStyle &style);
    /// Draws the scene's buttons, and the counters that are nobody's, in a row; returns what they entered.
    BoardResult draw_buttons(Frame &frame, const Rect &row);
    /// Whether draw_buttons() has anything to draw.
    [[nodiscard]] bool has_buttons() const;

    /// Forgets the touches so far; false when there were none.
    bool cancel();
    /// A half-entered move.
    [[nodiscard]] const std::vector<Touch> &touched() const { return entry_.touched(); }
    [[nodiscard]] bool moving() const { return motion_.moving(); }
    /// False for games without a board: they are played from a list of moves.
    [[nodiscard]] bool has_board() const { return motion_.has_scene(); }
    /// The scene at the end of all motion; only when has_board().
    [[nodiscard]] const Scene &scene() const { return motion_.last(); }
    /// Where a cell was drawn last, in pixels; empty for cells that are not there.
    [[nodiscard]] Rect cell_rect(std::uint32_t cell) const;
    /// Whether the board had the keyboard's focus when it was drawn last.
    [[nodiscard]] bool focused() const { return focused_; }
    [[nodiscard]] std::optional<std::uint32_t> keyboard_cursor() const { return cursor_; }
    /// Whether a button of the board is pressed by this key.
    [[nodiscard]] bool claims(std::int32_t key) const;

private:
    void rebuild_entry();
    void touch(Touch touch, BoardResult &result);
    void refuse(Touch touch, const std::vector<Touch> &before, BoardResult &result);
    [[nodiscard]] std::vector<Move> moves_ending_at(Touch touch) const;
    void take_pointer(const Interaction &board, BoardResult &result);
    void take_keys(Frame &frame, const Interaction &board, BoardResult &result);
    void move_cursor(float dx, float dy);
    void draw_under(ScenePainter &painter, const BoardStyle &style);
    void draw_pieces(ScenePainter &painter);
    void draw_over(ScenePainter &painter, const BoardStyle &style, bool ring);
    void update_preview(std::optional<std::uint32_t> cell);
    [[nodiscard]] bool is_start(std::uint32_t cell) const;

    BoardPosition position_;
    BoardMotion motion_;
    MoveEntry entry_;
    std::vector<std::vector<Touch>> main_paths_; // alternative 0 of every legal move
    BoardFit fit_;
    bool focused_ = false;

    std::optional<std::uint32_t> cursor_;  // the keyboard's
    std::optional<std::uint32_t> hovered_; // the pointer's
    std::optional<std::uint32_t> pressed_; // where the button went down
    Vec2 pressed_at_{0, 0};
    bool dragging_ = false, selected_by_press_ = false;
    std::uint32_t snap_cell_ = PARLOUR_CELL_NONE; // a piece on its way back after a refused drag
    Vec2 snap_from_{0, 0};
    double snap_since_ = -1;
    std::uint32_t refused_cell_ = PARLOUR_CELL_NONE;
    double refused_since_ = -1;

    std::optional<std::uint32_t> preview_cell_;
    std::size_t preview_touches_ = 0;
    std::optional<MovePreview> preview_;
};

} // namespace parlour::host::ui
