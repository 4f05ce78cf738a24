#pragma once
// The table of the moves made, a column a player, or one move a row where the texts are too long for that; pressing
// one looks at the position after it.
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "host/match/match.hpp"
#include "host/ui/base/geometry.hpp"

namespace parlour::host::ui {

class MoveList {
public:
    MoveList() = default;
    MoveList(MoveList &&) = default; // not copied: rows_ points into lines_
    MoveList &operator=(MoveList &&) = default;

    /// Draws the table in `area` as `viewer` may read it. Returns the number of plies before the position to look at.
    std::optional<std::size_t> draw(const Match &match, std::uint32_t viewer, std::uint64_t revision,
                                    const Rect &area);

private:
    struct Cell {
        std::string text;
        std::size_t first = 0, last = 0; ///< plies first..last (chance that follows a move belongs to it)
    };
    struct Line {
        std::vector<std::optional<Cell>> cells; ///< one a player; chance at the start stands in the first
    };
    struct Row {
        std::string number;
        std::vector<const Cell *> cells; ///< of lines_; null where there is none
    };
    void rebuild(const Match &match, std::uint32_t viewer);
    /// Whether much of the moves would be cut in columns of `column` pixels.
    [[nodiscard]] bool too_wide(float column) const;
    [[nodiscard]] std::vector<Row> rows_of(bool one_a_row) const;

    std::vector<Line> lines_;
    std::vector<Row> rows_; ///< as drawn
    float width_ = 0;       ///< of the area that rows_ were made for
    std::uint64_t revision_ = ~std::uint64_t{0};
    std::uint32_t viewer_ = 0;
    std::size_t cursor_ = 0;
};

} // namespace parlour::host::ui
