#include "host/worker/program/wire.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace parlour::host::worker {

bool Rate::pass() {
    const auto now = std::chrono::steady_clock::now();
    left_ = std::min(burst_, left_ + a_second_ * std::chrono::duration<double>(now - filled_).count());
    filled_ = now;
    if (left_ < 1) return false;
    left_ -= 1;
    return true;
}

void Wire::send(const Message &message) {
    const std::lock_guard lock(mutex_);
    const Bytes frame = encoder_.encode(message);
    for (std::size_t at = 0; at < frame.size();) {
        const ssize_t n = ::send(worker_socket, frame.data() + at, frame.size() - at, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) _exit(0);
        at += static_cast<std::size_t>(n);
    }
}

FrameDecoder::Frame Wire::receive() {
    for (;;) {
        Result<std::optional<FrameDecoder::Frame>> frame = decoder_.next();
        if (!frame) _exit(2);
        if (*frame) return std::move(**frame);
        std::array<std::byte, 65536> buffer;
        const ssize_t n = ::recv(worker_socket, buffer.data(), buffer.size(), 0);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) _exit(0);
        decoder_.feed({buffer.data(), static_cast<std::size_t>(n)});
    }
}

} // namespace parlour::host::worker
