#include "host/ui/base/context.hpp"

#include <imgui_internal.h>

#include <cmath>

namespace parlour::host::ui {
namespace {

Context *current = nullptr;

/// Animations not asked for in this many frames are forgotten.
constexpr std::uint32_t forget_after = 600;

} // namespace

Context &context() {
    IM_ASSERT(current && "a widget was drawn outside a frame");
    return *current;
}

void set_context(Context *context) {
    current = context;
}

const Theme &theme() {
    return context().theme;
}

float Context::animate(ImGuiID key, float target, float milliseconds) {
    const auto [place, fresh] = animations_.try_emplace(key, Animation{target, frame_});
    Animation &animation = place->second;
    animation.frame = frame_;
    if (fresh || reduced_motion || milliseconds <= 0) {
        animation.value = target;
        return target;
    }
    const float step = delta_ * 1000.0f / milliseconds;
    if (std::abs(target - animation.value) <= step) {
        animation.value = target;
    } else {
        animation.value += target > animation.value ? step : -step;
        request_frame_in(0);
    }
    return animation.value;
}

void Context::set_animation(ImGuiID key, float value) {
    animations_[key] = {value, frame_};
}

void Context::request_frame_in(double milliseconds) {
    const double wish = std::max(0.0, milliseconds);
    if (next_frame_in_ < 0 || wish < next_frame_in_) next_frame_in_ = wish;
}

void Context::register_tab_stop(ImGuiID id, bool activate) {
    ImGuiContext &g = *ImGui::GetCurrentContext();
    ImGuiWindow *window = g.CurrentWindow;
    // Behind an open dialog or list nothing can be reached.
    ImGuiWindow *front = g.OpenPopupStack.Size > 0 ? g.OpenPopupStack.back().Window : nullptr;
    if (front && front->WasActive && !ImGui::IsWindowChildOf(window, front, false)) return;
    tab_stops_.push_back({id, activate});
    const bool wanted = focus_request_ == id;
    if (!wanted && !default_focus_) return;
    default_focus_ = false;
    if (g.ActiveId != 0 && g.ActiveId != id) ImGui::ClearActiveID();
    if (g.NavWindow != window && window->RootWindow != (g.NavWindow ? g.NavWindow->RootWindow : nullptr))
        ImGui::FocusWindow(window);
    ImGui::SetFocusID(id, window);
    // Before what ImGui would have chosen by itself on a new page.
    g.NavInitRequest = false;
    g.NavInitResultId = 0;
    if (keyboard_mode) g.NavDisableHighlight = false;
    if (!wanted) return;
    focus_request_ = 0;
    touched_ = id;
    g.NavDisableHighlight = false;
    g.NavDisableMouseHover = keyboard_mode;
    ImGui::ScrollToRect(window, g.LastItemData.NavRect, ImGuiScrollFlags_KeepVisibleEdgeY);
    if (focus_activates_ || activate) {
        ImGui::ActivateItem(id);
        g.NavNextActivateFlags = ImGuiActivateFlags_PreferInput;
    }
    focus_activates_ = false;
    request_frame_in(0);
}

void Context::begin_frame(double time, float delta, bool keyboard_used, bool pointer_used) {
    time_ = time;
    delta_ = delta;
    ++frame_;
    tab_stops_.clear();
    tab_request_ = 0;
    next_frame_in_ = -1;
    if (frame_ % forget_after == 0)
        std::erase_if(animations_, [this](const auto &entry) { return frame_ - entry.second.frame > forget_after; });

    ImGuiContext &g = *ImGui::GetCurrentContext();
    const bool first_key = keyboard_used && !keyboard_mode;
    if (keyboard_used) keyboard_mode = true;
    if (pointer_used) keyboard_mode = false;
    // ImGui focuses some item of a new page by itself, unseen. The first arrow key shows where it is; the next one
    // moves.
    if (first_key && g.NavMoveSubmitted && g.NavId != 0 && g.NavId != touched_) {
        ImGui::NavMoveRequestCancel();
        g.NavDisableHighlight = false;
        g.NavDisableMouseHover = true;
    }
    if (g.ActiveId != 0) touched_ = g.ActiveId;
    if (keyboard_mode && !first_key && g.NavId != 0) touched_ = g.NavId;
}

void Context::end_frame() {
    default_focus_ = false;
    if (tab_request_ == 0 || tab_stops_.empty()) return;
    const ImGuiID focused = ImGui::GetCurrentContext()->NavId;
    const auto count = static_cast<std::ptrdiff_t>(tab_stops_.size());
    const auto found = std::find_if(tab_stops_.begin(), tab_stops_.end(),
                                    [focused](const TabStop &stop) { return stop.id == focused; });
    std::ptrdiff_t index = found - tab_stops_.begin();
    if (found == tab_stops_.end())
        index = tab_request_ > 0 ? 0 : count - 1;
    else if (focused == touched_)
        index = (index + tab_request_ + count) % count;
    const TabStop &next = tab_stops_[static_cast<std::size_t>(index)];
    focus_request_ = next.id;
    focus_activates_ = next.activate;
    request_frame_in(0);
}

} // namespace parlour::host::ui
