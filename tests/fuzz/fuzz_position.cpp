// Text as a position, or bytes as one: a line with the game, a byte that says which, then the
// text or the bytes. Refused with a sentence,
// or a position that the game can print, read, judge and play on from.
#include "games.hpp"
#include "input.hpp"

#include <cstring>

using namespace parlour;
using fuzz::require;

namespace {

constexpr std::size_t further_plies = 12;

void use(const host::Game &game, const StateBuffer &state) {
    require(game.check(state).ok(), "a position that was read passes its game's check");
    const std::string text = game.state_text(state);
    const auto again = game.parse_state(text);
    require(again.ok(), "a position's own text is read", text + ": " + again.sentence());
    require(game.state_text(*again) == text, "it reads as the same position", text);
    const Turn turn = game.turn(state);
    if (turn.is_over()) require(game.outcome(state).size() == game.players(), "everyone has an outcome", text);
    if (!turn.is_over() && !turn.is_chance()) require(!game.legal_moves(state).empty(), "someone can move", text);
    for (std::uint32_t player = 0; player < game.players(); ++player) {
        static_cast<void>(game.view(state, player));
    }
    Rng rng{{text.size()}};
    StateBuffer later = state;
    fuzz::play_on(game, later, further_plies, rng);
    require(game.check(later).ok(), "so does one reached from it", text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::Input input(data, size);
    const host::Game &game = fuzz::game_of(input.line());
    const bool raw = input.byte() % 2 == 1;
    if (raw) {
        StateBuffer state(game.ref().state_size());
        const std::string bytes = input.text();
        std::memcpy(state.data(), bytes.data(), std::min(bytes.size(), game.ref().state_size()));
        const auto checked = game.check(state);
        if (checked) use(game, state);
        if (!checked) require(!checked.sentence().empty(), "a refusal says why");
        return 0;
    }
    const auto state = game.parse_state(input.text());
    if (state) use(game, *state);
    if (!state) require(!state.sentence().empty(), "a refusal says why");
    return 0;
}
