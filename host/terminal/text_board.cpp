#include "host/terminal/text_board.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

namespace parlour::host::terminal {

namespace {

// The code points of a text, each as its own UTF-8 string; bytes that are not UTF-8 stand for themselves.
std::vector<std::string> characters(const std::string &text) {
    std::vector<std::string> out;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xc0) == 0x80 && !out.empty()) {
            out.back() += c;
        } else {
            out.emplace_back(1, c);
        }
    }
    return out;
}

std::uint32_t code_point(const std::string &character) {
    const auto lead = static_cast<unsigned char>(character[0]);
    if (lead < 0x80) return lead;
    std::uint32_t code = lead & (0xffu >> (character.size() + 1));
    for (std::size_t i = 1; i < character.size(); ++i) {
        code = code << 6 | (static_cast<unsigned char>(character[i]) & 0x3fu);
    }
    return code;
}

std::string padded(const std::string &text, std::size_t width) {
    const std::size_t have = text_width(text);
    return have >= width ? text : text + std::string(width - have, ' ');
}

std::string centred(const std::string &text, std::size_t width) {
    const std::size_t have = text_width(text);
    if (have >= width) return text;
    const std::size_t left = (width - have) / 2;
    return std::string(left, ' ') + text + std::string(width - have - left, ' ');
}

// Numbers in groups that lie within `gap` of each other; the index of the group of each, by value.
std::vector<std::size_t> groups_of(const std::vector<float> &values, float gap, std::size_t &count) {
    std::vector<std::size_t> order(values.size()), group(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    count = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i == 0 || values[order[i]] - values[order[i - 1]] > gap) ++count;
        group[order[i]] = count - 1;
    }
    return group;
}

// The touchable cells by rows and columns of their centres.
struct Grid {
    struct Place {
        const SceneCell *cell = nullptr;
        std::size_t row = 0, column = 0;
    };
    std::vector<Place> places;
    std::size_t rows = 0, columns = 0;

    const SceneCell *at(std::size_t row, std::size_t column) const {
        for (const Place &place : places) {
            if (place.row == row && place.column == column) return place.cell;
        }
        return nullptr;
    }
};

// The grid of a scene, or nothing when its cells lie about like things on a table.
std::optional<Grid> grid_of(const Scene &scene, bool flipped) {
    Grid grid;
    std::vector<float> x, y;
    float smallest = INFINITY;
    for (const SceneCell &cell : scene.cells) {
        if (!cell.touchable()) continue;
        grid.places.push_back({&cell, 0, 0});
        x.push_back(flipped ? -cell.x : cell.x);
        y.push_back(flipped ? -cell.y : cell.y);
        smallest = std::min({smallest, cell.w, cell.h});
    }
    constexpr std::size_t least_cells = 4;
    if (grid.places.size() < least_cells) return std::nullopt;
    const float gap = std::max(smallest, 0.01f) * 0.25f;
    const auto columns = groups_of(x, gap, grid.columns), rows = groups_of(y, gap, grid.rows);
    for (std::size_t i = 0; i < grid.places.size(); ++i) {
        grid.places[i].row = rows[i];
        grid.places[i].column = columns[i];
    }
    const double filled = static_cast<double>(grid.places.size()) / static_cast<double>(grid.rows * grid.columns);
    constexpr double least_filled = 0.2; // a hexagonal board fills a half, a mill board two fifths
    if (filled < least_filled || grid.columns > 60) return std::nullopt;
    return grid;
}

// One piece as a character or a few. Colours whose pieces begin alike are told apart by other signs.
class PieceTexts {
public:
    explicit PieceTexts(const Scene &scene) {
        for (const ScenePiece &piece : scene.pieces) {
            if (has_own_glyph(piece) || piece.label.empty()) continue;
            colors_[first_letter(piece)].insert(piece.color);
        }
    }

