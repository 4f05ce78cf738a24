// The same contracts with choices made by RapidCheck, which shrinks a failing game to the shortest one that fails.
#include "conformance/checks.hpp"
#include "conformance/guarded.hpp"

#include <rapidcheck.h>

namespace parlour::conformance {
namespace {

// A game in short: a seed, and at each ply a number that picks one of the legal moves.
using Choices = std::vector<std::uint16_t>;

// Plays the choices from the starting position; the result is the last position. `each` is called before each move.
GuardedState play(const GameRef &game, std::uint8_t seed, const Choices &choices,
                  const std::function<void(const void *, Move)> &each = {}) {
    GuardedState state(game);
    Turn turn = game.initial(state.data(), seed);
    for (const std::uint16_t choice : choices) {
        if (turn.is_over() || turn.is_simultaneous()) break;
        const std::vector<Move> moves = game.legal_moves(state.data());
        RC_ASSERT(!moves.empty());
        const Move move = moves[choice % moves.size()];
        if (each) each(state.data(), move);
        turn = game.apply(state.data(), move);
        RC_ASSERT(!turn.is_fault());
    }
    state.verify("a game");
    return state;
}

// Runs a check at one position and turns what it throws into a failure that RapidCheck can shrink.
template <class Run>
void holds(Run run) {
    try {
        run();
    } catch (const Broken &broken) {
        RC_FAIL(std::string(broken.what()));
    }
}

} // namespace

bool check_properties(const GameRef &game) {
    const bool everywhere =
        rc::check("every position of a game keeps every contract", [&](std::uint8_t seed, const Choices &choices) {
            const GuardedState state = play(game, seed, choices);
            const std::vector<Move> moves = game.legal_moves(state.data());
            Rng rng{{choices.size()}};
            const Place place{game, state.data(), game.turn(state.data()), moves, rng};
            holds([&] {
                check_rules(place);
                check_texts(place);
                check_hidden(place);
                check_search_helpers(place);
                check_board(place);
            });
        });

    const bool as_text = rc::check(
        "a game written down and read again is the same game", [&](std::uint8_t seed, const Choices &choices) {
            GuardedState read(game);
            game.initial(read.data(), seed);
            const GuardedState played = play(game, seed, choices, [&](const void *state, Move move) {
                const std::string text = game.move_text(state, move);
                Move again = PARLOUR_MOVE_NONE;
                parlour_error error{};
                RC_ASSERT(game.parse_move(read.data(), text.c_str(), &again, &error) == PARLOUR_OK);
                game.apply(read.data(), again);
            });
            RC_ASSERT(read.equals(played.data()));
        });

    const bool taken_back = rc::check("taking moves back and playing others leaves no trace",
                                      [&](std::uint8_t seed, const Choices &first, const Choices &other) {
                                          const GuardedState before = play(game, seed, first);
                                          const std::vector<std::byte> kept(
                                              reinterpret_cast<const std::byte *>(before.data()),
                                              reinterpret_cast<const std::byte *>(before.data()) + game.state_size());
                                          play(game, seed, other);
                                          GuardedState restored(game, kept.data());
                                          RC_ASSERT(restored.equals(before.data()));
                                          RC_ASSERT(game.turn(restored.data()) == game.turn(before.data()));
                                          RC_ASSERT(game.hash(restored.data()) == game.hash(before.data()));
                                          RC_ASSERT(play(game, seed, first).equals(before.data()));
                                      });

    const bool damaged = rc::check(
        "bytes changed anywhere are refused, or can be looked at and played",
        [&](std::uint8_t seed, const Choices &choices,
            const std::vector<std::pair<std::uint16_t, std::uint8_t>> &changes) {
            GuardedState state = play(game, seed, choices);
            for (const auto &[at, value] : changes) state[at % game.state_size()] = value;
            parlour_error error{};
            if (game.check(state.data(), &error) != PARLOUR_OK) {
                holds([&] { require_sentence("a damaged position", game.check(state.data(), &error), error); });
                return;
            }
            const std::vector<Move> moves = game.legal_moves(state.data());
            Rng rng{{seed}};
            const Place place{game, state.data(), game.turn(state.data()), moves, rng};
            holds([&] {
                check_board(place);
                if (game.hidden() != nullptr) return; // it may be a view, which is not played on
                check_rules(place);
                check_texts(place);
            });
        });
    return everywhere && as_text && taken_back && damaged;
}

} // namespace parlour::conformance
