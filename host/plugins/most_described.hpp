// How much a plugin may say of itself, whether it is asked or its description is read from a file.
#pragma once

#include <cstdint>

namespace parlour::host {

inline constexpr std::uint32_t most_entries = 4096; // games, or engines, of a plugin
inline constexpr std::uint32_t most_options = 256;  // of a game or an engine
inline constexpr std::uint32_t most_choices = 1024; // of an option

} // namespace parlour::host