    std::string text(const ScenePiece &piece) const {
        if ((piece.flags & PARLOUR_PIECE_FACE_DOWN) != 0) return "##";
        if (piece.kind == PARLOUR_PIECE_DIE && piece.count > 0) return std::to_string(piece.count);
        if (has_own_glyph(piece)) return piece.glyph;
        std::string out = sign(piece);
        if (piece.level > 0 && out.size() == 1 && out[0] >= 'a' && out[0] <= 'z') {
            out[0] = static_cast<char>(out[0] - 'a' + 'A');
        } else if (piece.level > 0) {
            out += "^";
        }
        if (piece.count > 1) out += std::to_string(piece.count);
        return out;
    }

private:
    static bool has_own_glyph(const ScenePiece &piece) {
        const bool shows =
            piece.kind == PARLOUR_PIECE_CARD || piece.kind == PARLOUR_PIECE_TILE || piece.kind == PARLOUR_PIECE_GLYPH;
        return shows && !piece.glyph.empty();
    }
    static std::string first_letter(const ScenePiece &piece) {
        std::string letter = characters(piece.label).front();
        if (piece.level == 0 && letter.size() == 1 && letter[0] >= 'A' && letter[0] <= 'Z') {
            letter[0] = static_cast<char>(letter[0] - 'A' + 'a');
        }
        return letter;
    }
    std::string sign(const ScenePiece &piece) const {
        if (!piece.label.empty()) {
            const std::string letter = first_letter(piece);
            if (colors_.at(letter).size() <= 1) return letter;
        }
        static constexpr const char *signs[] = {"x", "o", "#", "@", "%", "&"};
        if (piece.color >= PARLOUR_COLOR_PLAYER0 && piece.color < PARLOUR_COLOR_PLAYER0 + 16) {
            return signs[(piece.color - PARLOUR_COLOR_PLAYER0) % 6];
        }
        return piece.color == PARLOUR_COLOR_DARK || piece.kind == PARLOUR_PIECE_CROSS ? "x" : "o";
    }

    std::map<std::string, std::set<std::uint8_t>> colors_;
};

// "e" of "e4", "4" of "e4"; both empty for a label that is no letters followed by digits.
std::pair<std::string, std::string> coordinates(const std::string &label) {
    std::size_t letters = 0;
    while (letters < label.size() && std::isalpha(static_cast<unsigned char>(label[letters])) != 0) ++letters;
    std::size_t digits = letters;
    while (digits < label.size() && std::isdigit(static_cast<unsigned char>(label[digits])) != 0) ++digits;
    if (letters == 0 || digits == letters || digits != label.size()) return {};
    return {label.substr(0, letters), label.substr(letters)};
}

// The coordinates of a grid whose cells are named by column and row, or all alike in each column; nothing for other
// names.
struct Names {
    std::vector<std::string> rows, columns;
};
// The names of the columns where every cell of a column has the same one and no two columns share theirs.
std::optional<Names> column_names_of(const Grid &grid) {
    Names names{std::vector<std::string>(grid.rows), std::vector<std::string>(grid.columns)};
    if (grid.rows < 2) return std::nullopt;
    for (const auto &place : grid.places) {
        std::string &column = names.columns[place.column];
        if (place.cell->label.empty() || (!column.empty() && column != place.cell->label)) return std::nullopt;
        column = place.cell->label;
    }
    const std::set<std::string> different(names.columns.begin(), names.columns.end());
    return different.size() == names.columns.size() ? std::optional(names) : std::nullopt;
}
std::optional<Names> names_of(const Grid &grid) {
    Names names{std::vector<std::string>(grid.rows), std::vector<std::string>(grid.columns)};
    for (const auto &place : grid.places) {
        const auto [file, rank] = coordinates(place.cell->label);
        if (file.empty()) return column_names_of(grid);
        std::string &column = names.columns[place.column], &row = names.rows[place.row];
        if ((!column.empty() && column != file) || (!row.empty() && row != rank)) return std::nullopt;
        column = file;
        row = rank;
    }
    return names;
}

// The cells that a line mark goes through: those whose centre is near the segment.
void add_line(const Scene &scene, const SceneMark &mark, std::set<std::uint32_t> &cells) {
    const SceneCell *a = scene.cell(mark.cell_a), *b = scene.cell(mark.cell_b);
    if (a == nullptr) return;
    cells.insert(a->id);
    if (b == nullptr) return;
    const float dx = b->x - a->x, dy = b->y - a->y, length = dx * dx + dy * dy;
    if (length <= 0) return;
    for (const SceneCell &cell : scene.cells) {
        if (!cell.touchable()) continue;
        const float along = ((cell.x - a->x) * dx + (cell.y - a->y) * dy) / length;
        const float off = ((cell.x - a->x) * dy - (cell.y - a->y) * dx) / std::sqrt(length);
        if (along >= -0.01f && along <= 1.01f && std::fabs(off) < 0.25f * std::min(cell.w, cell.h))
            cells.insert(cell.id);
    }
}

