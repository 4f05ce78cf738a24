// check() on bytes from anywhere: it survives them, and what it accepts can be drawn, printed and played on.
#include "conformance/checks.hpp"
#include "conformance/guarded.hpp"

namespace parlour::conformance {
namespace {

// What may be done with anything that check() accepts. Of hidden games it may be a view, which is not played on.
void use_accepted(const GameRef &game, const GuardedState &accepted, Rng &rng) {
    const Turn turn = game.turn(accepted.data());
    if (game.hidden() != nullptr) {
        const std::vector<Move> moves = game.legal_moves(accepted.data());
        const Place place{game, accepted.data(), turn, moves, rng};
        check_board(place);
        for (const Move move : moves) require(!game.move_text(accepted.data(), move).empty(), "a move has no text");
        require(!game.state_text(accepted.data()).empty(), "the position has no text");
        return;
    }
    GuardedState state(game, accepted.data());
    Rng moves_rng{{rng.next()}};
    int looks = 0;
    walk(
        game, state.data(), 200, [&](std::uint32_t n) { return moves_rng.below(n); }, rng,
        [&](const Place &place) {
            if (looks++ >= 3 && !place.turn.is_over()) return;
            check_rules(place);
            check_texts(place);
            check_board(place);
            check_search_helpers(place);
        });
    state.verify("a game from accepted bytes");
}

void offer(const GameRef &game, const GuardedState &state, Rng &rng, std::uint64_t &accepted) {
    const GuardedState before(game, state.data());
    parlour_error error{};
    const parlour_status status = game.check(state.data(), &error);
    state.verify("check()");
    require(before.equals(state.data()), "check() has changed the bytes");
    require(game.check(state.data(), nullptr) == status, "check() answers differently without an error to fill");
    if (status != PARLOUR_OK) {
        require_sentence("a damaged position", status, error);
        return;
    }
    // Accepted ones are played on, as long as there is time for them.
    if (++accepted > effort().damaged_played) return;
    try {
        use_accepted(game, state, rng);
    } catch (const Broken &broken) {
        throw Broken(std::string("check() accepts damaged bytes, but then: ") + broken.what());
    }
}

} // namespace

void check_bytes(const GameRef &game) {
    const std::uint32_t rounds = effort().damaged;
    const std::size_t size = game.state_size();
    Rng rng{{7}};
    std::uint64_t accepted_random = 0, accepted_damaged = 0;

    for (std::uint32_t i = 0; i < rounds; ++i) {
        GuardedState state(game);
        for (std::size_t k = 0; k < size; ++k) state[k] = static_cast<unsigned char>(rng.next());
        if (i == 0) std::memset(state.data(), 0x00, size);
        if (i == 1) std::memset(state.data(), 0xff, size);
        offer(game, state, rng, accepted_random);
    }

    // One to three bits or bytes changed, in positions of games.
    std::vector<GuardedState> places;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        GuardedState state(game);
        game.initial(state.data(), seed);
        walk(
            game, state.data(), 150, [&](std::uint32_t n) { return rng.below(n); }, rng,
            [&](const Place &place) { places.emplace_back(game, place.state); });
    }
    for (std::uint32_t i = 0; i < rounds; ++i) {
        GuardedState state(game, places[rng.below(static_cast<std::uint32_t>(places.size()))].data());
        for (std::uint32_t changes = 1 + rng.below(3); changes > 0; --changes) {
            unsigned char &byte = state[rng.below(static_cast<std::uint32_t>(size))];
            if (rng.below(4) == 0) {
                byte = static_cast<unsigned char>(rng.next());
            } else {
                byte = static_cast<unsigned char>(byte ^ 1u << rng.below(8));
            }
        }
        offer(game, state, rng, accepted_damaged);
    }
}

} // namespace parlour::conformance
