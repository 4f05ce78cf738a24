#include "reference.hpp"

#include <array>

namespace parlour::test {

namespace {

using Vector = std::array<double, PARLOUR_MAX_PLAYERS>;

Vector values(const GameRef &game, const void *state, std::uint32_t depth, bool evaluate) {
    const Turn turn = game.turn(state);
    Vector out{};
    if (turn.is_over()) {
        std::array<float, PARLOUR_MAX_PLAYERS> util{};
        game.outcome(state, util.data());
        for (std::uint32_t p = 0; p < game.players(); ++p) out[p] = static_cast<double>(game.scaled(util[p]));
        return out;
    }
    if (depth == 0 && !turn.is_chance()) {
        for (std::uint32_t p = 0; evaluate && game.eval() != nullptr && p < game.players(); ++p) {
            const double e = game.eval()->eval(game.self(), state, p);
            out[p] = e / (1000 + std::abs(e)) * 0.99;
        }
        return out;
    }
    std::vector<Move> moves = game.legal_moves(state);
    std::vector<float> odds(moves.size());
    if (turn.is_chance()) {
        game.chance()->outcomes(game.self(), state, moves.data(), odds.data(),
                                static_cast<std::uint32_t>(odds.size()));
    }
    StateBuffer next(game.state_size());
    bool first = true;
    for (std::size_t i = 0; i < moves.size(); ++i) {
        std::memcpy(next.data(), state, game.state_size());
        game.apply(next.data(), moves[i]);
        const Vector child = values(game, next.data(), turn.is_chance() ? depth : depth - 1, evaluate);
        if (turn.is_chance()) {
            for (std::uint32_t p = 0; p < game.players(); ++p) out[p] += static_cast<double>(odds[i]) * child[p];
        } else if (first || child[turn.player()] > out[turn.player()]) {
            out = child;
        }
        first = false;
    }
    return out;
}

} // namespace

double reference_value(const GameRef &game, const void *state, std::uint32_t depth, bool evaluate) {
    return values(game, state, depth, evaluate)[game.turn(state).player()];
}

} // namespace parlour::test
