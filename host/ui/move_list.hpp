#pragma once
// The table of the moves made, a column a player; pressing one looks at the position after it.
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "host/match/match.hpp"
#include "host/ui/base/geometry.hpp"

namespace parlour::host::ui {

class MoveList {
public:
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
    void rebuild(const Match &match, std::uint32_t viewer);

    std::vector<Line> lines_;
    std::uint64_t revision_ = ~std::uint64_t{0};
    std::uint32_t viewer_ = 0;
    std::size_t cursor_ = 0;
};

} // namespace parlour::host::ui
