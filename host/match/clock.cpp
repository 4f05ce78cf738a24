#include "host/match/clock.hpp"

#include "host/match/duration.hpp"
#include "host/plugins/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parlour::host {

using std::chrono::nanoseconds;

namespace {
constexpr std::string_view per_move_suffix = "/move";
constexpr nanoseconds hurry = std::chrono::seconds(30);
} // namespace

std::string TimeControl::text() const {
    switch (kind) {
        case Kind::none:
            return "none";
        case Kind::per_move:
            return duration_text(time) + std::string(per_move_suffix);
        case Kind::total:
            break;
    }
    return increment.count() > 0 ? duration_text(time) + "+" + duration_text(increment) : duration_text(time);
}

Result<TimeControl> TimeControl::parse(std::string_view text) {
    if (text == "none") return TimeControl::none();
    TimeControl out = TimeControl::total({});
    std::string_view first = text, second;
    if (text.ends_with(per_move_suffix)) {
        out.kind = Kind::per_move;
        first.remove_suffix(per_move_suffix.size());
    } else if (const std::size_t plus = text.find('+'); plus != text.npos) {
        first = text.substr(0, plus);
        second = text.substr(plus + 1);
        if (second.empty()) second = "?";
    }
    const Result<nanoseconds> time = parse_duration(first);
    const Result<nanoseconds> increment = second.empty() ? nanoseconds(0) : parse_duration(second);
    if (!time || !increment)
        return Problem{
            fmt::format("\"{}\" is not a time control; write none, 30s/move, 5m or 5m+3s", one_line(text, 40)),
            PARLOUR_E_PARSE};
    if (time->count() == 0)
        return Problem{"a time control needs more than no time at all; write none to play without clocks",
                       PARLOUR_E_ARG};
    out.time = *time;
    out.increment = *increment;
    return out;
}

Clock::Clock(TimeControl control, std::uint32_t players) : control_(control), left_(players, control.time) {}

void Clock::start(std::uint32_t player, nanoseconds now) {
    if (running_ == player || player >= left_.size()) return;
    halt(now);
    if (control_.kind == TimeControl::Kind::per_move) left_[player] = control_.time;
    running_ = player;
    since_ = now;
    before_ = nanoseconds(0);
}

nanoseconds Clock::turn_time(nanoseconds now) const {
    if (!running_) return nanoseconds(0);
    return paused_ ? before_ : before_ + std::max(nanoseconds(0), now - since_);
}

void Clock::charge(std::uint32_t player, nanoseconds used) {
    if (player < left_.size() && control_.kind == TimeControl::Kind::total)
        left_[player] += control_.increment - used;
}

nanoseconds Clock::finish_move(nanoseconds now) {
    if (!running_) return nanoseconds(0);
    const nanoseconds used = turn_time(now);
    charge(*running_, used);
    running_.reset();
    return used;
}

void Clock::halt(nanoseconds now) {
    if (!running_) return;
    if (control_.kind != TimeControl::Kind::none) left_[*running_] -= turn_time(now);
    running_.reset();
}

void Clock::pause(nanoseconds now) {
    if (paused_) return;
    before_ = turn_time(now);
    paused_ = true;
}

void Clock::resume(nanoseconds now) {
    if (!paused_) return;
    paused_ = false;
    since_ = now;
}

std::optional<nanoseconds> Clock::remaining(std::uint32_t player, nanoseconds now) const {
    if (control_.kind == TimeControl::Kind::none || player >= left_.size()) return std::nullopt;
    return running_ == player ? left_[player] - turn_time(now) : left_[player];
}

std::optional<std::uint32_t> Clock::expired(nanoseconds now) const {
    if (!running_) return std::nullopt;
    const std::optional<nanoseconds> left = remaining(*running_, now);
    return left && left->count() <= 0 ? running_ : std::nullopt;
}

bool Clock::low(std::uint32_t player, nanoseconds now) const {
    const std::optional<nanoseconds> left = remaining(player, now);
    return left && *left < hurry && *left < control_.time / 10;
}

std::optional<nanoseconds> Clock::deadline() const {
    if (!running_ || paused_ || control_.kind == TimeControl::Kind::none) return std::nullopt;
    return since_ + left_[*running_] - before_;
}

void Clock::restore(const Times &times) {
    running_.reset();
    left_ = times;
}

} // namespace parlour::host
