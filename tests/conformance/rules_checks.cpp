// The hot table: legal, apply, turn, outcome, hash; and nature's part.
#include "conformance/checks.hpp"
#include "conformance/guarded.hpp"

#include <algorithm>
#include <cmath>

namespace parlour::conformance {
namespace {

void check_turn(const Place &place) {
    const Turn turn = place.turn;
    require(place.game.turn(place.state) == turn, "turn() is not what initial() or apply() returned");
    constexpr std::uint32_t known = 0xff | PARLOUR_TURN_TERMINAL | PARLOUR_TURN_CHANCE | PARLOUR_TURN_SIMULTANEOUS;
    require((turn.word & ~known) == 0, "the turn word has unknown bits");
    require(turn.is_over() + turn.is_chance() + turn.is_simultaneous() <= 1, "the turn word says two things at once");
    require(turn.player() < place.game.players(), "a player moves whom the game does not have");
    require(!turn.is_chance() || place.game.chance() != nullptr, "a game without chance has a chance node");
}

void check_legal(const Place &place) {
    const GameRef &game = place.game;
    const std::uint32_t most = game.info().max_moves;
    Guarded<Move> moves(most);
    const std::uint32_t n = game.legal(place.state, moves.data(), most);
    require(n != PARLOUR_COUNT_FAULT, "legal() reports a fault");
    require(n <= most, [&] { return "there are " + std::to_string(n) + " moves, more than max_moves"; });
    moves.verify("legal()", n);
    require(std::equal(place.moves.begin(), place.moves.end(), moves.data(), moves.data() + n),
            "legal() gives other moves the second time");
    require((n == 0) == place.turn.is_over(), "legal() is empty exactly when the game is over; here it is not so");

    Guarded<Move> nothing(0);
    require(game.legal(place.state, nothing.data(), 0) == n, "legal() counts differently without room");
    nothing.verify("legal() without room");
    const std::uint32_t some = n / 2;
    Guarded<Move> half(some);
    require(game.legal(place.state, half.data(), some) == n, "legal() counts differently with little room");
    half.verify("legal() with little room");
    require(std::equal(half.data(), half.data() + some, moves.data()), "legal() with little room gives other moves");

    std::vector<Move> sorted(place.moves.begin(), place.moves.end());
    std::sort(sorted.begin(), sorted.end());
    require(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end(), "a move is listed twice");
    require(sorted.empty() || sorted.back() != PARLOUR_MOVE_NONE, "PARLOUR_MOVE_NONE is listed as a move");
    const std::uint32_t space = game.info().move_space;
    require(space == 0 || sorted.empty() || sorted.back() < space, "a move is not below move_space");
}

void check_apply(const Place &place) {
    if (place.turn.is_simultaneous()) return;
    const GameRef &game = place.game;
    parlour_error error{};
    for (const Move move : place.moves) {
        GuardedState next(game, place.state), again(game, place.state);
        const Turn turn = game.apply(next.data(), move);
        next.verify("apply()");
        const auto played = [&] { return "after " + game.move_text(place.state, move) + ": "; };
        require(!turn.is_fault(), [&] { return played() + "apply() reports a fault"; });
        require(game.apply(again.data(), move) == turn && again.equals(next.data()),
                [&] { return played() + "the same move from the same position gives another"; });
        require(game.turn(next.data()) == turn, [&] { return played() + "turn() is not what apply() returned"; });
        require(game.check(next.data(), &error) == PARLOUR_OK,
                [&] { return played() + "check() refuses the position: " + error.text; });
        require((game.legal(next.data(), nullptr, 0) == 0) == turn.is_over(),
                [&] { return played() + "the game is over with moves left, or goes on without"; });
    }
}

void check_outcome(const Place &place) {
    if (!place.turn.is_over()) return;
    const GameRef &game = place.game;
    const parlour_game_info &info = game.info();
    Guarded<float> util(game.players());
    game.outcome(place.state, util.data());
    util.verify("outcome()");
    double sum = 0;
    for (std::uint32_t player = 0; player < game.players(); ++player) {
        require(std::isfinite(util[player]) && util[player] >= info.util_min && util[player] <= info.util_max,
                "a utility is not within the bounds");
        sum += static_cast<double>(util[player]);
    }
    require(!game.has(PARLOUR_GAME_ZERO_SUM) || std::abs(sum) < 1e-4, "the utilities do not add up to zero");
}

void check_chance(const Place &place) {
    if (!place.turn.is_chance()) return;
    const GameRef &game = place.game;
    const parlour_game_chance &chance = *game.chance();
    const std::uint32_t most = game.info().max_moves;
    Guarded<Move> moves(most);
    Guarded<float> probabilities(most);
    const std::uint32_t n = chance.outcomes(game.self(), place.state, moves.data(), probabilities.data(), most);
    require(n <= most, "there are more chance outcomes than max_moves");
    moves.verify("outcomes()", n);
    probabilities.verify("outcomes()", n);
    require(std::equal(place.moves.begin(), place.moves.end(), moves.data(), moves.data() + n),
            "outcomes() has other moves than legal(), or another order");
    double sum = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
        require(probabilities[i] > 0 && probabilities[i] <= 1, "a probability is not above 0 and at most 1");
        sum += static_cast<double>(probabilities[i]);
    }
    require(std::abs(sum - 1) < 1e-5, "the probabilities do not add up to 1");
    require(chance.outcomes(game.self(), place.state, nullptr, nullptr, 0) == n,
            "outcomes() counts differently without room");
    for (int i = 0; i < 8; ++i) {
        Rng twin = place.rng;
        const Move move = chance.sample(game.self(), place.state, &place.rng.raw);
        require(std::find(place.moves.begin(), place.moves.end(), move) != place.moves.end(),
                "sample() gives a move that legal() does not list");
        require(chance.sample(game.self(), place.state, &twin.raw) == move && twin.raw.state == place.rng.raw.state,
                "sample() gives another move for the same random numbers");
    }
}

} // namespace

