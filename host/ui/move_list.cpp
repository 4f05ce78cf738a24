#include "host/ui/move_list.hpp"

#include <algorithm>

#include "host/ui/base/widgets.hpp"

namespace parlour::host::ui {
namespace {

constexpr std::uint32_t most_columns = 4;
constexpr float cell_margin = 8; // design pixels on both sides of a text, as table_row() has it

} // namespace

void MoveList::rebuild(const Match &match, std::uint32_t viewer) {
    lines_.clear();
    const std::uint32_t columns = std::clamp(match.players(), 1u, most_columns);
    std::size_t next_column = columns; // the first one still free in the last line
    for (std::size_t i = 0; i < match.plies(); ++i) {
        const Ply &ply = match.ply(i);
        const std::string text = viewer < match.players() ? match.text_for(viewer, i) : ply.text;
        if (ply.is_chance() && !lines_.empty() && next_column > 0) {
            // What chance made of a move belongs to it.
            Cell &before = *lines_.back().cells[next_column - 1];
            before.text += "  " + text;
            before.last = i;
            continue;
        }
        const std::size_t column = ply.is_chance() ? 0 : *ply.player % columns;
        if (column < next_column || lines_.empty()) lines_.push_back({std::vector<std::optional<Cell>>(columns)});
        lines_.back().cells[column] = Cell{text, i, i};
        next_column = column + 1;
    }
}

std::vector<MoveList::Row> MoveList::rows_of(bool one_a_row) const {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        Row row{number + ".", {}};
        for (std::size_t column = 0; column < lines_[i].cells.size(); ++column) {
            const auto &cell = lines_[i].cells[column];
            if (!one_a_row) {
                row.cells.push_back(cell ? &*cell : nullptr);
            } else if (cell) {
                // As in books: "3." is the first player's, "3…" another's.
                rows.push_back({number + (column == 0 ? "." : "…"), {&*cell}});
            }
        }
        if (!one_a_row) rows.push_back(std::move(row));
    }
    return rows;
}

bool MoveList::too_wide(float column) const {
    const Canvas canvas;
    std::size_t texts = 0, cut = 0;
    for (const Line &line : lines_) {
        for (const auto &cell : line.cells) {
            if (!cell) continue;
            ++texts;
            cut += canvas.text_size(cell->text, FontRole::body).x > column - px(2 * cell_margin);
        }
    }
    return cut * 4 > texts;
}

std::optional<std::size_t> MoveList::draw(const Match &match, std::uint32_t viewer, std::uint64_t revision,
                                          const Rect &area) {
    const bool fresh = revision != revision_ || viewer != viewer_ || area.w != width_;
    if (revision != revision_ || viewer != viewer_) rebuild(match, viewer);
    const bool moved = revision != revision_ || cursor_ != match.cursor();
    revision_ = revision;
    viewer_ = viewer;
    cursor_ = match.cursor();
    std::optional<std::size_t> wanted;
    panel_begin("moves", area, {.fill = Role::panel_inset, .radius = 10, .padding = 8});
    if (lines_.empty()) paragraph("The moves will be listed here.", 0, FontRole::small, Role::text_faint);
    const std::size_t players = lines_.empty() ? 1 : lines_.front().cells.size();
    const float number_share = std::clamp(px(44) / std::max(1.0f, area.w), 0.05f, 0.3f);
    if (fresh) {
        width_ = area.w;
        const float text_width = ImGui::GetContentRegionAvail().x * (1 - number_share);
        rows_ = rows_of(players > 1 && too_wide(text_width / static_cast<float>(players)));
    }
    const std::size_t columns = rows_.empty() ? 1 : rows_.front().cells.size();
    std::vector<float> widths{number_share};
    for (std::size_t i = 0; i < columns; ++i) widths.push_back((1 - number_share) / static_cast<float>(columns));
    const auto selected = [this](const Cell *cell) {
        return cell && cursor_ > cell->first && cursor_ <= cell->last + 1;
    };
    // Only the rows in sight are drawn.
    const float height = px(27);
    const Vec2 top = ImGui::GetCursorScreenPos();
    int selected_row = -1;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (std::any_of(rows_[i].cells.begin(), rows_[i].cells.end(), selected)) selected_row = static_cast<int>(i);
    }
    const float view_top = ImGui::GetScrollY(), view = ImGui::GetWindowHeight();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const float y = static_cast<float>(i) * height;
        if (y + height < view_top - height || y > view_top + view + height) continue;
        std::vector<RowCell> cells{{rows_[i].number, Role::text_faint, FontRole::small, Align::left, false}};
        for (const Cell *cell : rows_[i].cells) {
            cells.push_back({cell ? std::string_view(cell->text) : std::string_view{}, Role::text, FontRole::body,
                             Align::left, selected(cell)});
        }
        ImGui::SetCursorScreenPos({top.x, top.y + y});
        const int pressed =
            table_row("line" + std::to_string(i), cells, widths, {.striped = i % 2 == 1, .height = 27});
        if (pressed > 0) {
            if (const Cell *cell = rows_[i].cells[static_cast<std::size_t>(pressed - 1)]) wanted = cell->last + 1;
        }
    }
    ImGui::SetCursorScreenPos({top.x, top.y + static_cast<float>(rows_.size()) * height});
    ImGui::Dummy({1, 1});
    if (moved && selected_row >= 0) {
        const float y = static_cast<float>(selected_row) * height;
        if (y < view_top || y + 2 * height > view_top + view) ImGui::SetScrollY(std::max(0.0f, y - view * 0.5f));
    } else if (moved && cursor_ == 0) {
        ImGui::SetScrollY(0);
    }
    panel_end();
    return wanted;
}

} // namespace parlour::host::ui
