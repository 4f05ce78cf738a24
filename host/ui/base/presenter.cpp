#include "host/ui/base/presenter.hpp"

#include <SDL.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <set>
#include <utility>
#include <vector>

#include "host/ui/base/raster.hpp"

namespace parlour::host::ui {
namespace {

// ---- software ------------------------------------------------------------------------------------------------

/// A 64-bit digest of everything a frame draws, to recognise an unchanged one.
class Digest {
public:
    void add(const void *data, std::size_t size) {
        const auto *bytes = static_cast<const unsigned char *>(data);
        for (; size >= 8; bytes += 8, size -= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes, 8);
            add_word(word);
        }
        std::uint64_t rest = size;
        for (std::size_t i = 0; i < size; ++i) rest = (rest << 8) | bytes[i];
        add_word(rest);
    }
    [[nodiscard]] std::uint64_t value() const { return state_; }

private:
    void add_word(std::uint64_t word) {
        state_ = (state_ ^ word) * 0x9e3779b97f4a7c15ull; // Fibonacci hashing step, then fold the high half down
        state_ ^= state_ >> 32;
    }
    std::uint64_t state_ = 0x243f6a8885a308d3ull;
};

std::uint64_t digest_of(const ImDrawData &data, Color background) {
    Digest digest;
    digest.add(&background, sizeof background);
    for (int n = 0; n < data.CmdListsCount; ++n) {
        const ImDrawList &list = *data.CmdLists[n];
        digest.add(list.VtxBuffer.Data, static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()));
        digest.add(list.IdxBuffer.Data, static_cast<std::size_t>(list.IdxBuffer.size_in_bytes()));
        for (const ImDrawCmd &command : list.CmdBuffer) {
            digest.add(&command.ClipRect, sizeof command.ClipRect);
            const ImTextureID texture = command.GetTexID();
            digest.add(&texture, sizeof texture);
            digest.add(&command.ElemCount, sizeof command.ElemCount);
        }
    }
    return digest.value();
}

/// The own rasteriser into the window's surface, or into memory when there is no window.
class SoftwarePresenter final : public Presenter {
public:
    SoftwarePresenter(SDL_Window *window, int width, int height)
        : window_(window), width_(std::max(1, width)), height_(std::max(1, height)) {}

    [[nodiscard]] std::string name() const override { return window_ ? "software" : "software, off-screen"; }
    [[nodiscard]] bool is_software() const override { return true; }

    [[nodiscard]] Vec2 pixel_size() const override {
        int width = width_, height = height_;
        if (window_) SDL_GetWindowSizeInPixels(window_, &width, &height);
        return {static_cast<float>(width), static_cast<float>(height)};
    }

    void upload_fonts(ImFontAtlas &atlas) override {
        unsigned char *pixels = nullptr;
        int width = 0, height = 0;
        atlas.GetTexDataAsAlpha8(&pixels, &width, &height);
        fonts_ = {RasterTexture::Format::alpha8, width, height, pixels};
        atlas.SetTexID(&fonts_);
        invalidate();
    }

    void present(const ImDrawData &data, Color background) override {
        // The surface is fetched every frame: a resize makes the old one invalid.
        SDL_Surface *surface = window_ ? SDL_GetWindowSurface(window_) : nullptr;
        const Vec2 size =
            surface ? Vec2(static_cast<float>(surface->w), static_cast<float>(surface->h)) : pixel_size();
        const int width = static_cast<int>(size.x), height = static_cast<int>(size.y);
        const std::uint64_t digest = digest_of(data, background);
        if (shown_ && digest == digest_ && width == frame_width_ && height == frame_height_ && surface == surface_)
            return;
        surface_ = surface;
        const bool direct = surface && !SDL_MUSTLOCK(surface) &&
                            (surface->format->format == SDL_PIXELFORMAT_RGB888 ||
                             surface->format->format == SDL_PIXELFORMAT_ARGB8888);
        PixelBuffer target{nullptr, width, height, width};
        if (direct) {
            memory_.clear();
            target.pixels = static_cast<std::uint32_t *>(surface->pixels);
            target.stride = surface->pitch / 4;
        } else {
            memory_.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
            target.pixels = memory_.data();
        }
        clear(target, background);
        rasterise(data, target);
        if (surface && !direct) blit(surface);
        if (surface) SDL_UpdateWindowSurface(window_);
        background_ = background;
        digest_ = digest;
        frame_width_ = width;
        frame_height_ = height;
        shown_ = true;
    }

