#include "host/ui/base/window.hpp"

#include <SDL.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <string_view>
#include <utility>

#include "host/ui/base/desktop_dpi.hpp"

namespace parlour::host::ui {
namespace {

constexpr int minimum_width = 640, minimum_height = 480;
constexpr double frame_milliseconds = 1000.0 / 60.0;
/// Frames drawn after an event: ImGui needs two to settle (sizes of popups, focus), one more to be sure.
constexpr int frames_after_event = 3;
constexpr double caret_blink_milliseconds = 400;

bool is_headless_driver() {
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver && (std::string_view(driver) == "dummy" || std::string_view(driver) == "offscreen");
}

} // namespace

bool Frame::pressed(std::int32_t key, std::uint8_t modifiers) const {
    if (ImGui::GetCurrentContext()->OpenPopupStack.Size > 0) return false;
    return std::any_of(input.keys.begin(), input.keys.end(),
                       [&](const KeyPress &press) { return press.key == key && press.modifiers == modifiers; });
}

bool Frame::take_back() {
    if (ImGui::GetCurrentContext()->OpenPopupStack.Size > 0) return false;
    return std::exchange(window.context().back_pressed, false);
}

// ---- opening and closing ---------------------------------------------------------------------------------------

std::unique_ptr<Window> Window::create(const WindowOptions &options, std::string &error) {
    std::unique_ptr<Window> window(new Window());
    if (auto reason = window->open(options)) {
        error = *reason;
        return nullptr;
    }
    return window;
}

std::optional<std::string> Window::open(const WindowOptions &options) {
    deterministic_ = options.deterministic;
    offscreen_ = options.offscreen;
    theme_name_ = options.theme;
    wanted_scale_ = options.scale;
    context_.reduced_motion = options.reduced_motion || options.deterministic;
    opened_ = last_frame_ = Clock::now();

    const std::uint32_t systems = offscreen_ ? SDL_INIT_EVENTS : SDL_INIT_VIDEO | SDL_INIT_EVENTS;
    // A board game is no film: the screen saver keeps its rights.
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    // SDL makes them a wish to close the window, but only where nobody else handles them.
    for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, SIG_DFL);
    if (SDL_InitSubSystem(systems) != 0)
        return std::string("No window can be opened here (") + SDL_GetError() +
               "); start Parlour on a desktop, or use it in the terminal.";
    sdl_systems_ = systems;
    if (!offscreen_ && SDL_InitSubSystem(SDL_INIT_GAMECONTROLLER) == 0) sdl_systems_ |= SDL_INIT_GAMECONTROLLER;
    wake_event_ = SDL_RegisterEvents(1);

    int width = std::max(options.width, minimum_width), height = std::max(options.height, minimum_height);
    if (!offscreen_) {
        if (!is_headless_driver() && !deterministic_) {
            SDL_Rect usable{};
            if (SDL_GetDisplayUsableBounds(0, &usable) == 0 && usable.w > 0 && usable.h > 0) {
                width = std::max(std::min(width, usable.w), minimum_width);
                height = std::max(std::min(height, usable.h), minimum_height);
            }
        }
        std::uint32_t flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
        if (options.maximized) flags |= SDL_WINDOW_MAXIMIZED;
        if (options.fullscreen) flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
        fullscreen_ = options.fullscreen;
        window_ = SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width,
                                   height, flags);
        if (!window_)
            return std::string("The window could not be opened (") + SDL_GetError() +
                   "); check the display, or use Parlour in the terminal.";
        SDL_SetWindowMinimumSize(window_, minimum_width, minimum_height);
    }

    IMGUI_CHECKVERSION();
    imgui_ = ImGui::CreateContext();
    ImGui::SetCurrentContext(imgui_);
    ImGuiIO &io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    io.ConfigWindowsMoveFromTitleBarOnly = true;
    io.ConfigInputTextCursorBlink = !deterministic_;
    input_ = std::make_unique<Input>();
    input_->attach(window_);
    presenter_ = offscreen_ ? make_offscreen_presenter(width, height) : make_presenter(window_, options.render);
    rebuild_look();
    return std::nullopt;
}

Window::~Window() {
    if (imgui_) {
        ImGui::SetCurrentContext(imgui_);
        input_.reset();
        presenter_.reset();
        ImGui::DestroyContext(imgui_);
    }
    if (window_) SDL_DestroyWindow(window_);
    if (sdl_systems_) SDL_QuitSubSystem(sdl_systems_);
}

// ---- look ------------------------------------------------------------------------------------------------------

float Window::system_scale() const {
    if (!window_) return choose_scale(wanted_scale_, 0, 0);
    // On a scaled Wayland desktop the ratio of pixels to points is the scale.
    int points = 0, height = 0;
    SDL_GetWindowSize(window_, &points, &height);
    const float ratio = points > 0 ? presenter_->pixel_size().x / static_cast<float>(points) : 1.0f;
    if (ratio > 1.01f) return choose_scale(wanted_scale_, 96.0f * ratio, 0);
    float display_dpi = 0;
    const int display = SDL_GetWindowDisplayIndex(window_);
    if (is_headless_driver() || display < 0 || SDL_GetDisplayDPI(display, &display_dpi, nullptr, nullptr) != 0)
        display_dpi = 0;
    return choose_scale(wanted_scale_, desktop_dpi(window_), display_dpi);
}

