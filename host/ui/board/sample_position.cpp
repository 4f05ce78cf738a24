#include "host/ui/board/sample_position.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "host/scene/scene.hpp"

namespace parlour::host::ui {
namespace {

constexpr int games_tried = 6;
constexpr std::size_t longest_game = 120;
constexpr std::size_t moves_weighed =
    20; ///< of those there are, any: a picture is not worth more of the start's time
/// Positions of one sample game together may cost at most so many bytes.
constexpr std::size_t memory_limit = 4u << 20;

/// The move that looks best to its player after it was made, or any move now and then.
Move plausible_move(const Game &game, const StateBuffer &state, Rng &rng) {
    std::vector<Move> moves = game.legal_moves(state);
    if (moves.empty()) return PARLOUR_MOVE_NONE;
    const parlour_game_eval *eval = game.ref().eval();
    const Turn turn = game.turn(state);
    if (eval == nullptr || moves.size() == 1 || rng.below(4) == 0)
        return moves[rng.below(static_cast<std::uint32_t>(moves.size()))];
    for (std::size_t i = 0; moves.size() > moves_weighed && i < moves_weighed; ++i)
        std::swap(moves[i], moves[i + rng.below(static_cast<std::uint32_t>(moves.size() - i))]);
    moves.resize(std::min(moves.size(), moves_weighed));
    Move best = moves.front();
    std::int64_t best_value = std::numeric_limits<std::int64_t>::min();
    for (const Move move : moves) {
        StateBuffer next = state;
        const Turn after = game.ref().apply(next.data(), move);
        // Endings are not what a picture of the middle wants.
        if (after.is_over()) continue;
        const std::int64_t value = after.is_chance() ? 0 : eval->eval(game.ref().self(), next.data(), turn.player());
        const std::int64_t noisy = value + static_cast<std::int64_t>(rng.below(40));
        if (noisy > best_value) {
            best_value = noisy;
            best = move;
        }
    }
    return best;
}

/// How much there is to see: pieces, and how many kinds of them.
std::size_t interest(const Game &game, const StateBuffer &state) {
    const auto scene = Scene::of(game, state, 0);
    if (!scene) return 0;
    std::set<std::tuple<std::uint8_t, std::uint8_t, std::uint8_t>> kinds;
    std::size_t shown = 0;
    for (const ScenePiece &piece : scene->pieces) {
        if (piece.flags & PARLOUR_PIECE_FADED) continue;
        ++shown;
        kinds.emplace(piece.kind, piece.color, piece.level);
    }
    return shown + 4 * kinds.size();
}

} // namespace

std::size_t play_random(const Game &game, StateBuffer &state, std::size_t plies, std::uint64_t seed) {
    Rng rng{{seed}};
    for (std::size_t played = 0; played < plies; ++played) {
        const Turn turn = game.turn(state);
        if (turn.is_over()) return played;
        Move move = PARLOUR_MOVE_NONE;
        if (turn.is_chance()) {
            move = game.sample_chance(state, rng);
        } else {
            const std::vector<Move> moves = game.legal_moves(state);
            if (moves.empty()) return played;
            move = moves[rng.below(static_cast<std::uint32_t>(moves.size()))];
        }
        if (!game.play(state, move)) return played;
    }
    return plies;
}

StateBuffer sample_position(const Game &game, std::uint64_t seed) {
    StateBuffer best = game.initial(seed);
    std::size_t best_interest = 0;
    for (int attempt = 0; attempt < games_tried; ++attempt) {
        Rng rng{{seed * 977 + static_cast<std::uint64_t>(attempt)}};
        StateBuffer state = game.initial(seed);
        std::vector<StateBuffer> way;
        while (way.size() < longest_game && (way.size() + 1) * state.stride() < memory_limit) {
            const Turn turn = game.turn(state);
            if (turn.is_over()) break;
            const Move move = turn.is_chance() ? game.sample_chance(state, rng) : plausible_move(game, state, rng);
            if (!game.play(state, move)) break;
            way.push_back(state);
        }
        // The middle, a little before it for long games; never the end, never between a choice and its chance.
        std::size_t index = way.size() * 9 / 20;
        while (index < way.size() && game.turn(way[index]).is_chance()) ++index;
        if (index >= way.size() || game.turn(way[index]).is_over()) continue;
        const std::size_t found = interest(game, way[index]);
        if (found > best_interest) {
            best_interest = found;
            best = way[index];
        }
    }
    return best;
}

} // namespace parlour::host::ui
