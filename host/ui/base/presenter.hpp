#pragma once
// How a finished frame reaches the screen: by the GPU, by our own rasteriser, or only into memory.
//
// A presenter owns whatever it needs of the SDL window (renderer or surface) and the font atlas texture.
// All functions are [main].
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <imgui.h>

#include "host/ui/base/geometry.hpp"
#include "host/ui/base/image.hpp"

struct SDL_Window;

namespace parlour::host::ui {

/// What the person asked for by --render=.
enum class RenderMode : std::uint8_t {
    automatic, ///< GPU when there is a real one, else software
    software,  ///< always the own rasteriser
    gpu        ///< SDL_Renderer even on software GL
};

/// "auto", "software" or "gpu"; nothing for any other word.
[[nodiscard]] std::optional<RenderMode> parse_render_mode(std::string_view word);

class Presenter {
public:
    virtual ~Presenter() = default;

    /// A few words for the about page and the log: "software", "gpu (opengl)".
    [[nodiscard]] virtual std::string name() const = 0;

    /// True when drawing costs CPU time, so that animations may be thinned out.
    [[nodiscard]] virtual bool is_software() const = 0;

    /// Size of the picture in pixels.
    [[nodiscard]] virtual Vec2 pixel_size() const = 0;

    /// Takes over a freshly built atlas: uploads it and sets its texture id. Call after every rebuild and whenever
    /// SDL reports that the renderer lost its textures.
    virtual void upload_fonts(ImFontAtlas &atlas) = 0;

    /// Draws the frame over `background` and shows it. A frame equal to the one already shown is not drawn again.
    virtual void present(const ImDrawData &data, Color background) = 0;

    /// The last presented frame as pixels, opaque. Call between frames only (inside a frame, and before the first,
    /// the image is empty).
    [[nodiscard]] virtual Image capture() = 0;

    /// The window was uncovered, resized or lost its textures: the next present draws in full.
    virtual void invalidate() = 0;

    /// Makes a texture from a picture, to be used with ImDrawList::AddImage*. Null when it cannot be made.
    /// It lives until destroy_texture() or the presenter's end.
    [[nodiscard]] virtual ImTextureID create_texture(const Image &image) = 0;
    virtual void destroy_texture(ImTextureID texture) = 0;
};

/// Chooses and makes the presenter of a window. Never null: falls back to software.
/// In automatic mode the GPU is refused when SDL has no accelerated renderer, when the renderer is software GL
/// (llvmpipe, softpipe, swrast), and under the dummy and offscreen video drivers.
[[nodiscard]] std::unique_ptr<Presenter> make_presenter(SDL_Window *window, RenderMode mode);

/// A presenter without a window: the own rasteriser into memory of the given size.
[[nodiscard]] std::unique_ptr<Presenter> make_offscreen_presenter(int width, int height);

} // namespace parlour::host::ui
