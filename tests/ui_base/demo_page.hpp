#pragma once
// A page with every widget and every piece of the window's foundation: for eyes and for golden pictures.
#include <string>

#include "host/ui/base/window.hpp"

namespace parlour::test {

/// What the demo page remembers between frames.
struct DemoState {
    int page = 0; ///< 0 widgets, 1 pieces, 2 a gallery, 3 a game table
    std::string search;
    std::string wrong = "-3";
    bool ticked = true, switched = true, off = false;
    float level = 5;
    int seconds = 3, combo = 1, segment = 1, view = 0, steps = 4, chip = 0;
    bool dialog = false;
    int pressed = 0; ///< how often "Start game" was pressed
    int backs = 0;   ///< how often the person went back
    int menu_choice = 0;
};

/// Draws one frame of the page `state.page`.
void draw_demo(host::ui::Frame &frame, DemoState &state);

} // namespace parlour::test
