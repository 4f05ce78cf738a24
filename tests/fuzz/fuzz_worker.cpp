// Bytes as what a worker writes: a byte says how. As one message, which is refused with a sentence or means the same
// when it is written again; or as a stream of frames, in pieces.
#include "host/worker/frames.hpp"
#include "input.hpp"

#include <algorithm>

using namespace parlour;
using fuzz::require;
namespace worker = host::worker;

namespace {

void as_message(std::span<const std::byte> bytes) {
    const auto message = worker::decode_message(bytes);
    if (!message) {
        require(!message.sentence().empty(), "a refusal says why");
        return;
    }
    const worker::Bytes written = worker::encode_message(*message);
    const auto again = worker::decode_message(written);
    require(again.ok(), "what was written is read", again.sentence());
    require(worker::encode_message(*again) == written, "and is the same");
}

void as_stream(std::span<const std::byte> bytes, std::size_t piece) {
    worker::FrameDecoder decoder(1 << 16);
    while (!bytes.empty()) {
        const std::size_t length = std::min(piece, bytes.size());
        decoder.feed(bytes.first(length));
        bytes = bytes.subspan(length);
        for (;;) {
            const auto frame = decoder.next();
            if (!frame) {
                require(!frame.sentence().empty(), "a refusal says why");
                require(!decoder.next().ok(), "a broken stream stays broken");
                return;
            }
            if (!frame->has_value()) break;
        }
    }
}

// The bytes as the contents of a first frame whose header is right, so that the fuzzer need not find it.
void as_frame(std::span<const std::byte> bytes) {
    worker::Bytes stream;
    const auto number = [&](std::uint64_t value, int count) {
        for (int i = 0; i < count; ++i) stream.push_back(static_cast<std::byte>(value >> (8 * i)));
    };
    number(bytes.size(), 4);
    number(1, 8);
    stream.insert(stream.end(), bytes.begin(), bytes.end());
    as_stream(stream, stream.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::Input input(data, size);
    const std::uint8_t how = input.byte();
    if (how % 4 == 0) as_message(input.bytes());
    if (how % 4 == 1) as_frame(input.bytes());
    if (how % 4 >= 2) as_stream(input.bytes(), std::size_t{1} + how / 4);
    return 0;
}
