// A game made with the C++ SDK, held as the host holds it, without a plugin file.
#pragma once

#include "host/plugins/game.hpp"

#include <parlour/game.hpp>

#include <cstdlib>

namespace parlour::tests {

// A game of class G with its default options.
template <class G>
host::GamePtr sdk_game() {
    parlour_game raw{};
    if (GameSlots<G>::row().create(nullptr, 0, &raw, nullptr) != PARLOUR_OK) std::abort();
    return std::make_shared<const host::Game>(raw, host::OptionMap{});
}

} // namespace parlour::tests
