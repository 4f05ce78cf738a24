// parlour/bits.hpp - sets of squares in the bits of a word, for games that keep their boards so. Header-only, C++20.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <type_traits>
#if defined(__BMI2__)
#include <immintrin.h>
#endif

namespace parlour {

// The index of the lowest set bit; `set` is not 0. [any]
template <std::unsigned_integral Set>
constexpr unsigned lowest_bit(Set set) {
    return static_cast<unsigned>(std::countr_zero(set));
}

// The index of the set bit with so many set bits below it, 0 for the lowest; there are more than that in `set`. One
// instruction where a plugin is built for processors that have it, otherwise a loop. [any]
constexpr unsigned nth_bit(std::uint64_t set, unsigned below) {
#if defined(__BMI2__)
    if (!std::is_constant_evaluated()) return lowest_bit(_pdep_u64(std::uint64_t{1} << below, set));
#endif
    for (; below > 0; --below) set &= set - 1;
    return lowest_bit(set);
}

} // namespace parlour
