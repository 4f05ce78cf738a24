#include "host/worker/cbor_bounds.hpp"

#include <cstdint>
#include <vector>

namespace parlour::host::worker {

namespace {

// The major types of RFC 8949.
enum Major : unsigned { positive, negative, byte_string, text_string, array, map, tag, simple };

// The simple values and floats that a message can hold: false, true, null, and floats of 2, 4 and 8 bytes.
bool known_simple(unsigned low_bits) {
    return (low_bits >= 20 && low_bits <= 22) || (low_bits >= 25 && low_bits <= 27);
}

} // namespace

std::string cbor_problem(std::span<const std::byte> bytes) {
    std::size_t at = 0, items = 0;
    std::vector<std::uint64_t> open{1}; // items still to come, at each level
    while (!open.empty()) {
        if (open.back() == 0) {
            open.pop_back();
            continue;
        }
        --open.back();
        if (at == bytes.size()) return "end too early";
        if (++items > most_items) return "hold too many values";
        const auto head = std::to_integer<unsigned>(bytes[at++]);
        const unsigned major = head >> 5, low_bits = head & 31u;
        if (low_bits > 27) return "hold a length without an end";
        std::uint64_t argument = low_bits;
        if (low_bits >= 24) {
            const std::size_t width = std::size_t{1} << (low_bits - 24);
            if (bytes.size() - at < width) return "end too early";
            argument = 0;
            for (std::size_t i = 0; i < width; ++i)
                argument = argument << 8 | std::to_integer<std::uint64_t>(bytes[at++]);
        }
        const std::uint64_t left = bytes.size() - at;
        switch (major) {
            case byte_string:
            case text_string:
                if (argument > left) return "hold a text that is longer than they are";
                at += argument;
                break;
            case array:
            case map:
                if (argument > left / (major == map ? 2 : 1)) return "hold a list that is longer than they are";
                if (open.size() > deepest_nesting) return "are nested too deeply";
                open.push_back(major == map ? argument * 2 : argument);
                break;
            case tag:
                return "hold a tag";
            case simple:
                if (!known_simple(low_bits)) return "hold a value of no known kind";
                break;
            default:
                break;
        }
    }
    return at == bytes.size() ? "" : "go on behind their end";
}

} // namespace parlour::host::worker
