#pragma once
// What the desktop's own settings say about text size.

struct SDL_Window;

namespace parlour::host::ui {

/// Xft.dpi of the X server's resources, as desktops on X11 set it; 0 when it says nothing or this is not X11. [main]
[[nodiscard]] float desktop_dpi(SDL_Window *window);

} // namespace parlour::host::ui
