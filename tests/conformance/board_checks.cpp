// The board: what layout() and scene() emit is drawable, and every move's path touches what was emitted.
#include "conformance/checks.hpp"
#include "conformance/guarded.hpp"

#include <cmath>
#include <map>
#include <set>

namespace parlour::conformance {
namespace {

// Takes what a game emits and checks each thing as it comes. It throws nothing through the game's code: the first
// thing that is wrong is kept for later.
class Collector {
public:
    explicit Collector(const GameRef &game) : game_(game) {
        draw_.size = sizeof draw_;
        draw_.context = this;
        draw_.extent = [](void *self, float x0, float y0, float x1, float y1) { of(self).extent(x0, y0, x1, y1); };
        draw_.cell = [](void *self, const parlour_cell *cell) { of(self).cell(*cell); };
        draw_.piece = [](void *self, const parlour_piece *piece) { of(self).piece(*piece); };
        draw_.mark = [](void *self, const parlour_mark *mark) { of(self).mark(*mark); };
        draw_.widget = [](void *self, const parlour_widget *widget) { of(self).widget(*widget); };
    }

    // Draws layout and scene, and throws Broken when something was wrong with them.
    void draw(const void *state, std::uint32_t viewer) {
        const parlour_game_board &board = *game_.board();
        board.layout(game_.self(), &draw_);
        if (extents_ != 1) note("layout() says the extent " + std::to_string(extents_) + " times, not once");
        if (cells_.empty()) note("layout() has no cell with an id");
        in_scene_ = true;
        board.scene(game_.self(), state, viewer, &draw_);
        require(problem_.empty(), [&] { return problem_; });
    }

    bool touchable(std::uint32_t cell) const {
        const auto found = cells_.find(cell);
        return found != cells_.end() && (found->second & PARLOUR_CELL_DECOR) == 0;
    }
    bool has_button(std::uint32_t id) const { return buttons_.count(id) != 0; }
    // Everything that the scene emitted, to compare two of them.
    const std::string &record() const { return record_; }

private:
    static Collector &of(void *self) { return *static_cast<Collector *>(self); }

    void note(const std::string &problem) {
        if (problem_.empty()) problem_ = problem;
    }
    void expect(bool holds, const char *problem) {
        if (!holds) note(problem);
    }
    void keep(std::initializer_list<double> numbers, std::initializer_list<const char *> texts) {
        if (!in_scene_) return;
        for (const double number : numbers) record_.append(reinterpret_cast<const char *>(&number), sizeof number);
        for (const char *text : texts) record_.append(text == nullptr ? "-" : text).push_back('\0');
    }
    bool clean(const char *text) const { return text == nullptr || is_clean_text(text); }
    bool is_color(std::uint8_t color) const {
        return color <= PARLOUR_COLOR_WARN || color == PARLOUR_COLOR_RGBA ||
               (color >= PARLOUR_COLOR_PLAYER0 && color < PARLOUR_COLOR_PLAYER0 + PARLOUR_MAX_PLAYERS);
    }
    bool inside(float x, float y) const { return x >= x0_ && x <= x1_ && y >= y0_ && y <= y1_; }

    void extent(float x0, float y0, float x1, float y1) {
        ++extents_;
        x0_ = x0, y0_ = y0, x1_ = x1, y1_ = y1;
        expect(std::isfinite(x0) && std::isfinite(y0) && std::isfinite(x1) && std::isfinite(y1) && x0 < x1 && y0 < y1,
               "the extent is empty or not finite");
        expect(!in_scene_, "scene() says an extent");
    }

