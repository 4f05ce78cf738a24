#pragma once
// The window: owns SDL's window, the presenter, the input, the theme and the ImGui context, and runs the loop.
//
// Event-driven: it sleeps in SDL until an event, a wake() or the next wished frame, draws a few frames and sleeps
// again; idle costs nothing. Everything is [main] except wake() and post(), which are [any].
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "host/ui/base/canvas.hpp"
#include "host/ui/base/context.hpp"
#include "host/ui/base/input.hpp"
#include "host/ui/base/presenter.hpp"

namespace parlour::host::ui {

struct WindowOptions {
    std::string title = "Parlour";
    int width = 1280; ///< real pixels, at least 640
    int height = 800; ///< real pixels, at least 480
    RenderMode render = RenderMode::automatic;
    ThemeName theme = ThemeName::dark;
    float scale = 0; ///< user setting; 0: from the system (see choose_scale)
    bool reduced_motion = false;
    bool fullscreen = false;
    bool maximized = false;
    bool offscreen = false; ///< no window at all: frames go to memory (screenshots)
    bool deterministic =
        false; ///< every frame advances time by 1/60 s, animations end at once, the caret does not blink
};

class Window;

/// One frame, given to the screens.
struct Frame {
    Window &window;
    Vec2 size;   ///< the page in real pixels
    double time; ///< seconds since the window opened
    float delta; ///< seconds since the frame before
    InputFrame input;

    [[nodiscard]] Rect bounds() const { return {0, 0, size.x, size.y}; }
    /// True when that key was pressed with exactly those modifiers this frame, outside text fields and dialogs.
    [[nodiscard]] bool pressed(std::int32_t key, std::uint8_t modifiers = mod_none) const;
    /// True once when the person wants to go back (Escape and the like) and no dialog or text field took it.
    [[nodiscard]] bool take_back();
    /// Keeps the window open although it was asked to close (to ask first).
    void keep_open() { input.quit = false; }
};

using DrawFunction = std::function<void(Frame &)>;

class Window {
public:
    /// Opens a window. Returns null and one sentence for a person in `error` when SDL cannot.
    [[nodiscard]] static std::unique_ptr<Window> create(const WindowOptions &options, std::string &error);
    ~Window();
    Window(const Window &) = delete;
    Window &operator=(const Window &) = delete;

    /// Draws with `draw` until the window is closed.
    void run(const DrawFunction &draw);

    /// Handles waiting events and draws exactly one frame, without sleeping. False after close().
    bool step(const DrawFunction &draw);

    /// Draws frames until nothing moves any more and no input waits, at most `limit`; for tests and screenshots.
    void settle(const DrawFunction &draw, int limit = 60);

    /// Ends run() after this frame.
    void close() { open_ = false; }
    [[nodiscard]] bool is_open() const { return open_; }

    /// Draws another frame soon although nothing happened in the window. [any]
    void wake() noexcept;
    /// Runs `job` on the main thread before the next frame. [any]
    void post(std::function<void()> job);

    /// Calls `look` that often while the window is to be seen, and draws a frame where it returns true: what has to
    /// be looked at but seldom changes costs no frames. Replaces the one before.
    void watch(std::chrono::milliseconds interval, std::function<bool()> look);

    /// Wishes a frame in that many milliseconds (clock ticks, replay).
    void request_frame_in(double milliseconds) { context_.request_frame_in(milliseconds); }

    /// Change the look from the next frame on; fonts are baked anew when the scale changes.
    void set_theme(ThemeName name);
    /// 0: from the system.
    void set_scale(float scale);
    /// Whether it keeps a time of its own, so that the same input draws the same pictures.
    [[nodiscard]] bool deterministic() const { return deterministic_; }
    void set_reduced_motion(bool on) { context_.reduced_motion = on || deterministic_; }
    void set_fullscreen(bool on);
    [[nodiscard]] bool fullscreen() const { return fullscreen_; }
    void set_title(const std::string &title);

    [[nodiscard]] const Theme &theme() const { return context_.theme; }
    [[nodiscard]] Context &context() { return context_; }
    [[nodiscard]] Presenter &presenter() { return *presenter_; }
    [[nodiscard]] Input &input() { return *input_; }
    [[nodiscard]] SDL_Window *handle() { return window_; }
    /// Real pixels. When maximised or full screen, the size to go back to is not this.
    [[nodiscard]] Vec2 size() const { return presenter_->pixel_size(); }
    [[nodiscard]] std::uint64_t frame_count() const { return frame_count_; }
    /// How long the last frame took to build and show, in milliseconds.
    [[nodiscard]] double last_frame_milliseconds() const { return last_frame_ms_; }

    /// The last drawn frame as pixels.
    [[nodiscard]] Image capture() { return presenter_->capture(); }
    /// The last drawn frame as a PNG; nothing on success, else one sentence.
    [[nodiscard]] std::optional<std::string> screenshot(const std::string &path);

private:
    using Clock = std::chrono::steady_clock;

    Window() = default;
    std::optional<std::string> open(const WindowOptions &options);
    [[nodiscard]] float system_scale() const;
    void rebuild_look();
    void take_waiting_events();
    void handle_event(const SDL_Event &event);
    void run_jobs();
    void run_watch();
    void draw_frame(const DrawFunction &draw);
    [[nodiscard]] int sleep_milliseconds() const;

    SDL_Window *window_ = nullptr;
    ImGuiContext *imgui_ = nullptr;
    std::uint32_t sdl_systems_ = 0;
    std::unique_ptr<Presenter> presenter_;
    std::unique_ptr<Input> input_;
    Context context_;
    ThemeName theme_name_ = ThemeName::dark;
    float wanted_scale_ = 0;
    float baked_scale_ = 0;
    bool look_changed_ = true;
    bool deterministic_ = false;
    bool offscreen_ = false;
    bool open_ = true;
    bool hidden_ = false;
    bool fullscreen_ = false;
    int frames_wanted_ = 3;
    std::uint32_t wake_event_ = 0;
    std::uint64_t frame_count_ = 0;
    double last_frame_ms_ = 0;
    Clock::time_point opened_;
    Clock::time_point last_frame_;
    std::optional<Clock::time_point> deadline_;
    std::function<bool()> watch_;
    std::chrono::milliseconds watch_interval_{0};
    Clock::time_point next_watch_;
    std::mutex jobs_mutex_;
    std::vector<std::function<void()>> jobs_;
};

} // namespace parlour::host::ui
