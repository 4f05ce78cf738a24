#include "host/ui/move_list.hpp"

#include <algorithm>

#include "host/ui/base/widgets.hpp"

namespace parlour::host::ui {
namespace {

constexpr std::uint32_t most_columns = 4;

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

std::optional<std::size_t> MoveList::draw(const Match &match, std::uint32_t viewer, std::uint64_t revision,
                                          const Rect &area) {
    if (revision != revision_ || viewer != viewer_) rebuild(match, viewer);
    const bool moved = revision != revision_ || cursor_ != match.cursor();
    revision_ = revision;
    viewer_ = viewer;
    cursor_ = match.cursor();
    std::optional<std::size_t> wanted;
    panel_begin("moves", area, {.fill = Role::panel_inset, .radius = 10, .padding = 8});
    if (lines_.empty()) paragraph("The moves will be listed here.", 0, FontRole::small, Role::text_faint);
    const std::size_t columns = lines_.empty() ? 1 : lines_.front().cells.size();
    const float number_share = std::clamp(px(44) / std::max(1.0f, area.w), 0.05f, 0.3f);
    std::vector<float> widths{number_share};
    for (std::size_t i = 0; i < columns; ++i) widths.push_back((1 - number_share) / static_cast<float>(columns));
    // Only the rows in sight are drawn.
    const float row = px(27);
    const Vec2 top = ImGui::GetCursorScreenPos();
    int selected_line = -1;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        for (const auto &cell : lines_[i].cells) {
            if (cell && cursor_ > cell->first && cursor_ <= cell->last + 1) selected_line = static_cast<int>(i);
        }
    }
    const float view_top = ImGui::GetScrollY(), view = ImGui::GetWindowHeight();
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const float y = static_cast<float>(i) * row;
        if (y + row < view_top - row || y > view_top + view + row) continue;
        const std::string number = std::to_string(i + 1) + ".";
        std::vector<RowCell> cells{{number, Role::text_faint, FontRole::small, Align::left, false}};
        for (const auto &cell : lines_[i].cells) {
            const bool selected = cell && cursor_ > cell->first && cursor_ <= cell->last + 1;
            cells.push_back({cell ? std::string_view(cell->text) : std::string_view{}, Role::text, FontRole::body,
                             Align::left, selected});
        }
        ImGui::SetCursorScreenPos({top.x, top.y + y});
        const int pressed =
            table_row("line" + std::to_string(i), cells, widths, {.striped = i % 2 == 1, .height = 27});
        if (pressed > 0) {
            if (const auto &cell = lines_[i].cells[static_cast<std::size_t>(pressed - 1)]) wanted = cell->last + 1;
        }
    }
    ImGui::SetCursorScreenPos({top.x, top.y + static_cast<float>(lines_.size()) * row});
    ImGui::Dummy({1, 1});
    if (moved && selected_line >= 0) {
        const float y = static_cast<float>(selected_line) * row;
        if (y < view_top || y + 2 * row > view_top + view) ImGui::SetScrollY(std::max(0.0f, y - view * 0.5f));
    } else if (moved && cursor_ == 0) {
        ImGui::SetScrollY(0);
    }
    panel_end();
    return wanted;
}

} // namespace parlour::host::ui
