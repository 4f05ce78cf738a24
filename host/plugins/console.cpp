#include "host/plugins/console.hpp"

#include <parlour/host.h>

#include <algorithm>
#include <utility>

namespace parlour::host {

namespace {

thread_local Console *console_of_thread = nullptr;

} // namespace

std::string lines_left_out(std::uint64_t count) {
    return count == 1 ? "[1 line was left out]" : "[" + std::to_string(count) + " lines were left out]";
}

bool Console::add(std::int32_t severity, const std::string &text, TimePoint now) {
    const std::lock_guard lock(mutex_);
    if (filled_ != TimePoint{})
        allowance_ =
            std::min(at_once, allowance_ + in_a_second * std::chrono::duration<double>(now - filled_).count());
    filled_ = now;
    if (allowance_ < 1) {
        ++left_out_;
        return false;
    }
    allowance_ -= 1;
    if (const std::uint64_t n = std::exchange(left_out_, 0); n > 0) keep({PARLOUR_LOG_WARN, lines_left_out(n)});
    keep({severity, text});
    return true;
}

void Console::keep(ConsoleLine line) {
    kept_.push_back(std::move(line));
    if (kept_.size() > most_kept) kept_.pop_front();
    ++written_;
}

std::uint64_t Console::written() const {
    const std::lock_guard lock(mutex_);
    return written_;
}

std::vector<ConsoleLine> Console::lines(std::uint64_t from) const {
    const std::lock_guard lock(mutex_);
    const std::uint64_t first = written_ - kept_.size();
    const std::uint64_t skip = std::min<std::uint64_t>(from > first ? from - first : 0, kept_.size());
    return {kept_.begin() + static_cast<std::ptrdiff_t>(skip), kept_.end()};
}

ConsoleScope::ConsoleScope(Console *console) : before_(std::exchange(console_of_thread, console)) {}

ConsoleScope::~ConsoleScope() {
    console_of_thread = before_;
}

Console *ConsoleScope::current() {
    return console_of_thread;
}

} // namespace parlour::host