    [[nodiscard]] Image capture() override {
        // Drawn once more into own memory: a window surface may have been freed by a resize since it was shown.
        const ImDrawData *data = ImGui::GetDrawData();
        Image image;
        if (!data || frame_width_ <= 0) return image;
        image.width = frame_width_;
        image.height = frame_height_;
        image.pixels.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
        const PixelBuffer target{image.pixels.data(), image.width, image.height, image.width};
        clear(target, background_);
        rasterise(*data, target);
        return image;
    }

    void invalidate() override { shown_ = false; }

    [[nodiscard]] ImTextureID create_texture(const Image &image) override {
        if (image.empty()) return nullptr;
        auto owned = std::make_unique<OwnedTexture>();
        owned->pixels = image.pixels;
        owned->texture = {RasterTexture::Format::argb32, image.width, image.height, owned->pixels.data()};
        textures_.push_back(std::move(owned));
        return &textures_.back()->texture;
    }

    void destroy_texture(ImTextureID texture) override {
        std::erase_if(textures_, [texture](const auto &owned) { return &owned->texture == texture; });
        invalidate();
    }

private:
    struct OwnedTexture {
        RasterTexture texture;
        std::vector<std::uint32_t> pixels;
    };

    void blit(SDL_Surface *surface) {
        SDL_Surface *source = SDL_CreateRGBSurfaceWithFormatFrom(memory_.data(), surface->w, surface->h, 32,
                                                                 surface->w * 4, SDL_PIXELFORMAT_RGB888);
        if (!source) return;
        SDL_BlitSurface(source, nullptr, surface, nullptr);
        SDL_FreeSurface(source);
    }

    SDL_Window *window_;
    int width_, height_;
    RasterTexture fonts_;
    std::vector<std::unique_ptr<OwnedTexture>> textures_;
    std::vector<std::uint32_t> memory_;
    Color background_ = 0;
    SDL_Surface *surface_ = nullptr;
    std::uint64_t digest_ = 0;
    int frame_width_ = 0, frame_height_ = 0;
    bool shown_ = false;
};

// ---- GPU -----------------------------------------------------------------------------------------------------

/// SDL_Renderer with SDL_RenderGeometryRaw: no GL code of our own, the same picture.
class GpuPresenter final : public Presenter {
public:
    GpuPresenter(SDL_Window *window, SDL_Renderer *renderer) : window_(window), renderer_(renderer) {
        SDL_RendererInfo info{};
        if (SDL_GetRendererInfo(renderer_, &info) == 0 && info.name) driver_ = info.name;
    }
    ~GpuPresenter() override {
        for (SDL_Texture *texture : textures_) SDL_DestroyTexture(texture);
        if (fonts_) SDL_DestroyTexture(fonts_);
        SDL_DestroyRenderer(renderer_);
    }
    GpuPresenter(const GpuPresenter &) = delete;
    GpuPresenter &operator=(const GpuPresenter &) = delete;

    [[nodiscard]] std::string name() const override { return "gpu (" + driver_ + ")"; }
    [[nodiscard]] bool is_software() const override { return driver_ == "software"; }

    [[nodiscard]] Vec2 pixel_size() const override {
        int width = 0, height = 0;
        if (SDL_GetRendererOutputSize(renderer_, &width, &height) != 0)
            SDL_GetWindowSizeInPixels(window_, &width, &height);
        return {static_cast<float>(width), static_cast<float>(height)};
    }

