#include "host/plugins/layers/checked_game.hpp"
#include "host/plugins/text.hpp"

#include <cmath>
#include <span>

namespace parlour::host::checked {

// ---- chance, hidden information, moves at once ----

std::uint32_t Checked::outcomes(const void *state, std::uint32_t *moves, float *probabilities,
                                std::uint32_t capacity) {
    if (!is_chance(state)) host_breach("outcomes", "node", "asked for nature's moves where it does not move");
    const std::uint32_t room = std::min<std::uint32_t>(capacity, info_.max_moves + 64);
    Guarded mine(room * sizeof(std::uint32_t)), weights(room * sizeof(float));
    const std::uint32_t n = reading("outcomes", state, PARLOUR_COUNT_FAULT, [&](const void *copy) {
        return below<parlour_game_chance>().outcomes(inner_.self, copy, mine.as<std::uint32_t>(), weights.as<float>(),
                                                     room);
    });
    intact("outcomes", mine, "move list");
    intact("outcomes", weights, "list of probabilities");
    const std::uint32_t written = n == PARLOUR_COUNT_FAULT ? 0 : std::min(n, room);
    if (n <= room) {
        const std::uint32_t *at = mine.as<std::uint32_t>();
        if (Moves(at, at + written) != inner_moves(state))
            plugin_breach("outcomes", "order", "lists other moves than legal, or in another order");
        double sum = 0;
        for (const float weight : std::span(weights.as<const float>(), written)) {
            sum += static_cast<double>(weight);
            if (!(weight > 0))
                plugin_breach("outcomes", "positive", fmt::format("gives a move the probability {}", weight));
        }
        if (std::abs(sum - 1) > static_cast<double>(probability_slack))
            plugin_breach("outcomes", "sum", fmt::format("gives probabilities that add up to {}, not to 1", sum));
    }
    if (written > 0) {
        std::memcpy(moves, mine.data(), written * sizeof(std::uint32_t));
        std::memcpy(probabilities, weights.data(), written * sizeof(float));
    }
    return n;
}

std::uint32_t Checked::sample(const void *state, parlour_rng *rng) {
    if (!is_chance(state)) host_breach("sample", "node", "asked for a draw where nature does not move");
    parlour_rng other = *rng;
    const auto run = [&](parlour_rng *with) {
        return reading("sample", state, PARLOUR_MOVE_NONE, [&](const void *copy) {
            return below<parlour_game_chance>().sample(inner_.self, copy, with);
        });
    };
    const std::uint32_t move = run(rng);
    if (run(&other) != move || other.state != rng->state)
        plugin_breach("sample", "determinism", "draws another move from the same random numbers");
    if (!among(inner_moves(state), move))
        plugin_breach("sample", "illegal", fmt::format("draws move number {}, which is not legal there", move));
    return move;
}

void Checked::view(const void *state, std::uint32_t player, void *view_out) {
    Guarded first(info_.state_size, first_fill), second(info_.state_size, second_fill);
    const auto run = [&](Guarded &into) {
        reading("view", state, 0, [&](const void *copy) {
            below<parlour_game_hidden>().view(inner_.self, copy, player, into.data());
            return 0;
        });
    };
    run(first);
    run(second);
    intact("view", first, "position");
    if (!first.same_as(second.data()))
        plugin_breach("view", "determinism", "gives another view of the same position, or does not write all of it");
    if (inner_turn(first.data()) != inner_turn(state))
        plugin_breach("view", "turn", "gives a view of which turn says something else than of the position");
    check_position("view", first.data());
    std::memcpy(view_out, first.data(), info_.state_size);
}

parlour_status Checked::determinize(const void *seen, std::uint32_t player, parlour_rng *rng, void *state_out) {
    Guarded first(info_.state_size, first_fill), second(info_.state_size, second_fill), view_again(info_.state_size);
    parlour_rng other = *rng;
    const auto run = [&](Guarded &into, parlour_rng *with) {
        return reading("determinize", seen, parlour_status{PARLOUR_E_FAIL}, [&](const void *copy) {
            return below<parlour_game_hidden>().determinize(inner_.self, copy, player, with, into.data());
        });
    };
    const parlour_status result = run(first, rng), again = run(second, &other);
    intact("determinize", first, "position");
    if (result != PARLOUR_OK) {
        plugin_breach("determinize", "status", "finds no position that fits a view");
        return result;
    }
    if (again != result || !first.same_as(second.data()))
        plugin_breach("determinize", "determinism", "draws another position from the same random numbers");
    check_position("determinize", first.data());
    guard("view", 0, [&] {
        below<parlour_game_hidden>().view(inner_.self, first.data(), player, view_again.data());
        return 0;
    });
    if (!view_again.same_as(seen))
        plugin_breach("determinize", "view", "draws a position whose view is not the one that it was given");
    std::memcpy(state_out, first.data(), info_.state_size);
    return result;
}

std::uint64_t Checked::active(const void *state) {
    if (!is_simultaneous(state))
        host_breach("active", "node", "asked who is active where players do not move at once");
    const std::uint64_t players = reading("active", state, std::uint64_t{0}, [&](const void *copy) {
        return below<parlour_game_simultaneous>().active(inner_.self, copy);
    });
    if (players == 0 || players >> info_.players != 0)
        plugin_breach("active", "players", fmt::format("gives the players {:#x}", players));
    return players;
}

std::uint32_t Checked::legal_for(const void *state, std::uint32_t player, std::uint32_t *moves,
                                 std::uint32_t capacity) {
    const std::uint32_t n = reading("legal_for", state, PARLOUR_COUNT_FAULT, [&](const void *copy) {
        return move_list("legal_for", moves, capacity, [&](std::uint32_t *list, std::uint32_t room) {
            return below<parlour_game_simultaneous>().legal_for(inner_.self, copy, player, list, room);
        });
    });
    if (n == 0) plugin_breach("legal_for", "none", "gives an active player no choice");
    return n;
}

std::uint32_t Checked::apply_joint(void *state, const std::uint32_t *moves) {
    aligned("apply_joint", state);
    const parlour_game_simultaneous &at_once = below<parlour_game_simultaneous>();
    const std::uint64_t players = at_once.active(inner_.self, state);
    for (std::uint32_t player = 0; player < info_.players; ++player) {
        const bool chooses = (players >> player & 1) != 0;
        const Moves known = chooses ? listed_moves([&](std::uint32_t *list, std::uint32_t room) {
            return at_once.legal_for(inner_.self, state, player, list, room);
        })
                                    : Moves{PARLOUR_MOVE_NONE};
        if (among(known, moves[player])) continue;
        host_breach("apply_joint", "illegal",
                    fmt::format("played {} for player {}, which is no choice there", moves[player], player + 1));
        return PARLOUR_TURN_FAULT;
    }
    Guarded first(state, info_.state_size), second(state, info_.state_size);
    const auto run = [&](Guarded &on) {
        return guard("apply_joint", std::uint32_t{PARLOUR_TURN_FAULT},
                     [&] { return at_once.apply_joint(inner_.self, on.data(), moves); });
    };
    const std::uint32_t word = run(first), again = run(second);
    intact("apply_joint", first, "position");
    if (word != again || !first.same_as(second.data()))
        plugin_breach("apply_joint", "determinism", "leads elsewhere when the same moves are played again");
    check_turn("apply_joint", word);
    if (inner_turn(first.data()) != word)
        plugin_breach("apply_joint", "turn", "returns another turn word than turn does");
    check_position("apply_joint", first.data());
    std::memcpy(state, first.data(), info_.state_size);
    return word;
}

std::int32_t Checked::choice_text(const void *state, std::uint32_t player, std::uint32_t move, char *buffer,
                                  std::uint32_t capacity) {
    return reading("choice_text", state, std::int32_t{PARLOUR_E_FAIL}, [&](const void *copy) {
        return text("choice_text", buffer, capacity, true, [&](char *into, std::uint32_t room) {
            return below<parlour_game_simultaneous>().choice_text(inner_.self, copy, player, move, into, room);
        });
    });
}

// ---- help for searches ----

std::int32_t Checked::eval(const void *state, std::uint32_t player) {
    if (is_over(state) || is_chance(state))
        host_breach("eval", "node", "asked for an evaluation where no player is to move");
    const auto run = [&](std::uint32_t of) {
        return reading("eval", state, std::int32_t{0},
                       [&](const void *copy) { return below<parlour_game_eval>().eval(inner_.self, copy, of); });
    };
    const std::int32_t value = run(player);
    if (value <= -PARLOUR_EVAL_LIMIT || value >= PARLOUR_EVAL_LIMIT)
        plugin_breach("eval", "bounds", fmt::format("gives {}, which only a finished game is worth", value));
    if (info_.players == 2 && (info_.flags & PARLOUR_GAME_ZERO_SUM) && run(1 - player) != -value)
        plugin_breach("eval", "zero sum", "does not give the two players opposite values");
    return value;
}

void Checked::order(const void *state, const std::uint32_t *moves, std::uint32_t n, std::int16_t *scores) {
    Guarded memory(n * sizeof(std::int16_t));
    reading("order", state, 0, [&](const void *copy) {
        below<parlour_game_hints>().order(inner_.self, copy, moves, n, memory.as<std::int16_t>());
        return 0;
    });
    intact("order", memory, "list of scores");
    if (n > 0) std::memcpy(scores, memory.data(), memory.size());
}

std::uint32_t Checked::noisy(const void *state, std::uint32_t *moves, std::uint32_t capacity) {
    const std::uint32_t n = reading("noisy", state, std::uint32_t{0}, [&](const void *copy) {
        return move_list("noisy", moves, capacity, [&](std::uint32_t *list, std::uint32_t room) {
            return below<parlour_game_hints>().noisy(inner_.self, copy, list, room);
        });
    });
    const Moves known = inner_moves(state);
    for (const std::uint32_t move : std::span(moves, std::min({n, capacity, info_.max_moves}))) {
        if (!among(known, move))
            plugin_breach("noisy", "illegal", fmt::format("lists move number {}, which is not legal there", move));
    }
    return n;
}

std::uint32_t Checked::playout(void *state, parlour_rng *rng, std::uint32_t max_plies, float *util) {
    aligned("playout", state);
    Guarded memory(state, info_.state_size), again(state, info_.state_size);
    Guarded mine(info_.players * sizeof(float), second_fill), spare(info_.players * sizeof(float), second_fill);
    parlour_rng other = *rng;
    const auto run = [&](Guarded &on, parlour_rng *with, Guarded &into) {
        return guard("playout", std::uint32_t{0}, [&] {
            return below<parlour_game_playout>().playout(inner_.self, on.data(), with, max_plies, into.as<float>());
        });
    };
    const std::uint32_t plies = run(memory, rng, mine), same = run(again, &other, spare);
    intact("playout", memory, "position");
    intact("playout", mine, "utilities");
    if (plies != same || other.state != rng->state || !memory.same_as(again.data()) || !mine.same_as(spare.data()))
        plugin_breach("playout", "determinism", "plays another game from the same random numbers");
    if (plies > max_plies)
        plugin_breach("playout", "plies", fmt::format("plays {} moves where {} were allowed", plies, max_plies));
    check_position("playout", memory.data());
    const bool over = is_over(memory.data());
    if (plies < max_plies && !over) plugin_breach("playout", "end", "stops before the game is over");
    check_utilities("playout", mine.as<float>(), over);
    std::memcpy(state, memory.data(), info_.state_size);
    std::memcpy(util, mine.data(), mine.size());
    return plies;
}

void Checked::map_state(std::uint32_t symmetry, const void *in, void *out) {
    if (symmetry >= below<parlour_game_symmetry>().count)
        return host_breach("map_state", "index", fmt::format("asked for symmetry {}", symmetry));
    Guarded first(info_.state_size, first_fill), second(info_.state_size, second_fill);
    const auto run = [&](Guarded &into) {
        reading("map_state", in, 0, [&](const void *copy) {
            below<parlour_game_symmetry>().map_state(inner_.self, symmetry, copy, into.data());
            return 0;
        });
    };
    run(first);
    run(second);
    intact("map_state", first, "position");
    if (!first.same_as(second.data()))
        plugin_breach("map_state", "determinism", "gives another image of the same position");
    if (symmetry == 0 && !first.same_as(in))
        plugin_breach("map_state", "identity", "changes the position under symmetry 0, the identity");
    if (inner_turn(first.data()) != inner_turn(in))
        plugin_breach("map_state", "turn", "gives an image in which another player is to move");
    check_position("map_state", first.data());
    std::memcpy(out, first.data(), info_.state_size);
}

std::uint32_t Checked::map_move(std::uint32_t symmetry, const void *state, std::uint32_t move) {
    const parlour_game_symmetry &table = below<parlour_game_symmetry>();
    if (symmetry >= table.count) {
        host_breach("map_move", "index", fmt::format("asked for symmetry {}", symmetry));
        return PARLOUR_MOVE_NONE;
    }
    const std::uint32_t mapped = reading("map_move", state, PARLOUR_MOVE_NONE, [&](const void *copy) {
        return table.map_move(inner_.self, symmetry, copy, move);
    });
    Guarded image(info_.state_size);
    guard("map_state", 0, [&] {
        table.map_state(inner_.self, symmetry, state, image.data());
        return 0;
    });
    if (among(inner_moves(state), move) && !among(inner_moves(image.data()), mapped))
        plugin_breach(
            "map_move", "illegal",
            fmt::format("maps the legal move number {} to {}, which is not legal in the image", move, mapped));
    return mapped;
}

// ---- for people ----

std::int64_t Checked::score(const void *state, std::uint32_t player) {
    if (player >= info_.players) host_breach("score", "player", fmt::format("asked about player {}", player + 1));
    return reading("score", state, std::int64_t{0},
                   [&](const void *copy) { return below<parlour_game_score>().score(inner_.self, copy, player); });
}

std::int32_t Checked::rules(char *buffer, std::uint32_t capacity) {
    return text("rules", buffer, capacity, false, [&](char *into, std::uint32_t room) {
        return below<parlour_game_help>().rules(inner_.self, into, room);
    });
}

std::int32_t Checked::reason(const void *state, char *buffer, std::uint32_t capacity) {
    if (!is_over(state)) host_breach("reason", "unfinished", "asked how a game ended that is not over");
    return reading("reason", state, std::int32_t{PARLOUR_E_FAIL}, [&](const void *copy) {
        return text("reason", buffer, capacity, true, [&](char *into, std::uint32_t room) {
            return below<parlour_game_help>().reason(inner_.self, copy, into, room);
        });
    });
}

std::int32_t Checked::why_not(const void *state, std::uint32_t from, std::uint32_t to, char *buffer,
                              std::uint32_t capacity) {
    return reading("why_not", state, std::int32_t{PARLOUR_E_FAIL}, [&](const void *copy) {
        return text("why_not", buffer, capacity, true, [&](char *into, std::uint32_t room) {
            return below<parlour_game_help>().why_not(inner_.self, copy, from, to, into, room);
        });
    });
}

std::int32_t Checked::player_name(std::uint32_t player, char *buffer, std::uint32_t capacity) {
    return text("player_name", buffer, capacity, true, [&](char *into, std::uint32_t room) {
        return below<parlour_game_help>().player_name(inner_.self, player, into, room);
    });
}

} // namespace parlour::host::checked
