// What helps those who search: evaluation, move ordering, playouts, symmetries.
#include "conformance/checks.hpp"
#include "conformance/guarded.hpp"

#include <algorithm>
#include <cmath>

namespace parlour::conformance {
namespace {

void check_eval(const Place &place) {
    const GameRef &game = place.game;
    if (game.eval() == nullptr || place.turn.is_over() || place.turn.is_chance()) return;
    std::vector<std::int32_t> worth;
    for (std::uint32_t player = 0; player < game.players(); ++player) {
        worth.push_back(game.eval()->eval(game.self(), place.state, player));
        require(worth.back() > -PARLOUR_EVAL_LIMIT && worth.back() < PARLOUR_EVAL_LIMIT,
                "an evaluation is out of range");
        require(game.eval()->eval(game.self(), place.state, player) == worth.back(),
                "an evaluation changes by itself");
    }
    if (game.has(PARLOUR_GAME_ZERO_SUM) && game.players() == 2) {
        require(worth[0] == -worth[1], "one player's evaluation is not the other's with the sign turned");
    }
}

void check_hints(const Place &place) {
    const GameRef &game = place.game;
    if (game.hints() == nullptr || place.turn.is_over() || place.turn.is_chance() || place.turn.is_simultaneous())
        return;
    const auto n = static_cast<std::uint32_t>(place.moves.size());
    Guarded<std::int16_t> score(n), again(n, Fill{0x00});
    game.hints()->order(game.self(), place.state, place.moves.data(), n, score.data());
    game.hints()->order(game.self(), place.state, place.moves.data(), n, again.data());
    score.verify("order()");
    require(std::equal(score.data(), score.data() + n, again.data()),
            "order() leaves a score out, or changes by itself");
    if (game.hints()->noisy == nullptr) return;
    const std::uint32_t most = game.info().max_moves;
    Guarded<Move> noisy(most);
    const std::uint32_t found = game.hints()->noisy(game.self(), place.state, noisy.data(), most);
    require(found <= n, "there are more noisy moves than legal ones");
    noisy.verify("noisy()", found);
    for (std::uint32_t i = 0; i < found; ++i) {
        require(std::find(place.moves.begin(), place.moves.end(), noisy[i]) != place.moves.end(),
                "a noisy move is not legal");
    }
    require(game.hints()->noisy(game.self(), place.state, nullptr, 0) == found,
            "noisy() counts differently without room");
}

void check_playout(const Place &place, std::uint32_t max_plies) {
    const GameRef &game = place.game;
    const parlour_game_info &info = game.info();
    GuardedState state(game, place.state), twin_state(game, place.state);
    Guarded<float> util(game.players()), twin_util(game.players(), Fill{0x00});
    Rng twin = place.rng;
    const std::uint32_t plies =
        game.playout()->playout(game.self(), state.data(), &place.rng.raw, max_plies, util.data());
    const std::uint32_t twin_plies =
        game.playout()->playout(game.self(), twin_state.data(), &twin.raw, max_plies, twin_util.data());
    state.verify("playout()");
    util.verify("playout()");
    require(plies == twin_plies && state.equals(twin_state.data()) && twin.raw.state == place.rng.raw.state &&
                std::equal(util.data(), util.data() + game.players(), twin_util.data()),
            "a playout is another one for the same random numbers");
    require(plies <= max_plies, "a playout is longer than it may be");
    require(info.max_plies == 0 || plies <= info.max_plies, "a playout is longer than max_plies of the game");
    const bool over = game.turn(state.data()).is_over();
    require(over || plies == max_plies, "a playout ends before the game does");
    parlour_error error{};
    require(game.check(state.data(), &error) == PARLOUR_OK,
            [&] { return std::string("check() refuses where a playout ends: ") + error.text; });
    std::vector<float> outcome(game.players());
    if (over) game.outcome(state.data(), outcome.data());
    for (std::uint32_t player = 0; player < game.players(); ++player) {
        require(std::isfinite(util[player]) && util[player] >= info.util_min && util[player] <= info.util_max,
                "a utility of a playout is not within the bounds");
        require(!over || util[player] == outcome[player], "a playout's utilities are not the outcome");
    }
}

void check_symmetry(const Place &place, std::uint32_t symmetry) {
    const GameRef &game = place.game;
    const parlour_game_symmetry &table = *game.symmetry();
    GuardedState image(game);
    table.map_state(game.self(), symmetry, place.state, image.data());
    image.verify("map_state()");
    require(symmetry != 0 || image.equals(place.state), "symmetry 0 is not the identity");
    parlour_error error{};
    require(game.check(image.data(), &error) == PARLOUR_OK,
            [&] { return std::string("check() refuses an image: ") + error.text; });
    require(game.turn(image.data()) == place.turn, "in the image it is another's turn");

    std::vector<Move> mapped, legal = game.legal_moves(image.data());
    for (const Move move : place.moves) {
        mapped.push_back(table.map_move(game.self(), symmetry, place.state, move));
        GuardedState there(game, image.data()), here(game, place.state), here_image(game);
        require(std::find(legal.begin(), legal.end(), mapped.back()) != legal.end(),
                "the image of a move is not legal in the image");
        game.apply(there.data(), mapped.back());
        game.apply(here.data(), move);
        table.map_state(game.self(), symmetry, here.data(), here_image.data());
        const bool same = game.has(PARLOUR_GAME_PATH_DEPENDENT)
                              ? game.hash(there.data()) == game.hash(here_image.data())
                              : there.equals(here_image.data());
        require(same, "moving and mapping is not mapping and moving");
    }
    std::sort(mapped.begin(), mapped.end());
    std::sort(legal.begin(), legal.end());
    require(mapped == legal, "the images of the legal moves are not the legal moves of the image");
    if (!place.turn.is_over()) return;
    std::vector<float> here(game.players()), there(game.players());
    game.outcome(place.state, here.data());
    game.outcome(image.data(), there.data());
    require(here == there, "an image has another outcome");
}

} // namespace

void check_search_helpers(const Place &place) {
    const GuardedState before(place.game, place.state);
    check_eval(place);
    check_hints(place);
    if (place.game.playout() != nullptr) {
        check_playout(place, 100'000);
        check_playout(place, place.rng.below(6));
    }
    if (place.game.symmetry() != nullptr && !place.turn.is_chance() && !place.turn.is_simultaneous()) {
        require(place.game.symmetry()->count <= 16, "there are more than 16 symmetries");
        for (std::uint32_t i = 0; i < place.game.symmetry()->count; ++i) check_symmetry(place, i);
    }
    require(before.equals(place.state), "a function that only looks has changed the position");
}

} // namespace parlour::conformance
