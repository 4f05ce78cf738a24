// Frames: however a stream is cut it comes apart the same way, and what no host or worker sends is refused.
#include "host/worker/frames.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parlour::host::worker {
namespace {

using testing::HasSubstr;

Bytes stream_of_three() {
    FrameEncoder encoder;
    Bytes out;
    for (const Message &message : {Message(Ping{}), Message(Stop{7, 1}), Message(Bind{})}) {
        const Bytes frame = encoder.encode(message);
        out.insert(out.end(), frame.begin(), frame.end());
    }
    return out;
}

TEST(Frames, ComeWholeHoweverTheyAreCut) {
    const Bytes stream = stream_of_three();
    for (std::size_t part = 1; part <= stream.size(); ++part) {
        FrameDecoder decoder;
        std::vector<std::uint64_t> numbers;
        for (std::size_t at = 0; at < stream.size(); at += part) {
            decoder.feed(std::span(stream).subspan(at, std::min(part, stream.size() - at)));
            for (;;) {
                const auto frame = decoder.next();
                ASSERT_TRUE(frame) << frame.sentence();
                if (!*frame) break;
                numbers.push_back((*frame)->sequence);
            }
        }
        EXPECT_EQ(numbers, (std::vector<std::uint64_t>{1, 2, 3})) << "in parts of " << part;
        EXPECT_EQ(decoder.waiting(), 0u);
    }
}

TEST(Frames, ATruncatedStreamIsNeverAMessageTooMany) {
    const Bytes stream = stream_of_three();
    for (std::size_t size = 0; size < stream.size(); ++size) {
        FrameDecoder decoder;
        decoder.feed(std::span(stream).first(size));
        std::size_t frames = 0;
        for (;;) {
            const auto frame = decoder.next();
            ASSERT_TRUE(frame) << frame.sentence();
            if (!*frame) break;
            ++frames;
        }
        EXPECT_LT(frames, 3u);
    }
}

TEST(Frames, CountFromOneWithoutAGap) {
    FrameEncoder encoder;
    static_cast<void>(encoder.encode(Ping{}));
    const Bytes second = encoder.encode(Ping{});
    FrameDecoder decoder;
    decoder.feed(second);
    const auto frame = decoder.next();
    ASSERT_FALSE(frame);
    EXPECT_THAT(frame.sentence(), HasSubstr("number 2 where 1 was due"));
    decoder.feed(stream_of_three());
    EXPECT_FALSE(decoder.next()) << "a broken stream stays broken";
}

TEST(Frames, ALengthThatCannotBeIsRefusedBeforeItsBytesCome) {
    for (const std::uint32_t length : {0u, 1001u, 0xffffffffu}) {
        Bytes head(frame_header);
        for (std::size_t i = 0; i < 4; ++i) head[i] = static_cast<std::byte>(length >> (8 * i));
        head[4] = std::byte{1};
        FrameDecoder decoder(1000);
        decoder.feed(head);
        const auto frame = decoder.next();
        ASSERT_FALSE(frame);
        EXPECT_THAT(frame.sentence(), HasSubstr(std::to_string(length) + " bytes, but 1 to 1000 can be"));
        EXPECT_EQ(decoder.waiting(), 0u);
    }
}

TEST(Frames, AFlippedBitIsRefusedOrAnotherMessageButNothingElse) {
    const Bytes stream = stream_of_three();
    for (std::size_t bit = 0; bit < stream.size() * 8; ++bit) {
        Bytes flipped = stream;
        flipped[bit / 8] ^= static_cast<std::byte>(1u << (bit % 8));
        FrameDecoder decoder;
        decoder.feed(flipped);
        for (;;) {
            const auto frame = decoder.next();
            EXPECT_EQ(frame.ok(), frame.sentence().empty());
            if (!frame || !*frame) break;
        }
    }
}

} // namespace
} // namespace parlour::host::worker
