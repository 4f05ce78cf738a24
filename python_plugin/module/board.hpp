// Boards, planes and pictures of any game, made of what its board extension tells: cells and pieces in abstract
// units.
//
// A Grid numbers the cells that can be touched, row by row from the top, left to right. Where they stand in equal
// rows it has that shape, else one dimension. Codes of a board: 0 empty, 1 + p a plain piece of player p, 1 + players
// + p a crowned one, -1 anything else. A piece in a player's colour is that player's; a dark one player 0's, a light
// one player 1's.
#pragma once

#include "game.hpp"

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace parlour::python {

struct Grid {
    std::uint32_t cells = 0;
    std::uint32_t rows = 0, columns = 0; // 0 where the cells are no grid
    std::uint32_t players = 0;
    std::unordered_map<std::uint32_t, std::uint32_t> index; // by the cell's id

    // How many planes planes_of() writes, each of `cells` numbers.
    std::uint32_t planes() const { return 2 * players + 1; }
};

// The grid of a game that has a board extension. [any]
Grid make_grid(const GameRef &rules);

// Writes the codes of a position, grid.cells of them. Does not need the GIL. [any]
void read_board(const GameRef &rules, const Grid &grid, const void *state, std::int8_t *out);

// Writes grid.planes() * grid.cells numbers made of a board's codes: for each player, the one to move first, plain
// and crowned pieces; then one that is 1 when player 0 is to move. `player` is -1 when nobody is to move. [any]
void write_planes(const Grid &grid, std::span<const std::int8_t> board, long player, float *out);

// For State, all with the GIL; new references or null with an error set.
PyObject *board_of(const Game &game, const void *state);
PyObject *planes_of(const Game &game, const void *state, long player, PyObject *out);
// As State.scene(); `viewer` is a player or PARLOUR_VIEWER_ALL.
PyObject *scene_dict(const Game &game, const void *state, std::uint32_t viewer);

} // namespace parlour::python
