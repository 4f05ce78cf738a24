// What every fuzz target needs: an input taken apart, and a way to stop that the fuzzer notices.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <span>
#include <string>
#include <string_view>

namespace parlour::fuzz {

// The bytes of one execution, taken from the front.
class Input {
public:
    Input(const std::uint8_t *data, std::size_t size) : bytes_(data, size) {}

    // The next byte; 0 when there is none left.
    std::uint8_t byte() {
        if (bytes_.empty()) return 0;
        const std::uint8_t first = bytes_.front();
        bytes_ = bytes_.subspan(1);
        return first;
    }
    // The rest of the line, without its end.
    std::string line() {
        std::string out;
        while (!bytes_.empty()) {
            const char c = static_cast<char>(byte());
            if (c == '\n') break;
            out += c;
        }
        return out;
    }
    // All that is left.
    std::string text() const { return {reinterpret_cast<const char *>(bytes_.data()), bytes_.size()}; }
    std::span<const std::byte> bytes() const { return std::as_bytes(bytes_); }

private:
    std::span<const std::uint8_t> bytes_;
};

// Ends the run, with the input kept, unless `right`.
inline void require(bool right, std::string_view what, std::string_view details = {}) {
    if (right) return;
    std::cerr << "broken promise: " << what << (details.empty() ? "" : ": ") << details << std::endl;
    std::abort();
}

} // namespace parlour::fuzz
