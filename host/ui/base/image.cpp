#include "host/ui/base/image.hpp"

#include <SDL.h>
#include <SDL_image.h>

#include <cstdio>
#include <memory>

namespace parlour::host::ui {
namespace {

struct FreeSurface {
    void operator()(SDL_Surface *surface) const { SDL_FreeSurface(surface); }
};
using Surface = std::unique_ptr<SDL_Surface, FreeSurface>;

} // namespace

std::optional<std::string> save_png(const Image &image, const std::string &path) {
    if (image.empty()) return "There is no picture to write to " + path + " yet; draw a frame first.";
    // SDL only reads from the pixels here; its interface wants a mutable pointer.
    const Surface surface(SDL_CreateRGBSurfaceWithFormatFrom(const_cast<std::uint32_t *>(image.pixels.data()),
                                                             image.width, image.height, 32, image.width * 4,
                                                             SDL_PIXELFORMAT_ARGB8888));
    const std::string partial = path + ".part";
    if (!surface || IMG_SavePNG(surface.get(), partial.c_str()) != 0) {
        const std::string reason = SDL_GetError();
        std::remove(partial.c_str());
        return "The picture could not be written to " + path + " (" + reason +
               "); check that the folder exists and may be written to.";
    }
    if (std::rename(partial.c_str(), path.c_str()) != 0) {
        std::remove(partial.c_str());
        return "The picture could not be put at " + path + "; check that the name is not a folder.";
    }
    return std::nullopt;
}

std::optional<std::string> load_image(const std::string &path, Image &image) {
    const Surface loaded(IMG_Load(path.c_str()));
    const Surface surface(loaded ? SDL_ConvertSurfaceFormat(loaded.get(), SDL_PIXELFORMAT_ARGB8888, 0) : nullptr);
    if (!surface) {
        return "The picture " + path + " could not be read (" + SDL_GetError() +
               "); check that it exists and is a PNG file.";
    }
    Image result;
    result.width = surface->w;
    result.height = surface->h;
    result.pixels.reserve(static_cast<std::size_t>(surface->w) * static_cast<std::size_t>(surface->h));
    for (int y = 0; y < surface->h; ++y) {
        const auto *row = reinterpret_cast<const std::uint32_t *>(static_cast<const std::uint8_t *>(surface->pixels) +
                                                                  static_cast<std::ptrdiff_t>(y) * surface->pitch);
        result.pixels.insert(result.pixels.end(), row, row + surface->w);
    }
    image = std::move(result);
    return std::nullopt;
}

} // namespace parlour::host::ui
