// What each player knows: views tell nothing more, and serve wherever a position is looked at.
#include "conformance/checks.hpp"
#include "conformance/guarded.hpp"

#include <algorithm>

namespace parlour::conformance {
namespace {

GuardedState view_of(const GameRef &game, const void *state, std::uint32_t player, Fill fill = {}) {
    GuardedState seen(game, fill);
    game.hidden()->view(game.self(), state, player, seen.data());
    seen.verify("view()");
    return seen;
}

void check_view(const Place &place, std::uint32_t player, const GuardedState &seen) {
    const GameRef &game = place.game;
    require(view_of(game, place.state, player, Fill{0x00}).equals(seen.data()),
            "a view depends on what was in its memory before");
    require(view_of(game, seen.data(), player).equals(seen.data()), "the view of a view is another");
    parlour_error error{};
    require(game.check(seen.data(), &error) == PARLOUR_OK,
            [&] { return std::string("check() refuses a view: ") + error.text; });
    require(game.turn(seen.data()) == place.turn, "in the view it is another's turn");
    require(game.turn(seen.data()).is_over() || !game.legal_moves(seen.data()).empty(), "the view has no moves");
    if (!place.turn.is_over() && !place.turn.is_chance() && place.turn.player() == player) {
        const std::vector<Move> moves = game.legal_moves(seen.data());
        require(std::equal(moves.begin(), moves.end(), place.moves.begin(), place.moves.end()),
                "the mover's view has other legal moves");
        for (const Move move : moves) {
            require(game.move_text(seen.data(), move) == game.move_text(place.state, move),
                    "a move has another text in the mover's view");
        }
    }
    const std::string text = game.state_text(seen.data());
    GuardedState read(game);
    require(game.parse_state(text.c_str(), read.data(), &error) == PARLOUR_OK && read.equals(seen.data()),
            [&] { return "the text of a view, \"" + text + "\", does not read back"; });
}

void check_determinize(const Place &place, std::uint32_t player, const GuardedState &seen) {
    const GameRef &game = place.game;
    for (int i = 0; i < 4; ++i) {
        Rng twin = place.rng;
        GuardedState full(game), again(game, Fill{0x00});
        require(
            game.hidden()->determinize(game.self(), seen.data(), player, &place.rng.raw, full.data()) == PARLOUR_OK,
            "determinize() finds nothing that fits a view");
        full.verify("determinize()");
        require(game.hidden()->determinize(game.self(), seen.data(), player, &twin.raw, again.data()) == PARLOUR_OK &&
                    again.equals(full.data()),
                "determinize() gives another position for the same random numbers");
        parlour_error error{};
        require(game.check(full.data(), &error) == PARLOUR_OK,
                [&] { return std::string("check() refuses what determinize() gives: ") + error.text; });
        require(view_of(game, full.data(), player).equals(seen.data()),
                "what determinize() gives looks different to the player");
        require(game.turn(full.data()) == place.turn, "in what determinize() gives it is another's turn");
        if (place.turn.is_over() || place.turn.is_chance() || place.turn.player() != player) continue;
        const std::vector<Move> moves = game.legal_moves(full.data());
        require(std::equal(moves.begin(), moves.end(), place.moves.begin(), place.moves.end()),
                "what determinize() gives has other legal moves for the mover");
    }
}

} // namespace

void check_hidden(const Place &place) {
    if (place.game.hidden() == nullptr) return;
    for (std::uint32_t player = 0; player < place.game.players(); ++player) {
        const GuardedState seen = view_of(place.game, place.state, player);
        check_view(place, player, seen);
        check_determinize(place, player, seen);
    }
}

} // namespace parlour::conformance
