// Stands in for parlour-worker and misbehaves on the line itself; how is in the name that it is run by.
#include "host/worker/frames.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

namespace {

using namespace parlour::host;
using namespace parlour::host::worker;

constexpr int line = 3;

void put(const Bytes &bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t n = ::send(line, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
        if (n <= 0) std::_Exit(0);
        at += static_cast<std::size_t>(n);
    }
}

FrameEncoder encoder;
FrameDecoder decoder;

void say(const Message &message) {
    put(encoder.encode(message));
}

FrameDecoder::Frame hear() {
    for (;;) {
        const auto frame = decoder.next();
        if (frame && *frame) return **frame;
        std::array<std::byte, 4096> buffer;
        const ssize_t n = ::recv(line, buffer.data(), buffer.size(), 0);
        if (n <= 0) std::_Exit(0);
        decoder.feed({buffer.data(), static_cast<std::size_t>(n)});
    }
}

[[noreturn]] void wait_for_ever() {
    for (;;) std::this_thread::sleep_for(std::chrono::hours(1));
}

Bytes text(const std::string &text) {
    Bytes out;
    for (const char letter : text) out.push_back(static_cast<std::byte>(letter));
    return out;
}

} // namespace

int main(int, char **argv) {
    const std::string path = argv[0];
    const std::string what = path.substr(path.rfind('/') + 1);
    if (what == "silent") wait_for_ever();
    if (what == "exits") return 7;
    if (what == "nonsense") put(text("GET / HTTP/1.1\r\n\r\n"));
    if (what == "huge") put(text(std::string("\xff\xff\xff\x7f\x01\0\0\0\0\0\0\0", 12)));
    if (what == "endless") {
        for (std::uint64_t i = 0;; ++i) say(LogLine{PARLOUR_LOG_DEBUG, "x", "y"});
    }
    if (what == "other_game") {
        FrameDecoder::Frame frame = hear();
        while (!std::holds_alternative<Load>(frame.message)) frame = hear();
        say(Ready{frame.sequence, "{}", "four_in_a_row", 3, 2, 7, false});
    }
    if (what == "wrong_request") say(Ready{999, "", "four_in_a_row", 1, 2, 7, false});
    if (what == "unasked") say(Score{1, 5, ""});
    if (what == "skips") {
        encoder.encode(Done{1});
        say(Done{1});
    }
    if (what == "deaf") {
        ::shutdown(line, SHUT_RD);
        wait_for_ever();
    }
    wait_for_ever();
}
