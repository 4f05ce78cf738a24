// The worker's end of the socket. Sending is [any], receiving is for one thread.
#pragma once

#include "host/worker/frames.hpp"

#include <chrono>
#include <mutex>

namespace parlour::host::worker {

// Lets through a burst at once, and then so many a second.
class Rate {
public:
    Rate(double burst, double a_second) : left_(burst), burst_(burst), a_second_(a_second) {}
    // Whether one more may pass now.
    bool pass();

private:
    double left_, burst_, a_second_;
    std::chrono::steady_clock::time_point filled_ = std::chrono::steady_clock::now();
};

// The descriptor that the host gave this program.
inline constexpr int worker_socket = 3;

// Both ends the process when the host is gone.
class Wire {
public:
    void send(const Message &message);
    // Waits for the next frame.
    FrameDecoder::Frame receive();

private:
    std::mutex mutex_; // guards the encoder and keeps frames whole
    FrameEncoder encoder_;
    FrameDecoder decoder_;
};

} // namespace parlour::host::worker
