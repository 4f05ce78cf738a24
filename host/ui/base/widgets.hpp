#pragma once
// The themed widgets.
//
// Each is one call per frame, as usual with Dear ImGui. A widget stands at ImGui's cursor with its natural size,
// or exactly where place() said just before. `label` may carry an id after "##" as in ImGui. All can be reached with
// Tab and the arrow keys, pressed with Enter, Space or the pad's A button, and show a focus ring. Sizes are real
// pixels: use px(). All functions are [main] and need a current Context.
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "host/ui/base/canvas.hpp"
#include "host/ui/base/context.hpp"

namespace parlour::host::ui {

// ---- the base of every widget -----------------------------------------------------------------------------

/// What a person does with an item this frame.
struct Interaction {
    ImGuiID id = 0;
    Rect rect;
    bool pressed = false;       ///< clicked, or activated by key or pad
    bool right_pressed = false; ///< clicked with the right button
    bool hovered = false;       ///< pointer over it
    bool held = false;          ///< pressed and not yet let go
    bool focused = false;       ///< has the keyboard focus (whether or not the ring shows)
    bool ring = false;          ///< the focus ring shows
    float hover = 0;            ///< 0..1, animated: hovered or ringed
    float press = 0;            ///< 0..1, animated: held
};

struct InteractionStyle {
    bool enabled = true;       ///< false: cannot be pressed or focused
    bool tab_stop = true;      ///< false: reached with the arrows only (cells of a board)
    bool right_click = false;  ///< report right_pressed too
    bool drag_through = false; ///< pressed fires on pressing, not on letting go
};

/// The next widget is drawn exactly in `r`.
void place(const Rect &r);

/// An invisible item of `size` (ignored after place()) that can be hovered, pressed and focused: what tiles, cells
/// and all widgets are made of.
Interaction interact(std::string_view id, Vec2 size, const InteractionStyle &style = {});

/// Draws the focus ring around `r` (outside it, 2 design pixels away).
void focus_ring(const Rect &r, float radius);

// ---- text -------------------------------------------------------------------------------------------------

/// One line at the cursor.
void label(std::string_view text, FontRole font = FontRole::body, Role color = Role::text);
/// Text broken into lines of at most `width` pixels (0: what is left of the line). Returns its height.
float paragraph(std::string_view text, float width = 0, FontRole font = FontRole::body, Role color = Role::text_dim);
/// Height that paragraph() would take.
[[nodiscard]] float paragraph_height(std::string_view text, float width, FontRole font = FontRole::body);
/// A tooltip for the item just drawn: shows after a moment of hovering, or at once on keyboard focus.
void tooltip(std::string_view text);

// ---- buttons ----------------------------------------------------------------------------------------------

enum class ButtonKind : std::uint8_t {
    normal,
    primary, ///< the one thing to do on this page
    quiet,   ///< no plate until hovered
    danger   ///< destroys something
};

struct ButtonStyle {
    ButtonKind kind = ButtonKind::normal;
    Icon icon = Icon::none;
    Vec2 size{0, 0}; ///< 0: natural; negative x: the rest of the line
    bool enabled = true;
    bool selected = false;    ///< drawn as chosen
    std::string_view tip{};   ///< tooltip
    std::string_view badge{}; ///< a small count at its right edge
};

/// True when pressed.
bool button(std::string_view label, const ButtonStyle &style = {});
/// A square button with `icon` only; give it a tip.
bool icon_button(std::string_view id, Icon icon, const ButtonStyle &style = {});

struct ChipStyle {
    Icon icon = Icon::none;
    int count = -1; ///< shown after the label when not negative
    bool enabled = true;
};
/// A pill that is chosen or not; true when pressed (the caller changes the choice).
bool chip(std::string_view label, bool selected, const ChipStyle &style = {});

// ---- values -----------------------------------------------------------------------------------------------

/// A box with a tick, label at its right; true when changed.
bool checkbox(std::string_view label, bool &value, bool enabled = true);
/// A sliding switch, label at its left when it fills a row; true when changed.
bool toggle(std::string_view label, bool &value, bool enabled = true);

struct SliderStyle {
    float width = 0; ///< 0: the rest of the line
    float step = 0;  ///< 0: continuous; else arrow keys and dragging move by steps
    bool enabled = true;
    std::function<std::string(float)> text{}; ///< what is shown at the right; none: nothing
};
/// Dragging, clicking and Left/Right change it; true when changed.
bool slider(std::string_view id, float &value, float minimum, float maximum, const SliderStyle &style = {});
bool slider_int(std::string_view id, int &value, int minimum, int maximum, const SliderStyle &style = {});

struct TextFieldStyle {
    std::string_view hint{};
    Icon icon = Icon::none; ///< at the left, e.g. Icon::search
    float width = 0;        ///< 0: the rest of the line
    bool clearable = false; ///< a cross at the right while not empty
    bool enabled = true;
    bool numeric = false;     ///< digits, sign and point only
    std::string_view error{}; ///< drawn in red below; the field is ringed red
};
struct TextFieldResult {
    bool changed = false;
    bool submitted = false; ///< Enter was pressed
    bool active = false;    ///< being edited
    ImGuiID id = 0;         ///< for Context::request_focus
};
TextFieldResult text_field(std::string_view id, std::string &value, const TextFieldStyle &style = {});

struct ComboStyle {
    float width = 0; ///< 0: the rest of the line
    Icon icon = Icon::none;
    bool enabled = true;
    std::string_view placeholder = "Choose"; ///< shown while `index` is outside the list
    std::span<const std::string> details{};  ///< a second dim text per item, may be empty
};
/// A drop-down list; true when `index` changed.
bool combo(std::string_view id, int &index, std::span<const std::string> items, const ComboStyle &style = {});

/// Several choices side by side in one plate; true when `index` changed. `width` 0: natural.
bool segmented(std::string_view id, int &index, std::span<const std::string> items, float width = 0);
/// The same with icons; `tips` may be empty.
bool segmented_icons(std::string_view id, int &index, std::span<const Icon> items,
                     std::span<const std::string> tips = {});

/// A number with minus and plus at its sides; true when changed.
bool stepper(std::string_view id, int &value, int minimum, int maximum, int step = 1, float width = 0);

// ---- containers -------------------------------------------------------------------------------------------

struct PanelStyle {
    std::optional<Role> fill = Role::panel; ///< nothing: transparent
    float radius = 12;                      ///< design pixels
    float padding = 16;                     ///< design pixels
    bool border = false;
    bool shadow = false;
    bool scroll = true; ///< vertical scroll bar when the content is taller
};
/// A region with its own cursor and scrolling, exactly in `r`. Always call panel_end(), whatever it returned.
/// Returns false when it is clipped away and its content may be skipped.
bool panel_begin(std::string_view id, const Rect &r, const PanelStyle &style = {});
void panel_end();
/// The area left for content at the cursor of the current window or panel.
[[nodiscard]] Rect content_rect();

struct ModalStyle {
    float width = 440;    ///< design pixels
    float height = 0;     ///< design pixels; 0: what the content needs
    bool closable = true; ///< Escape, a click outside and the cross close it
};
/// Opens while `open` is true: dims the page, draws title and cross; Escape sets `open` to false.
/// Returns true while visible: then draw the content and call modal_end().
bool modal_begin(std::string_view title, bool &open, const ModalStyle &style = {});
void modal_end();
/// True while any dialog or drop-down is open (the page's own shortcuts should rest).
[[nodiscard]] bool any_popup_open();

/// A menu under the item just drawn. Call open_menu() when it is pressed; then, every frame,
/// if (menu_begin(id)) { menu_item(...); menu_end(); }
void open_menu(std::string_view id);
bool menu_begin(std::string_view id);
bool menu_item(std::string_view label, Icon icon = Icon::none, bool enabled = true, std::string_view shortcut = {});
void menu_end();

/// Vertical gap and horizontal line.
void gap(float design_pixels);
void divider();

// ---- showing ----------------------------------------------------------------------------------------------

/// Two colours meeting at `value` (-1: all second, +1: all first), animated, with a mark at the middle.
/// Drawn in `r`; vertical when taller than wide (first player at the foot).
void eval_bar(std::string_view id, const Rect &r, float value, Color first, Color second);
/// 0..1; negative: unknown, a moving band.
void progress(std::string_view id, const Rect &r, float fraction, Role color = Role::accent);
struct SparklineStyle {
    Color positive = 0; ///< area above zero; 0: the theme's good
    Color negative = 0; ///< area below zero; 0: the theme's bad
    int selected = -1;  ///< index with a dot; -1: the last
};
/// A line through `values` (-1..1). Returns the index pressed with the pointer, else -1.
int sparkline(std::string_view id, const Rect &r, std::span<const float> values, const SparklineStyle &style = {});
/// A pill with a status dot, e.g. "Continue"; `anchor` is its top right corner. Returns its rectangle.
Rect badge(Canvas &canvas, Vec2 anchor, std::string_view text, Color dot);
void status_dot(Canvas &canvas, Vec2 center, Color color, bool pulsing = false);

/// One row of a simple table: cells of text over the columns' widths (fractions of the row).
struct RowCell {
    std::string_view text{};
    Role color = Role::text;
    FontRole font = FontRole::body;
    Align align = Align::left;
    bool selected = false; ///< drawn as the chosen cell
};
struct RowStyle {
    bool striped = false;
    bool selected = false;
    bool pressable = true;
    float height = 28; ///< design pixels
};
/// Returns the index of the pressed cell, else -1. `widths` are fractions that add up to 1, one per cell.
int table_row(std::string_view id, std::span<const RowCell> cells, std::span<const float> widths,
              const RowStyle &style = {});

/// A note in a page: icon, sentence, colour by role (info, good, warn, bad).
void notice(std::string_view text, Role role, Icon icon, float width = 0);
/// A large quiet message for an empty page, centred in `r`.
void empty_state(const Rect &r, Icon icon, std::string_view heading, std::string_view text);

} // namespace parlour::host::ui
