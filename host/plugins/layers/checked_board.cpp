#include "host/plugins/layers/checked_game.hpp"
#include "host/plugins/text.hpp"

#include <cmath>
#include <span>

namespace parlour::host::checked {

namespace {

// Stands between a game and the host's visitor and looks at what is drawn.
class DrawCheck {
public:
    using Breach = std::function<void(const char *kind, const std::string &sentence)>;

    DrawCheck(const parlour_draw *target, bool layout, Breach breach)
        : target_(target), layout_(layout), breach_(std::move(breach)) {}

    parlour_draw face() { return {sizeof(parlour_draw), 0, this, extent, cell, piece, mark, widget}; }
    void finish() const {
        if (layout_ && !extent_seen_) breach_("extent", "draws no extent");
    }

private:
    static DrawCheck &self(void *context) { return *static_cast<DrawCheck *>(context); }

    void numbers(const char *what, std::initializer_list<float> values) const {
        for (const float value : values) {
            if (!std::isfinite(value)) breach_(what, fmt::format("draws a {} at {}", what, value));
        }
    }
    void label(const char *what, const char *text) const {
        if (text != nullptr && !valid_utf8({text, strnlen(text, 4096)}))
            breach_(what, fmt::format("draws a {} with a text that is not UTF-8", what));
    }
    void role(const char *what, std::uint8_t color) const {
        const bool known = color <= PARLOUR_COLOR_WARN || color == PARLOUR_COLOR_RGBA ||
                           (color >= PARLOUR_COLOR_PLAYER0 && color < PARLOUR_COLOR_PLAYER0 + PARLOUR_MAX_PLAYERS);
        if (!known) breach_(what, fmt::format("draws a {} in the colour role {}, which there is not", what, color));
    }

    static void extent(void *context, float x0, float y0, float x1, float y1) {
        DrawCheck &check = self(context);
        check.numbers("extent", {x0, y0, x1, y1});
        if (!(x0 < x1 && y0 < y1)) check.breach_("extent", "draws an extent without area");
        if (!check.layout_ || check.extent_seen_ || check.cells_ > 0)
            check.breach_("extent", "draws the extent elsewhere than once at the beginning of layout");
        check.extent_seen_ = true;
        if (check.target_->extent != nullptr) check.target_->extent(check.target_->context, x0, y0, x1, y1);
    }
    static void cell(void *context, const parlour_cell *cell) {
        DrawCheck &check = self(context);
        ++check.cells_;
        check.numbers("cell", {cell->x, cell->y, cell->w, cell->h, cell->angle});
        check.label("cell", cell->label);
        check.role("cell", cell->color);
        if (cell->shape > PARLOUR_SHAPE_POLYGON) check.breach_("cell", "draws a cell of a shape that there is not");
        if (cell->shape == PARLOUR_SHAPE_POLYGON && (cell->n_xy < 3 || cell->xy == nullptr))
            check.breach_("cell", "draws a polygon with fewer than three corners");
        if (check.target_->cell != nullptr) check.target_->cell(check.target_->context, cell);
    }
    static void piece(void *context, const parlour_piece *piece) {
        DrawCheck &check = self(context);
        check.numbers("piece", {piece->dx, piece->dy, piece->scale});
        check.label("piece", piece->label);
        check.label("piece", piece->glyph);
        check.role("piece", piece->color);
        if (piece->kind > PARLOUR_PIECE_GLYPH) check.breach_("piece", "draws a piece of a kind that there is not");
        if (check.layout_) check.breach_("piece", "draws a piece in layout, which is for what never changes");
        if (check.target_->piece != nullptr) check.target_->piece(check.target_->context, piece);
    }
    static void mark(void *context, const parlour_mark *mark) {
        DrawCheck &check = self(context);
        check.label("mark", mark->text);
        check.role("mark", mark->color);
        if (check.target_->mark != nullptr) check.target_->mark(check.target_->context, mark);
    }
    static void widget(void *context, const parlour_widget *widget) {
        DrawCheck &check = self(context);
        check.label("widget", widget->label);
        check.label("widget", widget->value);
        if (widget->label == nullptr) check.breach_("widget", "draws a widget without a label");
        if (check.target_->widget != nullptr) check.target_->widget(check.target_->context, widget);
    }

    const parlour_draw *target_;
    bool layout_, extent_seen_ = false;
    std::size_t cells_ = 0;
    Breach breach_;
};

} // namespace

void Checked::layout(const parlour_draw *draw) {
    DrawCheck check(draw, true,
                    [&](const char *kind, const std::string &sentence) { plugin_breach("layout", kind, sentence); });
    const parlour_draw face = check.face();
    guard("layout", 0, [&] {
        below<parlour_game_board>().layout(inner_.self, &face);
        return 0;
    });
    check.finish();
}

void Checked::scene(const void *state, std::uint32_t viewer, const parlour_draw *draw) {
    DrawCheck check(draw, false,
                    [&](const char *kind, const std::string &sentence) { plugin_breach("scene", kind, sentence); });
    const parlour_draw face = check.face();
    reading("scene", state, 0, [&](const void *copy) {
        below<parlour_game_board>().scene(inner_.self, copy, viewer, &face);
        return 0;
    });
}

std::uint32_t Checked::path(const void *state, std::uint32_t move, std::uint32_t alternative, parlour_step *steps,
                            std::uint32_t capacity) {
    constexpr std::uint32_t most = 4096;
    const std::uint32_t room = std::min(capacity, most);
    Guarded memory(room * sizeof(parlour_step));
    const std::uint32_t n = reading("path", state, std::uint32_t{0}, [&](const void *copy) {
        return below<parlour_game_board>().path(inner_.self, copy, move, alternative, memory.as<parlour_step>(),
                                                room);
    });
    intact("path", memory, "list of steps");
    const std::uint32_t written = std::min(n, room);
    for (const parlour_step &step : std::span(memory.as<const parlour_step>(), written)) {
        if (step.kind > PARLOUR_STEP_BUTTON || step.reserved0 != 0 || step.reserved1 != 0)
            plugin_breach("path", "step", "gives a step of a kind that there is not");
    }
    if (n == 0 && alternative == 0 && !is_chance(state) && !is_simultaneous(state) && among(inner_moves(state), move))
        plugin_breach("path", "none", fmt::format("gives the legal move number {} no path", move));
    if (written > 0) std::memcpy(steps, memory.data(), written * sizeof(parlour_step));
    return n;
}

} // namespace parlour::host::checked
