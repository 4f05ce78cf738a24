// The frames of a stream: {u32 length, u64 sequence}, little-endian, then `length` bytes of one message. Each
// direction counts its own frames from 1. All functions are [any], on one thread at a time.
#pragma once

#include "host/worker/messages.hpp"

namespace parlour::host::worker {

inline constexpr std::size_t frame_header = 12; // bytes
// What a worker writes to its error output when it is refused memory.
inline constexpr const char *out_of_memory_words = "parlour-worker: out of memory";
inline constexpr std::size_t longest_frame = 16u << 20; // of a message, in bytes

// Makes frames.
class FrameEncoder {
public:
    // The next frame; sequence() is then its number.
    Bytes encode(const Message &message);
    std::uint64_t sequence() const { return sequence_; }

private:
    std::uint64_t sequence_ = 0;
};

// Takes a stream apart, however it is cut, and never holds more than one frame and what came with its end.
class FrameDecoder {
public:
    // `longest` is the longest message that is accepted.
    explicit FrameDecoder(std::size_t longest = longest_frame) : longest_(longest) {}

    struct Frame {
        std::uint64_t sequence = 0;
        Message message;
    };

    // Adds what came.
    void feed(std::span<const std::byte> bytes);
    // The next whole frame; nothing while there is none yet; a Problem when the stream is broken: a length or a
    // sequence number that cannot be, or bytes that are no message. After that there is nothing more to come.
    Result<std::optional<Frame>> next();
    // Bytes that wait for the rest of their frame.
    std::size_t waiting() const { return buffer_.size() - at_; }

private:
    Problem broken(std::string sentence);

    std::size_t longest_;
    Bytes buffer_;
    std::size_t at_ = 0; // of the first byte that was not taken yet
    std::uint64_t sequence_ = 0;
    std::optional<Problem> problem_;
};

} // namespace parlour::host::worker
