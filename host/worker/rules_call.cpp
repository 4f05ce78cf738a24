#include "host/worker/rules_call.hpp"

#include <algorithm>
#include <cstddef>

namespace parlour::host::worker {

namespace {

enum Thing : std::uint8_t { thing_extent, thing_cell, thing_piece, thing_mark, thing_widget };

constexpr std::size_t longest_label = 4096, most_corners = 4096;

DrawingRecorder *recorder_of(void *context) {
    return static_cast<DrawingRecorder *>(context);
}

// A SIZED struct of a plugin as ours.
template <class Struct>
Struct known_part(const Struct *theirs) {
    Struct out{};
    std::memcpy(&out, theirs, std::min<std::size_t>(theirs->size, sizeof out));
    out.size = sizeof out;
    return out;
}

// A text that may be missing.
class OptionalText {
public:
    explicit OptionalText(Unpacker &from) : there_(from.get_up_to<std::uint8_t>(1) != 0) {
        if (there_) text_ = from.text(longest_label);
    }
    const char *c_str() const { return there_ ? text_.c_str() : nullptr; }

private:
    bool there_;
    std::string text_;
};

void replay_cell(Unpacker &from, const parlour_draw *visitor) {
    parlour_cell cell{};
    cell.size = sizeof cell;
    cell.id = from.get<std::uint32_t>();
    cell.shape = from.get_up_to<std::uint8_t>(PARLOUR_SHAPE_POLYGON);
    cell.color = from.get<std::uint8_t>();
    cell.flags = from.get<std::uint8_t>();
    cell.rgba = from.get<std::uint32_t>();
    for (float *value : {&cell.x, &cell.y, &cell.w, &cell.h, &cell.angle}) *value = from.real();
    const std::vector<float> corners = from.list<float>(2 * most_corners);
    if (corners.size() % 2 != 0 ||
        !std::all_of(corners.begin(), corners.end(), [](float v) { return std::isfinite(v); }))
        throw Malformed{"draws a cell with a corner that is none"};
    if (cell.shape == PARLOUR_SHAPE_POLYGON && corners.size() < 6)
        throw Malformed{"draws a polygon with fewer than three corners"};
    cell.n_xy = static_cast<std::uint32_t>(corners.size() / 2);
    cell.xy = corners.empty() ? nullptr : corners.data();
    const OptionalText label(from);
    cell.label = label.c_str();
    if (visitor != nullptr && visitor->cell != nullptr) visitor->cell(visitor->context, &cell);
}

void replay_piece(Unpacker &from, const parlour_draw *visitor) {
    parlour_piece piece{};
    piece.size = sizeof piece;
    piece.id = from.get<std::uint32_t>();
    piece.cell = from.get<std::uint32_t>();
    piece.kind = from.get_up_to<std::uint8_t>(PARLOUR_PIECE_GLYPH);
    piece.color = from.get<std::uint8_t>();
    piece.level = from.get<std::uint8_t>();
    piece.flags = from.get<std::uint8_t>();
    piece.rgba = from.get<std::uint32_t>();
    for (float *value : {&piece.dx, &piece.dy, &piece.scale}) *value = from.real();
    piece.count = from.get<std::uint32_t>();
    piece.enter = from.get<std::uint8_t>();
    const OptionalText glyph(from), label(from);
    piece.glyph = glyph.c_str();
    piece.label = label.c_str();
    if (visitor != nullptr && visitor->piece != nullptr) visitor->piece(visitor->context, &piece);
}

void replay_mark(Unpacker &from, const parlour_draw *visitor) {
    parlour_mark mark{};
    mark.size = sizeof mark;
    mark.cell_a = from.get<std::uint32_t>();
    mark.cell_b = from.get<std::uint32_t>();
    mark.kind = from.get_up_to<std::uint8_t>(PARLOUR_MARK_TEXT);
    mark.color = from.get<std::uint8_t>();
    mark.rgba = from.get<std::uint32_t>();
    const OptionalText text(from);
    mark.text = text.c_str();
    if (visitor != nullptr && visitor->mark != nullptr) visitor->mark(visitor->context, &mark);
}

void replay_widget(Unpacker &from, const parlour_draw *visitor) {
    parlour_widget widget{};
    widget.size = sizeof widget;
    widget.id = from.get<std::uint32_t>();
    widget.kind = from.get_up_to<std::uint8_t>(PARLOUR_WIDGET_COUNTER);
    widget.player = from.get<std::int32_t>();
    widget.key = from.get<std::uint32_t>();
    const OptionalText label(from), value(from);
    if (label.c_str() == nullptr) throw Malformed{"draws a widget without a label"};
    widget.label = label.c_str();
    widget.value = value.c_str();
    if (visitor != nullptr && visitor->widget != nullptr) visitor->widget(visitor->context, &widget);
}

} // namespace

Bytes pack(const RulesFacts &facts) {
    Packer out;
    for (const std::uint32_t number : {facts.flags, facts.players, facts.state_size, facts.max_moves,
                                       facts.move_space, facts.max_plies, facts.parts, facts.accent})
        out.put(number);
    out.put(facts.util_min).put(facts.util_max);
    out.text(facts.id).text(facts.name).text(facts.variant);
    return out.take();
}

RulesFacts unpack_facts(Unpacker &from) {
    RulesFacts out;
    for (std::uint32_t *number : {&out.flags, &out.players, &out.state_size, &out.max_moves, &out.move_space,
                                  &out.max_plies, &out.parts, &out.accent})
        *number = from.get<std::uint32_t>();
    out.util_min = from.real();
    out.util_max = from.real();
    for (std::string *text : {&out.id, &out.name, &out.variant}) *text = from.text();
    return out;
}

DrawingRecorder::DrawingRecorder() {
    face_.size = sizeof face_;
    face_.context = this;
    face_.extent = [](void *context, float x0, float y0, float x1, float y1) {
        DrawingRecorder &self = *recorder_of(context);
        if (self.begin(thing_extent)) self.packer_.put(x0).put(y0).put(x1).put(y1);
    };
    face_.cell = [](void *context, const parlour_cell *theirs) {
        DrawingRecorder &self = *recorder_of(context);
        if (!self.begin(thing_cell)) return;
        const parlour_cell cell = known_part(theirs);
        self.packer_.put(cell.id).put(cell.shape).put(cell.color).put(cell.flags).put(cell.rgba);
        self.packer_.put(cell.x).put(cell.y).put(cell.w).put(cell.h).put(cell.angle);
        const std::size_t corners = cell.xy == nullptr ? 0 : std::min<std::size_t>(cell.n_xy, most_corners);
        self.packer_.list(cell.xy, 2 * corners);
        self.optional_text(cell.label);
    };
    face_.piece = [](void *context, const parlour_piece *theirs) {
        DrawingRecorder &self = *recorder_of(context);
        if (!self.begin(thing_piece)) return;
        const parlour_piece piece = known_part(theirs);
        self.packer_.put(piece.id).put(piece.cell).put(piece.kind).put(piece.color).put(piece.level).put(piece.flags);
        self.packer_.put(piece.rgba).put(piece.dx).put(piece.dy).put(piece.scale).put(piece.count).put(piece.enter);
        self.optional_text(piece.glyph);
        self.optional_text(piece.label);
    };
    face_.mark = [](void *context, const parlour_mark *theirs) {
        DrawingRecorder &self = *recorder_of(context);
        if (!self.begin(thing_mark)) return;
        const parlour_mark mark = known_part(theirs);
        self.packer_.put(mark.cell_a).put(mark.cell_b).put(mark.kind).put(mark.color).put(mark.rgba);
        self.optional_text(mark.text);
    };
    face_.widget = [](void *context, const parlour_widget *theirs) {
        DrawingRecorder &self = *recorder_of(context);
        if (!self.begin(thing_widget)) return;
        const parlour_widget widget = known_part(theirs);
        self.packer_.put(widget.id).put(widget.kind).put(widget.player).put(widget.key);
        self.optional_text(widget.label);
        self.optional_text(widget.value);
    };
}

bool DrawingRecorder::begin(std::uint8_t kind) {
    if (++things_ > most_things) return false;
    packer_.put(kind);
    return true;
}

void DrawingRecorder::optional_text(const char *text) {
    packer_.put(static_cast<std::uint8_t>(text != nullptr));
    if (text != nullptr) packer_.text(std::string_view(text, strnlen(text, longest_label)));
}

void replay_drawing(Unpacker &from, const parlour_draw *visitor) {
    while (!from.at_end()) {
        switch (from.get<std::uint8_t>()) {
            case thing_extent: {
                const float x0 = from.real(), y0 = from.real(), x1 = from.real(), y1 = from.real();
                if (visitor != nullptr && visitor->extent != nullptr)
                    visitor->extent(visitor->context, x0, y0, x1, y1);
                break;
            }
            case thing_cell:
                replay_cell(from, visitor);
                break;
            case thing_piece:
                replay_piece(from, visitor);
                break;
            case thing_mark:
                replay_mark(from, visitor);
                break;
            case thing_widget:
                replay_widget(from, visitor);
                break;
            default:
                throw Malformed{"draws what there is not"};
        }
    }
}

} // namespace parlour::host::worker
