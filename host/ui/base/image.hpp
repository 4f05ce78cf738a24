#pragma once
// A picture in memory, and the border to PNG files (SDL2_image).
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace parlour::host::ui {

/// Pixels row by row, top first, each 0xAARRGGBB (SDL_PIXELFORMAT_ARGB8888).
struct Image {
    int width = 0;
    int height = 0;
    std::vector<std::uint32_t> pixels;

    [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
};

/// Writes `image` as PNG to `path`. [any]
/// Returns nothing on success, else one sentence for a person; no half-written file stays behind.
[[nodiscard]] std::optional<std::string> save_png(const Image &image, const std::string &path);

/// Reads a PNG (or any format SDL2_image knows) into `image`. [any]
/// Returns nothing on success, else one sentence for a person and `image` unchanged.
[[nodiscard]] std::optional<std::string> load_image(const std::string &path, Image &image);

} // namespace parlour::host::ui
