#include "host/plugins/layers/checked.hpp"

#include "host/plugins/host_object.hpp"
#include "host/plugins/layers/checked_game.hpp"
#include "host/plugins/text.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace parlour::host {

namespace checked {

namespace {

// Puts the checked function where the game has one.
template <auto Member, auto Method, class Table>
void put(const Table &inner, Table &outer) {
    if (inner.*Member != nullptr) outer.*Member = slot<Method>;
}

} // namespace

Checked::Checked(const parlour_game &raw, std::shared_ptr<CheckLog> log)
    : inner_(raw), outer_(inner_), log_(std::move(log)) {
    outer_.self = this;
    info_.size = sizeof info_;
    inner_.api().info(inner_.self, &info_);
    outer_.get<parlour_game_api>() = {sizeof(parlour_game_api),    0,
                                      slot<&Checked::legal>,       slot<&Checked::apply>,
                                      slot<&Checked::turn>,        slot<&Checked::outcome>,
                                      slot<&Checked::hash>,        slot<&Checked::initial>,
                                      slot<&Checked::info>,        slot<&Checked::get_extension>,
                                      slot<&Checked::check>,       slot<&Checked::move_text>,
                                      slot<&Checked::parse_move>,  slot<&Checked::state_text>,
                                      slot<&Checked::parse_state>, slot<&Checked::destroy>};
    const auto wrap = [&]<class Table>(auto... puts) { (puts(inner_.get<Table>(), outer_.get<Table>()), ...); };
    using Chance = parlour_game_chance;
    wrap.operator()<Chance>(put<&Chance::outcomes, &Checked::outcomes, Chance>,
                            put<&Chance::sample, &Checked::sample, Chance>);
    using Hidden = parlour_game_hidden;
    wrap.operator()<Hidden>(put<&Hidden::view, &Checked::view, Hidden>,
                            put<&Hidden::determinize, &Checked::determinize, Hidden>);
    using AtOnce = parlour_game_simultaneous;
    wrap.operator()<AtOnce>(put<&AtOnce::active, &Checked::active, AtOnce>,
                            put<&AtOnce::legal_for, &Checked::legal_for, AtOnce>,
                            put<&AtOnce::apply_joint, &Checked::apply_joint, AtOnce>,
                            put<&AtOnce::choice_text, &Checked::choice_text, AtOnce>);
    using Eval = parlour_game_eval;
    wrap.operator()<Eval>(put<&Eval::eval, &Checked::eval, Eval>);
    using Hints = parlour_game_hints;
    wrap.operator()<Hints>(put<&Hints::order, &Checked::order, Hints>, put<&Hints::noisy, &Checked::noisy, Hints>);
    using Playout = parlour_game_playout;
    wrap.operator()<Playout>(put<&Playout::playout, &Checked::playout, Playout>);
    using Symmetry = parlour_game_symmetry;
    wrap.operator()<Symmetry>(put<&Symmetry::map_state, &Checked::map_state, Symmetry>,
                              put<&Symmetry::map_move, &Checked::map_move, Symmetry>);
    using Score = parlour_game_score;
    wrap.operator()<Score>(put<&Score::score, &Checked::score, Score>);
    using Help = parlour_game_help;
    wrap.operator()<Help>(put<&Help::rules, &Checked::rules, Help>, put<&Help::reason, &Checked::reason, Help>,
                          put<&Help::why_not, &Checked::why_not, Help>,
                          put<&Help::player_name, &Checked::player_name, Help>);
    using BoardTable = parlour_game_board;
    wrap.operator()<BoardTable>(put<&BoardTable::layout, &Checked::layout, BoardTable>,
                                put<&BoardTable::scene, &Checked::scene, BoardTable>,
                                put<&BoardTable::path, &Checked::path, BoardTable>);
}

// ---- what several functions have in common ----

void Checked::check_turn(const char *where, std::uint32_t word) const {
    const std::uint32_t kind = word & ~0xffu;
    if ((word & PARLOUR_TURN_FAULT) == PARLOUR_TURN_FAULT)
        return plugin_breach(where, "fault", "says that the rules failed (PARLOUR_TURN_FAULT)");
    if (kind != 0 && kind != PARLOUR_TURN_TERMINAL && kind != PARLOUR_TURN_CHANCE &&
        kind != PARLOUR_TURN_SIMULTANEOUS)
        return plugin_breach(where, "turn word", fmt::format("gives the turn word {:#x}, which means nothing", word));
    if (kind == 0 && PARLOUR_TURN_PLAYER(word) >= info_.players)
        plugin_breach(where, "turn player",
                      fmt::format("says that player {} is to move, but there are {}", PARLOUR_TURN_PLAYER(word) + 1,
                                  info_.players));
    if (kind == PARLOUR_TURN_CHANCE && !(info_.flags & PARLOUR_GAME_CHANCE))
        plugin_breach(where, "chance flag", "says that nature moves, but the game does not say that it has chance");
    if (kind == PARLOUR_TURN_SIMULTANEOUS && !(info_.flags & PARLOUR_GAME_SIMULTANEOUS))
        plugin_breach(where, "simultaneous flag",
                      "says that players move at once, but the game does not say that they do");
}

std::uint32_t Checked::move_list(const char *where, std::uint32_t *moves, std::uint32_t capacity,
                                 const ListCall &list) const {
    const std::uint32_t room = std::min<std::uint32_t>(capacity, info_.max_moves + 64);
    Guarded first(room * sizeof(std::uint32_t), first_fill), second(room * sizeof(std::uint32_t), second_fill);
    const auto run = [&](Guarded &into) {
        return guard(where, PARLOUR_COUNT_FAULT, [&] { return list(into.as<std::uint32_t>(), room); });
    };
    const std::uint32_t n = run(first), again = run(second);
    intact(where, first, "move list");
    intact(where, second, "move list");
    if (n == PARLOUR_COUNT_FAULT) {
        plugin_breach(where, "fault", "says that the rules failed (PARLOUR_COUNT_FAULT)");
        return n;
    }
    const std::uint32_t written = std::min(n, room);
    if (n != again || std::memcmp(first.data(), second.data(), written * sizeof(std::uint32_t)) != 0)
        plugin_breach(where, "determinism", "lists other moves when it is asked again about the same position");
    if (n > info_.max_moves)
        plugin_breach(where, "bound",
                      fmt::format("lists {} moves, but the game says that there are at most {}", n, info_.max_moves));
    const std::span listed(first.as<const std::uint32_t>(), written);
    std::vector<std::uint32_t> sorted(listed.begin(), listed.end());
    std::ranges::sort(sorted);
    if (const auto twice = std::ranges::adjacent_find(sorted); twice != sorted.end())
        plugin_breach(where, "twice", fmt::format("lists move number {} twice", *twice));
    for (const std::uint32_t move : listed) {
        if (move == PARLOUR_MOVE_NONE) plugin_breach(where, "none", "lists PARLOUR_MOVE_NONE as a move");
        if (info_.move_space != 0 && move >= info_.move_space)
            plugin_breach(
                where, "move space",
                fmt::format("lists move number {}, but the game says that all are below {}", move, info_.move_space));
    }
    if (written > 0) std::memcpy(moves, first.data(), written * sizeof(std::uint32_t));
    return n;
}

std::int32_t Checked::text(const char *where, char *buffer, std::uint32_t capacity, bool one_line_only,
                           const TextCall &call) const {
    constexpr std::uint32_t most = 1u << 20;
    const std::uint32_t room = std::min(capacity, most);
    Guarded memory(room, second_fill), nothing(0);
    const auto run = [&](Guarded &into, std::uint32_t n) {
        return guard(where, std::int32_t{PARLOUR_E_FAIL}, [&] { return call(into.as<char>(), n); });
    };
    const std::int32_t length = run(memory, room), bare = run(nothing, 0);
    intact(where, memory, "buffer");
    intact(where, nothing, "buffer");
    if (length != bare)
        plugin_breach(where, "length",
                      fmt::format("says that the text has {} bytes with a buffer and {} without one", length, bare));
    if (length < 0) {
        plugin_breach(where, "status", fmt::format("fails with status {}", length));
    } else if (room > 0) {
        const std::size_t written = strnlen(memory.as<char>(), room);
        const std::size_t expected = std::min<std::size_t>(static_cast<std::size_t>(length), room - 1);
        if (written != expected)
            plugin_breach(where, "terminator",
                          fmt::format("says that the text has {} bytes, but {} are before its NUL", length, written));
        const std::string_view said(memory.as<char>(), std::min(written, expected));
        const bool whole = expected == static_cast<std::size_t>(length);
        if (whole && !valid_utf8(said)) plugin_breach(where, "utf-8", "gives a text that is not UTF-8");
        if (one_line_only && said.find('\n') != std::string_view::npos)
            plugin_breach(where, "lines", "gives a text of more than one line");
    }
    if (room > 0) std::memcpy(buffer, memory.data(), room);
    return length;
}

parlour_status Checked::status(const char *where, parlour_error *error, const StatusCall &call) const {
    Guarded memory(sizeof(parlour_error), first_fill);
    auto *mine = memory.as<parlour_error>();
    const parlour_status result = guard(where, parlour_status{PARLOUR_E_FAIL}, [&] { return call(mine); });
    intact(where, memory, "error struct");
    if (result > 0) plugin_breach(where, "status", fmt::format("returns {}, but a status is 0 or negative", result));
    if (result != PARLOUR_OK) {
        const std::size_t length = strnlen(mine->text, sizeof mine->text);
        if (length == 0)
            plugin_breach(where, "sentence", "fails without a sentence that says why");
        else if (length == sizeof mine->text || !valid_utf8({mine->text, length}))
            plugin_breach(where, "sentence form", "fails with a sentence that is not UTF-8 or has no end");
    }
    if (error != nullptr) std::memcpy(error, mine, sizeof *mine);
    return result;
}

void Checked::check_utilities(const char *where, const float *util, bool final) const {
    double sum = 0;
    for (std::uint32_t player = 0; player < info_.players; ++player) {
        sum += static_cast<double>(util[player]);
        if (!(util[player] >= info_.util_min - utility_slack && util[player] <= info_.util_max + utility_slack))
            return plugin_breach(where, "bounds",
                                 fmt::format("gives player {} the utility {}, outside {} to {}", player + 1,
                                             util[player], info_.util_min, info_.util_max));
    }
    const double slack = static_cast<double>(utility_slack) *
                         std::max(1.0, static_cast<double>(std::max(-info_.util_min, info_.util_max)));
    if (final && (info_.flags & PARLOUR_GAME_ZERO_SUM) && std::abs(sum) > slack)
        plugin_breach(where, "zero sum", fmt::format("gives utilities that add up to {}, not to zero", sum));
}

void Checked::check_position(const char *where, const void *state) const {
    parlour_error error{};
    const parlour_status result =
        guard(where, parlour_status{PARLOUR_E_FAIL}, [&] { return inner_.api().check(inner_.self, state, &error); });
    if (result != PARLOUR_OK)
        plugin_breach(
            where, "position",
            fmt::format("makes a position that check does not accept: {}", sentence_of(error, "no reason")));
}

// ---- the hot table ----

std::uint32_t Checked::legal(const void *state, std::uint32_t *moves, std::uint32_t capacity) {
    const std::uint32_t n = reading("legal", state, PARLOUR_COUNT_FAULT, [&](const void *copy) {
        return move_list("legal", moves, capacity, [&](std::uint32_t *list, std::uint32_t room) {
            return inner_.api().legal(inner_.self, copy, list, room);
        });
    });
    const bool over = is_over(state);
    if (n != PARLOUR_COUNT_FAULT && (n == 0) != over)
        plugin_breach("legal", "end",
                      over ? fmt::format("lists {} moves, but turn says that the game is over", n)
                           : std::string("lists no move, but turn says that the game goes on"));
    return n;
}

std::uint32_t Checked::apply(void *state, std::uint32_t move) {
    aligned("apply", state);
    if (is_simultaneous(state)) {
        host_breach("apply", "simultaneous", "played a single move where players move at once");
        return PARLOUR_TURN_FAULT;
    }
    if (!among(inner_moves(state), move)) {
        host_breach("apply", "illegal", fmt::format("played move number {}, which is not legal there", move));
        return PARLOUR_TURN_FAULT;
    }
    Guarded first(state, info_.state_size), second(state, info_.state_size);
    const auto run = [&](Guarded &on) {
        return guard("apply", std::uint32_t{PARLOUR_TURN_FAULT},
                     [&] { return inner_.api().apply(inner_.self, on.data(), move); });
    };
    const std::uint32_t word = run(first), again = run(second);
    intact("apply", first, "position");
    if (word != again || !first.same_as(second.data()))
        plugin_breach("apply", "determinism", "leads elsewhere when the same move is played again");
    check_turn("apply", word);
    if ((word & PARLOUR_TURN_FAULT) != PARLOUR_TURN_FAULT) {
        const std::uint32_t said = inner_turn(first.data());
        if (said != word)
            plugin_breach("apply", "turn",
                          fmt::format("returns the turn word {:#x}, but turn says {:#x}", word, said));
        check_position("apply", first.data());
    }
    std::memcpy(state, first.data(), info_.state_size);
    return word;
}

std::uint32_t Checked::turn(const void *state) {
    const std::uint32_t word =
        reading("turn", state, std::uint32_t{PARLOUR_TURN_FAULT}, [&](const void *copy) { return inner_turn(copy); });
    check_turn("turn", word);
    return word;
}

void Checked::outcome(const void *state, float *util) {
    if (!is_over(state)) host_breach("outcome", "unfinished", "asked for the outcome of a game that is not over");
    Guarded memory(info_.players * sizeof(float), second_fill);
    reading("outcome", state, 0, [&](const void *copy) {
        inner_.api().outcome(inner_.self, copy, memory.as<float>());
        return 0;
    });
    intact("outcome", memory, "utilities");
    check_utilities("outcome", memory.as<float>(), true);
    std::memcpy(util, memory.data(), memory.size());
}

std::uint64_t Checked::hash(const void *state) {
    const auto run = [&] {
        return reading("hash", state, std::uint64_t{0},
                       [&](const void *copy) { return inner_.api().hash(inner_.self, copy); });
    };
    const std::uint64_t first = run();
    if (run() != first) plugin_breach("hash", "determinism", "gives another hash when it is asked again");
    return first;
}

// ---- the cold table ----

std::uint32_t Checked::initial(void *state, std::uint64_t seed) {
    aligned("initial", state);
    Guarded first(info_.state_size, first_fill), second(info_.state_size, second_fill);
    const auto run = [&](Guarded &into) {
        return guard("initial", std::uint32_t{PARLOUR_TURN_FAULT},
                     [&] { return inner_.api().initial(inner_.self, into.data(), seed); });
    };
    const std::uint32_t word = run(first), again = run(second);
    intact("initial", first, "position");
    if (word != again || !first.same_as(second.data()))
        plugin_breach("initial", "determinism",
                      "gives another position for the same seed, or does not write all of its bytes");
    check_turn("initial", word);
    if (inner_turn(first.data()) != word)
        plugin_breach("initial", "turn", "returns another turn word than turn does");
    check_position("initial", first.data());
    std::memcpy(state, first.data(), info_.state_size);
    return word;
}

void Checked::info(parlour_game_info *out) {
    parlour_game_info now{};
    now.size = sizeof now;
    inner_.api().info(inner_.self, &now);
    const bool same = now.flags == info_.flags && now.players == info_.players &&
                      now.state_size == info_.state_size && now.max_moves == info_.max_moves &&
                      now.move_space == info_.move_space && now.util_min == info_.util_min &&
                      now.util_max == info_.util_max;
    if (!same) plugin_breach("info", "constant", "gives other numbers than at first");
    const std::uint32_t theirs = out->size;
    std::memcpy(out, &info_, std::min<std::size_t>(theirs, sizeof info_));
    out->size = static_cast<std::uint32_t>(std::min<std::size_t>(theirs, sizeof info_));
}

parlour_status Checked::check(const void *state, parlour_error *error) {
    return reading("check", state, parlour_status{PARLOUR_E_FAIL}, [&](const void *copy) {
        return status("check", error,
                      [&](parlour_error *mine) { return inner_.api().check(inner_.self, copy, mine); });
    });
}

std::int32_t Checked::move_text(const void *state, std::uint32_t move, char *buffer, std::uint32_t capacity) {
    const std::int32_t length = reading("move_text", state, std::int32_t{PARLOUR_E_FAIL}, [&](const void *copy) {
        return text("move_text", buffer, capacity, true, [&](char *into, std::uint32_t room) {
            return inner_.api().move_text(inner_.self, copy, move, into, room);
        });
    });
    if (length == 0) plugin_breach("move_text", "empty", fmt::format("gives move number {} no text", move));
    return length;
}

parlour_status Checked::parse_move(const void *state, const char *said, std::uint32_t *move, parlour_error *error) {
    const parlour_status result = reading("parse_move", state, parlour_status{PARLOUR_E_FAIL}, [&](const void *copy) {
        return status("parse_move", error, [&](parlour_error *mine) {
            return inner_.api().parse_move(inner_.self, copy, said, move, mine);
        });
    });
    if (result == PARLOUR_OK && !among(inner_moves(state), *move))
        plugin_breach("parse_move", "illegal",
                      fmt::format("reads \"{}\" as a move that is not legal there", one_line(said, 40)));
    return result;
}

std::int32_t Checked::state_text(const void *state, char *buffer, std::uint32_t capacity) {
    return reading("state_text", state, std::int32_t{PARLOUR_E_FAIL}, [&](const void *copy) {
        return text("state_text", buffer, capacity, true, [&](char *into, std::uint32_t room) {
            return inner_.api().state_text(inner_.self, copy, into, room);
        });
    });
}

parlour_status Checked::parse_state(const char *said, void *state, parlour_error *error) {
    aligned("parse_state", state);
    Guarded memory(state, info_.state_size);
    const parlour_status result = status("parse_state", error, [&](parlour_error *mine) {
        return inner_.api().parse_state(inner_.self, said, memory.data(), mine);
    });
    intact("parse_state", memory, "position");
    if (result == PARLOUR_OK) {
        check_position("parse_state", memory.data());
        check_turn("parse_state", inner_turn(memory.data()));
    } else if (!memory.same_as(state)) {
        plugin_breach("parse_state", "half-changed", "changes the position although it fails");
    }
    std::memcpy(state, memory.data(), info_.state_size);
    return result;
}

} // namespace checked

parlour_game checked_layer(const parlour_game &inner, std::shared_ptr<CheckLog> log) {
    return (new checked::Checked(inner, std::move(log)))->face();
}

std::shared_ptr<CheckLog> reporting_check_log(const std::string &id) {
    return std::make_shared<CheckLog>([id](const Breach &breach) {
        log_line(breach.by_host ? PARLOUR_LOG_HOST_MISBEHAVING : PARLOUR_LOG_PLUGIN_MISBEHAVING, id,
                 fmt::format("{}{} {}", breach.by_host ? "the caller of " : "", breach.where, breach.sentence));
    });
}

} // namespace parlour::host
