#include "host/ui/base/input.hpp"

#include <SDL.h>

#include <array>
#include <utility>

namespace parlour::host::ui {
namespace {

/// Stick travel that counts as a direction.
constexpr float stick_threshold = 0.5f;

/// Which way a stick points: -1, 0 or 1.
int zone(float value) {
    return value > stick_threshold ? 1 : value < -stick_threshold ? -1 : 0;
}

const char *read_clipboard(void *) {
    // ImGui wants a pointer that lives until the next call.
    static std::string text;
    char *from_sdl = SDL_GetClipboardText();
    text = from_sdl ? from_sdl : "";
    SDL_free(from_sdl);
    return text.c_str();
}

void write_clipboard(void *, const char *text) {
    SDL_SetClipboardText(text);
}

std::uint8_t modifiers_of(std::uint16_t mods) {
    unsigned result = mod_none;
    if (mods & KMOD_CTRL) result |= mod_ctrl;
    if (mods & KMOD_SHIFT) result |= mod_shift;
    if (mods & KMOD_ALT) result |= mod_alt;
    return static_cast<std::uint8_t>(result);
}

bool is_enter(std::int32_t scancode) {
    return scancode == SDL_SCANCODE_RETURN || scancode == SDL_SCANCODE_KP_ENTER;
}

/// Keys that edit or move: text typed after one of them belongs to the next frame.
bool is_editing_key(std::int32_t scancode) {
    switch (scancode) {
        case SDL_SCANCODE_BACKSPACE:
        case SDL_SCANCODE_DELETE:
        case SDL_SCANCODE_LEFT:
        case SDL_SCANCODE_RIGHT:
        case SDL_SCANCODE_HOME:
        case SDL_SCANCODE_END:
        case SDL_SCANCODE_ESCAPE:
        case SDL_SCANCODE_TAB:
            return true;
        default:
            return is_enter(scancode);
    }
}

constexpr std::array key_map{std::pair{ImGuiKey_Tab, SDL_SCANCODE_TAB},
                             std::pair{ImGuiKey_LeftArrow, SDL_SCANCODE_LEFT},
                             std::pair{ImGuiKey_RightArrow, SDL_SCANCODE_RIGHT},
                             std::pair{ImGuiKey_UpArrow, SDL_SCANCODE_UP},
                             std::pair{ImGuiKey_DownArrow, SDL_SCANCODE_DOWN},
                             std::pair{ImGuiKey_PageUp, SDL_SCANCODE_PAGEUP},
                             std::pair{ImGuiKey_PageDown, SDL_SCANCODE_PAGEDOWN},
                             std::pair{ImGuiKey_Home, SDL_SCANCODE_HOME},
                             std::pair{ImGuiKey_End, SDL_SCANCODE_END},
                             std::pair{ImGuiKey_Insert, SDL_SCANCODE_INSERT},
                             std::pair{ImGuiKey_Delete, SDL_SCANCODE_DELETE},
                             std::pair{ImGuiKey_Backspace, SDL_SCANCODE_BACKSPACE},
                             std::pair{ImGuiKey_Space, SDL_SCANCODE_SPACE},
                             std::pair{ImGuiKey_Enter, SDL_SCANCODE_RETURN},
                             std::pair{ImGuiKey_Escape, SDL_SCANCODE_ESCAPE},
                             std::pair{ImGuiKey_A, SDL_SCANCODE_A},
                             std::pair{ImGuiKey_C, SDL_SCANCODE_C},
                             std::pair{ImGuiKey_V, SDL_SCANCODE_V},
                             std::pair{ImGuiKey_X, SDL_SCANCODE_X},
                             std::pair{ImGuiKey_Y, SDL_SCANCODE_Y},
                             std::pair{ImGuiKey_Z, SDL_SCANCODE_Z}};

// ---- the two ages of ImGui's input interface -------------------------------------------------------------------

#if IMGUI_VERSION_NUM >= 18700

void set_key(ImGuiIO &io, std::int32_t scancode, bool down) {
    for (const auto &[key, code] : key_map) {
        if (code == scancode) io.AddKeyEvent(key, down);
    }
}
void set_modifiers(ImGuiIO &io, std::uint16_t mods) {
    io.AddKeyEvent(ImGuiMod_Ctrl, (mods & KMOD_CTRL) != 0);
    io.AddKeyEvent(ImGuiMod_Shift, (mods & KMOD_SHIFT) != 0);
    io.AddKeyEvent(ImGuiMod_Alt, (mods & KMOD_ALT) != 0);
}
void set_pointer(ImGuiIO &io, float x, float y) {
    io.AddMousePosEvent(x, y);
}
void set_button(ImGuiIO &io, int button, bool down) {
    io.AddMouseButtonEvent(button, down);
}
void add_wheel(ImGuiIO &io, float x, float y) {
    io.AddMouseWheelEvent(x, y);
}
void prepare(ImGuiIO &) {}
void hold_direction(ImGuiIO &io, ImGuiKey key, bool down) {
    io.AddKeyEvent(key, down);
}

#else

void set_key(ImGuiIO &io, std::int32_t scancode, bool down) {
    if (scancode >= 0 && scancode < IM_ARRAYSIZE(io.KeysDown)) io.KeysDown[scancode] = down;
}
void set_modifiers(ImGuiIO &io, std::uint16_t mods) {
    io.KeyCtrl = (mods & KMOD_CTRL) != 0;
    io.KeyShift = (mods & KMOD_SHIFT) != 0;
    io.KeyAlt = (mods & KMOD_ALT) != 0;
    io.KeyMods = ImGuiKeyModFlags_None;
    if (io.KeyCtrl) io.KeyMods |= ImGuiKeyModFlags_Ctrl;
    if (io.KeyShift) io.KeyMods |= ImGuiKeyModFlags_Shift;
    if (io.KeyAlt) io.KeyMods |= ImGuiKeyModFlags_Alt;
}
void set_pointer(ImGuiIO &io, float x, float y) {
    io.MousePos = {x, y};
}
void set_button(ImGuiIO &io, int button, bool down) {
    io.MouseDown[button] = down;
}
void add_wheel(ImGuiIO &io, float x, float y) {
    io.MouseWheelH += x;
    io.MouseWheel += y;
}
void prepare(ImGuiIO &io) {
    for (const auto &[key, code] : key_map) io.KeyMap[key] = code;
}

#endif

SDL_SystemCursor cursor_of(ImGuiMouseCursor cursor) {
    switch (cursor) {
        case ImGuiMouseCursor_TextInput:
            return SDL_SYSTEM_CURSOR_IBEAM;
        case ImGuiMouseCursor_ResizeAll:
            return SDL_SYSTEM_CURSOR_SIZEALL;
        case ImGuiMouseCursor_ResizeNS:
            return SDL_SYSTEM_CURSOR_SIZENS;
        case ImGuiMouseCursor_ResizeEW:
            return SDL_SYSTEM_CURSOR_SIZEWE;
        case ImGuiMouseCursor_Hand:
            return SDL_SYSTEM_CURSOR_HAND;
        case ImGuiMouseCursor_NotAllowed:
            return SDL_SYSTEM_CURSOR_NO;
        default:
            return SDL_SYSTEM_CURSOR_ARROW;
    }
}

int imgui_button(std::int32_t sdl_button) {
    switch (sdl_button) {
        case SDL_BUTTON_LEFT:
            return 0;
        case SDL_BUTTON_RIGHT:
            return 1;
        case SDL_BUTTON_MIDDLE:
            return 2;
        default:
            return -1;
    }
}

} // namespace

Input::~Input() {
    for (SDL_Cursor *cursor : cursors_) SDL_FreeCursor(cursor);
    for (SDL_GameController *pad : pads_) SDL_GameControllerClose(pad);
}

void Input::attach(SDL_Window *window) {
    window_ = window;
    ImGuiIO &io = ImGui::GetIO();
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard | ImGuiConfigFlags_NavEnableGamepad;
    io.BackendFlags |= ImGuiBackendFlags_HasGamepad | ImGuiBackendFlags_HasMouseCursors;
    io.BackendPlatformName = "parlour";
    prepare(io);
    if (window_) {
        io.GetClipboardTextFn = read_clipboard;
        io.SetClipboardTextFn = write_clipboard;
        cursors_.resize(SDL_NUM_SYSTEM_CURSORS, nullptr);
    }
}

bool Input::push(const SDL_Event &event) {
    using Kind = Event::Kind;
    Event e;
    switch (event.type) {
        case SDL_MOUSEMOTION:
            e.kind = Kind::mouse_move;
            e.x = static_cast<float>(event.motion.x) * pixel_ratio_;
            e.y = static_cast<float>(event.motion.y) * pixel_ratio_;
            // A run of movements is one movement.
            if (!queue_.empty() && queue_.back().kind == Kind::mouse_move) queue_.pop_back();
            break;
        case SDL_MOUSEBUTTONDOWN:
        case SDL_MOUSEBUTTONUP:
            e.kind = Kind::mouse_move; // the press is where it says, even if no movement was reported before
            e.x = static_cast<float>(event.button.x) * pixel_ratio_;
            e.y = static_cast<float>(event.button.y) * pixel_ratio_;
            add(e);
            e.kind = Kind::mouse_button;
            e.down = event.type == SDL_MOUSEBUTTONDOWN;
            e.code = event.button.button;
            break;
        case SDL_MOUSEWHEEL: {
            e.kind = Kind::wheel;
            const float sign = event.wheel.direction == SDL_MOUSEWHEEL_FLIPPED ? -1.0f : 1.0f;
            // Synthetic events may leave the precise fields empty.
            const auto precise = [](float fine, int coarse) { return fine != 0 ? fine : static_cast<float>(coarse); };
            e.x = sign * precise(event.wheel.preciseX, event.wheel.x);
            e.y = sign * precise(event.wheel.preciseY, event.wheel.y);
            break;
        }
        case SDL_KEYDOWN:
        case SDL_KEYUP:
            e.kind = Kind::key;
            e.down = event.type == SDL_KEYDOWN;
            e.repeat = event.key.repeat != 0;
            e.code = event.key.keysym.scancode;
            e.key = event.key.keysym.sym;
            e.mods = event.key.keysym.mod;
            // Synthetic events may give only one of the two.
            if (e.code == SDL_SCANCODE_UNKNOWN) e.code = SDL_GetScancodeFromKey(e.key);
            if (e.key == SDLK_UNKNOWN) e.key = SDL_GetKeyFromScancode(static_cast<SDL_Scancode>(e.code));
            break;
        case SDL_TEXTINPUT:
            e.kind = Kind::text;
            e.text = event.text.text;
            break;
        case SDL_DROPFILE:
            e.kind = Kind::drop_file;
            if (event.drop.file) e.text = event.drop.file;
            SDL_free(event.drop.file);
            break;
        case SDL_QUIT:
            e.kind = Kind::quit;
            break;
        case SDL_WINDOWEVENT:
            if (event.window.event == SDL_WINDOWEVENT_LEAVE) {
                e.kind = Kind::mouse_leave;
            } else if (event.window.event == SDL_WINDOWEVENT_FOCUS_LOST) {
                e.kind = Kind::focus_lost;
            } else {
                return true;
            }
            break;
        default:
            return push_pad(event);
    }
    add(std::move(e));
    return true;
}

bool Input::push_pad(const SDL_Event &event) {
    Event e;
    switch (event.type) {
        case SDL_CONTROLLERBUTTONDOWN:
        case SDL_CONTROLLERBUTTONUP:
            e.kind = Event::Kind::pad_button;
            e.down = event.type == SDL_CONTROLLERBUTTONDOWN;
            e.code = event.cbutton.button;
            break;
        case SDL_CONTROLLERAXISMOTION: {
            e.kind = Event::Kind::pad_axis;
            e.code = event.caxis.axis;
            e.x = static_cast<float>(event.caxis.value) / 32767.0f;
            const auto axis = static_cast<std::size_t>(e.code);
            // Sticks chatter: only a crossing of the threshold matters.
            if (axis >= std::size(pad_axes_)) return false;
            if (zone(pad_axes_[axis]) == zone(e.x)) {
                pad_axes_[axis] = e.x;
                return false;
            }
            break;
        }
        case SDL_CONTROLLERDEVICEADDED:
            if (SDL_GameController *pad = SDL_GameControllerOpen(event.cdevice.which)) pads_.push_back(pad);
            return true;
        case SDL_CONTROLLERDEVICEREMOVED:
            std::erase_if(pads_, [&event](SDL_GameController *pad) {
                if (SDL_JoystickInstanceID(SDL_GameControllerGetJoystick(pad)) != event.cdevice.which) return false;
                SDL_GameControllerClose(pad);
                return true;
            });
            pad_buttons_ = 0;
            return true;
        default:
            return false;
    }
    add(std::move(e));
    return true;
}

InputFrame Input::apply() {
    using Kind = Event::Kind;
    InputFrame frame;
    ImGuiIO &io = ImGui::GetIO();
    std::vector<std::pair<Kind, std::int32_t>> edges; // what has changed in this frame already
    const auto changed = [&edges](Kind kind, std::int32_t code) {
        return std::find(edges.begin(), edges.end(), std::pair(kind, code)) != edges.end();
    };
    bool button_edge = false, editing_edge = false, text_typed = false;
    while (!queue_.empty()) {
        const Event &e = queue_.front();
        // A second change of the same thing, a movement after a press, letting go after a movement, and text after an
        // editing key (or the other way round) wait for the next frame.
        const bool edge =
            (e.kind == Kind::mouse_button || e.kind == Kind::key || e.kind == Kind::pad_button) && !e.repeat;
        if (edge && changed(e.kind, e.code)) break;
        const Vec2 at = io.MousePos;
        if (e.kind == Kind::mouse_move && button_edge && (e.x != at.x || e.y != at.y)) break;
        if (e.kind == Kind::mouse_button && !e.down && frame.pointer_used && !button_edge) break;
        if (e.kind == Kind::text && editing_edge) break;
        if (e.kind == Kind::key && e.down && text_typed && is_editing_key(e.code)) break;
        if (edge) edges.emplace_back(e.kind, e.code);
        switch (e.kind) {
            case Kind::mouse_move:
                frame.pointer_used = frame.pointer_used || e.x != at.x || e.y != at.y;
                set_pointer(io, e.x, e.y);
                break;
            case Kind::mouse_button:
                button_edge = true;
                frame.pointer_used = true;
                if (const int button = imgui_button(e.code); button >= 0) set_button(io, button, e.down);
                if (e.code == SDL_BUTTON_X1 && e.down) frame.back = true;
                break;
            case Kind::mouse_leave:
                set_pointer(io, -FLT_MAX, -FLT_MAX);
                break;
            case Kind::wheel:
                frame.pointer_used = true;
                add_wheel(io, e.x, e.y);
                break;
            case Kind::key:
                editing_edge = editing_edge || is_editing_key(e.code);
                apply_key(e, frame);
                break;
            case Kind::text:
                text_typed = true;
                io.AddInputCharactersUTF8(e.text.c_str());
                break;
            case Kind::pad_button:
                apply_pad_button(e, frame);
                break;
            case Kind::pad_axis:
                if (e.code == SDL_CONTROLLER_AXIS_LEFTX) frame.pad_x = zone(e.x);
                if (e.code == SDL_CONTROLLER_AXIS_LEFTY) frame.pad_y = zone(e.x);
                pad_axes_[static_cast<std::size_t>(e.code)] = e.x;
                frame.keyboard_used = true;
                break;
            case Kind::focus_lost:
                release_all();
                break;
            case Kind::drop_file:
                frame.dropped_files.push_back(e.text);
                break;
            case Kind::quit:
                frame.quit = true;
                break;
        }
        queue_.pop_front();
    }
    hold_pad();
    return frame;
}

void Input::apply_key(const Event &e, InputFrame &frame) {
    ImGuiIO &io = ImGui::GetIO();
    set_modifiers(io, e.mods);
    const bool editing = io.WantTextInput;
    const std::uint8_t mods = modifiers_of(e.mods);
    if (is_enter(e.code)) {
        // Enter presses what has the focus, as Space does; in a text field it stays Enter.
        if (e.down && !editing && mods == mod_none) {
            frame.activate = true;
            enter_is_activate_ = true;
            set_key(io, SDL_SCANCODE_SPACE, true);
        } else if (!e.down && enter_is_activate_) {
            enter_is_activate_ = false;
            set_key(io, SDL_SCANCODE_SPACE, false);
        } else {
            set_key(io, SDL_SCANCODE_RETURN, e.down);
        }
    } else if (e.code != SDL_SCANCODE_TAB) {
        // Tab moves through every item of the page (Context), not only through text fields as ImGui would.
        set_key(io, e.code, e.down);
    }
    if (!e.down) return;
    switch (e.code) {
        case SDL_SCANCODE_TAB:
            if ((mods & (mod_ctrl | mod_alt)) == 0) frame.tab = (mods & mod_shift) ? -1 : 1;
            frame.keyboard_used = true;
            break;
        case SDL_SCANCODE_ESCAPE:
            frame.back = frame.back || !e.repeat;
            break;
        case SDL_SCANCODE_F11:
            frame.toggle_fullscreen = frame.toggle_fullscreen || !e.repeat;
            break;
        case SDL_SCANCODE_UP:
        case SDL_SCANCODE_DOWN:
        case SDL_SCANCODE_LEFT:
        case SDL_SCANCODE_RIGHT:
            frame.keyboard_used = frame.keyboard_used || !editing;
            break;
        default:
            break;
    }
    if (!editing) frame.keys.push_back({e.key, mods, e.repeat});
}

void Input::apply_pad_button(const Event &e, InputFrame &frame) {
    const std::uint32_t bit = 1u << (static_cast<unsigned>(e.code) & 31u);
    pad_buttons_ = e.down ? pad_buttons_ | bit : pad_buttons_ & ~bit;
    frame.keyboard_used = true;
    if (!e.down) return;
    if (e.code == SDL_CONTROLLER_BUTTON_B) frame.back = true;
    if (e.code == SDL_CONTROLLER_BUTTON_A) frame.pad_activate = true;
    if (e.code == SDL_CONTROLLER_BUTTON_DPAD_LEFT) frame.pad_x = -1;
    if (e.code == SDL_CONTROLLER_BUTTON_DPAD_RIGHT) frame.pad_x = 1;
    if (e.code == SDL_CONTROLLER_BUTTON_DPAD_UP) frame.pad_y = -1;
    if (e.code == SDL_CONTROLLER_BUTTON_DPAD_DOWN) frame.pad_y = 1;
    if (e.code == SDL_CONTROLLER_BUTTON_LEFTSHOULDER) frame.tab = -1;
    if (e.code == SDL_CONTROLLER_BUTTON_RIGHTSHOULDER) frame.tab = 1;
}

void Input::hold_pad() {
    ImGuiIO &io = ImGui::GetIO();
    const auto button = [this](SDL_GameControllerButton which) {
        return (pad_buttons_ >> static_cast<unsigned>(which)) & 1u;
    };
    const auto stick = [this](SDL_GameControllerAxis axis, float sign) {
        return pad_axes_[static_cast<std::size_t>(axis)] * sign > stick_threshold;
    };
    const bool left = button(SDL_CONTROLLER_BUTTON_DPAD_LEFT) || stick(SDL_CONTROLLER_AXIS_LEFTX, -1);
    const bool right = button(SDL_CONTROLLER_BUTTON_DPAD_RIGHT) || stick(SDL_CONTROLLER_AXIS_LEFTX, 1);
    const bool up = button(SDL_CONTROLLER_BUTTON_DPAD_UP) || stick(SDL_CONTROLLER_AXIS_LEFTY, -1);
    const bool down = button(SDL_CONTROLLER_BUTTON_DPAD_DOWN) || stick(SDL_CONTROLLER_AXIS_LEFTY, 1);
#if IMGUI_VERSION_NUM >= 18700
    hold_direction(io, ImGuiKey_GamepadFaceDown, button(SDL_CONTROLLER_BUTTON_A));
    hold_direction(io, ImGuiKey_GamepadFaceRight, button(SDL_CONTROLLER_BUTTON_B));
    hold_direction(io, ImGuiKey_GamepadDpadLeft, left);
    hold_direction(io, ImGuiKey_GamepadDpadRight, right);
    hold_direction(io, ImGuiKey_GamepadDpadUp, up);
    hold_direction(io, ImGuiKey_GamepadDpadDown, down);
#else
    // ImGui forgets these at the end of every frame: they are given anew while held.
    const auto hold = [&io](ImGuiNavInput input, bool held) {
        if (held) io.NavInputs[input] = 1.0f;
    };
    hold(ImGuiNavInput_Activate, button(SDL_CONTROLLER_BUTTON_A));
    hold(ImGuiNavInput_Cancel, button(SDL_CONTROLLER_BUTTON_B));
    hold(ImGuiNavInput_DpadLeft, left);
    hold(ImGuiNavInput_DpadRight, right);
    hold(ImGuiNavInput_DpadUp, up);
    hold(ImGuiNavInput_DpadDown, down);
#endif
}

void Input::release_all() {
    ImGuiIO &io = ImGui::GetIO();
    for (int code = 0; code < SDL_NUM_SCANCODES; ++code) set_key(io, code, false);
    set_modifiers(io, 0);
    enter_is_activate_ = false;
    pad_buttons_ = 0;
    for (float &axis : pad_axes_) axis = 0;
}

void Input::update_cursor() {
    if (!window_) return;
    const ImGuiIO &io = ImGui::GetIO();
    if (io.WantTextInput != text_input_) {
        text_input_ = io.WantTextInput;
        if (text_input_) {
            SDL_StartTextInput();
        } else {
            SDL_StopTextInput();
        }
    }
    const SDL_SystemCursor wanted = cursor_of(ImGui::GetMouseCursor());
    if (static_cast<int>(wanted) == cursor_shown_) return;
    SDL_Cursor *&cursor = cursors_[static_cast<std::size_t>(wanted)];
    if (!cursor) cursor = SDL_CreateSystemCursor(wanted);
    if (cursor) SDL_SetCursor(cursor);
    cursor_shown_ = static_cast<int>(wanted);
}

} // namespace parlour::host::ui