void check_rules(const Place &place) {
    const GameRef &game = place.game;
    const GuardedState before(game, place.state);
    check_turn(place);
    check_legal(place);
    check_chance(place);
    check_apply(place);
    check_outcome(place);
    parlour_error error{};
    require(game.check(place.state, &error) == PARLOUR_OK,
            [&] { return std::string("check() refuses a position of a game: ") + error.text; });
    require(game.hash(before.data()) == game.hash(place.state), "equal positions have different hashes");
    require(before.equals(place.state), "a function that only looks has changed the position");
}

void check_replay(const GameRef &game) {
    const Effort most = effort();
    std::uint64_t plies = 0;
    for (std::uint32_t seed = 0; seed < most.games && plies < most.plies; ++seed) {
        GuardedState first(game, Fill{0x00}), second(game, Fill{0xff});
        const Turn turn = game.initial(first.data(), seed);
        require(game.initial(second.data(), seed) == turn && first.equals(second.data()),
                "the starting position depends on what was in its memory before");
        first.verify("initial()");
        require(turn == game.turn(first.data()), "turn() is not what initial() returned");

        // Every position of the game is kept, so that it can be taken back to.
        Rng rng{{seed}}, unused{{0}};
        std::vector<GuardedState> history;
        std::vector<std::uint32_t> choices;
        plies += walk(
            game, first.data(), most.plies,
            [&](std::uint32_t n) {
                choices.push_back(rng.below(n));
                return choices.back();
            },
            unused, [&](const Place &place) { history.emplace_back(game, place.state); });
        require(game.info().max_plies == 0 || history.size() - 1 <= game.info().max_plies,
                "a game is longer than max_plies");

        // Played again from the start, and again after half of it was taken back.
        if (game.simultaneous() != nullptr) continue;
        for (std::size_t from : {std::size_t{0}, choices.size() / 2}) {
            std::memcpy(second.data(), history[from].data(), game.state_size());
            for (std::size_t ply = from; ply < choices.size(); ++ply) {
                game.apply(second.data(), game.legal_moves(second.data())[choices[ply]]);
                require(history[ply + 1].equals(second.data()),
                        [&] { return "the same moves give other bytes at ply " + std::to_string(ply + 1); });
            }
        }
    }
}

} // namespace parlour::conformance