class GridWriter {
public:
    GridWriter(const Scene &scene, const Grid &grid, const BoardOptions &options)
        : scene_(scene), grid_(grid), options_(options), texts_(scene), names_(names_of(grid)) {
        for (const SceneMark &mark : scene.marks) {
            if (mark.kind == PARLOUR_MARK_LINE || mark.kind == PARLOUR_MARK_RING) add_line(scene, mark, marked_);
        }
        changed_.insert(options.changed.begin(), options.changed.end());
        for (const auto &place : grid.places) width_ = std::max(width_, text_width(content(*place.cell).text));
        if (names_) {
            for (const std::string &name : names_->columns) width_ = std::max(width_, text_width(name));
            for (const std::string &name : names_->rows) margin_ = std::max(margin_, text_width(name));
        }
    }

    std::string write() const {
        std::string out;
        for (std::size_t row = 0; row < grid_.rows; ++row) {
            if (names_) out += "  " + styled(padded(names_->rows[row], margin_), {.dim = true}, options_.colors);
            out += " " + write_row(row) + "\n";
        }
        if (names_) {
            std::string line = "  " + std::string(margin_, ' ') + " ";
            for (const std::string &name : names_->columns) line += " " + centred(name, width_);
            out += styled(line, {.dim = true}, options_.colors) + "\n";
        }
        return out;
    }

private:
    struct Content {
        std::string text;
        Style style;
    };

    Content content(const SceneCell &cell) const {
        Content out{".", {.background = cell.color, .dim = true}};
        const auto pieces = scene_.pieces_on(cell.id);
        if (options_.labels) {
            out.text = cell.label.empty() ? "." : cell.label;
        } else if (!pieces.empty()) {
            const ScenePiece &top = *pieces.back();
            out.text = texts_.text(top);
            out.style = {.color = top.color,
                         .background = cell.color,
                         .bold = (top.flags & PARLOUR_PIECE_FADED) == 0,
                         .dim = (top.flags & PARLOUR_PIECE_FADED) != 0};
        } else if (!names_ && !cell.label.empty() && cell.label.size() <= 3) {
            out.text = cell.label;
        }
        if (marked_.count(cell.id) != 0) out.style.background = PARLOUR_COLOR_ACCENT;
        return out;
    }

    // Cells with a column of space before, between and behind them, where the brackets of the last move go.
    std::string write_row(std::size_t row) const {
        std::string out;
        bool closing = false;
        for (std::size_t column = 0; column < grid_.columns; ++column) {
            const SceneCell *cell = grid_.at(row, column);
            const bool bracket =
                cell != nullptr && (changed_.count(cell->id) != 0 ||
                                    (options_.colors == ColorDepth::none && marked_.count(cell->id) != 0));
            const std::string between = bracket && closing ? "|" : bracket ? "[" : closing ? "]" : " ";
            out += between == " " ? between : styled(between, {.color = PARLOUR_COLOR_ACCENT}, options_.colors);
            closing = bracket;
            if (cell == nullptr) {
                out += std::string(width_, ' ');
                continue;
            }
            const Content shown = content(*cell);
            out += styled(centred(shown.text, width_), shown.style, options_.colors);
        }
        if (closing) out += styled("]", {.color = PARLOUR_COLOR_ACCENT}, options_.colors);
        // No blanks at the end of a line.
        while (out.ends_with(' ')) out.pop_back();
        return out;
    }

    const Scene &scene_;
    const Grid &grid_;
    const BoardOptions &options_;
    PieceTexts texts_;
    std::optional<Names> names_;
    std::set<std::uint32_t> marked_, changed_;
    std::size_t width_ = 1, margin_ = 0;
};

