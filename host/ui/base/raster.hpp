#pragma once
// Software rasteriser of Dear ImGui's draw data: the picture a GPU would make, in integers.
//
// Everything after the conversion of a vertex to 1/256 pixel is integer arithmetic, so the same draw
// data give the same bytes on every machine. Pixel centres decide coverage with the top-left rule, so
// shared edges are neither drawn twice nor left open. Axis-aligned rectangles and unscaled glyphs
// take fast paths; everything else is a triangle walked scan line by scan line.
#include <cstdint>

#include <imgui.h>

namespace parlour::host::ui {

/// Memory to draw into: `height` rows of `width` pixels, each 0x??RRGGBB; rows are `stride` pixels apart.
struct PixelBuffer {
    std::uint32_t *pixels = nullptr;
    int width = 0;
    int height = 0;
    int stride = 0;
};

/// A texture as the rasteriser reads it. An ImTextureID of the software presenter points to one of these.
/// `pixels` belongs to whoever made the texture and must outlive its use.
struct RasterTexture {
    enum class Format : std::uint8_t {
        alpha8, ///< one byte a pixel: coverage, colour taken as white (font atlas)
        argb32  ///< four bytes a pixel: 0xAARRGGBB, straight alpha
    };
    Format format = Format::alpha8;
    int width = 0;
    int height = 0;
    const void *pixels = nullptr;
};

/// Draws `data` over what is in `target`. [any]
/// Reads the indices and vertices given by ImGui::Render(); texture ids must be null (plain white) or point to
/// RasterTexture. User callbacks are ignored. Draws nothing outside the clip rectangles or the buffer.
void rasterise(const ImDrawData &data, const PixelBuffer &target);

/// Fills the whole buffer with 0xFFRRGGBB taken from an ImGui colour (alpha ignored). [any]
void clear(const PixelBuffer &target, ImU32 color);

} // namespace parlour::host::ui
