// Numbers, texts and lists as plain bytes, little-endian: the questions to a game's rules and their answers, which
// travel inside a frame's message. Reading is for bytes that nobody vouches for. All functions are [any].
#pragma once

#include "host/plugins/text.hpp"
#include "host/worker/messages.hpp"

#include <bit>
#include <cmath>
#include <cstring>
#include <type_traits>

namespace parlour::host::worker {

static_assert(std::endian::native == std::endian::little, "what is packed is read as it lies in memory");

// What is wrong with packed bytes: thrown by Unpacker, caught by whoever reads an answer.
struct Malformed {
    std::string sentence; // to stand after "an answer that"
};

class Packer {
public:
    template <class Number>
    Packer &put(Number value) {
        static_assert(std::is_arithmetic_v<Number>);
        return raw(&value, sizeof value);
    }
    // Without their number: the reader knows it.
    Packer &raw(const void *bytes, std::size_t size) {
        const std::size_t at = bytes_.size();
        bytes_.resize(at + size);
        if (size > 0) std::memcpy(bytes_.data() + at, bytes, size);
        return *this;
    }
    template <class Value>
    Packer &list(const Value *values, std::size_t count) {
        static_assert(std::is_trivially_copyable_v<Value>);
        put(static_cast<std::uint32_t>(count));
        return count == 0 ? *this : raw(values, count * sizeof(Value));
    }
    Packer &text(std::string_view text) { return list(text.data(), text.size()); }

    const Bytes &bytes() const { return bytes_; }
    Bytes take() { return std::move(bytes_); }

private:
    Bytes bytes_;
};

class Unpacker {
public:
    static constexpr std::size_t longest_text = 1u << 20;

    // `bytes` outlive this object.
    explicit Unpacker(std::span<const std::byte> bytes) : bytes_(bytes) {}

    template <class Number>
    Number get() {
        Number out;
        std::memcpy(&out, raw(sizeof out), sizeof out);
        return out;
    }
    // A finite number.
    float real() {
        const float out = get<float>();
        if (!std::isfinite(out)) throw Malformed{"holds what is not a number"};
        return out;
    }
    // A number of at most `most`.
    template <class Number>
    Number get_up_to(Number most) {
        const Number out = get<Number>();
        if (out > most) throw Malformed{"holds a number beyond its bound"};
        return out;
    }
    // The next bytes, where they lie.
    const std::byte *raw(std::size_t size) {
        if (size > bytes_.size() - at_) throw Malformed{"is too short"};
        const std::byte *out = bytes_.data() + at_;
        at_ += size;
        return out;
    }
    template <class Value>
    std::vector<Value> list(std::size_t most) {
        const std::size_t count = get<std::uint32_t>();
        if (count > most) throw Malformed{"lists more than there can be"};
        std::vector<Value> out(count);
        const std::byte *from = raw(count * sizeof(Value));
        if (count > 0) std::memcpy(out.data(), from, count * sizeof(Value));
        return out;
    }
    // UTF-8 without NUL.
    std::string text(std::size_t longest = longest_text) {
        const std::size_t size = get<std::uint32_t>();
        if (size > longest) throw Malformed{"holds a text that is too long"};
        std::string out(reinterpret_cast<const char *>(raw(size)), size);
        if (!valid_utf8(out) || out.find('\0') != std::string::npos)
            throw Malformed{"holds a text that is not UTF-8"};
        return out;
    }
    bool at_end() const { return at_ == bytes_.size(); }
    // Throws if anything is left.
    void end() const {
        if (!at_end()) throw Malformed{"is too long"};
    }

private:
    std::span<const std::byte> bytes_;
    std::size_t at_ = 0;
};

} // namespace parlour::host::worker
