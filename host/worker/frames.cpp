#include "host/worker/frames.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parlour::host::worker {

namespace {

template <class Number>
void write_number(std::byte *to, Number value) {
    for (std::size_t i = 0; i < sizeof value; ++i) to[i] = static_cast<std::byte>(value >> (8 * i));
}

template <class Number>
Number read_number(const std::byte *from) {
    Number out = 0;
    for (std::size_t i = 0; i < sizeof out; ++i)
        out |= static_cast<Number>(std::to_integer<Number>(from[i]) << (8 * i));
    return out;
}

} // namespace

Bytes FrameEncoder::encode(const Message &message) {
    const Bytes body = encode_message(message);
    Bytes out(frame_header + body.size());
    write_number(out.data(), static_cast<std::uint32_t>(body.size()));
    write_number(out.data() + 4, ++sequence_);
    std::copy(body.begin(), body.end(), out.begin() + frame_header);
    return out;
}

void FrameDecoder::feed(std::span<const std::byte> bytes) {
    if (problem_) return;
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(std::exchange(at_, 0)));
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

Problem FrameDecoder::broken(std::string sentence) {
    problem_ = Problem{std::move(sentence), PARLOUR_E_PARSE};
    buffer_.clear();
    at_ = 0;
    return *problem_;
}

Result<std::optional<FrameDecoder::Frame>> FrameDecoder::next() {
    if (problem_) return *problem_;
    if (waiting() < frame_header) return std::optional<Frame>();
    const std::byte *head = buffer_.data() + at_;
    const auto length = read_number<std::uint32_t>(head);
    const auto sequence = read_number<std::uint64_t>(head + 4);
    if (length == 0 || length > longest_)
        return broken(fmt::format("a message of {} bytes, but 1 to {} can be", length, longest_));
    if (sequence != sequence_ + 1)
        return broken(fmt::format("message number {} where {} was due", sequence, sequence_ + 1));
    if (waiting() < frame_header + length) return std::optional<Frame>();
    Result<Message> message = decode_message({head + frame_header, length});
    if (!message) return broken("message number " + std::to_string(sequence) + ": " + message.sentence());
    at_ += frame_header + length;
    sequence_ = sequence;
    return std::optional(Frame{sequence, std::move(*message)});
}

} // namespace parlour::host::worker
