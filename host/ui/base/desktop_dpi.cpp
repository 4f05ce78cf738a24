// Apart from window.cpp because the X headers define words such as KeyPress and None as macros.
#include "host/ui/base/desktop_dpi.hpp"

#include <SDL.h>
#include <SDL_syswm.h>

#include <cmath>
#include <cstdlib>
#include <string_view>

namespace parlour::host::ui {

#if defined(SDL_VIDEO_DRIVER_X11)

float desktop_dpi(SDL_Window *window) {
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (!window || !SDL_GetWindowWMInfo(window, &info) || info.subsystem != SDL_SYSWM_X11) return 0;
    // SDL has libX11 open already; this only finds it again, so that nothing is linked to it.
    void *library = SDL_LoadObject("libX11.so.6");
    if (!library) return 0;
    using GetResources = char *(*)(Display *);
    const auto get_resources = reinterpret_cast<GetResources>(SDL_LoadFunction(library, "XResourceManagerString"));
    const char *resources = get_resources ? get_resources(info.info.x11.display) : nullptr;
    float dpi = 0;
    if (resources) {
        constexpr std::string_view key = "Xft.dpi:";
        const std::string_view text(resources);
        if (const auto place = text.find(key); place != std::string_view::npos)
            dpi = std::strtof(resources + place + key.size(), nullptr);
    }
    SDL_UnloadObject(library);
    return std::isfinite(dpi) && dpi > 0 ? dpi : 0;
}

#else

float desktop_dpi(SDL_Window *) {
    return 0;
}

#endif

} // namespace parlour::host::ui