    void upload_fonts(ImFontAtlas &atlas) override {
        unsigned char *pixels = nullptr;
        int width = 0, height = 0;
        atlas.GetTexDataAsRGBA32(&pixels, &width, &height);
        if (fonts_) SDL_DestroyTexture(fonts_);
        fonts_ = upload(SDL_PIXELFORMAT_RGBA32, width, height, pixels);
        atlas.SetTexID(fonts_);
    }

    void present(const ImDrawData &data, Color background) override {
        background_ = background;
        draw(data);
        SDL_RenderPresent(renderer_);
    }

    [[nodiscard]] Image capture() override {
        // After a present the back buffer is undefined: draw the frame again, read it, show nothing.
        const ImDrawData *data = ImGui::GetDrawData();
        Image image;
        if (!data) return image;
        draw(*data);
        const Vec2 size = pixel_size();
        Image read{static_cast<int>(size.x), static_cast<int>(size.y), {}};
        read.pixels.resize(static_cast<std::size_t>(read.width) * static_cast<std::size_t>(read.height));
        if (SDL_RenderReadPixels(renderer_, nullptr, SDL_PIXELFORMAT_ARGB8888, read.pixels.data(), read.width * 4) !=
            0)
            return image;
        for (std::uint32_t &pixel : read.pixels) pixel |= 0xff000000u;
        return read;
    }

    void invalidate() override {}

    [[nodiscard]] ImTextureID create_texture(const Image &image) override {
        if (image.empty()) return nullptr;
        SDL_Texture *texture = upload(SDL_PIXELFORMAT_ARGB8888, image.width, image.height, image.pixels.data());
        if (texture) textures_.insert(texture);
        return texture;
    }

    void destroy_texture(ImTextureID texture) override {
        auto *known = static_cast<SDL_Texture *>(texture);
        if (textures_.erase(known) > 0) SDL_DestroyTexture(known);
    }

private:
    SDL_Texture *upload(std::uint32_t format, int width, int height, const void *pixels) {
        SDL_Texture *texture = SDL_CreateTexture(renderer_, format, SDL_TEXTUREACCESS_STATIC, width, height);
        if (!texture) return nullptr;
        SDL_UpdateTexture(texture, nullptr, pixels, width * 4);
        SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
        SDL_SetTextureScaleMode(texture, SDL_ScaleModeLinear);
        return texture;
    }

    void draw(const ImDrawData &data) {
        const auto channel = [](std::uint32_t value) { return static_cast<Uint8>(value); };
        SDL_RenderSetClipRect(renderer_, nullptr);
        SDL_SetRenderDrawColor(renderer_, channel(red(background_)), channel(green(background_)),
                               channel(blue(background_)), 255);
        SDL_RenderClear(renderer_);
        for (int n = 0; n < data.CmdListsCount; ++n) {
            const ImDrawList &list = *data.CmdLists[n];
            for (const ImDrawCmd &command : list.CmdBuffer) draw(list, command, data.DisplayPos);
        }
        SDL_RenderSetClipRect(renderer_, nullptr);
    }

    void draw(const ImDrawList &list, const ImDrawCmd &command, ImVec2 origin) {
        if (command.UserCallback) return;
        const SDL_Rect clip{static_cast<int>(command.ClipRect.x - origin.x),
                            static_cast<int>(command.ClipRect.y - origin.y),
                            static_cast<int>(command.ClipRect.z - command.ClipRect.x),
                            static_cast<int>(command.ClipRect.w - command.ClipRect.y)};
        if (clip.w <= 0 || clip.h <= 0) return;
        SDL_RenderSetClipRect(renderer_, &clip);
        const ImDrawVert *vertices = list.VtxBuffer.Data + command.VtxOffset;
        constexpr int stride = sizeof(ImDrawVert);
        SDL_RenderGeometryRaw(renderer_, static_cast<SDL_Texture *>(command.GetTexID()), &vertices->pos.x, stride,
                              reinterpret_cast<const SDL_Color *>(&vertices->col), stride, &vertices->uv.x, stride,
                              list.VtxBuffer.Size - static_cast<int>(command.VtxOffset),
                              list.IdxBuffer.Data + command.IdxOffset, static_cast<int>(command.ElemCount),
                              sizeof(ImDrawIdx));
    }

