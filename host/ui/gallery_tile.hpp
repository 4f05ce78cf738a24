#pragma once
// One game in the gallery: its picture on its own colour, its name, and what there is to know at a glance.
#include "host/ui/shell.hpp"

namespace parlour::host::ui {

enum class TileBadge : std::uint8_t { none, in_progress, is_new, broken };

/// What was done with a tile.
struct TileResult {
    bool opened = false;  ///< open the game's page, or go on with it
    bool started = false; ///< play at once, with the usual settings
    bool focused = false; ///< has the keyboard's focus
};

/// Draws the tile of `card` in `r`.
TileResult gallery_tile(const GameCard &card, const Rect &r, TileBadge badge);

/// The picture alone: the scene on the gradient of the game's accent. `scene` takes the place of the card's own.
void game_picture(Canvas &canvas, const GameCard &card, const Rect &r, float radius, Corners corners, float grow = 0,
                  const Scene *scene = nullptr);

} // namespace parlour::host::ui