// What lies where, for a table: one line for each cell that has anything on it.
std::string table_text(const Scene &scene, const BoardOptions &options) {
    const PieceTexts texts(scene);
    std::string out;
    for (const SceneCell &cell : scene.cells) {
        if (cell.id == PARLOUR_CELL_NONE) continue;
        std::string what;
        const auto add = [&](const std::string &text) { what += (what.empty() ? "" : ", ") + text; };
        for (const ScenePiece *piece : scene.pieces_on(cell.id)) {
            const std::string glyph = texts.text(*piece);
            const Style style{.color = piece->color, .bold = (piece->flags & PARLOUR_PIECE_FADED) == 0};
            const bool plain = piece->label.empty() || piece->kind == PARLOUR_PIECE_DISC;
            std::string text = piece->label.empty() ? glyph : piece->label;
            if (!plain) text = fmt::format("[{}] {}", glyph, piece->label);
            add(styled(text, style, options.colors));
        }
        bool ringed = false;
        for (const SceneMark &mark : scene.marks) {
            if (mark.cell_a != cell.id) continue;
            if (mark.kind == PARLOUR_MARK_TEXT) add(mark.text);
            ringed |= mark.kind == PARLOUR_MARK_RING;
        }
        if (what.empty()) continue;
        out += std::string(ringed ? "  * " : "    ") + (cell.label.empty() ? "" : cell.label + ": ") + what + "\n";
    }
    return out;
}

// Texts that the game writes on cells of a grid.
std::string mark_lines(const Scene &scene) {
    std::string out;
    for (const SceneMark &mark : scene.marks) {
        if (mark.kind != PARLOUR_MARK_TEXT || mark.text.empty()) continue;
        const SceneCell *cell = scene.cell(mark.cell_a);
        out += "  " + (cell == nullptr || cell->label.empty() ? "" : cell->label + ": ") + mark.text + "\n";
    }
    return out;
}

std::string widget_lines(const Scene &scene, const BoardOptions &options) {
    std::string counters, buttons;
    for (const SceneWidget &widget : scene.widgets) {
        if (widget.kind == PARLOUR_WIDGET_COUNTER) {
            const bool known = widget.player >= 0 && static_cast<std::size_t>(widget.player) < options.players.size();
            const std::string owner = known ? options.players[static_cast<std::size_t>(widget.player)] : "";
            const bool says = owner.empty() || widget.label.find(owner) != std::string::npos;
            counters += (counters.empty() ? "  " : "   ") + (says ? "" : owner + " ") + widget.label +
                        (widget.value.empty() ? "" : " " + widget.value);
        } else if (widget.kind == PARLOUR_WIDGET_BUTTON) {
            const auto &now = options.buttons;
            if (now && std::find(now->begin(), now->end(), widget.id) == now->end()) continue;
            std::string text = widget.label;
            if (widget.key > 0x20 && widget.key < 0x7f) text += fmt::format(" ({})", static_cast<char>(widget.key));
            buttons += (buttons.empty() ? "  " : "   ") + styled("<" + text + ">", {.bold = true}, options.colors);
        }
    }
    if (!counters.empty()) counters += "\n";
    if (!buttons.empty()) buttons += "\n";
    return counters + buttons;
}

} // namespace

std::size_t text_width(const std::string &text) {
    std::size_t width = 0;
    for (const std::string &character : characters(text)) {
        const std::uint32_t code = code_point(character);
        const bool combining = (code >= 0x300 && code < 0x370) || code == 0x200d || (code >= 0xfe00 && code < 0xfe10);
        const bool wide = (code >= 0x1100 && code < 0x1160) || (code >= 0x2e80 && code < 0xa4d0) ||
                          (code >= 0xac00 && code < 0xd7a4) || (code >= 0xff00 && code < 0xff61) ||
                          (code >= 0x1f300 && code < 0x1fa70);
        width += combining ? 0 : wide ? 2 : 1;
    }
    return width;
}

std::string board_text(const Scene &scene, const BoardOptions &options) {
    const auto grid = grid_of(scene, options.flipped);
    if (!grid) return table_text(scene, options) + widget_lines(scene, options);
    return GridWriter(scene, *grid, options).write() + mark_lines(scene) + widget_lines(scene, options);
}

} // namespace parlour::host::terminal
