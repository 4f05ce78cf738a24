#pragma once
// From SDL's events to Dear ImGui and to the screens' shortcuts: one queue, real and synthetic events alike.
//
// Nothing is polled: a mouse press put in with SDL_PushEvent works exactly like one from a hand. At most one change
// of the same button or key is applied per frame, so that a quick tap is never lost. All functions are [main].
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "host/ui/base/geometry.hpp"

union SDL_Event;
struct SDL_Window;
struct SDL_Cursor;
typedef struct _SDL_GameController SDL_GameController; // NOLINT(bugprone-reserved-identifier): its name in SDL

namespace parlour::host::ui {

/// Modifier keys of a press.
enum Modifier : std::uint8_t { mod_none = 0, mod_ctrl = 1, mod_shift = 2, mod_alt = 4 };

/// A key pressed this frame while no text was being edited.
struct KeyPress {
    std::int32_t key = 0; ///< SDL_Keycode
    std::uint8_t modifiers = 0;
    bool repeat = false;
};

/// What one frame's input meant beyond what ImGui takes.
struct InputFrame {
    std::vector<KeyPress> keys;
    std::vector<std::string> dropped_files;
    bool back = false;              ///< Escape, the pad's B, or the mouse's back button
    bool quit = false;              ///< the window was asked to close
    bool toggle_fullscreen = false; ///< F11
    int tab = 0;                    ///< +1 or -1: Tab or Shift+Tab
    bool keyboard_used = false;     ///< a navigation key or pad button was pressed
    bool activate = false;          ///< Enter was pressed outside of text fields
    int pad_x = 0, pad_y = 0;       ///< a step of the pad's cross or left stick: -1 left or up, 1 right or down
    bool pad_activate = false;      ///< the pad's A was pressed
    bool pointer_used = false;      ///< the pointer moved or was pressed
};

class Input {
public:
    Input() = default;
    ~Input();
    Input(const Input &) = delete;
    Input &operator=(const Input &) = delete;

    /// Sets up the current ImGui context: key map, clipboard, flags. `window` may be null (off-screen).
    void attach(SDL_Window *window);

    /// Real pixels per unit of SDL's mouse positions (1 but on scaled Wayland desktops).
    void set_pixel_ratio(float ratio) { pixel_ratio_ = ratio > 0 ? ratio : 1; }

    /// Takes an SDL event into the queue. Returns true when it will change something (a frame is wanted).
    bool push(const SDL_Event &event);

    /// True while events wait that did not fit into the frames so far.
    [[nodiscard]] bool pending() const { return !queue_.empty(); }

    /// Applies queued events up to the first second edge of the same button or key to ImGuiIO of the current context.
    /// Call before ImGui::NewFrame().
    [[nodiscard]] InputFrame apply();

    /// Sets the mouse cursor ImGui asked for, and text input on or off. Call after the frame was built.
    void update_cursor();

private:
    struct Event {
        enum class Kind : std::uint8_t {
            mouse_move,
            mouse_button,
            mouse_leave,
            wheel,
            key,
            text,
            pad_button,
            pad_axis,
            focus_lost,
            drop_file,
            quit
        };
        Kind kind = Kind::mouse_move;
        bool down = false;
        bool repeat = false;
        std::int32_t code = 0; ///< button, scan code, pad button or axis
        std::int32_t key = 0;  ///< SDL_Keycode
        std::uint16_t mods = 0;
        float x = 0, y = 0;
        std::string text;
    };

    void add(Event event) { queue_.push_back(std::move(event)); }
    bool push_pad(const SDL_Event &event);
    void apply_key(const Event &event, InputFrame &frame);
    void apply_pad_button(const Event &event, InputFrame &frame);
    void hold_pad();
    void release_all();

    SDL_Window *window_ = nullptr;
    std::deque<Event> queue_;
    std::vector<SDL_GameController *> pads_;
    std::vector<SDL_Cursor *> cursors_;
    float pixel_ratio_ = 1;
    std::uint32_t pad_buttons_ = 0;
    float pad_axes_[6] = {};
    bool enter_is_activate_ = false;
    bool text_input_ = false;
    int cursor_shown_ = -2;
};

} // namespace parlour::host::ui