    void cell(const parlour_cell &cell) {
        expect(extents_ == 1, "a cell comes before the extent");
        expect(cell.size == sizeof cell, "a cell's size is not set");
        expect(cell.shape <= PARLOUR_SHAPE_POLYGON, "a cell has an unknown shape");
        expect(is_color(cell.color), "a cell has an unknown colour");
        const bool finite = std::isfinite(cell.x) && std::isfinite(cell.y) && std::isfinite(cell.w) &&
                            std::isfinite(cell.h) && std::isfinite(cell.angle);
        expect(finite && cell.w > 0 && cell.h > 0, "a cell's numbers are not finite and positive");
        expect(inside(cell.x, cell.y), "a cell's centre is outside the extent");
        expect((cell.n_xy >= 3) == (cell.shape == PARLOUR_SHAPE_POLYGON),
               "corners belong to polygons, three or more");
        expect(cell.n_xy == 0 || cell.xy != nullptr, "a polygon has no corners");
        for (std::uint32_t i = 0; cell.xy != nullptr && i < 2 * cell.n_xy; ++i) {
            expect(std::isfinite(cell.xy[i]), "a polygon's corner is not finite");
        }
        expect(clean(cell.label), "a cell's label is not clean UTF-8");
        const bool decor = (cell.flags & PARLOUR_CELL_DECOR) != 0;
        expect(decor || cell.id != PARLOUR_CELL_NONE, "a cell that can be touched has no id");
        if (cell.id != PARLOUR_CELL_NONE) {
            expect(in_scene_ || cells_.count(cell.id) == 0, "two cells of the layout have one id");
            expect(decor || (cell.label != nullptr && cell.label[0] != '\0') || in_scene_,
                   "a cell that can be touched has no label");
            cells_[cell.id] = cell.flags;
        }
        keep({double(cell.id), double(cell.shape), double(cell.color), double(cell.flags), double(cell.rgba),
              double(cell.x), double(cell.y), double(cell.w), double(cell.h), double(cell.angle)},
             {cell.label});
    }

    void piece(const parlour_piece &piece) {
        expect(in_scene_, "layout() has a piece");
        expect(piece.size == sizeof piece, "a piece's size is not set");
        expect(cells_.count(piece.cell) != 0, "a piece stands on a cell that is not there");
        expect(piece.kind <= PARLOUR_PIECE_GLYPH, "a piece has an unknown kind");
        expect(is_color(piece.color), "a piece has an unknown colour");
        expect(piece.enter <= PARLOUR_ENTER_FROM_TOP, "a piece comes in an unknown way");
        expect(std::isfinite(piece.dx) && std::isfinite(piece.dy) && std::isfinite(piece.scale) && piece.scale > 0,
               "a piece's numbers are not finite and positive");
        expect(piece.kind != PARLOUR_PIECE_DIE || (piece.count >= 1 && piece.count <= 6), "a die has no 1 to 6 pips");
        const bool glyph = piece.glyph != nullptr && piece.glyph[0] != '\0';
        const bool face_up = piece.kind == PARLOUR_PIECE_CARD && (piece.flags & PARLOUR_PIECE_FACE_DOWN) == 0;
        expect(glyph || (!face_up && piece.kind != PARLOUR_PIECE_GLYPH), "a piece that shows a glyph has none");
        expect(clean(piece.glyph) && clean(piece.label), "a piece's glyph or label is not clean UTF-8");
        expect(piece.label != nullptr && piece.label[0] != '\0', "a piece has no label for the text board");
        expect(piece.id == 0 || piece_ids_.insert(piece.id).second, "two pieces have one identity");
        keep({double(piece.id), double(piece.cell), double(piece.kind), double(piece.color), double(piece.level),
              double(piece.flags), double(piece.rgba), double(piece.dx), double(piece.dy), double(piece.scale),
              double(piece.count)},
             {piece.glyph, piece.label});
    }

    void mark(const parlour_mark &mark) {
        expect(in_scene_, "layout() has a mark");
        expect(mark.size == sizeof mark, "a mark's size is not set");
        expect(mark.kind <= PARLOUR_MARK_TEXT, "a mark has an unknown kind");
        expect(is_color(mark.color), "a mark has an unknown colour");
        expect(cells_.count(mark.cell_a) != 0, "a mark is on a cell that is not there");
        expect(mark.cell_b == PARLOUR_CELL_NONE || cells_.count(mark.cell_b) != 0, "a mark leads to no cell");
        expect(mark.kind != PARLOUR_MARK_LINE || mark.cell_b != PARLOUR_CELL_NONE, "a line has one end");
        expect(mark.kind != PARLOUR_MARK_TEXT || mark.text != nullptr, "a mark of text has no text");
        expect(clean(mark.text), "a mark's text is not clean UTF-8");
        keep({double(mark.cell_a), double(mark.cell_b), double(mark.kind), double(mark.color)}, {mark.text});
    }

