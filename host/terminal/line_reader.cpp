#include "host/terminal/line_reader.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace parlour::host::terminal {

namespace {
constexpr std::size_t longest_line = 65536;
}

LineReader::LineReader(int descriptor)
    : descriptor_(descriptor), wake_descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), ended_(descriptor < 0) {
    if (wake_descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

LineReader::~LineReader() {
    close(wake_descriptor_);
}

void LineReader::wake() {
    const std::uint64_t one = 1;
    // Only a counter that is full fails, and then it is awake.
    static_cast<void>(!write(wake_descriptor_, &one, sizeof one));
}

bool LineReader::take_line() {
    const std::size_t end = buffer_.find('\n');
    if (end == std::string::npos && !(ended_ && !buffer_.empty())) return false;
    line_ = buffer_.substr(0, std::min(end, longest_line));
    buffer_.erase(0, end == std::string::npos ? end : end + 1);
    if (line_.ends_with('\r')) line_.pop_back();
    return true;
}

LineReader::Event LineReader::wait(std::optional<std::chrono::nanoseconds> at_most, bool input) {
    using Clock = std::chrono::steady_clock;
    const auto until = at_most ? std::optional(Clock::now() + *at_most) : std::nullopt;
    for (;;) {
        if (input && take_line()) return Event::line;
        if (input && ended_) return Event::end;
        int limit = -1;
        if (until) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - Clock::now()).count();
            limit = static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
        }
        std::array<pollfd, 2> watched{{{wake_descriptor_, POLLIN, 0}, {input ? descriptor_ : -1, POLLIN, 0}}};
        const int ready = poll(watched.data(), watched.size(), limit);
        if (ready < 0 && errno != EINTR) return Event::end;
        if (ready <= 0) {
            if (until && Clock::now() >= *until) return Event::timeout;
            continue;
        }
        if (watched[1].revents != 0) {
            std::array<char, 4096> bytes;
            const ssize_t n = read(descriptor_, bytes.data(), bytes.size());
            if (n > 0) buffer_.append(bytes.data(), static_cast<std::size_t>(n));
            if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN)) ended_ = true;
            continue;
        }
        std::uint64_t count = 0;
        static_cast<void>(!read(wake_descriptor_, &count, sizeof count));
        return Event::woken;
    }
}

} // namespace parlour::host::terminal