    SDL_Window *window_;
    SDL_Renderer *renderer_;
    std::string driver_ = "unknown";
    SDL_Texture *fonts_ = nullptr;
    std::set<SDL_Texture *> textures_;
    Color background_ = 0;
};

// ---- choice --------------------------------------------------------------------------------------------------

/// False when the machine has no graphics device at all: then GL could only be a software one, and loading it
/// would cost some 90 MB for nothing.
bool graphics_device_exists() {
    std::error_code error;
    for (const char *path :
         {"/dev/dri", "/dev/nvidia0", "/dev/nvidiactl", "/dev/mali0", "/dev/dxg", "/dev/kgsl-3d0"}) {
        if (std::filesystem::exists(path, error)) return true;
    }
    return false;
}

bool is_software_gl() {
    using GetString = const unsigned char *(*)(unsigned);
    constexpr unsigned gl_renderer = 0x1F01;
    const auto get_string = reinterpret_cast<GetString>(SDL_GL_GetProcAddress("glGetString"));
    const unsigned char *text = get_string ? get_string(gl_renderer) : nullptr;
    if (!text) return false;
    const std::string_view renderer(reinterpret_cast<const char *>(text));
    const auto says = [renderer](std::string_view word) { return renderer.find(word) != std::string_view::npos; };
    return says("llvmpipe") || says("softpipe") || says("swrast") || says("SWR") || says("Software Rasterizer");
}

std::unique_ptr<Presenter> try_gpu(SDL_Window *window, bool only_real) {
    const char *driver = SDL_GetCurrentVideoDriver();
    const std::string_view video = driver ? driver : "";
    if (only_real && (video == "dummy" || video == "offscreen" || !graphics_device_exists())) return nullptr;
    SDL_SetHint(SDL_HINT_RENDER_BATCHING, "1");
    SDL_Renderer *renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC);
    if (!renderer) return nullptr;
    SDL_RendererInfo info{};
    const bool known = SDL_GetRendererInfo(renderer, &info) == 0 && info.name;
    const std::string_view name = known ? info.name : "";
    const bool software = name.empty() || name == "software" || (name.starts_with("opengl") && is_software_gl());
    if (only_real && software) {
        SDL_DestroyRenderer(renderer);
        return nullptr;
    }
    return std::make_unique<GpuPresenter>(window, renderer);
}

} // namespace

std::optional<RenderMode> parse_render_mode(std::string_view word) {
    if (word == "auto") return RenderMode::automatic;
    if (word == "software") return RenderMode::software;
    if (word == "gpu") return RenderMode::gpu;
    return std::nullopt;
}

std::unique_ptr<Presenter> make_presenter(SDL_Window *window, RenderMode mode) {
    if (mode != RenderMode::software) {
        if (auto gpu = try_gpu(window, mode == RenderMode::automatic)) return gpu;
    }
    // SDL's window surface on X11 is otherwise a hidden GL renderer: slower, and Mesa is loaded for it. Wayland has
    // no native surface in SDL 2.26, so the hint stays away there.
    const char *driver = SDL_GetCurrentVideoDriver();
    if (driver && std::string_view(driver) == "x11") SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    return std::make_unique<SoftwarePresenter>(window, 1, 1);
}

std::unique_ptr<Presenter> make_offscreen_presenter(int width, int height) {
    return std::make_unique<SoftwarePresenter>(nullptr, width, height);
}

} // namespace parlour::host::ui
