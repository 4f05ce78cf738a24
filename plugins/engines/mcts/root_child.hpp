// What a tree knows of the root moves when it is asked.
#pragma once

#include <parlour/common.hpp>

#include <cmath>

namespace mcts {

struct RootChild {
    parlour::Move move = PARLOUR_MOVE_NONE;
    std::uint64_t visits = 0;
    float value = 0; // for the player to move at the root
    bool proven = false;
    std::vector<parlour::Move> line; // begins with `move`
};

// What selection multiplies with the urgency of a child: exploration * sqrt(ln(visits + 1)). The logarithm is read
// off the exponent of a float, within 0.06: near enough for the purpose, and many times faster.
inline float exploration_weight(float exploration, std::uint32_t visits) {
    const float argument = static_cast<float>(visits) + 1;
    std::uint32_t bits;
    std::memcpy(&bits, &argument, sizeof bits);
    const float logarithm = (static_cast<float>(bits) * 0x1p-23f - 126.94269f) * 0.69314718f;
    return exploration * std::sqrt(std::max(logarithm, 0.0f));
}

constexpr float never_visited = 1000; // the urgency of a child without visits: before all that have some

} // namespace mcts
