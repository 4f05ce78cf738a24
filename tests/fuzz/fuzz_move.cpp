// Text as a move: a line with the game, {plies, seed} a byte each, then the text. Refused with a sentence, or a legal
// move that says itself in words which mean the same.
#include "games.hpp"
#include "input.hpp"

using namespace parlour;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::Input input(data, size);
    const host::Game &game = fuzz::game_of(input.line());
    const std::size_t plies = input.byte() % 32;
    Rng rng{{input.byte()}};
    StateBuffer state = game.initial(1);
    fuzz::play_on(game, state, plies, rng);
    const auto move = game.parse_move(state, input.text());
    if (!move) {
        require(!move.sentence().empty(), "a refusal says why");
        return 0;
    }
    const std::string text = game.move_text(state, *move);
    const auto again = game.parse_move(state, text);
    require(again.ok() && *again == *move, "a move's own text means the move", text);
    StateBuffer after = state;
    require(game.play(after, *move).ok(), "a move that was read is legal", text);
    return 0;
}