void Window::rebuild_look() {
    look_changed_ = false;
    context_.theme = make_theme(theme_name_, system_scale());
    apply_style(context_.theme);
    if (baked_scale_ != context_.theme.scale) {
        ImGuiIO &io = ImGui::GetIO();
        context_.fonts.build(*io.Fonts, context_.theme.scale);
        io.FontDefault = context_.fonts[FontRole::body];
        presenter_->upload_fonts(*io.Fonts);
        baked_scale_ = context_.theme.scale;
    }
    presenter_->invalidate();
    frames_wanted_ = std::max(frames_wanted_, frames_after_event);
}

void Window::set_theme(ThemeName name) {
    look_changed_ = look_changed_ || theme_name_ != name;
    theme_name_ = name;
    context_.request_frame_in(0);
}

void Window::set_scale(float scale) {
    look_changed_ = look_changed_ || wanted_scale_ != scale;
    wanted_scale_ = scale;
    context_.request_frame_in(0);
}

void Window::set_fullscreen(bool on) {
    fullscreen_ = on;
    if (window_) SDL_SetWindowFullscreen(window_, on ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    presenter_->invalidate();
}

void Window::set_title(const std::string &title) {
    if (window_) SDL_SetWindowTitle(window_, title.c_str());
}

// ---- the loop --------------------------------------------------------------------------------------------------

void Window::wake() noexcept {
    SDL_Event event{};
    event.type = wake_event_;
    SDL_PushEvent(&event);
}

void Window::post(std::function<void()> job) {
    {
        const std::lock_guard lock(jobs_mutex_);
        jobs_.push_back(std::move(job));
    }
    wake();
}

void Window::run_jobs() {
    std::vector<std::function<void()>> jobs;
    {
        const std::lock_guard lock(jobs_mutex_);
        jobs.swap(jobs_);
    }
    for (const auto &job : jobs) job();
}

void Window::handle_event(const SDL_Event &event) {
    if (event.type == wake_event_) {
        frames_wanted_ = std::max(frames_wanted_, 1);
        return;
    }
    switch (event.type) {
        case SDL_WINDOWEVENT:
            switch (event.window.event) {
                case SDL_WINDOWEVENT_MINIMIZED:
                case SDL_WINDOWEVENT_HIDDEN:
                    hidden_ = true;
                    break;
                case SDL_WINDOWEVENT_SHOWN:
                case SDL_WINDOWEVENT_RESTORED:
                case SDL_WINDOWEVENT_MAXIMIZED:
                case SDL_WINDOWEVENT_EXPOSED:
                    hidden_ = false;
                    presenter_->invalidate();
                    break;
                case SDL_WINDOWEVENT_SIZE_CHANGED:
                    presenter_->invalidate();
                    break;
                case SDL_WINDOWEVENT_DISPLAY_CHANGED:
                    look_changed_ = true;
                    break;
                default:
                    break;
            }
            break;
        case SDL_RENDER_TARGETS_RESET:
        case SDL_RENDER_DEVICE_RESET:
            presenter_->upload_fonts(*ImGui::GetIO().Fonts);
            presenter_->invalidate();
            frames_wanted_ = frames_after_event;
            break;
        default:
            break;
    }
    if (input_->push(event)) frames_wanted_ = frames_after_event;
}

void Window::take_waiting_events() {
    SDL_Event event;
    while (SDL_PollEvent(&event)) handle_event(event);
}

void Window::watch(std::chrono::milliseconds interval, std::function<bool()> look) {
    watch_ = std::move(look);
    watch_interval_ = interval;
    next_watch_ = Clock::now() + interval;
}

void Window::run_watch() {
    if (!watch_ || hidden_ || Clock::now() < next_watch_) return;
    if (watch_()) frames_wanted_ = std::max(frames_wanted_, frames_after_event);
    next_watch_ = Clock::now() + watch_interval_;
}

int Window::sleep_milliseconds() const {
    if (hidden_) return -1;
    if (frames_wanted_ > 0 || input_->pending()) return 0;
    if (!deadline_) return -1;
    const double rest = std::chrono::duration<double, std::milli>(*deadline_ - Clock::now()).count();
    return rest <= 0 ? 0 : static_cast<int>(std::ceil(rest));
}

void Window::run(const DrawFunction &draw) {
    ImGui::SetCurrentContext(imgui_);
    frames_wanted_ = std::max(frames_wanted_, 1);
    while (open_) {
        // Step 1: sleep until there is something to do.
        int sleep = sleep_milliseconds();
        if (watch_ && !hidden_ && sleep != 0) {
            const double rest = std::chrono::duration<double, std::milli>(next_watch_ - Clock::now()).count();
            const int wait = std::max(1, static_cast<int>(std::ceil(rest)));
            sleep = sleep < 0 ? wait : std::min(sleep, wait);
        }
        SDL_Event event;
        if (sleep != 0 && SDL_WaitEventTimeout(&event, sleep) != 0) handle_event(event);
        take_waiting_events();
        if (hidden_) {
            // Nothing to see: take the jobs, keep wishes for later, and notice the wish to close.
            run_jobs();
            if (!SDL_HasEvent(SDL_QUIT) && !input_->pending()) continue;
        }
        run_watch();
        // Step 2: at most sixty frames a second, whatever the events or the presenter allow.
        const double since = std::chrono::duration<double, std::milli>(Clock::now() - last_frame_).count();
        if (since < frame_milliseconds) {
            SDL_Delay(static_cast<std::uint32_t>(frame_milliseconds - since));
            take_waiting_events();
        }
        // Step 3: draw if a frame is due.
        if (frames_wanted_ > 0 || input_->pending() || sleep_milliseconds() == 0) draw_frame(draw);
    }
}

bool Window::step(const DrawFunction &draw) {
    ImGui::SetCurrentContext(imgui_);
    take_waiting_events();
    run_watch();
    if (open_) draw_frame(draw);
    return open_;
}

void Window::settle(const DrawFunction &draw, int limit) {
    int quiet = 0;
    for (int i = 0; i < limit && quiet < frames_after_event; ++i) {
        if (!step(draw)) return;
        const bool moving = input_->pending() || (context_.next_frame_in() >= 0 && context_.next_frame_in() < 50);
        quiet = moving ? 0 : quiet + 1;
    }
}

void Window::draw_frame(const DrawFunction &draw) {
    const auto began = Clock::now();
    const float real_delta = std::chrono::duration<float>(began - last_frame_).count();
    // A long sleep is not a long animation step.
    const float delta = deterministic_ ? 1.0f / 60.0f : std::clamp(real_delta, 0.001f, 0.05f);
    const double time = deterministic_ ? static_cast<double>(frame_count_) / 60.0
                                       : std::chrono::duration<double>(began - opened_).count();
    last_frame_ = began;
    ++frame_count_;
    frames_wanted_ = std::max(0, frames_wanted_ - 1);

    // Step 1: what happened.
    run_jobs();
    if (look_changed_) rebuild_look();
    const Vec2 size = presenter_->pixel_size();
    if (window_) {
        int points = 0, height = 0;
        SDL_GetWindowSize(window_, &points, &height);
        input_->set_pixel_ratio(points > 0 ? size.x / static_cast<float>(points) : 1.0f);
    }
    Frame frame{*this, size, time, delta, input_->apply()};
    if (frame.input.toggle_fullscreen) set_fullscreen(!fullscreen_);
    // Escape belongs to a text field being edited or an open list before it belongs to the page.
    ImGuiContext &g = *imgui_;
    const bool list_open = g.OpenPopupStack.Size > 0 && g.OpenPopupStack.back().Window &&
                           !(g.OpenPopupStack.back().Window->Flags & ImGuiWindowFlags_Modal);
    context_.back_pressed = frame.input.back && g.ActiveId == 0 && !list_open;

    // Step 2: the page, in one ImGui window as large as the real one.
    ImGuiIO &io = ImGui::GetIO();
    io.DisplaySize = size;
    io.DeltaTime = delta;
    set_context(&context_);
    // Enter presses what has the focus even where its ring does not show yet.
    if (frame.input.activate && imgui_->NavId != 0) imgui_->NavDisableHighlight = false;
    ImGui::NewFrame();
    context_.begin_frame(time, delta, frame.input.keyboard_used, frame.input.pointer_used);
    if (frame.input.tab != 0) context_.request_tab(frame.input.tab);
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
    ImGui::Begin("##page", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                     ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar();
    draw(frame);
    ImGui::End();
    context_.end_frame();
    ImGui::Render();

    // Step 3: show it, and note when the next one is wanted.
    presenter_->present(*ImGui::GetDrawData(), context_.theme[Role::background]);
    input_->update_cursor();
    if (io.WantTextInput && !deterministic_) context_.request_frame_in(caret_blink_milliseconds);
    set_context(nullptr);
    if (frame.input.quit) open_ = false;
    const auto ended = Clock::now();
    last_frame_ms_ = std::chrono::duration<double, std::milli>(ended - began).count();
    deadline_.reset();
    if (context_.next_frame_in() >= 0) {
        const std::chrono::duration<double, std::milli> wish(context_.next_frame_in());
        deadline_ = ended + std::chrono::duration_cast<Clock::duration>(wish);
    }
}

std::optional<std::string> Window::screenshot(const std::string &path) {
    ImGui::SetCurrentContext(imgui_);
    return save_png(capture(), path);
}

} // namespace parlour::host::ui
