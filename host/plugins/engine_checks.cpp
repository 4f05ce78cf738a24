#include "host/plugins/engine_checks.hpp"

#include <algorithm>
#include <cmath>

namespace parlour::host {

std::optional<float> fit_value(float value) {
    if (!std::isfinite(value)) return std::nullopt;
    return std::clamp(value, -1.0f, 1.0f);
}

Result<SearchStart> check_search(const std::string &engine_name, const Game *game, const SearchRoot &root) {
    if (game == nullptr)
        return Problem{engine_name + " was asked for a move before it was given a game", PARLOUR_E_ARG};
    if (root.state == nullptr)
        return Problem{engine_name + " was asked for a move without a position", PARLOUR_E_ARG};
    const Turn turn = game->turn(*root.state);
    if (turn.is_over() || turn.is_chance() || turn.is_simultaneous())
        return Problem{engine_name + " was asked for a move where no player is to move", PARLOUR_E_ARG};
    return SearchStart{turn.player(), game->legal_moves(*root.state)};
}

Result<SearchResult> check_answer(const std::string &engine_name, const Game &game, const StateBuffer &state,
                                  const SearchStart &start, const SearchLimits &limits, const EngineAnswer &answer) {
    const std::vector<Move> &legal = start.legal;
    const auto among = [&](const std::vector<Move> &moves) {
        return std::find(moves.begin(), moves.end(), answer.move) != moves.end();
    };
    if (!among(legal))
        return Problem{engine_name + " answered with move number " + std::to_string(answer.move) +
                           ", which is not legal in this position of " + game.name(),
                       PARLOUR_E_ILLEGAL};
    const bool can_obey = std::any_of(limits.only.begin(), limits.only.end(), [&](Move move) {
        return std::find(legal.begin(), legal.end(), move) != legal.end();
    });
    if (can_obey && !among(limits.only))
        return Problem{engine_name + " answered with " + game.move_text(state, answer.move) +
                           ", which is not among the moves that it was asked to choose from",
                       PARLOUR_E_FAIL};
    SearchResult result;
    result.move = answer.move;
    if (answer.value) result.value = fit_value(*answer.value);
    result.proven = result.value && answer.proven;
    result.resign = answer.resign;
    result.nodes = answer.nodes;
    result.depth = answer.depth;
    return result;
}

} // namespace parlour::host