    void widget(const parlour_widget &widget) {
        expect(widget.size == sizeof widget, "a widget's size is not set");
        expect(widget.kind <= PARLOUR_WIDGET_COUNTER, "a widget has an unknown kind");
        expect(widget.player >= -1 && widget.player < static_cast<std::int32_t>(game_.players()),
               "a widget belongs to a player whom the game does not have");
        expect(widget.label != nullptr && clean(widget.label) && clean(widget.value), "a widget's text is not clean");
        expect(widget.label == nullptr || widget.label[0] != '\0', "a widget has no label");
        if (widget.kind == PARLOUR_WIDGET_BUTTON) {
            expect(buttons_.insert(widget.id).second, "two buttons have one id");
            expect(widget.key == 0 || keys_.insert(widget.key).second, "two buttons have one key");
            expect(widget.key < 'A' || widget.key > 'Z', "a button's key is not a lower-case letter");
        }
        keep({double(widget.id), double(widget.kind), double(widget.player), double(widget.key)},
             {widget.label, widget.value});
    }

    const GameRef &game_;
    parlour_draw draw_{};
    std::string problem_, record_;
    bool in_scene_ = false;
    int extents_ = 0;
    float x0_ = 0, y0_ = 0, x1_ = 0, y1_ = 0;
    std::map<std::uint32_t, std::uint8_t> cells_; // flags by id
    std::set<std::uint32_t> piece_ids_, buttons_, keys_;
};

void check_paths(const Place &place, const Collector &scene) {
    constexpr std::uint32_t most_steps = 64, most_alternatives = 64;
    const GameRef &game = place.game;
    const parlour_game_board &board = *game.board();
    for (const Move move : place.moves) {
        const auto of_move = [&](const char *what) {
            return [&game, &place, move, what] { return "move " + game.move_text(place.state, move) + ": " + what; };
        };
        for (std::uint32_t alternative = 0;; ++alternative) {
            require(alternative < most_alternatives, of_move("its paths have no end"));
            Guarded<parlour_step> steps(most_steps);
            const std::uint32_t n = board.path(game.self(), place.state, move, alternative, steps.data(), most_steps);
            if (n == 0) {
                require(alternative > 0 || place.turn.is_chance(), of_move("it has no path"));
                break;
            }
            require(n <= most_steps, of_move("a path is very long"));
            steps.verify("path()", n);
            require(board.path(game.self(), place.state, move, alternative, nullptr, 0) == n,
                    of_move("a path has another length without room"));
            Guarded<parlour_step> first(1);
            board.path(game.self(), place.state, move, alternative, first.data(), 1);
            first.verify("path() with little room");
            for (std::uint32_t i = 0; i < n; ++i) {
                const bool known = steps[i].kind == PARLOUR_STEP_CELL     ? scene.touchable(steps[i].id)
                                   : steps[i].kind == PARLOUR_STEP_BUTTON ? scene.has_button(steps[i].id)
                                                                          : false;
                require(known, of_move("its path touches what cannot be touched"));
            }
        }
    }
}

} // namespace

void check_board(const Place &place) {
    const GameRef &game = place.game;
    if (game.board() == nullptr) return;
    const GuardedState before(game, place.state);
    for (std::uint32_t viewer = 0; viewer <= game.players(); ++viewer) {
        const bool all = viewer == game.players();
        // Without hidden information the others see what the mover sees.
        if (!all && viewer != place.turn.player() && game.hidden() == nullptr) continue;
        Collector scene(game), again(game);
        scene.draw(place.state, all ? PARLOUR_VIEWER_ALL : viewer);
        again.draw(place.state, all ? PARLOUR_VIEWER_ALL : viewer);
        require(scene.record() == again.record(), "a scene changes by itself");
        if (!all && game.hidden() != nullptr) {
            GuardedState seen(game);
            game.hidden()->view(game.self(), place.state, viewer, seen.data());
            Collector from_view(game);
            from_view.draw(seen.data(), viewer);
            require(scene.record() == from_view.record(), "a scene shows a player what their view does not tell");
        }
        if (!all && viewer != place.turn.player()) continue;
        if (!place.turn.is_simultaneous() && !place.turn.is_over()) check_paths(place, scene);
    }
    require(before.equals(place.state), "a function that only draws has changed the position");
}

} // namespace parlour::conformance
