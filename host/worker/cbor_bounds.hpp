// Whether bytes are one well-formed CBOR item of a modest shape: looked at before a parser that recurses and
// allocates as the bytes tell it to.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace parlour::host::worker {

inline constexpr std::size_t deepest_nesting = 8;
inline constexpr std::size_t most_items = 1u << 16;

// "" for one item, all of the bytes, without tags and endless lengths, within the two limits; else what is wrong, to
// stand after "the bytes". [any]
std::string cbor_problem(std::span<const std::byte> bytes);

} // namespace parlour::host::worker
