#pragma once
// What every widget needs to know about the window being drawn: theme, fonts, animation, focus.
//
// One Context exists per Window; it is current while that window draws a frame. All functions are [main].
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "host/ui/base/fonts.hpp"
#include "host/ui/base/geometry.hpp"
#include "host/ui/base/theme.hpp"

namespace parlour::host::ui {

class Context {
public:
    Theme theme;
    Fonts fonts;
    bool reduced_motion = false; ///< animations jump to their end
    bool keyboard_mode = false;  ///< the last input was a key or a pad: show focus rings
    bool back_pressed = false;   ///< Escape or the like waits to be taken by a dialog or the screen

    // Between widgets of one frame.
    std::optional<Rect> next_place; ///< where place() wants the next widget
    ImGuiID tip_item = 0;           ///< the item whose tooltip waits or shows
    double tip_since = 0;           ///< since when it has been hovered

    /// Told of every widget drawn, by its label and place; for tests, which press what a person would.
    std::function<void(std::string_view label, const Rect &place)> on_item;

    /// Moves the value remembered under `key` towards `target` and returns it; `milliseconds` is the time for the
    /// whole way 0..1. The first call for a key starts at `target`. While it moves, more frames are asked for.
    float animate(ImGuiID key, float target, float milliseconds);
    /// Sets the remembered value at once.
    void set_animation(ImGuiID key, float value);

    /// Asks for another frame after that many milliseconds (the earliest wish counts); 0 means at once.
    void request_frame_in(double milliseconds);

    /// Seconds since the window opened, and since the frame before.
    [[nodiscard]] double time() const { return time_; }
    [[nodiscard]] float delta() const { return delta_; }

    // ---- Tab order ---------------------------------------------------------------------------------------
    /// Adds an item just submitted to the Tab order and gives it the focus when it is its turn.
    /// `activate` also starts editing (text fields).
    void register_tab_stop(ImGuiID id, bool activate);
    /// Moves the focus by one stop forwards (+1) or backwards (-1) at the end of this frame. When nothing on the page
    /// has been touched yet, the first item is shown instead.
    void request_tab(int direction) { tab_request_ = direction; }
    /// Gives the focus to the item with that id the next time it is submitted.
    void request_focus(ImGuiID id) { focus_request_ = id; }
    /// Gives the focus to the next item submitted if nothing has it yet (first item of a page).
    void request_default_focus() { default_focus_ = true; }

    // ---- called by the window ----------------------------------------------------------------------------
    /// After ImGui::NewFrame(). `keyboard_used`, `pointer_used`: what the input of this frame was.
    void begin_frame(double time, float delta, bool keyboard_used, bool pointer_used);
    void end_frame();
    /// Milliseconds until the next wanted frame; negative when none is wanted.
    [[nodiscard]] double next_frame_in() const { return next_frame_in_; }

private:
    struct Animation {
        float value = 0;
        std::uint32_t frame = 0;
    };
    struct TabStop {
        ImGuiID id = 0;
        bool activate = false;
    };
    std::unordered_map<ImGuiID, Animation> animations_;
    std::vector<TabStop> tab_stops_;
    int tab_request_ = 0;
    ImGuiID focus_request_ = 0;
    ImGuiID touched_ = 0; ///< the item a person has last pressed or walked to
    bool focus_activates_ = false;
    bool default_focus_ = false;
    std::uint32_t frame_ = 0;
    double time_ = 0;
    float delta_ = 0;
    double next_frame_in_ = -1;
};

/// The context of the window being drawn; there must be one.
[[nodiscard]] Context &context();
/// Makes `context` the current one (null: none). Called by Window.
void set_context(Context *context);

/// Shorthands for the current context.
[[nodiscard]] const Theme &theme();
[[nodiscard]] inline Color color(Role role) {
    return theme()[role];
}
/// Design pixels to whole real pixels.
[[nodiscard]] inline float px(float length) {
    return theme().px(length);
}

} // namespace parlour::host::ui
